"""Which columns of a file make up a listing: TOML to a frozen dataclass.

Shipped mappings are in `directory/mappings/`; `choose` takes the one whose columns all stand
in the file. docs/stewards.md shows how to write one.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from directory.imports.faults import MappingFault
from directory.imports.values import read_value
from directory.models import Address, Phone, Service

SHIPPED = Path(__file__).parents[1] / "mappings"
NOT_FROM_FILES = {"id", "source", "source_id", "last_modified", "organization", "as_given"}


@dataclass(frozen=True)
class PhoneColumn:
    column: str
    extension: str | None = None
    description: str = ""
    type: str = Phone.Type.VOICE.value


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
    """`columns`: the first that is filled is the name. `organization_goes_on`: when the
    organization's name ends in one of these words, its second column belongs to it.
    `says_what`: a service's name with none of these words ("North Office") tells too little
    alone, so the organization's stands before it.
    """

    organization: tuple[str, ...]
    service: tuple[str, ...]
    organization_goes_on: tuple[str, ...] = ()
    says_what: frozenset[str] = frozenset()
    abbreviations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    name: str
    title: str
    requires: tuple[str, ...]
    names: Names
    source_id: str | None = None
    empty: frozenset[str] = frozenset()
    service: dict[str, str] = field(default_factory=dict)  # field of Service → column
    fixed: dict[str, Any] = field(default_factory=dict)  # field of Service → value
    address: dict[str, str] = field(default_factory=dict)  # field of Address → column
    latitude: str | None = None
    longitude: str | None = None
    time_zone: str | None = None
    languages: str | None = None
    phones: tuple[PhoneColumn, ...] = ()
    terms: tuple[TermColumn, ...] = ()

    def missing(self, headings: Iterable[str]) -> list[str]:
        """The required columns that the file does not have."""
        return [column for column in self.requires if column not in set(headings)]


def load(path: Path) -> Mapping:
    """Reads one mapping. Raises MappingFault."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = _("There is no mapping %(path)s.") % {"path": path}
        raise MappingFault("no-mapping", message) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = _("The mapping %(name)s cannot be read: %(error)s.")
        message %= {"name": path.name, "error": error}
        raise MappingFault("bad-mapping", message) from None
    try:
        return _mapping(path.stem, content)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        message = _("The mapping %(name)s is wrong: %(error)s.")
        message %= {"name": path.name, "error": error}
        raise MappingFault("bad-mapping", message) from None


def shipped() -> list[Mapping]:
    """The mappings that come with the project, the most demanding first."""
    mappings = [load(path) for path in sorted(SHIPPED.glob("*.toml"))]
    return sorted(mappings, key=lambda mapping: -len(mapping.requires))


def choose(headings: tuple[str, ...]) -> Mapping:
    """The shipped mapping whose required columns all stand in the file. Raises MappingFault."""
    candidates = shipped()
    for mapping in candidates:
        if not mapping.missing(headings):
            return mapping
    nearest = min(candidates, key=lambda m: (len(m.missing(headings)), -len(m.requires)))
    raise MappingFault("missing-column", explain(nearest, headings))


def explain(mapping: Mapping, headings: tuple[str, ...]) -> str:
    """Says which columns a mapping misses in a file, and what to do."""
    found = ", ".join(f"“{heading}”" for heading in headings)[:300]
    missing = ", ".join(f"“{column}”" for column in mapping.missing(headings))
    return _(
        "The file has no column %(missing)s, which the mapping %(mapping)s requires. "
        "It has %(found)s. Put the column back, or give a mapping that fits with --mapping."
    ) % {"missing": missing, "mapping": mapping.name, "found": found}


def _mapping(name: str, content: dict[str, Any]) -> Mapping:
    head, names = content["mapping"], content["names"]
    place = dict(content.get("place", {}))
    mapping = Mapping(
        name=name,
        title=str(head.get("title", name)),
        requires=_columns(head["requires"]),
        source_id=_column(head.get("source_id")),
        empty=frozenset(text.casefold() for text in head.get("empty", [])),
        names=Names(
            organization=_columns(names["organization"]),
            service=_columns(names["service"]),
            organization_goes_on=_columns(names.get("organization_goes_on", [])),
            says_what=frozenset(_columns(names.get("says_what", []))),
            abbreviations={k.casefold(): v for k, v in names.get("abbreviations", {}).items()},
        ),
        service=_fields_of(Service, content.get("service", {})),
        fixed=_fixed(content.get("fixed", {})),
        latitude=_column(place.pop("latitude", None)),
        longitude=_column(place.pop("longitude", None)),
        time_zone=_column(place.pop("time_zone", None)),
        address=_fields_of(Address, place),
        languages=_column(content.get("languages", {}).get("column")),
        phones=tuple(_phone(entry) for entry in content.get("phones", [])),
        terms=tuple(_term(entry) for entry in content.get("terms", [])),
    )
    if not mapping.requires or not mapping.names.organization:
        raise ValueError(_("“requires” and “organization” need at least one column each"))
    return mapping


def _name(value: str) -> str:
    """A column's name as headings are read; "" is a column without a name."""
    return value.strip().casefold()


def _column(value: str | None) -> str | None:
    return None if value is None else _name(value)


def _columns(values: str | list[str]) -> tuple[str, ...]:
    return tuple(_name(value) for value in ([values] if isinstance(values, str) else values))


def _fields_of(model: type[Model], table: dict[str, str]) -> dict[str, str]:
    return {name: _name(column) for name, column in _known(model, table).items()}


def _known(model: type[Model], table: dict[str, Any]) -> dict[str, Any]:
    known = {f.name for f in model._meta.concrete_fields} - NOT_FROM_FILES
    for name in table:
        if name not in known:
            raise ValueError(
                _("%(model)s has no field “%(name)s”") % {"model": model.__name__, "name": name}
            )
    return dict(table)


def _fixed(table: dict[str, Any]) -> dict[str, Any]:
    """The same for every row; read as a cell would be, so that a wrong one is refused now."""
    return {
        name: read_value(Service._meta.get_field(name), str(value))[0]
        for name, value in _known(Service, table).items()
    }


def _phone(entry: dict[str, str]) -> PhoneColumn:
    kept = PhoneColumn(**entry)
    if kept.type not in Phone.Type.values:
        raise ValueError(_("“%(type)s” is not a kind of phone") % {"type": kept.type})
    return PhoneColumn(_name(kept.column), _column(kept.extension), kept.description, kept.type)


def _term(entry: dict[str, Any]) -> TermColumn:
    unknown = set(entry) - {f.name for f in fields(TermColumn)}
    if unknown:
        raise ValueError(_("a term has no “%(name)s”") % {"name": sorted(unknown)[0]})
    return TermColumn(
        taxonomy=entry["taxonomy"],
        columns=_columns(entry["columns"]),
        values={key.casefold(): code for key, code in entry.get("values", {}).items()},
        words={key.casefold(): code for key, code in entry.get("words", {}).items()},
        unless=tuple(word.casefold() for word in entry.get("unless", [])),
        unless_in=_columns(entry.get("unless_in", [])),
        separator=entry.get("separator", ";"),
    )
