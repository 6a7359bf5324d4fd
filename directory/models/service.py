from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from directory.models.holidays import HolidayCalendar
from directory.models.organization import Organization, Program
from directory.models.record import Record
from directory.querysets import ServiceQuerySet

# What belongs to a service at one place alone.
OF_A_PLACE = ("contacts", "phones", "schedules", "schedule_exceptions", "service_areas")


class Service(Record, RevisionMixin, ClusterableModel):
    """HSDS service: one thing that helps, offered by one organization.

    Beyond HSDS (docs/hsds-profile.md): `what_happens`, `availability`, `holidays`, `gender`,
    `residence`, `referral_needed`, `accepts_drop_off`, `telehealth`, `assurer_role`,
    `set_aside_at` (its source no longer has it) and `merged_into` (it was another's duplicate).

    `reachable` says whether there is a phone, a link, an e-mail, a place or a way to start: without
    one, a listing helps nobody and is not public.

    Its children are edited with it in the CMS (modelcluster): `service.phones.create(…)` waits for
    `service.save()`, `Phone.objects.create(service=…)` writes at once.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        INACTIVE = "inactive", _("inactive")
        DEFUNCT = "defunct", _("closed for good")
        TEMPORARILY_CLOSED = "temporarily closed", _("temporarily closed")

    class Availability(models.TextChoices):
        """Which of four truths holds about the hours; SCHEDULE says: see the schedules."""

        UNKNOWN = "unknown", _("hours not known")
        ALWAYS = "always", _("day and night, every day")
        BY_APPOINTMENT = "by-appointment", _("by appointment")
        SCHEDULE = "schedule", _("at set hours")

    class Gender(models.TextChoices):
        WOMEN = "women", _("women")
        MEN = "men", _("men")
        TRANS_NONBINARY = "trans-nonbinary", _("trans and nonbinary people")

    class AssurerRole(models.TextChoices):
        STEWARD = "steward", _("directory steward")
        PROVIDER = "provider", _("the provider")
        SOURCE = "source", _("the source of the data")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="services", verbose_name=_("organization")
    )
    program = models.ForeignKey(
        Program,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("programme"),
    )
    name = models.CharField(_("name"), max_length=255)
    alternate_name = models.CharField(_("also known as"), max_length=255, blank=True)
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("website"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.ACTIVE
    )
    application_process = models.TextField(_("how to start"), blank=True)
    what_happens = models.TextField(_("what happens when you call"), blank=True)
    fees_description = models.TextField(_("what it costs"), blank=True)
    eligibility_description = models.TextField(_("who can come"), blank=True)
    wait_time = models.CharField(_("how long people wait"), max_length=255, blank=True)
    fees = models.TextField(_("fees"), blank=True)
    accreditations = models.TextField(_("accreditations"), blank=True)
    licenses = models.TextField(_("licenses"), blank=True)
    alert = models.TextField(
        _("alert"), blank=True, help_text=_("Something that people must know at once.")
    )
    gender = models.CharField(
        _("for"), max_length=20, choices=Gender.choices, blank=True, help_text=_("Empty: everyone")
    )
    residence = models.CharField(
        _("must live in"), max_length=255, blank=True, help_text=_("Empty: anywhere")
    )
    referral_needed = models.BooleanField(
        _("needs a referral"), null=True, blank=True, help_text=_("Unknown, yes or no")
    )
    minimum_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    interpretation_services = models.CharField(_("interpreters"), max_length=255, blank=True)
    availability = models.CharField(
        _("hours"), max_length=20, choices=Availability.choices, default=Availability.UNKNOWN
    )
    holidays = models.ForeignKey(
        HolidayCalendar,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("closed on the holidays of"),
    )
    # Empty: nobody said. A file without such a column says neither yes nor no.
    accepts_drop_off = models.BooleanField(_("accepts police drop-off"), null=True, blank=True)
    telehealth = models.BooleanField(_("by phone or video"), null=True, blank=True)
    assured_date = models.DateField(_("last checked on"), null=True, blank=True)
    assurer_role = models.CharField(
        _("last checked by"), max_length=20, choices=AssurerRole.choices, blank=True
    )
    assurer_email = models.EmailField(_("checked by (e-mail)"), blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("steward"),
    )
    # Kept by the database alone (triggers of migration 0009), whatever is written here.
    reachable = models.BooleanField(_("can be reached"), default=False, editable=False)
    set_aside_at = models.DateTimeField(_("set aside on"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="merged"
    )

    objects = ServiceQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(minimum_age__isnull=True)
                | models.Q(maximum_age__isnull=True)
                | models.Q(minimum_age__lte=models.F("maximum_age")),
                name="directory_service_age_order",
                violation_error_message=_("The lowest age is above the highest."),
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="directory_service_has_a_name",
                violation_error_message=_("Give the service a name."),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "last_modified"], name="directory_service_modified"),
            models.Index(fields=["status", "reachable"], name="directory_service_public"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        """What its source says of its last change no longer holds: it was changed here."""
        self.as_given.pop("last_modified", None)
        super().save(**kwargs)

    def serializable_data(self) -> dict[str, Any]:
        """What a revision keeps: of a confidential place not even what a form just said of it, so
        that going back to a version leaves alone what belongs to that place."""
        data: dict[str, Any] = super().serializable_data()
        hidden = {at.location_id for at in self.service_at_locations.all() if at.hidden}
        for at in data["service_at_locations"]:
            if at["location"] in hidden:
                at["description"] = ""
                for relation in OF_A_PLACE:
                    del at[relation]
        return data

    def text(self, field: str, language: str | None = None) -> str:
        """One of the listing's own texts in `language`, else as it was first written.

        Reads prefetched translations; `field` is a field of ServiceTranslation.
        """
        wanted = (language or get_language() or "en").split("-")[0]
        for translation in self.translations.all():
            if translation.language == wanted and getattr(translation, field):
                return str(getattr(translation, field))
        return str(getattr(self, field))
