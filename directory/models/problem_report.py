from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.service import Service


class ProblemReport(models.Model):
    """What a visitor says is wrong with a listing. Nothing about the visitor is kept."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("The phone number does not work")
        HOURS = "hours", _("The opening hours are wrong")
        ADDRESS = "address", _("The address is wrong")
        CLOSED = "closed", _("The service has closed")
        UNSAFE = "unsafe", _("Something here could put a person in danger")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "new", _("new")
        FIXED = "fixed", _("fixed")
        DISMISSED = "dismissed", _("nothing to mend")

    service = models.ForeignKey(Service, models.CASCADE, related_name="problem_reports")
    kind = models.CharField(_("what is wrong"), max_length=10, choices=Kind.choices)
    message = models.TextField(_("message"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("steward"),
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("problem report")
        verbose_name_plural = _("problem reports")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.created_at:%Y-%m-%d})"

    def save(self, **kwargs: Any) -> None:
        """Closed when a steward decides, open again when the decision is taken back."""
        if self.state == self.State.NEW:
            self.closed_at = None
        elif self.closed_at is None:
            self.closed_at = timezone.now()
        super().save(**kwargs)
