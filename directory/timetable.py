"""The hours of a service at one place as a page shows them: now, and over the coming week."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.closures import Change
from directory.daybook import (
    PARTLY,
    DayHours,
    availability_for,
    closed_days,
    daybook,
    schedules_for,
)
from directory.hours import intervals_for, opening_at, zone_of
from directory.models import Service, ServiceAtLocation
from directory.rhythm import is_over, is_plain, rule_words
from directory.wording import Status, clock_span, status

WEEK = 7
SOON = 35  # days ahead for which closures are told


@dataclass(frozen=True)
class Day:
    """One row of the week. Without `spans` it is closed, or, when not `known`, not known to be
    open; `note` says why the day is not as others."""

    name: str
    today: bool
    spans: tuple[str, ...]
    note: str
    known: bool


@dataclass(frozen=True)
class Timetable:
    """`week` is empty without set hours; `rules` are those that a week does not show whole;
    `partly`: there are hours that nobody could reckon with. `closures` come after the week.
    `zone` names a time zone other than the site's."""

    status: Status
    week: tuple[Day, ...]
    rules: tuple[str, ...]
    notes: tuple[str, ...]
    closures: tuple[str, ...]
    partly: bool
    holidays: bool
    zone: str


def timetable(service: Service, at: ServiceAtLocation | None, now: datetime) -> Timetable:
    """Reads prefetched rows alone."""
    zone = zone_of(at.location if at else None)
    today = timezone.localtime(now, zone).date()
    state = availability_for(service, at)
    opening = opening_at(state, intervals_for(service, at, today), now)
    week = daybook(service, at, today, WEEK)
    told = status(opening, now, zone)
    if week and week[0].closed and told.kind == "closed":
        told = replace(told, label=change_words(week[0].change) or told.label)
    schedules = schedules_for(service, at) if week else []
    odd = [s for s in schedules if not is_plain(s) and not is_over(s, today)]
    elsewhere = str(zone) != timezone.get_default_timezone_name()
    return Timetable(
        status=told,
        week=tuple(_day(day, today) for day in week),
        rules=_each(rule_words(schedule) for schedule in odd),
        notes=_each(schedule.description for schedule in schedules if schedule not in odd),
        closures=_closures(service, at, today, WEEK if week else 0),
        partly=state == PARTLY,
        holidays=service.holidays is not None,
        zone=str(zone).replace("_", " ") if elsewhere else "",
    )


def _each(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _day(day: DayHours, today: date) -> Day:
    return Day(
        name=str(WEEKDAYS[day.day.weekday()]),
        today=day.day == today,
        spans=tuple(clock_span(*span) for span in day.spans),
        note=change_words(day.change) if day.closed else day.change.why,
        known=day.known,
    )


def change_words(change: Change) -> str:
    """Why it is closed; "" when nobody said."""
    if change.holiday:
        return _("Closed for %(holiday)s") % {"holiday": change.holiday}
    return _("Closed: %(why)s") % {"why": change.why} if change.why else ""


def _closures(
    service: Service, at: ServiceAtLocation | None, today: date, shown: int
) -> tuple[str, ...]:
    """The closed days after those of the table, days in a row for one reason as one."""
    runs: list[list[DayHours]] = []
    for day in closed_days(service, at, today + timedelta(days=shown), SOON - shown):
        last = runs[-1][-1] if runs else None
        if last and day.day - last.day == timedelta(days=1) and day.change == last.change:
            runs[-1].append(day)
        else:
            runs.append([day])
    return tuple(_run(run[0], run[-1]) for run in runs)


def _run(first: DayHours, last: DayHours) -> str:
    why = change_words(first.change) or _("Closed")
    days = capfirst(date_format(first.day, "MONTH_DAY_FORMAT"))
    if last is not first:
        until = date_format(last.day, "MONTH_DAY_FORMAT")
        days = _("%(first)s to %(last)s") % {"first": days, "last": until}
    return _("%(days)s: %(why)s") % {"days": days, "why": why}
