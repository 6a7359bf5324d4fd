"""The kind of file whose rows are HSDS's own objects: each row becomes a record of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from directory.hsds.objects import OBJECTS
from directory.imports.kinds import Candidate, RowChange, Values, Written
from directory.imports.listing import Problem
from directory.imports.messages import said as _
from directory.imports.records import leaving, self_links
from directory.imports.records.candidates import as_candidate
from directory.imports.records.links import HasIds, Links
from directory.imports.records.pairs import Doubles
from directory.imports.records.reading import RowReader
from directory.imports.records.secrets import Secrets
from directory.imports.records.self_links import Circles, Wanted
from directory.imports.records.strangers import Strangers
from directory.imports.records.touched import touched_by
from directory.imports.records.writing import Writer
from directory.imports.rows import Row
from directory.models import ImportBatch

OTHER = _(
    "This id was another service of another organization last time. If the source has given its "
    "ids anew, discard this import and bring the file in as another source."
)


class HsdsKind:
    """Without a package it writes what was read before."""

    name: str = ImportBatch.Kind.HSDS

    def __init__(self, package: HasIds | None = None) -> None:
        self._reader = RowReader()
        self._links = Links(package)
        self._secrets = Secrets()
        self._strangers = Strangers()
        self._circles = Circles()
        self._doubles = Doubles()
        self._wanted: list[Wanted] = []

    def read(self, source: str, rows: Sequence[Row]) -> list[Candidate]:
        by_table = groupby(rows, key=lambda row: row.table)
        return [one for _table, same in by_table for one in self._read(source, same)]

    def _read(self, source: str, rows: Iterable[Row]) -> list[Candidate]:
        """Rows of one table: what belongs to them is read once it is known which of them wait."""
        readings = [self._reader.read(row) for row in rows]
        for reading in readings:
            if reading.rejected:
                self._links.absent.add((reading.table, reading.source_id))
        found = self._links.leading(source, readings)
        held = self._strangers.hold_back(source, readings)
        secret = self._secrets.leave_out(source, readings)
        doubles = self._doubles.among(source, readings)
        return [
            as_candidate(
                reading,
                self._links,
                found,
                self._circles,
                secret=position in secret,
                double=position in doubles,
                waits=position in held,
            )
            for position, reading in enumerate(readings)
        ]

    def renamed(self, candidate: Candidate, source_id: str) -> Candidate:
        own = f"{candidate.table}:{candidate.source_id}"
        root = f"{candidate.table}:{source_id}" if candidate.root == own else candidate.root
        return replace(candidate, source_id=source_id, root=root)

    def warnings(self, candidate: Candidate, last: Values) -> tuple[Problem, ...]:
        now = candidate.values or {}
        if candidate.table != "service" or not last:
            return ()
        if all(now.get(name) != last.get(name) for name in ("name", "organization_id")):
            value = str(last.get("name", ""))
            return (Problem(candidate.row.number, "name", "other-listing", OTHER, value),)
        return ()

    def needs(self, table: str, values: Values) -> Iterable[tuple[str, str]]:
        owners = [link for link in OBJECTS[table].owners if values.get(link.name)]
        required = [link for link in owners if link.required]
        if table == "location" or (len(owners) > 1 and not required):
            return  # it may do without any one of them
        for link in required or owners:
            yield values.get("of", "") if link.to not in OBJECTS else link.to, values[link.name]

    def touched(self, source: str, changes: Sequence[RowChange]) -> Iterable[QuerySet[Any]]:
        return touched_by(source, changes)

    def write(self, source: str, changes: Sequence[RowChange]) -> list[Written]:
        if not changes:
            return []
        writer = Writer(source, changes)
        written = writer.write()
        self._wanted += writer.wanted
        return written

    def settling(self) -> Iterable[QuerySet[Any]]:
        return self_links.records(self._wanted)

    def finish(self, source: str) -> list[UUID]:
        wanted, self._wanted = self._wanted, []
        return self_links.settle(source, wanted)

    def set_aside(self, source: str, changes: Sequence[RowChange]) -> list[UUID]:
        return sorted(leaving.set_aside(source, changes))

    def remove(self, source: str, changes: Sequence[RowChange]) -> list[UUID]:
        return sorted(leaving.remove(source, changes))
