"""What a publication, and its undo, leave in the history of each listing that changed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from directory.imports.journal import Journal
from directory.logbook import (
    ARRIVED,
    IMPORT_UNDONE,
    IMPORTED,
    SET_ASIDE,
    SHOWN_AGAIN,
    log_services,
)
from directory.models import ImportBatch


def log_publication(batch: ImportBatch, changed: set[UUID], journal: Journal, by: Any) -> None:
    """One entry for each listing, whatever number of its rows changed."""
    made, gone, back = journal.made & changed, journal.aside, journal.again
    for action, ids in (
        (ARRIVED, made),
        (SET_ASIDE, gone),
        (SHOWN_AGAIN, back),
        (IMPORTED, changed - made - gone - back),
    ):
        log_services(ids, action, _told(batch), by)


def log_undo(batch: ImportBatch, changed: Iterable[UUID], by: Any) -> None:
    log_services(changed, IMPORT_UNDONE, _told(batch), by)


def _told(batch: ImportBatch) -> dict[str, Any]:
    return {"source": batch.source, "batch": batch.pk}
