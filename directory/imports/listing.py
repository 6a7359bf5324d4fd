"""A row of a file once it is understood: what passes between validating, staging and publishing."""

from dataclasses import dataclass, field, replace
from typing import Any

from directory.imports.messages import translatable

LONGEST_VALUE = 200  # characters of a value that a report quotes


@dataclass(frozen=True)
class Problem:
    """Something about a row that a steward should know. `place`: it quotes the row's place."""

    row: int | None
    column: str | None
    code: str
    message: str
    value: str = ""
    place: bool = False

    def as_report(self) -> dict[str, Any]:
        """The shape that a report has."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message": self.message[:],
            "value": self.value[:LONGEST_VALUE],
            **translatable(self.message),
        }


@dataclass(frozen=True)
class PhoneLine:
    number: str
    extension: str = ""
    description: str = ""
    type: str = "voice"


@dataclass(frozen=True)
class OpenLine:
    """Days as in a rule of RFC 5545, and times as "09:00"."""

    byday: str
    opens_at: str
    closes_at: str


@dataclass(frozen=True)
class Place:
    """Where a row is. `key` tells whether two rows of an organization share an address, without
    telling the address. `as_given` holds what could not be understood, for stewards alone.
    """

    key: str
    address: dict[str, str]  # field of Address → text
    latitude: float | None = None
    longitude: float | None = None
    time_zone: str = ""
    as_given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """One service as a row tells it. `texts` has fields of Service; `terms` are
    (taxonomy, code) pairs that exist.
    """

    source_id: str
    organization: str
    texts: dict[str, Any]
    terms: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    phones: tuple[PhoneLine, ...] = ()
    hours: tuple[OpenLine, ...] = ()
    place: Place | None = None
    as_given: dict[str, str] = field(default_factory=dict)

    def without_place(self) -> "Listing":
        return replace(self, place=None)

    def as_values(self) -> dict[str, Any]:
        """JSON-safe; equal values mean that nothing changed. (`asdict` is five times slower.)"""
        values = vars(self) | {
            "terms": [list(term) for term in self.terms],
            "languages": list(self.languages),
            "phones": [dict(vars(phone)) for phone in self.phones],
            "hours": [dict(vars(line)) for line in self.hours],
            "place": dict(vars(self.place)) if self.place else None,
        }
        if not self.hours:  # as in what was published before there were any
            del values["hours"]
        return values


def from_values(values: dict[str, Any]) -> Listing:
    """The listing that `as_values` was written from."""
    place = values["place"]
    return Listing(
        source_id=values["source_id"],
        organization=values["organization"],
        texts=values["texts"],
        terms=tuple((taxonomy, code) for taxonomy, code in values["terms"]),
        languages=tuple(values["languages"]),
        phones=tuple(PhoneLine(**phone) for phone in values["phones"]),
        hours=tuple(OpenLine(**line) for line in values.get("hours", ())),
        place=Place(**place) if place else None,
        as_given=values["as_given"],
    )
