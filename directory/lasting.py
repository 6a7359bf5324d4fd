"""How long what was checked of a listing holds. The only place that says what is stale.

A listing is fresh while every field that it needs was checked and all of these checks still hold.
From the day after, or while a field was never checked, it is stale. The public page, cards,
ranking, the stewards' desk, reminders and what is counted all go by this.

Numbers and hours change sooner than addresses: `OPENDOOR_LIFETIMES` changes days by field
("phone=90,hours=60").
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.conf import settings

from directory.models import Verification

Ends = Mapping[str, Iterable[date]]  # by field the last days of its checks
Subject = Verification.Subject
DAYS: dict[str, int] = {
    Subject.PHONE: 180,
    Subject.HOURS: 180,
    Subject.ADDRESS: 365,
    Subject.ELIGIBILITY: 365,
    Subject.COST: 180,
}


class LifetimesError(ValueError):
    """The setting cannot be read; its text says what to write instead."""


def lifetime(subject: str) -> timedelta:
    """How long a check of this field holds."""
    return read_lifetimes(getattr(settings, "OPENDOOR_LIFETIMES", ""))[subject]


@cache
def read_lifetimes(text: str) -> dict[str, timedelta]:
    """The table with the setting's changes. Raises LifetimesError."""
    days = dict(DAYS)
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        field, _, number = part.partition("=")
        if field.strip() not in days or not number.strip().isdecimal() or not int(number):
            raise LifetimesError(f"{part!r}: write field=days; fields are {', '.join(DAYS)}.")
        days[field.strip()] = int(number)
    return {field: timedelta(days=count) for field, count in days.items()}


def needed(*, shows_place: bool) -> tuple[Subject, ...]:
    """The fields that a listing has to have checked: its address only when it shows one."""
    return tuple(s for s in Subject if s is not Subject.ADDRESS or shows_place)


def holds_until(subject: str, whole: date | None, ends: Iterable[date]) -> date | None:
    """The last day on which a field counts as checked; None when it never was.

    `whole` is the day on which the whole listing was checked, which speaks for each field; `ends`
    are the last days of the field's own checks.
    """
    days = [*ends] if whole is None else [*ends, whole + lifetime(subject)]
    return max(days, default=None)


def fresh_until(whole: date | None, ends: Ends, *, shows_place: bool) -> date | None:
    """The last day on which a listing is fresh; None while a needed field was never checked."""
    found = [
        holds_until(subject, whole, ends.get(subject, ()))
        for subject in needed(shows_place=shows_place)
    ]
    known = [day for day in found if day is not None]
    return min(known) if len(known) == len(found) else None


def ends_of(service_ids: Collection[Any]) -> Mapping[Any, Ends]:
    """By service (each of them, and any other) the ends of checks that still count: one query."""
    found: dict[Any, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    rows = Verification.objects.current().filter(service__in=service_ids).order_by()
    for service, field, until in rows.values_list("service_id", "field", "valid_until"):
        found[service][field].append(until)
    return found
