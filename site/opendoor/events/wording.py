"""When an event is, in words, as the reader's language writes dates and times."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _


def span(start: datetime, end: datetime, all_day: bool) -> str:
    """As in “Tuesday, December 1, 2026, 6 p.m. to 8 p.m.”; both dates when they differ."""
    start, end = timezone.localtime(start), timezone.localtime(end)
    if start.date() == end.date():
        values = {"day": _day(start), "start": _time(start), "end": _time(end)}
        if all_day:
            return _("%(day)s, all day") % values
        if start == end:
            return _("%(day)s, %(start)s") % values
        return _("%(day)s, %(start)s to %(end)s") % values
    first, last = (_day(start), _day(end)) if all_day else (_moment(start), _moment(end))
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _day(moment: datetime) -> str:
    return f"{date_format(moment, 'l')}, {date_format(moment, 'DATE_FORMAT')}"


def _time(moment: datetime) -> str:
    return time_format(moment, "TIME_FORMAT")


def _moment(moment: datetime) -> str:
    return f"{_day(moment)}, {_time(moment)}"
