"""Which columns of a file make up a listing, as frozen dataclasses.

`mapping_content` reads and writes them as plain tables (TOML, JSON), `mapping` chooses one for a
file, `proposing` makes one for a file that nobody has seen before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

VOICE = "voice"


@dataclass(frozen=True)
class PhoneColumn:
    column: str
    extension: str | None = None
    description: str = ""
    type: str = VOICE


@dataclass(frozen=True)
class TermColumn:
    """Codes of one taxonomy: each cell is looked up in `values` whole, or searched for `words`,
    or (with neither) read as codes set apart by `separator`. Nothing is taken from a row whose
    columns hold a word of `unless`.
    """

    taxonomy: str
    columns: tuple[str, ...]
    values: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    unless: tuple[str, ...] = ()
    unless_in: tuple[str, ...] = ()
    separator: str = ";"


@dataclass(frozen=True)
class Names:
    """`columns`: the first that is filled is the name. `split`: one cell holds the organization's
    name and, behind this, the service's. `organization_goes_on`: when the organization's name ends
    in one of these words, its second column belongs to it. `says_what`: a service's name with none
    of these words ("North Office") tells too little alone, so the organization's stands before it.
    """

    organization: tuple[str, ...]
    service: tuple[str, ...]
    split: str = ""
    organization_goes_on: tuple[str, ...] = ()
    says_what: frozenset[str] = frozenset()
    abbreviations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """`whole_address`: a column with street, city, state and ZIP in one cell; what a column of
    `address` says goes before it. `hours`: opening hours as people write them. `ages`: "6-17",
    "18+", "all ages". `dates`: "month-first" or "day-first" where the file writes 02/01/2026.
    """

    name: str
    title: str
    requires: tuple[str, ...]
    names: Names
    source_id: str | None = None
    empty: frozenset[str] = frozenset()
    service: dict[str, str] = field(default_factory=dict)  # field of Service → column
    fixed: dict[str, Any] = field(default_factory=dict)  # field of Service → value
    address: dict[str, str] = field(default_factory=dict)  # field of Address → column
    whole_address: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    time_zone: str | None = None
    languages: str | None = None
    hours: str | None = None
    ages: str | None = None
    dates: str = ""
    phones: tuple[PhoneColumn, ...] = ()
    terms: tuple[TermColumn, ...] = ()

    def missing(self, headings: Iterable[str]) -> list[str]:
        """The required columns that the file does not have."""
        found = set(headings)
        return [column for column in self.requires if column not in found]

    def reads(self) -> frozenset[str]:
        """Every column that the mapping takes something from."""
        return frozenset(column for column in self._columns() if column is not None)

    def _columns(self) -> Iterator[str | None]:
        yield from (*self.names.organization, *self.names.service)
        yield from (*self.service.values(), *self.address.values())
        yield from (self.source_id, self.whole_address, self.latitude, self.longitude)
        yield from (self.time_zone, self.languages, self.hours, self.ages)
        for phone in self.phones:
            yield from (phone.column, phone.extension)
        for term in self.terms:
            yield from term.columns
