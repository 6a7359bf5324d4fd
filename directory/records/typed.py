"""Flat cells as values that HSDS's JSON schemas take.

What an import could not understand stands in a row as it was given. Tables can hold it; a program
that reads JSON and was promised a number, a link or a date cannot, so it is left out there.
"""

from math import isfinite
from uuid import UUID

from directory.hsds.objects import OBJECTS
from directory.hsds.spec import Field
from directory.records.binding import binding
from directory.records.rows import Cell, Row

# Numbers by the schema that are texts in life: an extension may begin with a zero.
NUMBERS_IN_JSON = {("phone", "extension")}
# What the schemas of nested JSON always want, though a source may not know it.
ALWAYS: dict[str, tuple[str, ...]] = {
    "taxonomy": ("name", "description"),
    "taxonomy_term": ("name", "description"),
    "unit": ("name",),
    "organization": ("name", "description"),
    "program": ("name", "description"),
    "service": ("name", "status"),
    "location": ("location_type",),
    "address": (
        "address_1",
        "city",
        "state_province",
        "postal_code",
        "country",
        "address_type",
    ),
    "phone": ("number",),
    "organization_identifier": ("identifier_type", "identifier"),
    "url": ("url",),
    "service_capacity": ("available", "updated"),
    "metadata": (
        "last_action_date",
        "last_action_type",
        "field_name",
        "previous_value",
        "replacement_value",
        "updated_by",
    ),
}
READABLE = ("text", "number", "integer")  # what a cell that was not understood may still be
TEXTS = ("text", "date")  # of ALWAYS: those for which an empty text will do


def typed(name: str, row: Row, given: frozenset[str] = frozenset()) -> Row:
    """The row without what its columns' types cannot hold. `given`: the columns that stand as
    they were given, in which a link, a date or a time is none that anybody understood.
    """
    spec = OBJECTS[name]
    found: Row = {"id": row["id"]}
    for link in spec.links:
        found[link.name] = typed_id(row[link.name])
    for field in spec.fields:
        if field.name not in given or field.kind in READABLE:
            found[field.name] = _value(name, field, row[field.name])
    for column in binding(name).extensions:
        if column not in given:
            found[column] = row[column]
    return found


def filled(name: str, row: Row) -> Row | None:
    """The row with an empty text where the schema wants one; None when it wants more than that."""
    kinds = {field.name: field.kind for field in OBJECTS[name].fields}
    empty = [column for column in ALWAYS.get(name, ()) if row.get(column) is None]
    if any(kinds[column] not in TEXTS for column in empty):
        return None
    return row | dict.fromkeys(empty, "")


def typed_id(cell: Cell) -> str | None:
    """The cell when it is an id as the schemas want it."""
    try:
        return str(UUID(str(cell)))
    except ValueError:
        return None


def _value(name: str, field: Field, cell: Cell) -> Cell:
    if cell is None:
        return None
    if (name, field.name) in NUMBERS_IN_JSON:
        return _canonical(str(cell))
    if field.choices:
        return cell if cell in field.choices else None
    if field.kind in ("number", "integer"):
        return _number(cell)
    return cell


def _canonical(text: str) -> int | None:
    """A number that is written as its text, so that no digit is lost."""
    plain = text.isascii() and text.isdecimal() and len(text) < 16
    return int(text) if plain and str(int(text)) == text else None


def _number(cell: Cell) -> int | float | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return cell
    try:
        number = float(str(cell))
    except ValueError:
        return None
    if not isfinite(number):
        return None
    return int(number) if number.is_integer() else number
