"""How a rule of a schedule is put into words: "Every month: first Monday, 9 a.m. to noon"."""

from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.closures import hours
from directory.hsds.objects import DAYS
from directory.models import Schedule
from directory.recurrence import WEEKDAY, Rule, rule_of
from directory.wording import clock_span

ORDINALS = {
    1: gettext_lazy("first %(day)s"),
    2: gettext_lazy("second %(day)s"),
    3: gettext_lazy("third %(day)s"),
    4: gettext_lazy("fourth %(day)s"),
    5: gettext_lazy("fifth %(day)s"),
    -1: gettext_lazy("last %(day)s"),
    -2: gettext_lazy("last but one %(day)s"),
}
SOME_MONDAY = date(2001, 1, 1)


def rule_words(schedule: Schedule) -> str:
    """A schedule in one line; of one that cannot be reckoned with, its own words."""
    rule = rule_of(schedule)
    if rule is None or schedule.opens_at is None or schedule.closes_at is None:
        return _own_words(schedule)
    times = clock_span(*hours(SOME_MONDAY, schedule.opens_at, schedule.closes_at))
    parts = (_days(rule), times, _dates(schedule, rule))
    return ", ".join(part for part in parts if part)


def is_plain(schedule: Schedule) -> bool:
    """Every week alike all year: the week's table says it all."""
    rule = rule_of(schedule)
    return rule is not None and rule.plain and not (schedule.valid_from or schedule.valid_to)


def is_over(schedule: Schedule, today: date) -> bool:
    ends = [day for day in (schedule.valid_to, schedule.until) if day]
    return bool(ends) and min(ends) < today


def _own_words(schedule: Schedule) -> str:
    said = (schedule.description, schedule.notes, schedule.attending_type)
    words = next((text.strip() for text in said if text.strip()), "")
    return words or _("There are more hours that this page cannot put into a table.")


def _days(rule: Rule) -> str:
    days = ", ".join([*(weekday(*day) for day in rule.weekdays), *map(_date, rule.monthdays)])
    values = {"count": rule.interval, "days": days}
    if rule.monthly:
        every = ngettext("Every month: %(days)s", "Every %(count)s months: %(days)s", rule.interval)
        return every % values
    if rule.interval == 1:
        return capfirst(days)
    return _("Every %(count)s weeks: %(days)s") % values


def weekday(day: int, nth: int) -> str:
    """ "Monday", or "first Monday" of a month."""
    name = str(WEEKDAYS[day])
    if nth == 0:
        return name
    if nth in ORDINALS:
        return ORDINALS[nth] % {"day": name}
    return _("%(day)s, number %(nth)s from the month’s end") % {"day": name, "nth": -nth}


def weekdays(codes: str) -> str:
    """ "MO,1TU" is "Monday, first Tuesday"; what is no list of days stands as it is."""
    found = [WEEKDAY.fullmatch(code) for code in codes.split(",")]
    read = [weekday(DAYS.index(day[2]), int(day[1] or 0)) for day in found if day]
    return capfirst(", ".join(read)) if len(read) == len(found) else codes


def _date(number: int) -> str:
    if number == -1:
        return _("last day")
    if number < 0:
        return _("day %(number)s from the month’s end") % {"number": -number}
    return _("day %(number)s") % {"number": number}


def _dates(schedule: Schedule, rule: Rule) -> str:
    """From when until when, as far as it is said; the first day of a count is its beginning."""
    starts = [day for day in (schedule.valid_from, rule.begin) if day]
    ends = [day for day in (schedule.valid_to, rule.until) if day]
    first = date_format(max(starts), "DATE_FORMAT") if starts else ""
    last = date_format(min(ends), "DATE_FORMAT") if ends else ""
    if first and last:
        return _("from %(first)s to %(last)s") % {"first": first, "last": last}
    if last:
        return _("until %(last)s") % {"last": last}
    return _("from %(first)s on") % {"first": first} if first else ""
