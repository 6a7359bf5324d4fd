"""Records by where they came from: one source, and their ids there."""

from collections.abc import Iterable

from django.db.models import Q


def from_source(source: str, ids: Iterable[str]) -> Q:
    """Says too that no id is empty: the index of sources has no others, and without it a database
    reads the whole table.
    """
    return Q(source=source, source_id__in=list(ids)) & ~Q(source_id="")
