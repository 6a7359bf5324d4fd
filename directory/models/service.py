from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.models.organization import Organization
from directory.models.record import Record
from directory.querysets import ServiceQuerySet


class Service(Record, ClusterableModel):
    """HSDS service: one thing that helps, offered by one organization.

    Beyond HSDS: `what_happens`, `availability`, `accepts_drop_off`, `telehealth` and `as_given`,
    which keeps what an import could not understand (docs/hsds-profile.md).

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

    class AssurerRole(models.TextChoices):
        STEWARD = "steward", _("directory steward")
        PROVIDER = "provider", _("the provider")
        SOURCE = "source", _("the source of the data")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="services", verbose_name=_("organization")
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
    minimum_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    interpretation_services = models.CharField(_("interpreters"), max_length=255, blank=True)
    availability = models.CharField(
        _("hours"), max_length=20, choices=Availability.choices, default=Availability.UNKNOWN
    )
    accepts_drop_off = models.BooleanField(_("accepts police drop-off"), default=False)
    telehealth = models.BooleanField(_("by phone or video"), default=False)
    assured_date = models.DateField(_("last checked on"), null=True, blank=True)
    assurer_role = models.CharField(
        _("last checked by"), max_length=20, choices=AssurerRole.choices, blank=True
    )
    as_given = models.JSONField(_("not understood"), default=dict, blank=True, editable=False)

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
        ]

    def __str__(self) -> str:
        return self.name

    def text(self, field: str, language: str | None = None) -> str:
        """One of the listing's own texts in `language`, else as it was first written.

        Reads prefetched translations; `field` is a field of ServiceTranslation.
        """
        wanted = (language or get_language() or "en").split("-")[0]
        for translation in self.translations.all():
            if translation.language == wanted and getattr(translation, field):
                return str(getattr(translation, field))
        return str(getattr(self, field))


class ServiceTranslation(models.Model):
    """A listing's own texts in another language, as its provider or a steward wrote them."""

    service = ParentalKey(Service, related_name="translations")
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("name"), max_length=255, blank=True)
    description = models.TextField(_("description"), blank=True)
    application_process = models.TextField(_("how to start"), blank=True)
    what_happens = models.TextField(_("what happens when you call"), blank=True)
    fees_description = models.TextField(_("what it costs"), blank=True)
    eligibility_description = models.TextField(_("who can come"), blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "language"], name="directory_one_translation_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.language}"


class Language(models.Model):
    """HSDS language: a language other than the site's own in which the service is given."""

    service = ParentalKey(Service, related_name="languages")
    code = models.CharField(_("code"), max_length=10, help_text=_("ISO 639-1, such as es"))
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [
            models.UniqueConstraint(fields=["service", "code"], name="directory_language_once")
        ]

    def __str__(self) -> str:
        return self.code
