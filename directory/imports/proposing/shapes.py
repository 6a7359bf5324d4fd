"""What a single cell looks like. A cell may look like several things; columns tell which it is."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from directory.folding import fold
from directory.geocoding.states import state_codes
from directory.imports.addresses import split_address
from directory.imports.hours_text import read_hours
from directory.imports.languages import SEPARATORS, languages
from directory.imports.phones import clean_phone
from directory.imports.postcodes import clean_postcode, known, states
from directory.imports.proposing.wording import (
    COUNTRIES,
    MONEY,
    ORGANIZATION_WORDS,
    PROGRAM_WORDS,
    STATUSES,
    STREET_WORDS,
)
from directory.imports.text import clean_email, clean_link
from directory.imports.values import NO, YES
from directory.imports.zones import known_zones
from directory.taxonomies import NAMES, read_terms

LONGEST = 400  # characters of a cell that are looked at
PHONE = re.compile(
    r"(?i)^[+(]?[\d(][\d\s().+/-]{1,24}(?:[\s,;]*(?:ext(?:ension)?|x|#)\.?\s*:?\s*\d+)?$"
)
LINK = re.compile(r"(?i)^(?:https?://|www\.)\S*$|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:/\S*)?$")
DECIMAL = re.compile(r"^[-+]?\d{1,3}\.\d{2,}$")
INTEGER = re.compile(r"^\d{1,12}$")
ID = re.compile(r"^(?=.*\d)[A-Za-z0-9][\w.:/-]*$")
DATE = re.compile(
    r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[T ]\d{1,2}:\d{2}\S*)?$"
)
AGES = re.compile(
    r"(?i)^(?:ages? |edades )?\d{1,3}\s*(?:-|–|to|a|through|hasta)\s*\d{1,3}(?: years?| años)?$"
    r"|^(?:ages? )?\d{1,3}\s*\+$|^\d{1,3} (?:and|y) (?:over|up|older|above|más|mayores)$"
    r"|^(?:all ages|todas las edades)$"
)
SUITE = re.compile(
    r"(?i)^(?:suite|ste|apt|apartment|unit|floor|fl|room|rm|bldg|building|piso|oficina|apto|edificio"
    r"|interior|local|p\.? ?o\.? box|apartado)\b|^#\s?[\w-]+$|^(?:\d+(?:st|nd|rd|th)|\w+) floor$"
)
LETTERS = re.compile(r"[^\W\d_]{2}")
TOWN_WORDS = 4
LISTED = re.compile(r"[;|,/\n]")
NAME_WORDS = ORGANIZATION_WORDS | PROGRAM_WORDS


@lru_cache(maxsize=20_000)
def shapes(cell: str) -> frozenset[str]:
    """The names of all that the cell looks like."""
    text = cell.strip()[:LONGEST]
    folded = fold(text)
    return frozenset(_numbers(text) if text[:1] in "+-(0123456789" else ()) | frozenset(
        (*_marks(text), *_words(text, folded))
    )


def _numbers(text: str) -> Iterator[str]:
    if PHONE.match(text) and _is_phone(text):
        yield "phone"
    if DECIMAL.match(text):
        yield from _coordinates(float(text))
    elif INTEGER.match(text):
        yield from _integer(text)
    elif clean_postcode(text):
        yield "zip"
    if DATE.match(text):
        yield "date"
    if ID.match(text) and not DECIMAL.match(text):
        yield "id"


def _is_phone(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return (digits >= 10 or digits == 3) and clean_phone(text) is not None


def _coordinates(value: float) -> Iterator[str]:
    if abs(value) <= 90:
        yield "latitude"
    if abs(value) <= 180:
        yield "longitude"
    if 17 <= value <= 72:
        yield "home latitude"
    if -180 <= value <= -64:
        yield "home longitude"


def _integer(text: str) -> Iterator[str]:
    yield "integer"
    if int(text) <= 120:
        yield "age"
    if len(text) <= 4:
        yield "short number"
    if len(text) in (4, 5, 9) and clean_postcode(text):
        yield "zip" if len(text) != 4 else "short zip"


def _marks(text: str) -> Iterator[str]:
    """What signs and letters tell."""
    if "@" in text:
        if clean_email(text):
            yield "email"
    elif LINK.match(text) and clean_link(text):
        yield "link"
    if any(c.isdigit() for c in text) and not text[0].isdigit() and ID.match(text):
        yield "id"
    if AGES.match(text):
        yield "ages"
    if SUITE.match(text):
        yield "suite"
    if "/" in text and text in known_zones():
        yield "time zone"
    if read_hours(text):
        yield "hours"


def _words(text: str, folded: str) -> Iterator[str]:
    """What words tell."""
    parts = folded.split()
    if not parts:
        yield "signs"
    if not parts or "@" in text:
        return
    if folded in state_codes() and (len(text) > 2 or text.upper() in states()):
        yield "state"
    yield from (name for name, told in _LISTS.items() if folded in told)
    if MONEY.search(text):
        yield "money"
    if LETTERS.search(text) and any(c.isdigit() for c in text) and len(parts) > 1:
        yield from _addresses(text, parts)
    elif len(parts) <= TOWN_WORDS and not any(c.isdigit() for c in text):
        if folded in towns():
            yield "city"
        key = county_key(text)
        if key in counties():
            yield from ("county",) if key == folded else ("county", "named county")
    yield from _kinds(text, parts)


def _addresses(text: str, parts: list[str]) -> Iterator[str]:
    split = split_address(text).fields
    if split.get("city") and split.get("address_1") and len(parts) >= 4:
        yield "whole address"
    elif not STREET_WORDS.isdisjoint(parts) or _begins_with_a_number(text, parts):
        yield "street"


def _begins_with_a_number(text: str, parts: list[str]) -> bool:
    """ "12 Elm", not "18 to 64" nor "24 Hour Clinic"."""
    return parts[0][:1].isdigit() and not AGES.match(text) and NAME_WORDS.isdisjoint(parts)


def _kinds(text: str, parts: list[str]) -> Iterator[str]:
    """Names, languages, codes of taxonomies and running text."""
    if not ORGANIZATION_WORDS.isdisjoint(parts):
        yield "organization"
    if not PROGRAM_WORDS.isdisjoint(parts):
        yield "program"
    if len(parts) >= 8:
        yield "sentence"
    listed = [part for part in SEPARATORS.split(text) if part.strip()]
    if not listed or len(parts) > 30:
        return
    if all(_is_language(part.strip()) for part in listed):
        yield "language"
    yield from (taxonomy for taxonomy in NAMES if _are_terms(text, taxonomy))


def _are_terms(text: str, taxonomy: str) -> bool:
    """A term's name may hold what parts others: "Counselling and therapy"."""
    names = term_names(taxonomy)
    if fold(text) in names:
        return True
    return any(
        all(fold(part) in names for part in separators.split(text) if part.strip())
        for separators in (LISTED, SEPARATORS)
    )


def _is_language(text: str) -> bool:
    """Its name, or its code in small letters: "CO" is a state."""
    return (len(text) > 3 or text.islower() or text == "ASL") and text.casefold() in languages()


@cache
def towns() -> frozenset[str]:
    cities = {city for entry in known().values() for city in entry.cities}
    return frozenset(fold(city) for city in cities)


@cache
def counties() -> frozenset[str]:
    return frozenset(county_key(county) for county in {e.county for e in known().values()}) - {""}


def county_key(text: str) -> str:
    """A county's name without the word for it."""
    folded = fold(text)
    for start in ("condado de ", "county of "):
        folded = folded.removeprefix(start)
    for end in (" county", " parish", " borough", " municipio"):
        folded = folded.removesuffix(end)
    return folded


@cache
def term_names(taxonomy: str) -> dict[str, str]:
    """Folded code or name, in either language → code, of the terms that the project ships."""
    return {
        fold(text): term["code"]
        for term in read_terms(taxonomy)
        for text in (term["code"], term["name_en"], term["name_es"])
    }


_LISTS: dict[str, frozenset[str]] = {
    "country": COUNTRIES,
    "status": STATUSES,
    "yes or no": frozenset(fold(text) for text in YES | NO),
}
