"""A whole address in one cell, taken apart: "123 Main St Suite 4, Denver, CO 80203".

It is read from its end: country, ZIP, state, city; what stands before is the street. Where no
comma tells the city, the cities that are known in that state do. What cannot be told is not
guessed: the caller keeps the text whole.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from directory.folding import fold
from directory.geocoding.states import state_codes
from directory.imports.postcodes import clean_postcode, known

COUNTRY = re.compile(
    r"(?i)[\s,]+(?:u\.?s\.?a?\.?|united states(?: of america)?|estados unidos|ee\.? ?uu\.?)\s*$"
)
ZIP = re.compile(r"(?:^|[\s,.])(\d{5})(?:[- ](\d{4}))?\s*$")
SUITE = re.compile(
    r"(?i)[\s,]+((?:suite|ste|apt|apartment|unit|floor|fl|room|rm|bldg|building|piso|oficina|apto)"
    r"\b\.?\s*#?\s*[\w-]+|#\s*[\w-]+|\d+(?:st|nd|rd|th) (?:floor|fl))\s*$"
)
MOST_WORDS = 4  # of a city's name


@dataclass(frozen=True)
class Split:
    """`whole`: nothing but the text could be told, and it stands in the street's place."""

    fields: dict[str, str]  # field of Address → text
    whole: bool = False


def split_address(text: str) -> Split:
    """The parts of an address by the fields of Address."""
    plain = re.sub(r"\s*[\r\n;|]+\s*", ", ", text.strip())
    plain = re.sub(r"[ \t]+", " ", plain).strip(" ,")
    rest, code, zip4 = _without_zip(COUNTRY.sub("", plain))
    rest, state = _without_state(rest, code)
    if not state or not _possible(code, state):
        return Split({"address_1": plain}, whole=True)
    street, city = _without_city(rest, state, code)
    fields = _street(street) | {
        "city": city,
        "state_province": state,
        "postal_code": code,
        "zip4": zip4,
    }
    return Split({name: value for name, value in fields.items() if value})


def _without_zip(text: str) -> tuple[str, str, str]:
    found = ZIP.search(text)
    if not found:
        return text, "", ""
    return text[: found.start()].rstrip(" ,."), found[1], found[2] or ""


def _possible(code: str, state: str) -> bool:
    """A ZIP that is not of this state says that something was misread."""
    found = known().get(code)
    return not code or (clean_postcode(code) is not None and (not found or found.state == state))


def _without_state(text: str, code: str) -> tuple[str, str]:
    """The text without the state at its end; a state not written is the ZIP's.

    Without a ZIP, only what stands in capitals or behind a comma is taken for a state: "Calle Mi
    Casa Me" is not in Maine.
    """
    words = text.replace(",", " , ").split()
    for size in (3, 2, 1):
        ending = words[-size:]
        state = "" if "," in ending else state_codes().get(fold(" ".join(ending)), "")
        sure = code or " ".join(ending).isupper() or words[-size - 1 : -size] == [","]
        if state and sure and len(words) >= size + (not code):
            return _joined(words[:-size]), state
    return text, known()[code].state if code in known() else ""


def _joined(words: list[str]) -> str:
    return " ".join(words).replace(" ,", ",").strip(" ,")


def _without_city(text: str, state: str, code: str) -> tuple[str, str]:
    """The street and the city: a known city at the end, else what stands behind the last comma."""
    street, comma, last = text.rpartition(",")
    if comma and not any(c.isdigit() for c in last) and not SUITE.match(f" {last.strip()}"):
        return street.strip(" ,"), last.strip()
    words = text.split()
    for size in range(min(MOST_WORDS, len(words)), 0, -1):
        ending = " ".join(words[-size:])
        if fold(ending) in _cities_of(state) and _may_end(words[:-size]):
            return " ".join(words[:-size]).strip(" ,"), ending.strip(" ,")
    usual = known()[code].cities[0] if code in known() else ""
    return text, usual


def _may_end(street: list[str]) -> bool:
    """Whether these words can be a street: "12 Park" of "12 Park City" cannot, nothing can."""
    return not street or len(street) > 2 or street[-1].endswith(",")


def _street(text: str) -> dict[str, str]:
    """The street and, apart, the suite."""
    street, suites = text, list[str]()
    while found := SUITE.search(street):
        if found[1].startswith("#") and not street[0].isdigit():
            break  # "Calle 5 #22": the house's own number
        suites.insert(0, found[1])
        street = street[: found.start()].strip(" ,")
    if not street:
        return {"address_1": text}
    first, comma, more = street.partition(",")
    if comma and any(c.isdigit() for c in first) and not any(c.isdigit() for c in more):
        street, suites = first, [more.strip(), *suites]
    return {"address_1": street.strip(" ,"), "address_2": ", ".join(suites)}


@cache
def _cities_of(state: str) -> frozenset[str]:
    return frozenset(fold(city) for city in _cities().get(state, ()))


@cache
def _cities() -> dict[str, set[str]]:
    """The cities of each state, as they are written."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in known().values():
        found[entry.state].update(entry.cities)
    return found
