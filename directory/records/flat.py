"""All that is shown of one object as flat rows, in chunks: memory stays flat, queries few."""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from directory.hsds.objects import OBJECTS
from directory.models import Organization, SourceRow
from directory.models.place_traces import SECRET
from directory.models.record import Record
from directory.records.binding import MODELS, binding
from directory.records.rows import Row, columns, plain, row_of
from directory.records.shown import ALL, OF_ANYTHING, Shown

CHUNK = 500


def flat_rows(shown: Shown, name: str) -> Iterator[Row]:
    """Every row of the table, ordered by id; then those that wait for what they belong to."""
    for records in _chunks(shown, name):
        for _record, row in rows_of(shown, name, records):
            yield row
    yield from _waiting(shown, name)


def rows_of(shown: Shown, name: str, records: list[Record]) -> Iterator[tuple[Record, Row]]:
    """The records' rows, without links to what is not shown."""
    links = _Links(shown, name, records)
    for record in records:
        yield record, links.mended(record, row_of(name, record))


def _chunks(shown: Shown, name: str) -> Iterator[list[Record]]:
    anything = name in OF_ANYTHING
    every = MODELS[name]._default_manager.order_by("pk") if anything else shown.of(name)
    records = every.iterator(CHUNK)
    while chunk := list(islice(records, CHUNK)):
        found = shown.among(name, chunk) if anything else chunk
        if found:
            yield found


class _Links:
    """Where the links of a chunk may lead: not to what is not shown.

    An organization that nobody has described has no row; the id by which services name it stays.
    """

    def __init__(self, shown: Shown, name: str, records: list[Record]) -> None:
        links = binding(name).links.items()
        self.links = [(column, *link) for column, link in links if link[1] not in ALL]
        self.told: dict[str, dict[UUID, str]] = {}
        for column, attname, to in self.links:
            ids = {getattr(record, attname) for record in records} - {None}
            self.told[column] = _told(shown, to, ids) if ids else {}

    def mended(self, record: Record, row: Row) -> Row:
        for column, attname, _to in self.links:
            pk = getattr(record, attname)
            if pk is not None:
                row[column] = record.as_given.get(column) or self.told[column].get(pk)
        return row


def _told(shown: Shown, to: str, ids: set[UUID]) -> dict[UUID, str]:
    told = {pk: str(pk) for pk in shown.ids_among(to, ids)}
    if to == "organization":
        unknown = Organization.objects.filter(pk__in=ids, unknown=True).order_by()
        told |= {pk: given or str(pk) for pk, given in unknown.values_list("pk", "source_id")}
    return told


def _waiting(shown: Shown, name: str) -> Iterator[Row]:
    """Rows of imports whose owner does not exist: no record is made of them. One that names a
    record which is not shown, or whose place is a secret, stays unseen.
    """
    rows = SourceRow.objects.filter(table=name, record_id__isnull=True, set_aside=False)
    records = rows.order_by("pk").iterator(CHUNK)
    while chunk := list(islice(records, CHUNK)):
        values = [_values(name, row) for row in chunk if row.values != SECRET]
        hidden = _hidden(shown, name, values)
        for row in values:
            if not hidden & {str(cell) for cell in row.values()}:
                yield row


def _values(name: str, row: SourceRow) -> Row:
    """The row as its source gave it: what leads nowhere too."""
    kept: dict[str, Any] = row.values | row.values.get("as_given", {})
    found: Row = {column: plain(kept.get(column)) for column in columns(name)}
    return found | {"id": row.source_id}


def _hidden(shown: Shown, name: str, rows: list[Row]) -> set[str]:
    """Ids that the rows name of records that are there, but not for strangers to see."""
    named = {cell for row in rows for cell in _named(name, row)}
    hidden: set[str] = set()
    for subject in ("service", "location", "service_at_location", "organization"):
        found: QuerySet[Any] = MODELS[subject]._default_manager.filter(pk__in=named)
        if subject == "organization":  # a stand-in hides nothing: nobody has described it
            found = found.exclude(unknown=True)
        ids = set(found.values_list("pk", flat=True))
        telling = shown.telling(subject, ids)
        hidden |= {str(pk) for pk in ids - telling}
    return hidden


def _named(name: str, row: Row) -> Iterator[UUID]:
    for link in OBJECTS[name].links:
        try:
            yield UUID(str(row[link.name]))
        except ValueError:
            continue
