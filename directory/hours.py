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

from directory.closures import DAY
from directory.daybook import PARTLY, daybook
from directory.models import Service
from directory.timed import TimedLocation, TimedPlace, TimedService

State = Literal["open", "closed", "always", "by-appointment", "unknown"]
Interval = tuple[int, int]
INDEX_DAYS = 90
NO_END = timedelta(days=8)  # open for longer than this: nobody asks until when


@dataclass(frozen=True)
class Opening:
    """How a service stands at a moment; the next opening or closing where it is known."""

    state: State
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def zone_of(location: TimedLocation | None) -> ZoneInfo:
    """The location's zone; the site's own when it has none or one that does not exist."""
    return zone_named(location.time_zone if location else "")


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name; the site's own for "" and for a name that does not exist."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


def intervals_for(
    service: TimedService,
    service_at_location: TimedPlace | None,
    start: date,
    days: int = INDEX_DAYS,
) -> tuple[Interval, ...]:
    """Opening times of the days from `start` on, in UTC seconds, merged; none without a schedule.

    The night that began the day before `start` belongs to them.
    """
    zone = zone_of(service_at_location.location if service_at_location else None)
    begin = datetime.combine(start, time(0))
    return merged(
        (_utc_seconds(opens, zone), _utc_seconds(closes, zone))
        for day in daybook(service, service_at_location, start - DAY, days + 1)
        for opens, closes in day.spans
        if closes > begin
    )


def _utc_seconds(wall: datetime, zone: ZoneInfo) -> int:
    """The first moment at which the clock on the wall shows this time or a later one.

    Of a time that comes twice in a night the first; of one that is skipped the moment of the skip.
    """
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
    for opens, closes in sorted(pair for pair in intervals if pair[0] < pair[1]):
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
    if availability == PARTLY:
        opening = _opening(intervals, moment.timestamp())
        return opening if opening.state == "open" else Opening("unknown")
    return Opening("unknown")


def _opening(intervals: Sequence[Interval], now: float) -> Opening:
    position = bisect_right(intervals, now, key=lambda interval: interval[0])
    if position and now < intervals[position - 1][1]:
        closes = intervals[position - 1][1]
        soon = closes - now <= NO_END.total_seconds()
        return Opening("open", closes_at=_moment(closes) if soon else None)
    if position < len(intervals):
        return Opening("closed", opens_at=_moment(intervals[position][0]))
    return Opening("unknown")


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
