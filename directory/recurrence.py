"""The days on which a schedule's rule holds, by RFC 5545's terms as HSDS uses them.

A rule that says too little (no times, every second week without a first day), too much (weeks of
the year beside days of the month) or something that an import could not read is not reckoned
with: `rule_of` gives None, and whoever asks shows its words and claims nothing.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from itertools import islice

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from directory.hsds.objects import DAYS
from directory.models import Schedule
from directory.models.schedule import DAY

WEEKDAY = re.compile(DAY)
MONTHDAY = re.compile(r"[+-]?([1-9]|[12][0-9]|3[01])")
EARLIEST = date(1970, 1, 1)  # a first day before this is a slip, and would be long to count from
SAID = (
    *("freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "wkst"),
    *("dtstart", "until", "count", "valid_from", "valid_to", "opens_at", "closes_at"),
)


@dataclass(frozen=True)
class Rule:
    """`weekdays` as (0 for Monday, which one in the month; 0: each); `begin` is its first day."""

    monthly: bool
    interval: int
    weekdays: tuple[tuple[int, int], ...]
    monthdays: tuple[int, ...]
    begin: date | None
    until: date | None
    count: int | None
    week_start: int

    @property
    def plain(self) -> bool:
        """Every week alike, with no first day, last day or number of times."""
        return not (self.monthly or self.phased or self.begin or self.until)

    @property
    def phased(self) -> bool:
        """Whether it has to be counted from its first day."""
        return self.interval > 1 or self.count is not None


def rule_of(schedule: Schedule) -> Rule | None:
    """The rule of a schedule; None when it cannot be reckoned with."""
    weekdays, monthdays = _weekdays(schedule.byday), _monthdays(schedule.bymonthday)
    if weekdays is None or monthdays is None or not _readable(schedule):
        return None
    rule = Rule(
        monthly=schedule.freq == Schedule.Frequency.MONTHLY,
        interval=schedule.interval or 1,
        weekdays=weekdays,
        monthdays=monthdays,
        begin=schedule.dtstart,
        until=schedule.until,
        count=schedule.count,
        week_start=DAYS.index(schedule.wkst or "MO"),
    )
    return _complete(rule)


def _readable(schedule: Schedule) -> bool:
    """Whether all that it says was understood, and is of a kind that has one meaning."""
    return not (
        schedule.opens_at is None
        or schedule.closes_at is None
        or any(column in schedule.as_given for column in SAID)
        or schedule.byweekno
        or schedule.byyearday
        or schedule.interval == 0
        or schedule.count == 0
        or (schedule.wkst and schedule.wkst not in DAYS)
        or (schedule.dtstart and schedule.dtstart < EARLIEST)
    )


def _complete(rule: Rule) -> Rule | None:
    """Without the days that it leaves to its first one; None when there is none to tell them."""
    if rule.phased and rule.begin is None:
        return None
    if not rule.monthly and (rule.monthdays or any(nth for _, nth in rule.weekdays)):
        return None
    if rule.weekdays or rule.monthdays:
        return rule
    if rule.begin is None:
        return None
    if rule.monthly:
        return replace(rule, monthdays=(rule.begin.day,))
    return replace(rule, weekdays=((rule.begin.weekday(), 0),))


def _weekdays(text: str) -> tuple[tuple[int, int], ...] | None:
    found = [WEEKDAY.fullmatch(part) for part in text.split(",")] if text else []
    if not all(found):
        return None
    return tuple((DAYS.index(match[2]), int(match[1] or 0)) for match in found if match)


def _monthdays(text: str) -> tuple[int, ...] | None:
    parts = text.replace(" ", "").split(",") if text else []
    if not all(MONTHDAY.fullmatch(part) for part in parts):
        return None
    return tuple(int(part) for part in parts)


def _byweekday(weekdays: tuple[tuple[int, int], ...]) -> list[weekday] | None:
    """dateutil takes either plain weekdays or numbered ones: among numbered ones a plain one is
    all five."""
    numbered = any(nth for _, nth in weekdays)
    every = (1, 2, 3, 4, 5) if numbered else (None,)
    return [weekday(day, n) for day, nth in weekdays for n in ([nth] if nth else every)] or None


@lru_cache(maxsize=1024)
def days_of(rule: Rule, first: date, last: date) -> frozenset[date]:
    """The days from `first` to `last` on which the rule holds. Many services share a rule."""
    begin = rule.begin or first
    if not rule.phased:
        begin = max(begin, first)
    end = min(last, rule.until or last)
    if begin > end:
        return frozenset()
    days = rrule(
        MONTHLY if rule.monthly else WEEKLY,
        dtstart=datetime.combine(begin, time(0)),
        until=datetime.combine(end, time(0)),
        interval=rule.interval,
        wkst=rule.week_start,
        byweekday=_byweekday(rule.weekdays),
        bymonthday=rule.monthdays or None,
    )
    found = (moment.date() for moment in islice(days, rule.count))
    return frozenset(day for day in found if day >= first)
