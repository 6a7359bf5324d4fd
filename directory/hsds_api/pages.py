"""Records as a page, as one object, or as a stream of all of them."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from math import ceil
from typing import Any

from django.db.models import QuerySet

from directory.hsds.cells import as_text
from directory.hsds_api.asking import DEFAULT_PER_PAGE, Asked
from directory.hsds_api.resources import Resource
from directory.models.record import Record
from directory.records.flat import rows_of
from directory.records.nesting import Json, nested, nested_one
from directory.records.rows import columns, given_columns, plain
from directory.records.shown import PUBLIC
from directory.records.typed import typed

CHUNK = 100


def page(resource: Resource, asked: Asked) -> Json:
    """HSDS's page object."""
    records = resource.records(asked)
    number, size = asked["page"] or 1, asked["per_page"] or DEFAULT_PER_PAGE
    total = records.order_by().count()
    pages = ceil(total / size)
    contents = _written(resource, asked, list(records[(number - 1) * size : number * size]))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def one(resource: Resource, record: Record, asked: Asked) -> tuple[Json, datetime]:
    """A record with all that belongs to it, and when the newest of it was changed."""
    return nested_one(PUBLIC, resource.object, record, bool(asked.get("full_service")))


def ndjson(resource: Resource, asked: Asked) -> Iterator[str]:
    """One record a line. What cannot be asked is refused at once, not while it streams."""
    chunks = _chunks(resource.records(asked))
    return (
        json.dumps(written, ensure_ascii=False) + "\n"
        for chunk in chunks
        for written in _written(resource, asked, chunk)
    )


def flat(resource: Resource, asked: Asked) -> Iterator[str]:
    """The table, safe to open in a spreadsheet; refuses as `ndjson` does."""
    return _lines(resource.object, _chunks(resource.records(asked)))


def _lines(name: str, chunks: Iterator[list[Record]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    headings = columns(name)
    yield writer.writerow(headings)
    for chunk in chunks:
        for record, row in rows_of(PUBLIC, name, chunk):
            cells = typed(name, row, given_columns(record, row))
            yield writer.writerow([as_text(cells.get(column)) for column in headings])


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _chunks(found: QuerySet[Record]) -> Iterator[list[Record]]:
    records = found.iterator(CHUNK)
    while chunk := list(islice(records, CHUNK)):
        yield chunk


def _written(resource: Resource, asked: Asked, records: Sequence[Record]) -> list[Any]:
    if asked.get("minimal"):
        return [{"id": str(r.pk), "modified_date": plain(r.last_modified)} for r in records]
    services = bool(asked.get("full_service"))
    full = services or bool(asked.get("full"))
    return nested(PUBLIC, resource.object, records, full=full, services=services)
