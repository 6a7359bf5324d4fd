"""The one way that every change of a listing takes: what else the database says of it follows at
once, the search index after commit, never before."""

import logging
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from directory.models import (
    HolidayCalendar,
    Location,
    Organization,
    Service,
    Taxonomy,
    TaxonomyTerm,
    Unit,
)
from directory.search.interface import SearchError

logger = logging.getLogger(__name__)
LOOKUPS: dict[type[Model], str] = {
    Service: "pk",
    Organization: "organization",
    Location: "service_at_locations__location",
    HolidayCalendar: "holidays",
    TaxonomyTerm: "attributes__taxonomy_term__taxonomy__terms",
    Taxonomy: "attributes__taxonomy_term__taxonomy",
    Unit: "capacities__unit",
}
Follower = Callable[[Sequence[str]], object]
FOLLOWERS: list[Follower] = []  # filled in by the app's config, from layers above this one
CHUNK = 500  # ids in one query
WHOLE = 2_000  # from so many services on, building the index anew is quicker


def follow_at_once(follower: Follower) -> None:
    """Lets `follower` bring up to date what it keeps of services, in the change's transaction."""
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)


def listings_changed(
    service_ids: Iterable[object], then: Callable[[], object] | None = None
) -> None:
    """Call it when the change is written: what follows at once does, then, once the transaction
    is committed, the search index, and `then` the rest. A service whose phone, place or
    organization changed counts as modified itself: harvesters ask for it by date.

    An engine that cannot answer does not undo what a steward published: the next
    `rebuild_index` brings the index up to date.
    """
    ids = [str(service_id) for service_id in service_ids]
    if ids:
        _modified(ids)
        for follower in FOLLOWERS:
            follower(ids)
        few = ids if len(ids) < WHOLE else None  # a hundred thousand ids are not kept meanwhile
        transaction.on_commit(lambda: _follow(few, then))


def _modified(ids: list[str]) -> None:
    now = timezone.now()
    for start in range(0, len(ids), CHUNK):
        chunk = Service.objects.filter(pk__in=ids[start : start + CHUNK])
        chunk.update(last_modified=now)


def _follow(ids: list[str] | None, then: Callable[[], object] | None) -> None:
    """None: so many that the index is built anew."""
    from directory.search import indexing

    try:
        if ids is None:
            indexing.rebuild()
        else:
            indexing.refresh(ids)
        if then is not None:
            then()
    except SearchError:
        logger.exception("The search index did not follow what was published.")


def services_of(record: Model) -> list[object]:
    """The services whose search documents show something of this record."""
    lookup = LOOKUPS[type(record)]
    found = Service.objects.filter(**{lookup: record.pk})
    return list(found.order_by().values_list("pk", flat=True).distinct())


def places_hidden(locations: Sequence[UUID], **signal: object) -> None:
    """When locations become confidential, whoever writes it, the index forgets where they were."""
    found = Service.objects.filter(service_at_locations__location__in=locations)
    listings_changed(found.order_by().values_list("pk", flat=True).distinct())
