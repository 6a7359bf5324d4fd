"""A published batch taken back: the directory is again as it was, but for what people did since.

A value that somebody changed meanwhile stays as they left it, so does a new listing that somebody
has worked on (`edited`), and no place that has become confidential comes back. What could not be
put back is forgotten of the source's rows too: the next import brings it again.
"""

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.imports.ceiling import forget_queries
from directory.imports.compare import published
from directory.imports.edited import Spared, created_rows, spared_by
from directory.imports.faults import PublishRefused
from directory.imports.indexed import follow
from directory.imports.kind_of import kind_of
from directory.imports.kinds import Kind, RowChange
from directory.imports.logged import log_undo
from directory.imports.publish import CHUNK, locked
from directory.imports.records.links import SUBJECTS, Target
from directory.imports.records.secrets import confidential
from directory.imports.restoring import Restored, remove_owners, restore_records
from directory.imports.stage import Progress
from directory.models import ImportBatch, SourceRow, StagedRow
from directory.models.place_traces import KEPT

Action = StagedRow.Action
State = ImportBatch.State


def undo(
    batch: ImportBatch,
    *,
    by: Any = None,
    aside: Collection[UUID] = (),
    progress: Progress = lambda count: None,
) -> list[UUID]:
    """Takes a whole batch back; returns the ids of the services that changed.

    `aside`: of the new listings that somebody has worked on, and that therefore stay, those that a
    person wants out of sight too. Raises PublishRefused.
    """
    with transaction.atomic():
        batch = _published(batch)
        kind = kind_of(batch)
        spared, changed = spared_by(batch, kind), _services(batch)
        restored = restore_records(batch, spared.records)
        for rows in _done(batch):
            changed.update(_take_back(batch.source, kind, rows, spared, restored))
            progress(len(rows))
        remove_owners(batch, spared.records)
        changed.update(_set_aside(batch, kind, spared.services & set(aside)))
        log_undo(batch, changed, by)
        batch.changes.all().delete()
        batch.state, batch.index_due = State.UNDONE, bool(changed)
        batch.undone_at, batch.undone_by = timezone.now(), by
        batch.save(update_fields=["state", "undone_at", "undone_by", "index_due"])
        follow(batch, changed)
    return list(changed)


def _published(batch: ImportBatch) -> ImportBatch:
    batch = locked(batch, *State)
    refused = refusal(batch)
    if refused:
        raise refused
    return batch


def refusal(batch: ImportBatch) -> PublishRefused | None:
    """Why a batch cannot be undone; None when it can."""
    if batch.state != State.PUBLISHED:
        message = _("Only an import that is published can be undone: this one is %(state)s.")
        return PublishRefused("not-published", message % {"state": batch.get_state_display()})
    if batch.report.get("rows") and not batch.rows.exists():
        message = _("The rows of this import are no longer kept: it is too old to be undone.")
        return PublishRefused("pruned", message)
    newer = ImportBatch.objects.filter(
        source=batch.source, state=State.PUBLISHED, published_at__gt=batch.published_at
    )
    if newer.exists():
        message = _("A newer import of this source is published: undo that one first.")
        return PublishRefused("superseded", message)
    return None


def _services(batch: ImportBatch) -> set[UUID]:
    """The services whose listings the batch had changed."""
    changed: set[UUID] = set()
    for rows in _done(batch):
        known = published(batch.source, ((row.table, row.source_id) for row in rows))
        changed.update(row.service_id for row in known.values() if row.service_id)
    return changed


def _done(batch: ImportBatch) -> Iterator[list[StagedRow]]:
    """What was published, last first, so that what belongs to others goes before them."""
    done = batch.rows.filter(action__in=[Action.CREATE, Action.UPDATE, Action.VANISH], chosen=True)
    rows = done.order_by("-number").defer("given", "problems")
    last: dict[str, int] = {}
    while chunk := list(rows.filter(**last)[:CHUNK]):
        last = {"number__lt": chunk[-1].number}
        for _table, same in groupby(chunk, key=lambda row: row.table):
            yield list(same)
        forget_queries()


def _take_back(
    source: str, kind: Kind, rows: list[StagedRow], spared: Spared, restored: Restored
) -> list[UUID]:
    """Removes what rows created; the source's rows say again what they said before."""
    rows = [r for r in rows if r.action != Action.CREATE or r.root not in spared.roots]
    if not rows:
        return []
    known = published(source, ((row.table, row.source_id) for row in rows))
    unsure = _unsure(source, rows)
    gone: list[RowChange] = []
    again: list[SourceRow] = []
    for row in rows:
        last = known.get((row.table, row.source_id))
        if row.action == Action.CREATE:
            record = last.record_id if last else None
            gone.append(RowChange(row.table, row.source_id, row.values, row.values, record))
        elif last is not None and row.action == Action.UPDATE:
            there = str(last.record_id)
            lost = there in restored.lost or (
                (row.table, row.source_id) in unsure and there not in restored.known
            )
            last.values = _same(row) if lost else row.before
            again.append(last)
    changed = kind.remove(source, gone) if gone else []
    ids = [change.source_id for change in gone]
    SourceRow.objects.filter(source=source, table=rows[0].table, source_id__in=ids).delete()
    SourceRow.objects.bulk_update(again, ["values"], batch_size=100)
    return changed


def _unsure(source: str, rows: list[StagedRow]) -> set[Target]:
    """Those around a confidential place: what an import did there before it became so, the
    journal has forgotten.
    """
    about = {(r.table, r.source_id): _subject(r) for r in rows if r.table in KEPT}
    hidden = confidential(source, about.values())
    return {row for row, subject in about.items() if subject in hidden}


def _subject(row: StagedRow) -> Target:
    """What may be at a confidential place so that the row tells of it: itself, or its subject."""
    if row.table in SUBJECTS:
        given = row.values.get(SUBJECTS[row.table][0])
        return row.values.get("of", ""), given or ""
    return row.table, row.source_id


def _same(row: StagedRow) -> dict[str, Any]:
    """What the row said before and still said in the batch: of the rest, nobody knows."""
    return {name: said for name, said in row.before.items() if row.values.get(name) == said}


def _set_aside(batch: ImportBatch, kind: Kind, services: Collection[UUID]) -> list[UUID]:
    """As if their source had them no more: a later import of it may bring them back."""
    if not services:
        return []
    rows = list(created_rows(batch).filter(record_id__in=services))
    changed = kind.set_aside(
        batch.source,
        [RowChange(r.table, r.source_id, r.values, r.values, r.record_id) for r in rows],
    )
    SourceRow.objects.filter(pk__in=[row.pk for row in rows]).update(set_aside=True)
    return changed
