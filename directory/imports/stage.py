"""A file into a batch, for a steward to look at. Nothing public changes here.

Every chunk is committed by itself, so that a batch that was stopped, however roughly, goes on
where it was (`resume`), and memory stays flat.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from directory.duplicates.arrivals import mark_duplicates
from directory.duplicates.twins import mark_twins
from directory.imports.ceiling import forget_queries
from directory.imports.compare import CHUNK, compared
from directory.imports.faults import ImportFault
from directory.imports.file_notes import note_of_waiting, notes_of
from directory.imports.kind_of import kind_for
from directory.imports.kinds import Kind
from directory.imports.mapping import Mapping
from directory.imports.readers import Package, Table
from directory.imports.records.strangers import count_waiting
from directory.imports.report import Report
from directory.imports.resume import advance, begun
from directory.imports.rows import Row
from directory.imports.seen import Seen
from directory.imports.vanish import stage_vanished
from directory.models import ImportBatch, SourceRow, StagedRow

Progress = Callable[[int], None]


def _silent(count: int) -> None:
    """Nobody watches."""


def preview(
    file: Table | Package,
    mapping: Mapping | None,
    source: str,
    progress: Progress = _silent,
    *,
    whole: bool = True,
) -> Report:
    """What the file would change; writes nothing."""
    report, seen = Report(), Seen()
    report.note(notes_of(file))
    for rows in compared(kind_for(file, mapping), source, iter(file), seen):
        for row in rows:
            report.count(row.action)
            report.tell(row.action, row.problems)
        progress(len(rows))
    if whole:
        there = SourceRow.objects.filter(source=source, set_aside=False)
        names = there.values_list("table", "source_id").iterator(2_000)
        report.vanished = sum(name not in seen for name in names)
    return report


def stage(
    file: Table | Package,
    mapping: Mapping | None,
    source: str,
    progress: Progress = _silent,
    *,
    by: Any = None,
    whole: bool = True,
) -> ImportBatch:
    """Writes down what the file changes. `whole`: what it does not hold is gone from the source.

    A file that already waits is not staged twice. Raises ImportFault.
    """
    kind = kind_for(file, mapping)
    batch = begun(file, mapping, source, whole=whole, by=by)
    if batch.state != ImportBatch.State.READING:
        progress(batch.rows_in_file)
        return batch
    try:
        _read(batch, kind, file, progress)
    except ImportFault as fault:
        if fault.code != "busy":
            batch.delete()
        raise
    _finish(batch, file)
    return batch


def _read(batch: ImportBatch, kind: Kind, file: Table | Package, progress: Progress) -> None:
    progress(batch.rows_read)
    rows = iter(file)
    _recall(kind, batch.source, islice(rows, batch.rows_read))
    for staged in compared(kind, batch.source, rows, Seen.of(batch), batch.rows_read):
        for row in staged:
            row.batch = batch
        with transaction.atomic():
            advance(batch, len(staged))
            StagedRow.objects.bulk_create(staged)
        forget_queries()
        progress(len(staged))


def _recall(kind: Kind, source: str, staged: Iterator[Row]) -> None:
    """Reads what is staged already once more: what a kind knows of the rows that follow, such as
    which of them tell a secret place, it learned from these.
    """
    while chunk := list(islice(staged, CHUNK)):
        kind.read(source, chunk)


def _finish(batch: ImportBatch, file: Table | Package) -> None:
    """What is not in the file, and the report: both or neither. Looking for duplicates takes long
    and only adds a remark, so it locks nobody out.
    """
    mark_duplicates(batch)
    mark_twins(batch)
    with transaction.atomic():
        stage_vanished(batch)
        report = Report.of(batch)
        report.note([*note_of_waiting(count_waiting(batch)), *notes_of(file)])
        batch.report, batch.state = report.as_json(), ImportBatch.State.STAGED
        batch.save(update_fields=["report", "state"])
