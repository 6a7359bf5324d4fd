"""A staged batch to public listings: one transaction, then the index.

What a row does is decided again here, against what is published now, so that a batch that waited
while another was published does no harm. Only values that the source itself changed are written:
a steward's own edits to the others stay.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.imports.ceiling import forget_queries
from directory.imports.choosing import take_along
from directory.imports.compare import published
from directory.imports.deciding import Decided, decided_again, refuse_outdated
from directory.imports.faults import PublishRefused
from directory.imports.indexed import follow
from directory.imports.journal import Journal
from directory.imports.kind_of import kind_of
from directory.imports.kinds import Kind, RowChange, Written
from directory.imports.logged import log_publication
from directory.imports.stage import Progress
from directory.imports.vanish import PEOPLE_SEE, refuse_many
from directory.models import ImportBatch, SourceRow, StagedRow

CHUNK = 500
Action = StagedRow.Action
State = ImportBatch.State


def publish(
    batch: ImportBatch,
    *,
    by: Any = None,
    rows: Literal["chosen", "all"] = "chosen",
    accept_vanished: bool = False,
    progress: Progress = lambda count: None,
) -> list[UUID]:
    """Publishes what waits in the batch; returns the ids of the services that changed.

    `accept_vanished`: a person has seen how much would be set aside. Raises PublishRefused.
    """
    with transaction.atomic():
        batch = locked(batch, State.STAGED)
        kind = kind_of(batch)
        refuse_superseded(batch)
        refuse_outdated(batch, kind)
        if rows == "all":
            batch.rows.filter(chosen=False).update(chosen=True)
        take_along(batch, kind)
        if not accept_vanished:
            refuse_many(batch)
        changed = _write(batch, kind, progress, by)
        batch.state, batch.index_due = State.PUBLISHED, bool(changed)
        batch.published_at, batch.published_by = timezone.now(), by
        batch.save(update_fields=["state", "published_at", "published_by", "index_due"])
        follow(batch, changed)
    return list(changed)


def discard(batch: ImportBatch) -> None:
    """Drops what waits; the report stays. Raises PublishRefused."""
    with transaction.atomic():
        batch = locked(batch, State.STAGED, State.READING)
        batch.rows.all().delete()
        batch.state = State.DISCARDED
        batch.save(update_fields=["state"])


def locked(batch: ImportBatch, *states: ImportBatch.State) -> ImportBatch:
    """The batch as it is now, while nobody else decides on this source."""
    same = ImportBatch.objects.filter(source=batch.source).order_by("pk")
    list(same.select_for_update().values_list("pk"))
    found = same.filter(pk=batch.pk).first()
    if found is None:
        raise gone()
    if found.state == State.READING and State.READING not in states:
        message = _("The file has not been read to its end. Start the same import again.")
        raise PublishRefused("unfinished", message)
    if found.state not in states:
        message = _("This import is %(state)s already.") % {"state": found.get_state_display()}
        raise PublishRefused("not-waiting", message)
    return found


def gone() -> PublishRefused:
    return PublishRefused("gone", _("This import has been deleted meanwhile. Bring it in again."))


def refuse_superseded(batch: ImportBatch) -> None:
    newer = ImportBatch.objects.filter(source=batch.source, pk__gt=batch.pk, state=State.PUBLISHED)
    if newer.exists():
        message = _("A newer import of this source has been published: discard this one.")
        raise PublishRefused("superseded", message)


def _write(batch: ImportBatch, kind: Kind, progress: Progress, by: Any) -> set[UUID]:
    changed: set[UUID] = set()
    journal = Journal(batch)
    for rows in _chunks(batch, Action.CREATE, Action.UPDATE):
        changed |= _write_rows(batch, kind, journal, rows)
        progress(len(rows))
    unsettled = list(kind.settling())
    with journal.watching(lambda: unsettled):
        changed.update(kind.finish(batch.source))
    for rows in _chunks(batch, Action.VANISH, backwards=True):
        changed |= _set_aside(batch, kind, journal, rows)
        progress(len(rows))
    log_publication(batch, changed, journal, by)
    return changed


def _chunks(
    batch: ImportBatch, *actions: StagedRow.Action, backwards: bool = False
) -> Iterator[list[StagedRow]]:
    """Rows of one table each, by number, so that rows may be written while they are read.

    Vanished ones backwards: what belongs to others goes first.
    """
    rows = batch.rows.filter(action__in=actions, chosen=True)
    rows = rows.order_by("-number" if backwards else "number")
    last: dict[str, int] = {}
    while chunk := list(rows.filter(**last)[:CHUNK]):
        last = {"number__lt" if backwards else "number__gt": chunk[-1].number}
        for _table, same in groupby(chunk, key=lambda row: row.table):
            yield list(same)
        forget_queries()


def _write_rows(
    batch: ImportBatch, kind: Kind, journal: Journal, rows: list[StagedRow]
) -> set[UUID]:
    decided = decided_again(batch, rows)
    if not decided:
        return set()
    changes = [one.change for one in decided]
    with journal.watching(lambda: _records(kind, batch, changes)):
        written = kind.write(batch.source, changes)
        _remember(batch.source, decided, written)
    journal.made |= _made(decided, written)
    return {service for one in written for service in one.service_ids}


def _made(decided: Iterable[Decided], written: Iterable[Written]) -> set[UUID]:
    """The services that were not there before."""
    return {
        where.service_id
        for one, where in zip(decided, written, strict=True)
        if one.row.action == Action.CREATE and one.row.table in PEOPLE_SEE and where.service_id
    }


def _records(kind: Kind, batch: ImportBatch, changes: list[RowChange]) -> Iterator[Any]:
    yield from kind.touched(batch.source, changes)
    yield _source_rows(batch.source, changes)


def _source_rows(source: str, changes: Iterable[RowChange]) -> Any:
    rows = list(changes)
    return SourceRow.objects.filter(
        source=source, table=rows[0].table, source_id__in=[row.source_id for row in rows]
    )


def _remember(source: str, decided: list[Decided], written: Iterable[Written]) -> None:
    told = []
    sources = []
    for one, where in zip(decided, written, strict=True):
        if where.values is not None:  # the place became confidential after it was staged
            one.row.values, one.row.given, one.row.problems = where.values, {}, []
            told.append(one.row)
        sources.append(
            SourceRow(
                source=source,
                table=one.row.table,
                source_id=one.row.source_id,
                record_id=where.record_id,
                service_id=where.service_id,
                values=one.row.values,
            )
        )
    StagedRow.objects.bulk_update(told, ["values", "given", "problems"], batch_size=100)
    SourceRow.objects.bulk_create(
        sources,
        update_conflicts=True,
        unique_fields=["source", "table", "source_id"],
        update_fields=["record_id", "service", "values", "set_aside"],
    )


def _set_aside(
    batch: ImportBatch, kind: Kind, journal: Journal, rows: list[StagedRow]
) -> set[UUID]:
    known = published(batch.source, ((row.table, row.source_id) for row in rows))
    there = [row for row in known.values() if not row.set_aside]
    if not there:
        return set()
    changes = [
        RowChange(row.table, row.source_id, row.values, row.values, row.record_id)
        for row in reversed(there)
    ]
    with journal.watching(lambda: _records(kind, batch, changes)):
        changed = kind.set_aside(batch.source, changes)
        SourceRow.objects.filter(pk__in=[row.pk for row in there]).update(set_aside=True)
    return set(changed)
