"""Rows that the source no longer has: they are set aside, never deleted, and may come back."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from directory.imports.compare import LISTING
from directory.imports.faults import PublishRefused
from directory.models import ImportBatch, SourceRow, StagedRow

CHUNK = 1_000
MOST = 0.2  # of what the source had published; beyond it a person looks first
PEOPLE_SEE = (LISTING, "service")


def gone(batch: ImportBatch) -> QuerySet[SourceRow]:
    """The published rows of the source that are not in the batch: found by the database, since
    a source may have more rows than memory should hold.
    """
    there = StagedRow.objects.filter(
        batch=batch, table=OuterRef("table"), source_id=OuterRef("source_id")
    )
    return SourceRow.objects.filter(~Exists(there), source=batch.source, set_aside=False)


def stage_vanished(batch: ImportBatch) -> None:
    """Adds a row for each, behind the file's own."""
    if not batch.whole:
        return
    last = batch.rows.aggregate(last=Max("number"))["last"] or 0
    for number, rows in enumerate(_chunks(gone(batch))):
        StagedRow.objects.bulk_create(
            StagedRow(
                batch=batch,
                number=last + number * CHUNK + place,
                table=row.table,
                source_id=row.source_id,
                root=f"service:{row.of}" if row.of else f"{row.table}:{row.source_id}",
                action=StagedRow.Action.VANISH,
                before=row.values,
            )
            for place, row in enumerate(rows, start=1)
        )


def _chunks(rows: QuerySet[SourceRow]) -> Iterator[list[Any]]:
    """By primary key: what has been staged meanwhile is no longer among them."""
    last = 0
    found = rows.annotate(of=F("service__source_id")).order_by("pk")
    while chunk := list(islice(found.filter(pk__gt=last), CHUNK)):
        last = chunk[-1].pk
        yield chunk


def refuse_many(batch: ImportBatch) -> None:
    """Raises PublishRefused when more would be set aside than a slip should be able to."""
    chosen = Q(action=StagedRow.Action.VANISH, chosen=True)
    lost = dict(batch.rows.filter(chosen).values_list("table").annotate(Count("pk")))
    if not lost:
        return
    had = dict(
        SourceRow.objects.filter(source=batch.source, set_aside=False)
        .values_list("table")
        .annotate(Count("pk"))
    )
    _refuse(sum(lost.values()), sum(had.values()))
    for table in PEOPLE_SEE:
        _refuse(lost.get(table, 0), had.get(table, 0))


def _refuse(lost: int, had: int) -> None:
    if lost <= had * MOST:
        return
    message = _(
        "%(lost)s of the %(had)s rows that this source had published are not in the file, and "
        "would be set aside. Nothing has been published. If the file is only a part of the "
        "source, import it as a part; if they are really gone, a steward confirms it in the CMS "
        "under Directory, Imports."
    )
    raise PublishRefused("many-vanished", message % {"lost": f"{lost:,}", "had": f"{had:,}"})
