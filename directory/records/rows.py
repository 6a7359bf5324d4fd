"""A record as a flat row of HSDS: column to text, number, yes or no, or nothing.

Nothing here asks the database, but for the location of a service_at_location: fetch it along. A
confidential location says that it is there, and nothing that could tell where.
"""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from directory.models import Attribute, Location, Metadata, ServiceAtLocation
from directory.models.record import Record
from directory.records.binding import ONLY_AS_GIVEN, binding

Cell = str | int | float | bool | None
Row = dict[str, Cell]

# All that is told of a confidential location.
OF_A_CONFIDENTIAL_PLACE = frozenset(
    ("id", "organization_id", "location_type", "x_time_zone", "x_confidential")
)
# Of a service at a confidential location: not what is written about it there.
AT_A_CONFIDENTIAL_PLACE = frozenset(("id", "service_id", "location_id"))
_COPY = re.compile(r"(?P<id>[0-9a-f-]{36})#[0-9]+")


def columns(name: str) -> tuple[str, ...]:
    """The columns of the table: HSDS's own, then ours."""
    bound = binding(name)
    return (*bound.spec.columns, *bound.extensions)


def row_of(name: str, record: Record) -> Row:
    """The row, every column in it. A text that an import could not understand stands where
    nothing has been put in its place since.
    """
    bound = binding(name)
    row: Row = dict.fromkeys(columns(name))
    row["id"] = str(record.pk)
    for column, (attname, _to) in bound.links.items():
        row[column] = _told(record, column, getattr(record, attname), None)
    for column, field in {**bound.fields, **bound.extensions}.items():
        value = getattr(record, field.attname)
        row[column] = _told(record, column, value, field.get_default())
    for table, column in ONLY_AS_GIVEN:
        if table == name:
            row[column] = _told(record, column, None, None)
    row.update(_subject(record))
    return _public(record, row)


def given_columns(record: Record, row: Row) -> frozenset[str]:
    """The columns of its row that stand as an import gave them, because it understood nothing."""
    given = record.as_given.items()
    return frozenset(column for column, text in given if text and row.get(column) == str(text))


def public_id(record: Record) -> str:
    """The id by which nested JSON knows the record. Where one object of a source stood at two
    places with two owners, two rows were made of it: in nested JSON both are the same again.
    """
    copy = _COPY.fullmatch(record.source_id)
    return copy["id"] if copy else str(record.pk)


def _public(record: Record, row: Row) -> Row:
    told = _allowed(record)
    if told is None:
        return row
    return {column: cell if column in told else None for column, cell in row.items()}


def _allowed(record: Record) -> frozenset[str] | None:
    if isinstance(record, Location) and record.confidential:
        return OF_A_CONFIDENTIAL_PLACE
    if isinstance(record, ServiceAtLocation) and record.location.confidential:
        return AT_A_CONFIDENTIAL_PLACE
    return None


def _told(record: Record, column: str, value: Any, default: Any) -> Cell:
    given = record.as_given.get(column)
    if given in (None, ""):
        return plain(value)
    text = str(given)
    if value in (None, "") or value == default or understood_as(column, text, value):
        return text
    return plain(value)


def understood_as(column: str, text: str, value: Any) -> bool:
    """Whether the value is what an import understood of the text: nobody has changed it since.

    When a service was last changed at its source, it says as long as it was not changed here
    (`Service.save`).
    """
    match value:
        case datetime():
            return column == "last_modified" or _same_moment(text, value)
        case time():
            return text.strip().lstrip("0").startswith(f"{value:%H:%M}".lstrip("0"))
        case date():
            return text.strip().startswith(value.isoformat())
        case str():  # a text that was too long ends so
            return value.endswith("…") and text.startswith(value[:-1])
    return False


def _same_moment(text: str, value: datetime) -> bool:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return False
    return (found if found.tzinfo else timezone.make_aware(found)) == value


def _subject(record: Record) -> Row:
    """What attributes and metadata are about. Those of our own making name its kind."""
    if isinstance(record, Attribute):
        subject, kind = ("link_id", "link_entity"), record.of or "service"
        subject_id = record.of_id or record.service_id
        named = record.link_entity
    elif isinstance(record, Metadata):
        subject, kind = ("resource_id", "resource_type"), record.of
        subject_id = record.of_id
        named = record.resource_type
    else:
        return {}
    found: Row = {subject[0]: plain(subject_id)}
    if not named and not record.source_id:
        found[subject[1]] = kind
    return found


def plain(value: Any) -> Cell:
    """A value of a field as HSDS writes it; nothing for an empty text."""
    match value:
        case None | "":
            return None
        case bool() | int() | str():
            return value
        case float() | Decimal():
            return _number(float(value))
        case datetime():
            return _moment(value)
        case date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
    raise TypeError(f"HSDS has no value such as {value!r}")


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _moment(value: datetime) -> str:
    """In UTC, to the millisecond as HSDS asks, to the microsecond where that would lose some."""
    least = "microseconds" if value.microsecond % 1000 else "milliseconds"
    return value.astimezone(UTC).isoformat(timespec=least).replace("+00:00", "Z")
