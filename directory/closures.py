"""What changes the rules on single days: exceptions and holidays.

What is said of one place alone goes before what is said of the service, and an exception before
a holiday: "open on Thanksgiving from ten" holds though the calendar closes that day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import get_language

from directory.models import Holiday, ScheduleException
from directory.timed import TimedPlace, TimedService

Kind = ScheduleException.Kind
Span = tuple[datetime, datetime]  # on the wall clock
END_OF_DAY = time(23, 59)  # how HSDS writes midnight at the end of a day
DAY = timedelta(days=1)
ORDER = (Kind.REPLACED, Kind.ADDED, Kind.CLOSED)


@dataclass(frozen=True)
class Change:
    """What holds on one day instead of the rules (`instead`, `closed`) or beside them."""

    instead: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()
    cut: tuple[Span, ...] = ()
    closed: bool = False
    why: str = ""
    holiday: str = ""


NOTHING = Change()


@dataclass(frozen=True)
class Changes:
    """All that changes the rules of a service at one place: `nearest` lists what goes first."""

    nearest: tuple[tuple[ScheduleException, ...], ...]
    holidays: dict[date, Holiday]

    @classmethod
    def of(cls, service: TimedService, place: TimedPlace | None) -> "Changes":
        """Reads prefetched rows alone."""
        here = tuple(place.schedule_exceptions.all()) if place is not None else ()
        days = service.holidays.holidays.all() if service.holidays else ()
        everywhere = tuple(service.schedule_exceptions.all())
        return cls((here, everywhere), {holiday.date: holiday for holiday in days})

    @property
    def close(self) -> bool:
        """Whether anything here ever takes hours away."""
        kinds = (exception.kind for group in self.nearest for exception in group)
        return bool(self.holidays) or any(kind != Kind.ADDED for kind in kinds)

    def on(self, day: date) -> Change:
        for group in self.nearest:
            found = [e for e in group if e.first_day <= day <= e.last_day]
            if found:
                return self._exceptional(found, day)
        holiday = self.holidays.get(day)
        return Change(closed=True, holiday=_name(holiday)) if holiday else NOTHING

    def _exceptional(self, found: list[ScheduleException], day: date) -> Change:
        """Hours that are added or cut leave a holiday the holiday it is."""
        instead, added, cut = (_spans(found, kind, day) for kind in ORDER)
        whole = any(e.kind == Kind.CLOSED and not (e.opens_at and e.closes_at) for e in found)
        holiday = None if instead or whole else self.holidays.get(day)
        why = next((e.why for e in found if e.why), "")
        closed = (whole or holiday is not None) and not instead
        return Change(instead, added, cut, closed, why, _name(holiday) if holiday else "")


def _spans(exceptions: Iterable[ScheduleException], kind: str, day: date) -> tuple[Span, ...]:
    return tuple(
        hours(day, e.opens_at, e.closes_at)
        for e in exceptions
        if e.kind == kind and e.opens_at is not None and e.closes_at is not None
    )


def hours(day: date, opens: time, closes: time) -> Span:
    """From opening to closing on the wall clock; a closing at or before it is the next day's."""
    closing = time(0) if closes == END_OF_DAY else closes
    first = datetime.combine(day, opens.replace(tzinfo=None, fold=0))
    last = datetime.combine(day, closing.replace(tzinfo=None, fold=0))
    return first, last if last > first else last + DAY


def _name(holiday: Holiday) -> str:
    """In the reader's language."""
    spanish = (get_language() or "").split("-")[0] == "es"
    return holiday.name_es if spanish and holiday.name_es else holiday.name
