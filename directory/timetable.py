"""The hours of a service at one place as a page shows them: now, and over the week."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from directory.hours import (
    availability_for,
    intervals_for,
    opening_at,
    schedules_for,
    week,
    zone_of,
)
from directory.models import Service, ServiceAtLocation
from directory.wording import Status, status

DAYS_AHEAD = 14


@dataclass(frozen=True)
class Day:
    """One row of the week: `spans` is empty when it is closed that day."""

    name: str
    today: bool
    spans: tuple[str, ...]


@dataclass(frozen=True)
class Timetable:
    """`week` is empty without set hours; `zone` names a time zone other than the site's."""

    status: Status
    week: tuple[Day, ...]
    notes: tuple[str, ...]
    zone: str


def timetable(service: Service, at: ServiceAtLocation | None, now: datetime) -> Timetable:
    """Reads prefetched schedules alone."""
    zone = zone_of(at.location if at else None)
    here = timezone.localtime(now, zone)
    spans = intervals_for(service, at, here.date(), DAYS_AHEAD)
    opening = opening_at(availability_for(service, at), spans, now)
    notes = (schedule.description for schedule in schedules_for(service, at))
    elsewhere = str(zone) != timezone.get_default_timezone_name()
    return Timetable(
        status=status(opening, now, zone),
        week=_week(service, at, here.date()),
        notes=tuple(dict.fromkeys(note for note in notes if note)),
        zone=str(zone).replace("_", " ") if elsewhere else "",
    )


def _week(service: Service, at: ServiceAtLocation | None, today: date) -> tuple[Day, ...]:
    return tuple(
        Day(str(WEEKDAYS[day]), day == today.weekday(), tuple(_span(*span) for span in spans))
        for day, spans in week(service, at, today)
    )


def _span(opens: time, closes: time) -> str:
    """ "9 a.m. to 5 p.m."; all day when it closes as it opens."""
    if opens == closes:
        return _("day and night")
    first, last = (time_format(t, "TIME_FORMAT") for t in (opens, closes))
    if closes < opens:
        return _("%(opens)s to %(closes)s the next day") % {"opens": first, "closes": last}
    return _("%(opens)s to %(closes)s") % {"opens": first, "closes": last}
