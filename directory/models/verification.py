from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.service import Service


class VerificationQuerySet(models.QuerySet["Verification"]):
    def current(self) -> "VerificationQuerySet":
        """Those of what the listing still says."""
        return self.filter(ended_on=None)


class Verification(models.Model):
    """One field of a listing found true: when, how, by which role, and until when that counts.

    The newest of each field counts; older ones are the field's history. One ends on the day when
    the listing says something else: then it counts no more. Names of people are for stewards: the
    public reads the role.
    """

    class Subject(models.TextChoices):
        PHONE = "phone", _("phone")
        HOURS = "hours", _("hours")
        ADDRESS = "address", _("address")
        ELIGIBILITY = "eligibility", _("who can come")
        COST = "cost", _("cost")

    class Method(models.TextChoices):
        CALLED = "called", _("called them")
        VISITED = "visited", _("went there")
        PROVIDER = "provider", _("the provider said so")
        WEB = "web", _("read it on their website")
        SOURCE = "source", _("the source of the data says so")

    service = models.ForeignKey(Service, models.CASCADE, related_name="verifications")
    field = models.CharField(_("what"), max_length=15, choices=Subject.choices)
    verified_on = models.DateField(_("checked on"))
    method = models.CharField(_("how"), max_length=10, choices=Method.choices)
    role = models.CharField(_("by"), max_length=20, choices=Service.AssurerRole.choices)
    valid_until = models.DateField(_("holds until"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # What the listing said, as a keyed digest; "" when that is not known, or no longer needed.
    digest = models.CharField(max_length=32, blank=True, default="", editable=False)
    ended_on = models.DateField(null=True, blank=True, editable=False)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-verified_on", "-created_at"]
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verified_on__lte=models.F("valid_until")),
                name="directory_verification_order",
                violation_error_message=_("It cannot end before it was checked."),
            )
        ]
        indexes = [
            models.Index(
                fields=["service", "field", "-verified_on"], name="directory_verification_newest"
            ),
            models.Index(fields=["valid_until"], name="directory_verification_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} {self.verified_on}"
