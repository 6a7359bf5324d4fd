"""Weekly hours in a line that people and `imports.hours_text` read: "Mon, Tue 09:00-17:00"."""

from collections.abc import Iterable
from datetime import time
from functools import lru_cache

from directory.imports.hours_text import read_hours
from directory.models import Schedule
from directory.rhythm import is_plain, rule_words

DAYS = {"MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun"}


def opening_hours(schedules: Iterable[Schedule]) -> str:
    """Days with the same hours together; what is no plain week in words behind them."""
    by_day: dict[str, list[str]] = {}
    others: list[str] = []
    for schedule in schedules:
        span = _span(schedule)
        if not span or not is_plain(schedule):
            others.append(rule_words(schedule) or schedule.description)
            continue
        for day in schedule.byday.split(","):
            by_day.setdefault(day, []).append(span)
    weeks: dict[str, list[str]] = {}
    for day, name in DAYS.items():
        if day in by_day:
            weeks.setdefault(", ".join(sorted(set(by_day[day]))), []).append(name)
    lines = [f"{', '.join(names)} {spans}" for spans, names in weeks.items()]
    return "; ".join([*lines, *(text for text in others if text)])


def _span(schedule: Schedule) -> str:
    opens, closes = schedule.opens_at, schedule.closes_at
    return _told(opens, closes) if opens and closes else ""


@lru_cache(maxsize=1024)
def _told(opens: time, closes: time) -> str:
    """On the clock of 24 hours, unless that may be read otherwise: "10:00-11:00", "09:00-05:00"."""
    span = f"{opens:%H:%M}-{closes:%H:%M}"
    read = read_hours(f"Mon {span}")
    lines = [(line.opens_at, line.closes_at) for line in read.rules] if read else []
    if lines == [(f"{opens:%H:%M}", f"{closes:%H:%M}")]:
        return span
    return f"{_half_day(opens)}-{_half_day(closes)}"


def _half_day(moment: time) -> str:
    return f"{moment.hour % 12 or 12}:{moment:%M}{'pm' if moment.hour >= 12 else 'am'}"
