"""Dates and times in the styles in which people write them."""

import re
from datetime import UTC, date, datetime, time

from django.utils import timezone

# A slash may mean month first or day first; a dot always means day first.
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?")


def read_date(text: str) -> tuple[date, bool] | None:
    """The day, and whether a time of that day was told too. None when it is not clear which day."""
    try:
        return date.fromisoformat(text), False
    except ValueError:
        pass
    moment = _moment(text)
    if moment:
        return moment.date(), moment.timetz() not in (time(0), time(0, tzinfo=UTC))
    found = _in_figures(text)
    return (found, False) if found else None


def _in_figures(text: str) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.fullmatch(text):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := _SLASHED.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        ways = {_day(year, first, second), _day(year, second, first)} - {None}
        return ways.pop() if len(ways) == 1 else None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_time(text: str) -> tuple[time, bool] | None:
    """The time on the clock, and whether an offset to UTC was told with it."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if (hour, minute, second) == (24, 0, 0):
        hour = 0
    try:
        return time(hour, minute, second), bool(match[4])
    except ValueError:
        return None


def read_datetime(text: str) -> datetime | None:
    """The moment; one without an offset is on the site's own clock."""
    moment = _moment(text)
    if moment is None:
        return None
    try:
        aware = moment if moment.tzinfo else timezone.make_aware(moment)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
