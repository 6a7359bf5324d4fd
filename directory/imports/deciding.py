"""What a row does is decided again when it is published, against what is public then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.compare import published
from directory.imports.faults import PublishRefused
from directory.imports.kinds import Candidate, Kind, RowChange
from directory.imports.resume import outdated
from directory.imports.rows import Row
from directory.imports.seen import MARK, digest_of
from directory.imports.vanish import stage_vanished
from directory.models import ImportBatch, SourceRow, StagedRow

CHUNK = 1_000
Action = StagedRow.Action


@dataclass(frozen=True)
class Decided:
    """A row that has something to write."""

    row: StagedRow
    change: RowChange


def decided_again(batch: ImportBatch, rows: list[StagedRow]) -> list[Decided]:
    """Those that still change something; each row says what it did and what was there before."""
    known = published(batch.source, ((row.table, row.source_id) for row in rows))
    corrected = []
    decided = []
    for row in rows:
        last = known.get((row.table, row.source_id))
        action = _action(row, last)
        before = last.values if last else {}
        if (action, before) != (row.action, row.before):
            row.action, row.before = action, before
            corrected.append(row)
        if action != Action.UNCHANGED:
            decided.append(Decided(row, _change(row, last)))
    StagedRow.objects.bulk_update(corrected, ["action", "before"], batch_size=100)
    return decided


def _action(row: StagedRow, last: SourceRow | None) -> Action:
    if last is None:
        return Action.CREATE
    same = last.values == row.values and not last.set_aside
    return Action.UNCHANGED if same else Action.UPDATE


def _change(row: StagedRow, last: SourceRow | None) -> RowChange:
    """Without a record there is nothing that a steward could have edited: all is written."""
    if last is None or last.record_id is None:
        return RowChange(row.table, row.source_id, row.values)
    return RowChange(row.table, row.source_id, row.values, last.values, last.record_id)


def refuse_outdated(batch: ImportBatch, kind: Kind) -> None:
    """When something of the source became public meanwhile: what had not changed may be otherwise
    now, and its values were not kept. Raises PublishRefused.
    """
    if not outdated(batch):
        return
    for rows in _unchanged(batch):
        known = published(batch.source, ((row.table, row.source_id) for row in rows))
        for row in rows:
            last = known.get((row.table, row.source_id))
            if last is None or last.set_aside or not _says(kind, row, last.values):
                message = _(
                    "Another import of this source was published or undone after this one was "
                    "compared with the directory. Discard this one and import its file again."
                )
                raise PublishRefused("outdated", message)
    stage_vanished(batch)


def _unchanged(batch: ImportBatch) -> Iterator[list[StagedRow]]:
    rows = batch.rows.filter(action=Action.UNCHANGED).order_by("number")
    last = 0
    while chunk := list(rows.filter(number__gt=last)[:CHUNK]):
        last = chunk[-1].number
        yield chunk


def _says(kind: Kind, row: StagedRow, values: dict[str, Any]) -> bool:
    """Whether these values are what the row said, be it under the id that it had in the file."""
    if digest_of(row.table, row.source_id, values) == row.digest:
        return True
    given, mark, _count = row.source_id.rpartition(MARK)
    if not mark:
        return False
    candidate = Candidate(Row(0, {}), row.table, row.source_id, values)
    back = replace(kind.renamed(candidate, given), source_id=given)
    return digest_of(row.table, given, back.values or {}) == row.digest
