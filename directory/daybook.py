"""Which hours hold on which day: the rules, then what changes them that day.

All on the wall clock; `directory.hours` turns it into moments. A change belongs to the day on
which hours begin: a closed Monday leaves the night that began on Sunday as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from directory.closures import DAY, Change, Changes, Span, hours
from directory.models import Schedule, Service
from directory.recurrence import days_of, rule_of
from directory.timed import TimedPlace, TimedService

Availability = Service.Availability
PARTLY = "partly"  # beside Service.Availability: set hours, and more that cannot be reckoned with


@dataclass(frozen=True)
class DayHours:
    """`spans` begin on `day`; `change` says what is special about it. Not `known`: there may be
    more hours than these."""

    day: date
    spans: tuple[Span, ...]
    change: Change
    known: bool = True

    @property
    def closed(self) -> bool:
        """Closed by an exception or a holiday, whatever the rules say."""
        return self.change.closed and not self.spans


def availability_for(service: TimedService, place: TimedPlace | None = None) -> str:
    """Which Service.Availability holds here, or PARTLY."""
    base = _base(service, place)
    if base == Availability.SCHEDULE:
        unread = any(rule_of(schedule) is None for schedule in schedules_for(service, place))
        return PARTLY if unread else Availability.SCHEDULE.value
    if base == Availability.ALWAYS and Changes.of(service, place).close:
        return Availability.SCHEDULE.value
    return base


def _base(service: TimedService, place: TimedPlace | None) -> str:
    """Schedules of this service here go before what the service says of all its places."""
    if place is not None and place.schedules.all():
        return Availability.SCHEDULE.value
    if service.availability == Availability.UNKNOWN and schedules_for(service, place):
        return Availability.SCHEDULE.value
    return service.availability


def schedules_for(service: TimedService, place: TimedPlace | None) -> list[Schedule]:
    """The service's hours at this place when it has any, else its own, else the place's."""
    own = list(place.schedules.all()) if place is not None else []
    own = own or list(service.schedules.all())
    if own or place is None or place.location.confidential:
        return own
    return list(place.location.schedules.all())


def daybook(
    service: TimedService, place: TimedPlace | None, first: date, days: int
) -> list[DayHours]:
    """The hours of each day from `first` on; none when there are no set hours."""
    state = availability_for(service, place)
    if state not in (Availability.SCHEDULE, PARTLY):
        return []
    span = [first + n * DAY for n in range(-1, days)]
    changes = Changes.of(service, place)
    found = {day: changes.on(day) for day in span}
    cuts = [cut for change in found.values() for cut in change.cut]
    regular = _regular(service, place, span)
    return [_day(day, regular.get(day, []), found[day], cuts, state) for day in span[1:]]


def closed_days(
    service: TimedService, place: TimedPlace | None, first: date, days: int
) -> list[DayHours]:
    """The days that a holiday or an exception closes, whatever is known of the hours."""
    changes = Changes.of(service, place)
    span = (first + n * DAY for n in range(days))
    found = (DayHours(day, (), changes.on(day)) for day in span)
    return [day for day in found if day.closed and not day.change.added]


def _regular(
    service: TimedService, place: TimedPlace | None, days: list[date]
) -> dict[date, list[Span]]:
    """What the rules alone say."""
    if _base(service, place) == Availability.ALWAYS:
        return {day: [hours(day, time(0), time(0))] for day in days}
    found: dict[date, list[Span]] = {}
    for schedule in schedules_for(service, place):
        rule = rule_of(schedule)
        if rule is None or schedule.opens_at is None or schedule.closes_at is None:
            continue
        for day in days_of(rule, days[0], days[-1]):
            if (schedule.valid_from or day) <= day <= (schedule.valid_to or day):
                span = hours(day, schedule.opens_at, schedule.closes_at)
                found.setdefault(day, []).append(span)
    return found


def _day(day: date, regular: list[Span], change: Change, cuts: list[Span], state: str) -> DayHours:
    spans = change.instead or ([] if change.closed else regular)
    left = without(joined([*spans, *change.added]), cuts)
    known = state != PARTLY or change.closed or bool(change.instead)
    return DayHours(day, tuple(left), change, known)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time as ordered spans that neither touch nor overlap."""
    result: list[Span] = []
    for opens, closes in sorted(spans):
        if result and opens <= result[-1][1]:
            result[-1] = (result[-1][0], max(closes, result[-1][1]))
        else:
            result.append((opens, closes))
    return result


def without(spans: Iterable[Span], cuts: Iterable[Span]) -> list[Span]:
    """The spans less the time of the cuts."""
    left = list(spans)
    for begin, end in cuts:
        left = [
            part
            for opens, closes in left
            for part in ((opens, min(closes, begin)), (max(opens, end), closes))
            if part[0] < part[1]
        ]
    return left
