"""The search index after an import. A process that was killed between the two leaves a mark, which
the next start of the site, its clock and the next import look for.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from directory.models import ImportBatch
from directory.publishing import listings_changed
from directory.search import indexing

AT_ONCE = timedelta(0)
WORKED_ON = timedelta(minutes=15)  # by when the process that published has made the index itself


def follow(batch: ImportBatch, services: Iterable[UUID]) -> None:
    """Lets the index follow once the transaction is committed."""
    marked = ImportBatch.objects.filter(pk=batch.pk)
    listings_changed(services, then=lambda: marked.update(index_due=False))


def rebuild(progress: indexing.Progress | None = None) -> int:
    """Makes the index anew, with every import that it had not followed; how many documents it
    holds. Raises SearchError.
    """
    due = list(_due(AT_ONCE).values_list("pk", flat=True))
    count = indexing.rebuild(progress)
    ImportBatch.objects.filter(pk__in=due).update(index_due=False)
    return count


def catch_up(after: timedelta = AT_ONCE) -> bool:
    """Makes the index anew when an import became public so long ago and the index did not follow;
    whether it did. Raises SearchError.
    """
    if not _due(after).exists():
        return False
    rebuild()
    return True


def _due(after: timedelta) -> QuerySet[ImportBatch]:
    due = ImportBatch.objects.filter(index_due=True)
    if after:
        before = timezone.now() - after
        due = due.filter(published_at__lt=before).exclude(undone_at__gte=before)
    return due
