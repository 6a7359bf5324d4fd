"""Rows of imports that nobody will publish or undo any more are dropped; the reports stay."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from directory.models import ImportBatch, ImportChange, StagedRow

KEPT = timedelta(days=90)
State = ImportBatch.State


def prune(now: datetime) -> tuple[int, int]:
    """Of how many imports how many rows were dropped. One transaction each: no import is left
    with some of its rows.
    """
    batches = rows = 0
    for pk in list(_prunable(now).values_list("pk", flat=True)):
        with transaction.atomic():
            found = list(_prunable(now).filter(pk=pk).select_for_update(of=("self",)))
            dropped = _drop(found[0]) if found else 0
        batches, rows = batches + bool(dropped), rows + dropped
    return batches, rows


def _prunable(now: datetime) -> QuerySet[ImportBatch]:
    newer = ImportBatch.objects.filter(
        source=OuterRef("source"), state=State.PUBLISHED, published_at__gt=OuterRef("published_at")
    )
    superseded = Q(state=State.PUBLISHED, published_at__lt=now - KEPT) & Exists(newer)
    kept = Exists(StagedRow.objects.filter(batch=OuterRef("pk"))) | Exists(
        ImportChange.objects.filter(batch=OuterRef("pk"))
    )
    return ImportBatch.objects.filter(Q(state=State.DISCARDED) | superseded).filter(kept)


def _drop(batch: ImportBatch) -> int:
    rows, _kinds = batch.rows.all().delete()
    changes, _kinds = batch.changes.all().delete()
    return rows + changes
