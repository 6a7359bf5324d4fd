"""Reads the demonstration's directory and refuses what would be untrue, unsafe or half written."""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from directory.taxonomies import read_terms
from opendoor.demo.entries import (
    TERMS,
    TEXTS,
    County,
    OrganizationEntry,
    PlaceEntry,
    ServiceEntry,
)
from opendoor.demo.errors import DemoError, EntryError
from opendoor.demo.opening import read_opening
from opendoor.demo.points import is_town_of

Read = TypeVar("Read")
FOLDER = Path(__file__).parent / "data" / "directory"
PHONE = re.compile(r"(303|720)-555-01\d\d")  # reserved for fiction
SITE = re.compile(r"([a-z0-9-]+\.)+example\.org")
AGES = re.compile(r"(\d+)(?:-(\d+)|\+)")
NEEDED = ("id", "org", "name", "need", "hours", "text", "call", "es")
OPTIONAL = ("at", "hours_at", "phone", "sms", "lang", "ages", "drop_off", "telehealth")
KNOWN = {*NEEDED, *OPTIONAL, *TERMS, *TEXTS, "interpreters"}


def read_county(folder: Path = FOLDER) -> County:
    """Every file of the folder. Raises DemoError, which names the entry at fault."""
    organizations: list[OrganizationEntry] = []
    services: list[ServiceEntry] = []
    for path in sorted(folder.glob("*.toml")):
        given = _parsed(path)
        organizations += [_organization(path.name, o) for o in given["organization"]]
        services += [_service(path.name, s) for s in given["service"]]
    county = County(tuple(organizations), tuple(services))
    _check_links(county)
    return county


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DemoError(f"{path.name}: {error}") from error


def _organization(file: str, given: dict[str, Any]) -> OrganizationEntry:
    where = f"{file}, organization “{given.get('key', '?')}”"
    _need(where, given, ("key", "name", "about", "site", "phone", "places"))
    _fits(where, "phone", given["phone"], PHONE)
    _fits(where, "site", given["site"], SITE)
    places = tuple(_place(where, place) for place in given["places"])
    return OrganizationEntry(**{**given, "places": places})


def _place(where: str, given: dict[str, Any]) -> PlaceEntry:
    where = f"{where}, place “{given.get('key', '?')}”"
    if given.get("confidential"):
        if set(given) != {"key", "name", "confidential"}:
            raise EntryError(where, "it is confidential: leave out street, town, zip and how")
        return PlaceEntry(**given)
    _need(where, given, ("key", "name", "street", "town", "zip", "how"))
    if not is_town_of(given["town"], given["zip"]):
        raise EntryError(where, f"{given['zip']} is not a ZIP of {given['town']}")
    return PlaceEntry(**given)


def _service(file: str, given: dict[str, Any]) -> ServiceEntry:
    where = f"{file}, service “{given.get('id', '?')}”"
    _need(where, given, NEEDED)
    if unknown := given.keys() - KNOWN:
        raise EntryError(where, f"unknown: {', '.join(sorted(unknown))}")
    for name in ("phone", "sms"):
        if name in given:
            _fits(where, name, given[name], PHONE)
    hours_at = given.get("hours_at", {})
    return ServiceEntry(
        id=given["id"],
        org=given["org"],
        texts={"en": _texts(given), "es": _spanish(where, given)},
        terms={taxonomy: _terms(where, given, key) for key, taxonomy in TERMS.items()},
        opening=_at(where, read_opening, given["hours"]),
        places=tuple(given.get("at", "").split()),
        hours_at={key: _at(where, read_opening, text) for key, text in hours_at.items()},
        phone=given.get("phone", ""),
        sms=given.get("sms", ""),
        languages=tuple(given.get("lang", "").split()),
        ages=_at(where, _ages, given.get("ages", "")),
        drop_off=given.get("drop_off"),
        telehealth=given.get("telehealth"),
        interpreters=given.get("interpreters", False),
    )


def _texts(given: dict[str, Any]) -> dict[str, str]:
    return {field: given[key] for key, field in TEXTS.items() if key in given}


def _spanish(where: str, given: dict[str, Any]) -> dict[str, str]:
    """Each text that is there in English, and no other."""
    written = {key for key in TEXTS if key in given}
    if differing := written ^ given["es"].keys():
        raise EntryError(where, f"in one language alone: {', '.join(sorted(differing))}")
    return _texts(given["es"])


def _terms(where: str, given: dict[str, Any], key: str) -> tuple[str, ...]:
    codes = tuple(given.get(key, "").split())
    if unknown := set(codes) - _shipped(TERMS[key]):
        raise EntryError(where, f"{key}: no such code: {', '.join(sorted(unknown))}")
    return codes


@cache
def _shipped(taxonomy: str) -> frozenset[str]:
    return frozenset(row["code"] for row in read_terms(taxonomy))


def _ages(text: str) -> tuple[int | None, int | None]:
    if not text:
        return None, None
    found = AGES.fullmatch(text)
    if found is None:
        raise DemoError(f"ages “{text}” are not understood; write 12-17 or 18+")
    return int(found[1]), int(found[2]) if found[2] else None


def _at(where: str, read: Callable[[str], Read], text: str) -> Read:
    try:
        return read(text)
    except DemoError as error:
        raise EntryError(where, str(error)) from error


def _need(where: str, given: dict[str, Any], names: tuple[str, ...]) -> None:
    if missing := [name for name in names if name not in given or given[name] == ""]:
        raise EntryError(where, f"missing: {', '.join(missing)}")


def _fits(where: str, name: str, text: str, pattern: re.Pattern[str]) -> None:
    if not pattern.fullmatch(text):
        raise EntryError(where, f"{name} “{text}” could be real; it must fit {pattern.pattern}")


def _check_links(county: County) -> None:
    """Keys are unique, and lead somewhere."""
    owners = {place.key: o.key for o in county.organizations for place in o.places}
    organizations = {o.key for o in county.organizations}
    for name, keys in _keys(county):
        if repeated := {key for key in keys if keys.count(key) > 1}:
            raise DemoError(f"{name}: used twice: {', '.join(sorted(repeated))}")
    for service in county.services:
        where = f"service “{service.id}”"
        if service.org not in organizations:
            raise EntryError(where, f"there is no organization “{service.org}”")
        for place in (*service.places, *service.hours_at):
            if owners.get(place) != service.org:
                raise EntryError(where, f"“{place}” is no place of “{service.org}”")


def _keys(county: County) -> Iterator[tuple[str, list[str]]]:
    yield "organizations", [o.key for o in county.organizations]
    yield "places", [place.key for o in county.organizations for place in o.places]
    yield "services", [service.id for service in county.services]
