"""How long a check of a field holds. Numbers and hours change sooner than addresses.

`OPENDOOR_LIFETIMES` changes days by field ("phone=90,hours=60").
"""

from datetime import timedelta
from functools import cache

from django.conf import settings

from directory.models import Verification

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
