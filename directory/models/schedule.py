from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.hsds.objects import DAYS
from directory.models.location import Location
from directory.models.owner import owned_by
from directory.models.record import Record
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation

DAY = rf"([+-]?[1-5])?({'|'.join(DAYS)})"


class Schedule(Record):
    """HSDS schedule: a rule after RFC 5545 by which a service is open, or a service at one
    location, which then replaces the service's own there. `closes_at` at or before `opens_at` is
    the next day's.

    Times are local to the location's zone: HSDS's numeric offset breaks when clocks change, so it
    is kept in `as_given`. A schedule without days or times tells people something and is not
    reckoned with.
    """

    class Frequency(models.TextChoices):
        WEEKLY = "WEEKLY", _("every week")
        MONTHLY = "MONTHLY", _("every month")

    service = ParentalKey(Service, null=True, blank=True, related_name="schedules")
    location = ParentalKey(Location, null=True, blank=True, related_name="schedules")
    service_at_location = ParentalKey(
        ServiceAtLocation, null=True, blank=True, related_name="schedules"
    )
    valid_from = models.DateField(_("from date"), null=True, blank=True)
    valid_to = models.DateField(_("to date"), null=True, blank=True)
    dtstart = models.DateField(_("first date of the rule"), null=True, blank=True)
    until = models.DateField(_("last date of the rule"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("how many times"), null=True, blank=True)
    wkst = models.CharField(_("weeks begin on"), max_length=2, blank=True)
    freq = models.CharField(_("how often"), max_length=10, choices=Frequency.choices, blank=True)
    interval = models.PositiveSmallIntegerField(_("every how many"), null=True, blank=True)
    byday = models.CharField(
        _("days"),
        max_length=100,
        blank=True,
        validators=[RegexValidator(rf"^{DAY}(,{DAY})*$")],
    )
    byweekno = models.CharField(_("weeks of the year"), max_length=255, blank=True)
    bymonthday = models.CharField(_("days of the month"), max_length=255, blank=True)
    byyearday = models.CharField(_("days of the year"), max_length=1000, blank=True)
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    description = models.TextField(_("note"), blank=True)
    schedule_link = models.URLField(_("hours on the web"), max_length=500, blank=True)
    attending_type = models.TextField(_("how people attend"), blank=True)
    notes = models.TextField(_("more notes"), blank=True)

    class Meta(Record.Meta):
        ordering = ["opens_at"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [
            *Record.Meta.constraints,
            owned_by("service", "location", "service_at_location", name="schedule_owner"),
        ]

    def __str__(self) -> str:
        if self.opens_at is None or self.closes_at is None:
            return self.description or self.byday
        return f"{self.byday} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class ScheduleException(models.Model):
    """Days on which the rules do not hold: closed, other hours, or open beside the rules.

    HSDS has none (openreferral/specification#440). Without times, `closed` is the whole day.
    """

    class Kind(models.TextChoices):
        CLOSED = "closed", _("closed")
        REPLACED = "replaced", _("open at these hours instead")
        ADDED = "added", _("open at these hours too")

    service = ParentalKey(Service, null=True, blank=True, related_name="schedule_exceptions")
    service_at_location = ParentalKey(
        ServiceAtLocation, null=True, blank=True, related_name="schedule_exceptions"
    )
    kind = models.CharField(_("what happens"), max_length=10, choices=Kind.choices)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    description = models.CharField(
        _("why"), max_length=255, blank=True, help_text=_("People read it: “Staff training”.")
    )
    description_es = models.CharField(
        _("why, in Spanish"),
        max_length=255,
        blank=True,
        help_text=_("Empty: people who read Spanish get the words above."),
    )

    class Meta:
        ordering = ["first_day"]
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")),
                name="directory_exception_day_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="closed")
                | models.Q(opens_at__isnull=False, closes_at__isnull=False),
                name="directory_exception_hours",
                violation_error_message=_("Say from when until when it is open."),
            ),
            models.CheckConstraint(
                condition=models.Q(service__isnull=False)
                | models.Q(service_at_location__isnull=False),
                name="directory_exception_owner",
                violation_error_message=_("Say what this belongs to."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day} {self.kind}"

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        spanish = (get_language() or "").split("-")[0] == "es"
        return self.description_es if spanish and self.description_es else self.description
