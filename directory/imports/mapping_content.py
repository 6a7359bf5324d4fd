"""A mapping as a plain table and back: what a TOML file holds, and what is saved as JSON."""

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from directory.imports.columns import Mapping, Names, PhoneColumn, TermColumn
from directory.imports.values import DAY_FIRST, MONTH_FIRST, read_value
from directory.models import Address, Phone, Service

NOT_FROM_FILES = {
    "id",
    "source",
    "source_id",
    "last_modified",
    "organization",
    "program",
    "holidays",
    "assigned_to",
    "set_aside_at",
    "merged_into",
    "location",
    "as_given",
    "adrift",
}
PLACE = ("latitude", "longitude", "time_zone")
LISTS = ("organization", "service", "organization_goes_on", "says_what")


def read_content(name: str, content: dict[str, Any]) -> Mapping:
    """The mapping that a table tells. Raises ValueError, TypeError, KeyError or AttributeError
    when it is none."""
    head = content["mapping"]
    place = dict(content.get("place", {}))
    mapping = Mapping(
        name=name,
        title=str(head.get("title", name)),
        requires=_columns(head["requires"]),
        source_id=_column(head.get("source_id")),
        empty=frozenset(text.casefold() for text in head.get("empty", [])),
        names=_names(content["names"]),
        service=_fields_of(Service, content.get("service", {})),
        fixed=_fixed(content.get("fixed", {})),
        whole_address=_column(place.pop("whole_address", None)),
        latitude=_column(place.pop("latitude", None)),
        longitude=_column(place.pop("longitude", None)),
        time_zone=_column(place.pop("time_zone", None)),
        address=_fields_of(Address, place),
        languages=_column(content.get("languages", {}).get("column")),
        hours=_column(content.get("hours", {}).get("column")),
        ages=_column(content.get("ages", {}).get("column")),
        dates=_dates(str(head.get("dates", ""))),
        phones=tuple(_phone(entry) for entry in content.get("phones", [])),
        terms=tuple(_term(entry) for entry in content.get("terms", [])),
    )
    if not mapping.requires or not mapping.names.organization or not mapping.names.service:
        raise ValueError(
            _("“requires”, “organization” and “service” need at least one column each")
        )
    return mapping


def write_content(mapping: Mapping) -> dict[str, Any]:
    """The table that `read_content` makes the same mapping of; JSON-safe, nothing empty in it."""
    place = mapping.address | {name: getattr(mapping, name) for name in ("whole_address", *PLACE)}
    content: dict[str, Any] = {
        "mapping": {
            "title": mapping.title,
            "requires": list(mapping.requires),
            "source_id": mapping.source_id,
            "empty": sorted(mapping.empty),
            "dates": mapping.dates or None,
        },
        "names": _plain(mapping.names),
        "service": mapping.service,
        "fixed": mapping.fixed,
        "place": place,
        "languages": {"column": mapping.languages},
        "hours": {"column": mapping.hours},
        "ages": {"column": mapping.ages},
        "phones": [_plain(phone) for phone in mapping.phones],
        "terms": [_plain(term) for term in mapping.terms],
    }
    filled = {
        key: _filled(value) if isinstance(value, dict) else value for key, value in content.items()
    }
    return {key: value for key, value in filled.items() if value}


def write_toml(content: dict[str, Any]) -> str:
    """The table as a TOML file that `mapping.load` reads and a person can go on writing."""
    return "\n".join(_toml(content)).strip() + "\n"


def _toml(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    inner = {key: value for key, value in table.items() if _is_table(value)}
    for key, value in table.items():
        if key not in inner:
            yield f"{_quoted(key)} = {_toml_value(value)}"
    for key, value in inner.items():
        name = ".".join(_quoted(part) for part in (*path, key))
        for entry in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _toml(entry, (*path, key))


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _quoted(key: str) -> str:
    return key if key.isascii() and key.isidentifier() else _toml_value(key)


def _toml_value(value: Any) -> str:
    """JSON's strings, numbers and lists are TOML's too, but for the one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _filled(table: dict[str, Any]) -> dict[str, Any]:
    """Without what is not set; "" is the name of a column without one."""
    return {key: value for key, value in table.items() if value is not None and value != []}


def _plain(part: Names | PhoneColumn | TermColumn) -> dict[str, Any]:
    """The fields of a part that differ from what is meant without them."""
    table: dict[str, Any] = {}
    for entry in fields(part):
        value = getattr(part, entry.name)
        if value == _default(entry):
            continue
        if isinstance(value, tuple | frozenset):
            value = sorted(value) if isinstance(value, frozenset) else list(value)
        table[entry.name] = value
    return table


def _default(entry: Field[Any]) -> Any:
    return entry.default_factory() if entry.default_factory is not MISSING else entry.default


def _name(value: str) -> str:
    """A column's name as headings are read; "" is a column without a name."""
    return value.strip().casefold()


def _column(value: str | None) -> str | None:
    return None if value is None else _name(value)


def _columns(values: str | list[str]) -> tuple[str, ...]:
    return tuple(_name(value) for value in ([values] if isinstance(values, str) else values))


def _dates(order: str) -> str:
    if order not in ("", MONTH_FIRST, DAY_FIRST):
        takes = f"{MONTH_FIRST}, {DAY_FIRST}"
        raise ValueError(_("“dates” takes: %(values)s") % {"values": takes})
    return order


def _names(table: dict[str, Any]) -> Names:
    lists = {name: _columns(table.get(name, [])) for name in LISTS}
    return Names(
        organization=lists["organization"],
        service=lists["service"],
        split=str(table.get("split", "")),
        organization_goes_on=lists["organization_goes_on"],
        says_what=frozenset(lists["says_what"]),
        abbreviations={k.casefold(): v for k, v in table.get("abbreviations", {}).items()},
    )


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
