"""The names of time zones."""

from functools import cache
from zoneinfo import available_timezones


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())
