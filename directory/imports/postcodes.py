"""ZIP codes, with the zero that spreadsheets take off given back."""

import re
from dataclasses import dataclass
from functools import cache
from sys import intern
from typing import Any

import zipcodes


@dataclass(frozen=True)
class Postcode:
    zip: str
    zip4: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """`cities` are the names that mail to the ZIP may bear, the usual one first."""

    state: str
    time_zone: str
    county: str
    cities: tuple[str, ...]


@cache
def known() -> dict[str, Known]:
    """Every ZIP of the United States that the `zipcodes` package knows."""
    return {entry["zip_code"]: _known(entry) for first in "0123456789" for entry in _zips(first)}


def _zips(first: str) -> list[dict[str, Any]]:
    """Those with this first digit: all at once would take 140 MB for a moment."""
    return zipcodes.similar_to(first)  # type: ignore[no-untyped-call, no-any-return]


def _known(entry: dict[str, Any]) -> Known:
    return Known(
        intern(entry["state"]),
        intern(entry["timezone"]),
        intern(entry["county"]),
        (entry["city"], *entry["acceptable_cities"]),
    )


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(code[:3] for code in known())


@cache
def states() -> frozenset[str]:
    return frozenset(entry.state for entry in known().values())


def clean_postcode(value: str, state: str = "", zip4: str = "") -> Postcode | None:
    """The ZIP that `value` means in `state`; None when it cannot be one.

    A zero is put back only when that makes a ZIP of this state: "6708" is 06708 in Connecticut
    and nothing in Colorado. A new ZIP that the package does not know yet passes when others
    begin like it.
    """
    digits = re.sub(r"\.0+$", "", value.strip())
    match = re.match(r"^(\d{3,5})(?:[- ](\d{4}))?$", digits)
    if match is None and re.match(r"^\d{7,9}$", digits):
        match = re.match(r"^(\d{3,5})(\d{4})$", digits)
    if match is None:
        return None
    code, more = match[1], match[2] or _zip4(zip4)
    if len(code) == 5:
        return Postcode(code, more) if code[:3] in _prefixes() else None
    found = known().get(code.zfill(5))
    if found is None or (state and found.state != state):
        return None
    return Postcode(code.zfill(5), more)


def _zip4(value: str) -> str:
    digits = re.sub(r"\.0+$", "", value.strip())
    return digits.zfill(4) if re.match(r"^\d{2,4}$", digits) else ""


def time_zone_of(code: str) -> str:
    """The IANA zone of a ZIP, "" when not known."""
    found = known().get(code)
    return found.time_zone if found else ""
