"""Opening hours: absolute intervals from weekly rules, and what they say at a moment.

A day's hours are read on the wall clock of the location's zone and turned into UTC once, so a
night that has 23 or 25 hours is as long as it really is. Unknown is never shown as closed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from directory.models import Location, Schedule, Service, ServiceAtLocation

State = Literal["open", "closed", "always", "by-appointment", "unknown"]
Interval = tuple[int, int]
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
INDEX_DAYS = 90
END_OF_DAY = time(23, 59)  # how HSDS writes midnight at the end of a day


@dataclass(frozen=True)
class Opening:
    """How a service stands at a moment; the next opening or closing where it is known."""

    state: State
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def availability_for(service: Service, place: ServiceAtLocation | None = None) -> str:
    """Which Service.Availability holds here: schedules of a location go before the service's."""
    if place is not None and place.schedules.all():
        return Service.Availability.SCHEDULE.value
    if service.availability == Service.Availability.UNKNOWN and service.schedules.all():
        return Service.Availability.SCHEDULE.value
    return service.availability


def schedules_for(service: Service, place: ServiceAtLocation | None) -> list[Schedule]:
    """The location's own schedules when it has any, else the service's."""
    own = list(place.schedules.all()) if place is not None else []
    return own or list(service.schedules.all())


def zone_of(location: Location | None) -> ZoneInfo:
    """The location's zone; the site's own when it has none or one that does not exist."""
    return zone_named(location.time_zone if location else "")


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name; the site's own for "" and for a name that does not exist."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


def intervals_for(
    service: Service,
    service_at_location: ServiceAtLocation | None,
    start: date,
    days: int = INDEX_DAYS,
) -> tuple[Interval, ...]:
    """Opening times of the days from `start` on, in UTC seconds, merged; none without a schedule.

    The night that began the day before `start` belongs to them.
    """
    if availability_for(service, service_at_location) != Service.Availability.SCHEDULE:
        return ()
    zone = zone_of(service_at_location.location if service_at_location else None)
    found: list[Interval] = []
    for schedule in schedules_for(service, service_at_location):
        found += _intervals(schedule, zone, start, days)
    return merged(found)


def _intervals(schedule: Schedule, zone: ZoneInfo, start: date, days: int) -> Iterable[Interval]:
    if schedule.opens_at is None or schedule.closes_at is None:
        return
    weekdays = {DAYS.index(day) for day in schedule.byday.split(",") if day in DAYS}
    closing = time(0) if schedule.closes_at == END_OF_DAY else schedule.closes_at
    overnight = closing <= schedule.opens_at
    first = -1 if time(0) < closing <= schedule.opens_at else 0  # last night's, still going on
    for offset in range(first, days):
        day = start + timedelta(days=offset)
        if day.weekday() in weekdays and _valid(schedule, day):
            opens = _utc_seconds(day, schedule.opens_at, zone)
            closes = _utc_seconds(day + timedelta(days=overnight), closing, zone)
            if opens < closes:
                yield opens, closes


def _valid(schedule: Schedule, day: date) -> bool:
    return (schedule.valid_from or day) <= day <= (schedule.valid_to or day)


def _utc_seconds(day: date, clock: time, zone: ZoneInfo) -> int:
    """The first moment at which the clock on the wall shows this time or a later one.

    Of a time that comes twice in a night the first; of one that is skipped the moment of the skip.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None, fold=0))
    found = int(wall.replace(tzinfo=zone).timestamp())
    if _wall(found, zone) == wall:
        return found
    before = int(wall.replace(tzinfo=zone, fold=1).timestamp())  # PEP 495: on the skip's other side
    moments = range(before, found + 1)
    return moments[bisect_left(moments, wall, key=lambda moment: _wall(moment, zone))]


def _wall(moment: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(moment, zone).replace(tzinfo=None)


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same moments as ordered intervals that neither touch nor overlap."""
    result: list[Interval] = []
    for opens, closes in sorted(intervals):
        if result and opens <= result[-1][1]:
            result[-1] = (result[-1][0], max(closes, result[-1][1]))
        else:
            result.append((opens, closes))
    return tuple(result)


def opening_at(availability: str, intervals: Sequence[Interval], moment: datetime) -> Opening:
    """How a service stands at `moment` (aware). Past the last interval nothing is known."""
    match availability:
        case Service.Availability.ALWAYS:
            return Opening("always")
        case Service.Availability.BY_APPOINTMENT:
            return Opening("by-appointment")
        case Service.Availability.SCHEDULE:
            return _opening(intervals, moment.timestamp())
    return Opening("unknown")


def _opening(intervals: Sequence[Interval], now: float) -> Opening:
    position = bisect_right(intervals, now, key=lambda interval: interval[0])
    if position and now < intervals[position - 1][1]:
        return Opening("open", closes_at=_moment(intervals[position - 1][1]))
    if position < len(intervals):
        return Opening("closed", opens_at=_moment(intervals[position][0]))
    return Opening("unknown")


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def week(
    service: Service, service_at_location: ServiceAtLocation | None, on: date | None = None
) -> list[tuple[int, list[tuple[time, time]]]]:
    """For people: the hours of each weekday (0 is Monday) in the week of `on` (default: today),
    as the clock on the wall shows them; seven rows, or none when there is no schedule."""
    if availability_for(service, service_at_location) != Service.Availability.SCHEDULE:
        return []
    zone = zone_of(service_at_location.location if service_at_location else None)
    today = on or datetime.now(zone).date()
    monday = today - timedelta(days=today.weekday())
    schedules = schedules_for(service, service_at_location)
    rows = []
    for weekday, name in enumerate(DAYS):
        day = monday + timedelta(days=weekday)
        fits = [s for s in schedules if name in s.byday.split(",") and _valid(s, day)]
        spans = {(s.opens_at, s.closes_at) for s in fits if s.opens_at and s.closes_at}
        rows.append((weekday, sorted(spans)))
    return rows
