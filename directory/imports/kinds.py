"""What the staging engine asks of a kind of file. Two kinds exist: a table of listings, whose rows
a mapping turns into one service each, and HSDS data, whose rows are HSDS's own objects.

The engine owns batches, staged rows, comparing, chunks, transactions, what vanished and undo; a
kind owns what the rows mean and how they are written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from directory.imports.listing import Problem
from directory.imports.rows import Row

Values = dict[str, Any]


@dataclass(frozen=True)
class Candidate:
    """A row once it is understood. `values` is JSON-safe; None when the row is rejected.

    Equal values mean that nothing changed. `root` ("service:<id at the source>") names the listing
    that the row is part of. `secret`: it tells a confidential place, so its cells are not kept.
    `waits`: it is published only when a person has chosen it.
    A rejected row keeps its id, as far as it can be read: what was published of it stays.
    """

    row: Row
    table: str
    source_id: str
    values: Values | None
    root: str = ""
    problems: tuple[Problem, ...] = ()
    secret: bool = False
    waits: bool = False


@dataclass(frozen=True)
class RowChange:
    """One row to write. `last` is what was published of it before, None when it is new;
    `record_id` the record that it became then. Only what differs between the two is written, so
    that a steward's own edits stay.
    """

    table: str
    source_id: str
    values: Values
    last: Values | None = None
    record_id: UUID | None = None


@dataclass(frozen=True)
class Written:
    """Where a row went. No `record_id`: its owner does not exist, so it waits in SourceRow."""

    record_id: UUID | None
    service_ids: tuple[UUID, ...] = ()
    service_id: UUID | None = None
    values: Values | None = None  # what to remember instead, when a secret place was left out


class Kind(Protocol):
    """All calls take rows of one source; each makes a bounded number of queries a chunk."""

    @property
    def name(self) -> str:
        """An ImportBatch.Kind."""

    def read(self, source: str, rows: Sequence[Row]) -> list[Candidate]:
        """What the rows say, one candidate a row, in their order. Writes nothing."""

    def renamed(self, candidate: Candidate, source_id: str) -> Candidate:
        """The same row under another id: two different rows had the same."""

    def warnings(self, candidate: Candidate, last: Values) -> tuple[Problem, ...]:
        """What a person should know before this row replaces what was published of it."""

    def needs(self, table: str, values: Values) -> Iterable[tuple[str, str]]:
        """The rows, by table and id, without which this one cannot be published."""

    def touched(self, source: str, changes: Sequence[RowChange]) -> Iterable[QuerySet[Any]]:
        """Records that writing or setting aside these rows may create, change or delete, owners
        first; not what belongs to a record that they create. Undo puts them back.
        """

    def write(self, source: str, changes: Sequence[RowChange]) -> list[Written]:
        """Writes the rows of one table; in their order, one result each."""

    def settling(self) -> Iterable[QuerySet[Any]]:
        """Records that `finish` may change."""

    def finish(self, source: str) -> list[UUID]:
        """Once after the last table: what could only be linked now. Ids of services it changed."""

    def set_aside(self, source: str, changes: Sequence[RowChange]) -> list[UUID]:
        """Takes rows that vanished from their source out of sight; ids of services it changed."""

    def remove(self, source: str, changes: Sequence[RowChange]) -> list[UUID]:
        """Deletes what rows created, when their import is undone; ids of services it changed."""
