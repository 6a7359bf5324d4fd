"""The one way from a changed listing to the search index: after commit, never before."""

import logging
from collections.abc import Iterable

from django.db import transaction

from directory.search.interface import SearchError

logger = logging.getLogger(__name__)
WHOLE = 2_000  # from so many services on, building the index anew is quicker


def listings_changed(service_ids: Iterable[object]) -> None:
    """Lets the search index follow these services once the transaction is committed.

    An engine that cannot answer does not undo what a steward published: the next
    `rebuild_index` brings the index up to date.
    """
    ids = [str(service_id) for service_id in service_ids]
    if ids:
        transaction.on_commit(lambda: _follow(ids))


def _follow(ids: list[str]) -> None:
    from directory.search import indexing

    try:
        if len(ids) >= WHOLE:
            indexing.rebuild()
        else:
            indexing.refresh(ids)
    except SearchError:
        logger.exception("The search index did not follow %s changed services.", len(ids))
