"""Which HSDS object a file or a list is, by its name: as 3.1 writes it, and as 1.x to 3.0 did.

Tables that 3.1 no longer has, and that mean something else than one of its own, are not read:
the package says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from directory.hsds.objects import OBJECTS


@dataclass(frozen=True)
class Known:
    """`fixed` is what the table's name alone says of each of its rows."""

    object: str
    fixed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


_OLDER = {
    "physical_address": Known("address", MappingProxyType({"address_type": "physical"})),
    "postal_address": Known("address", MappingProxyType({"address_type": "postal"})),
    "accessibility_for_disabilities": Known("accessibility"),
    "accessibility_for_disability": Known("accessibility"),
    "services_at_location": Known("service_at_location"),
    "capacity": Known("service_capacity"),
    "meta_data": Known("metadata"),
}
RENAMED = {  # columns of 1.x and 2.x, where 3.1's own is not there
    "organization": {"url": "website"},
    "accessibility": {"accessibility": "description"},
    "taxonomy_term": {"term": "name", "vocabulary": "taxonomy"},
    "language": {"language": "name"},
}


def _plurals(name: str) -> tuple[str, ...]:
    if name.endswith("y"):
        return (f"{name[:-1]}ies", f"{name}s")
    return (f"{name}es",) if name.endswith("s") else (f"{name}s",)


def _by_name() -> dict[str, Known]:
    own = {found.name: Known(found.name) for found in OBJECTS.values()}
    found = {**_OLDER, **own}
    plurals = {more: known for name, known in found.items() for more in _plurals(name)}
    files = {found.file: own[found.name] for found in OBJECTS.values()}
    return {**plurals, **found, **files}


_KNOWN = _by_name()


def known_table(name: str) -> Known | None:
    """The object of a file's or list's name, without its ending. None when HSDS has none such."""
    return _KNOWN.get(re.sub(r"[\s-]+", "_", name.strip().casefold()))


def object_of(known: Known, headings: tuple[str, ...]) -> str:
    """Up to 2.x the file of the terms was called taxonomy."""
    if known.object == "taxonomy" and "parent_id" in headings:
        return "taxonomy_term"
    return known.object


def current(name: str, headings: tuple[str, ...]) -> tuple[str, ...]:
    """The headings with columns of older versions under the names that they have now."""
    renamed = RENAMED.get(name, {})
    return tuple(
        renamed[heading] if heading in renamed and renamed[heading] not in headings else heading
        for heading in headings
    )
