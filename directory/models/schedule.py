from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.owner import exactly_one
from directory.models.record import Record
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation


class Schedule(Record):
    """HSDS schedule: weekly hours of a service, or of a service at one location, which then
    replace the service's own there. `closes_at` at or before `opens_at` is the next day's.

    Times are local to the location's zone: HSDS's numeric offset breaks when clocks change.
    """

    service = ParentalKey(Service, null=True, blank=True, related_name="schedules")
    service_at_location = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    valid_from = models.DateField(_("from date"), null=True, blank=True)
    valid_to = models.DateField(_("to date"), null=True, blank=True)
    byday = models.CharField(
        _("days"),
        max_length=30,
        validators=[RegexValidator(r"^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$")],
    )
    opens_at = models.TimeField(_("opens at"))
    closes_at = models.TimeField(_("closes at"))
    description = models.CharField(_("note"), max_length=255, blank=True)

    class Meta(Record.Meta):
        ordering = ["opens_at"]
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        constraints = [
            *Record.Meta.constraints,
            exactly_one("service", "service_at_location", name="schedule_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.byday} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"
