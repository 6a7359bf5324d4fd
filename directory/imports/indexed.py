"""The search index after an import. A process that was killed between the two leaves a mark."""

from collections.abc import Iterable
from uuid import UUID

from directory.models import ImportBatch
from directory.publishing import listings_changed
from directory.search import indexing


def follow(batch: ImportBatch, services: Iterable[UUID]) -> None:
    """Lets the index follow once the transaction is committed."""
    marked = ImportBatch.objects.filter(pk=batch.pk)
    listings_changed(services, then=lambda: marked.update(index_due=False))


def catch_up() -> None:
    """Builds the index anew when an import became public and the index did not follow.

    Raises SearchError.
    """
    due = list(ImportBatch.objects.filter(index_due=True).values_list("pk", flat=True))
    if due:
        indexing.rebuild()
        ImportBatch.objects.filter(pk__in=due).update(index_due=False)
