"""What stewards keep about listings beside the listings themselves."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.service import Service


class ContactCheck(models.Model):
    """The newest automatic check of a link or a number of a service, and how often it failed."""

    class Kind(models.TextChoices):
        LINK = "link", _("website")
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")

    class State(models.TextChoices):
        WORKS = "works", _("works")
        BROKEN = "broken", _("does not work")
        UNSURE = "unsure", _("could not be told")

    service = models.ForeignKey(Service, models.CASCADE, related_name="contact_checks")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value = models.CharField(_("link or number"), max_length=500)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    detail = models.CharField(_("what came back"), max_length=255, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    checked_at = models.DateTimeField(_("checked at"))
    broken_since = models.DateTimeField(_("broken since"), null=True, blank=True)

    class Meta:
        ordering = ["-checked_at"]
        verbose_name = _("check of a link or number")
        verbose_name_plural = _("checks of links and numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "kind", "value"], name="directory_contact_check_once"
            )
        ]
        indexes = [models.Index(fields=["state", "kind"], name="directory_contact_check_state")]

    def __str__(self) -> str:
        return f"{self.value} {self.state}"


class ProviderLink(models.Model):
    """A link by which a provider confirms or corrects one listing without an account.

    The address carries a signature over `id`; the row lets it end early (`revoked_at`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="provider_links")
    email = models.EmailField(_("sent to"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reminder = models.BooleanField(_("sent by itself"), default=False)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    expires_at = models.DateTimeField(_("ends"))
    used_at = models.DateTimeField(_("answered"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    no_reminders = models.BooleanField(_("wants no reminders"), default=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("link for a provider")
        verbose_name_plural = _("links for providers")

    def __str__(self) -> str:
        return f"{self.service_id} {self.created_at:%Y-%m-%d}"


class ProviderAnswer(models.Model):
    """What a provider sent: it waits for a steward and changes nothing public by itself.

    `values` has the fields that differ, field → new value; `before` what the page showed of every
    field that they answered: one that is not in `values` they found right.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a steward")
        ACCEPTED = "accepted", _("taken over")
        DECLINED = "declined", _("declined")

    service = models.ForeignKey(Service, models.CASCADE, related_name="provider_answers")
    link = models.ForeignKey(
        ProviderLink, models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    confirmed = models.BooleanField(_("says that all is right"), default=False)
    closed = models.BooleanField(_("says that it has closed"), default=False)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("provider’s answer")
        verbose_name_plural = _("providers’ answers")

    def __str__(self) -> str:
        return f"{self.service} ({self.created_at:%Y-%m-%d})"


class DuplicatePair(models.Model):
    """Two services that may be one, and what a steward decided; kept so that it is asked once.

    `first` is the one with the smaller id. `undo` is what merging them changed.
    """

    class Decision(models.TextChoices):
        OPEN = "open", _("to decide")
        APART = "apart", _("two services")
        MERGED = "merged", _("the same service")

    first = models.ForeignKey(Service, models.CASCADE, related_name="duplicates_after")
    second = models.ForeignKey(Service, models.CASCADE, related_name="duplicates_before")
    score = models.FloatField(_("likeness"), help_text=_("0 to 1"))
    reasons = models.JSONField(_("why"), default=dict)
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision.choices, default=Decision.OPEN
    )
    found_at = models.DateTimeField(_("found"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    undo = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["-score"]
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="directory_duplicate_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")),
                name="directory_duplicate_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id} {self.score:.2f}"


class DuplicateRows(models.Model):
    """Two new rows of one source that may be one service, and what a steward decided; kept so that
    the next file of the source is not asked about again.

    `first` and `second` are their ids at the source, in order; `left` the one of them that is left
    out when they are the same.
    """

    class Decision(models.TextChoices):
        APART = "apart", _("two services")
        SAME = "same", _("the same service")

    source = models.CharField(_("source"), max_length=100)
    table = models.CharField(_("table"), max_length=30)
    first = models.CharField(max_length=200)
    second = models.CharField(max_length=200)
    left = models.CharField(max_length=200, blank=True)
    score = models.FloatField(_("likeness"), help_text=_("0 to 1"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices)
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("likely duplicate within a file")
        verbose_name_plural = _("likely duplicates within a file")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "table", "first", "second"], name="directory_duplicate_rows_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.first} {self.second} {self.decision}"

    @property
    def kept(self) -> str:
        return self.second if self.left == self.first else self.first
