"""A staged batch to public listings: one transaction, then the index.

What a row does is decided again here, against what is published now, so that a batch that waited
while another was published does no harm. Only values that the source itself changed are written:
a steward's own edits to the others stay.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.imports.apply import apply_rows
from directory.imports.faults import PublishRefused
from directory.imports.stage import Progress
from directory.imports.terms import Terms
from directory.models import ImportBatch, StagedRow
from directory.publishing import listings_changed

CHUNK = 500


def publish(
    batch: ImportBatch, *, by: Any = None, progress: Progress = lambda count: None
) -> list[Any]:
    """Publishes what waits in the batch; returns the ids of the services that changed.

    Raises PublishRefused.
    """
    with transaction.atomic():
        batch = _locked(batch)
        if not batch.finished:
            raise PublishRefused("unfinished", _("The file has not been read to its end."))
        terms = Terms.load()
        changed: list[Any] = []
        for rows in _chunks(batch):
            changed += apply_rows(batch.source, rows, terms)
            progress(len(rows))
        batch.state = ImportBatch.State.PUBLISHED
        batch.published_at, batch.published_by = timezone.now(), by
        batch.save(update_fields=["state", "published_at", "published_by"])
        listings_changed(changed)
    return changed


def discard(batch: ImportBatch) -> None:
    """Drops what waits; the report stays. Raises PublishRefused."""
    with transaction.atomic():
        batch = _locked(batch)
        batch.rows.all().delete()
        batch.state = ImportBatch.State.DISCARDED
        batch.save(update_fields=["state"])


def _locked(batch: ImportBatch) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportBatch.State.STAGED:
        message = _("This import is %(state)s already.") % {"state": batch.get_state_display()}
        raise PublishRefused("not-waiting", message)
    newer = ImportBatch.objects.filter(
        source=batch.source, pk__gt=batch.pk, state=ImportBatch.State.PUBLISHED
    )
    if newer.exists():
        raise PublishRefused(
            "superseded",
            _("A newer import of this source has been published: discard this one."),
        )
    return batch


def _chunks(batch: ImportBatch) -> Iterator[list[StagedRow]]:
    rows = batch.rows.exclude(action=StagedRow.Action.REJECT).iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
