"""Rows beside what was published of them: what each of them does. Nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from directory.imports.kinds import Candidate, Kind
from directory.imports.listing import Problem
from directory.imports.messages import said as _
from directory.imports.rows import Row
from directory.imports.seen import Seen
from directory.models import SourceRow, StagedRow

CHUNK = 1_000
LONGEST_CELL = 1_000  # of a row that is understood; a rejected one is kept whole, to be mended
LISTING = "listing"
Action = StagedRow.Action
Known = dict[tuple[str, str], SourceRow]


def compared(
    kind: Kind, source: str, rows: Iterator[Row], seen: Seen, number: int = 0
) -> Iterator[list[StagedRow]]:
    """Chunk by chunk one staged row for every row, numbered on from `number`."""
    while chunk := list(islice(rows, CHUNK)):
        told = [seen.told_apart(kind, candidate) for candidate in kind.read(source, chunk)]
        known = published(source, ((c.table, c.source_id) for c, _digest, _again in told))
        staged = []
        for candidate, digest, again in told:
            number += 1
            last = known.get((candidate.table, candidate.source_id))
            row = _compare(kind, candidate, again, last)
            row.number, row.digest = number, digest
            staged.append(row)
        yield staged


def published(source: str, names: Iterable[tuple[str, str]]) -> Known:
    """What the source's rows with these ids said last; one query a table."""
    ids: dict[str, list[str]] = defaultdict(list)
    for table, source_id in names:
        ids[table].append(source_id)
    return {
        (row.table, row.source_id): row
        for table, wanted in ids.items()
        for row in SourceRow.objects.filter(source=source, table=table, source_id__in=wanted)
    }


def _compare(kind: Kind, candidate: Candidate, again: bool, last: SourceRow | None) -> StagedRow:
    if candidate.values is None:
        return _staged(candidate, Action.REJECT)
    if again:
        return _staged(candidate, Action.UNCHANGED)
    if last is None:
        return _staged(candidate, Action.CREATE)
    if last.set_aside:
        problem = Problem(candidate.row.number, None, "came-back", _BACK)
        candidate = replace(candidate, problems=(*candidate.problems, problem))
    elif last.values == candidate.values:
        return _staged(candidate, Action.UNCHANGED)
    problems = (*candidate.problems, *kind.warnings(candidate, last.values))
    return _staged(replace(candidate, problems=problems), Action.UPDATE, last.values)


_BACK = _("This had been set aside because the source no longer had it: it comes back.")


def _staged(
    candidate: Candidate, action: StagedRow.Action, before: dict[str, Any] | None = None
) -> StagedRow:
    table = {} if candidate.table == LISTING else {"table": candidate.table}
    row = StagedRow(
        table=candidate.table,
        row=candidate.row.number,
        source_id=candidate.source_id,
        root=candidate.root,
        action=action,
        before=before or {},
        problems=[problem.as_report() | table for problem in candidate.problems],
    )
    row.chosen = not (candidate.waits and action in (Action.CREATE, Action.UPDATE))
    if action != Action.UNCHANGED:
        row.values = candidate.values or {}
        row.given = {} if candidate.secret else _given(candidate.row, action)
    return row


def _given(row: Row, action: StagedRow.Action) -> dict[str, str]:
    longest = None if action == Action.REJECT else LONGEST_CELL
    return {name: _storable(cell[:longest]) for name, cell in row.cells.items()}


def _storable(text: str) -> str:
    """Without what PostgreSQL's JSON refuses."""
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
