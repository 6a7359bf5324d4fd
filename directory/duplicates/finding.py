"""The likely duplicates of the whole directory, beside what stewards decided about them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from directory.duplicates.blocks import PATCH_LAT, PATCH_LON, pairs, telling_words
from directory.duplicates.likeness import LIKELY, Likeness, compare
from directory.duplicates.traits import Traits, all_traits, standing, traits_of
from directory.models import DuplicatePair, Phone, Service

CHUNK = 500
MOST_BY_ONE_KEY = 200
Progress = Callable[[int], None]
Decision = DuplicatePair.Decision


@dataclass(frozen=True)
class Resembling:
    """A service that resembles another, and how."""

    service: Service
    likeness: Likeness


def find_all(progress: Progress = lambda count: None) -> int:
    """Compares the directory with itself and puts what is likely before the stewards.

    A pair that was decided stays as it is; one that is no longer alike is dropped. Returns how
    many pairs wait.
    """
    services = list(all_traits())
    progress(len(services))
    found = _found(services)
    kept: set[int] = set()
    while chunk := list(islice(found, CHUNK)):
        kept |= _remember(chunk)
    waiting = DuplicatePair.objects.filter(decision=Decision.OPEN)
    gone = [pk for pk in waiting.values_list("pk", flat=True) if pk not in kept]
    for start in range(0, len(gone), CHUNK):
        DuplicatePair.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    return waiting.count()


def likely_duplicates(service: Service) -> list[Resembling]:
    """The services that resemble this one, but for those that a steward keeps apart from it."""
    mine = traits_of([service.pk])[0]
    alike = {
        other.id: likeness
        for other in traits_of(_candidates(service, mine) - _decided(service))
        if (likeness := compare(mine, other)).score >= LIKELY
    }
    found = Service.objects.filter(pk__in=list(alike)).select_related("organization")
    resembling = [Resembling(other, alike[other.pk]) for other in found]
    return sorted(resembling, key=lambda kept: -kept.likeness.score)


def _candidates(service: Service, mine: Traits) -> set[UUID]:
    """Those that share a key with it, as `blocks` has them, asked of the database."""
    lines = Phone.objects.filter(
        Q(service=service)
        | Q(service_at_location__service=service)
        | Q(location__service_at_locations__service=service)
    )
    numbers = list(lines.values_list("number", flat=True))
    questions = [
        Q(phones__number__in=numbers),
        Q(service_at_locations__phones__number__in=numbers),
        Q(service_at_locations__location__phones__number__in=numbers),
        Q(organization__name__iexact=service.organization.name),
        *([Q(url__icontains=mine.host)] if mine.host else []),
        *_nearby(mine),
    ]
    others = standing(Service.objects.exclude(pk=service.pk)).order_by("pk")
    return {
        pk
        for question in questions
        for pk in others.filter(question).values_list("pk", flat=True).distinct()[:MOST_BY_ONE_KEY]
    }


def _nearby(mine: Traits) -> Iterator[Q]:
    place = "service_at_locations__location__"
    for spot in mine.spots:
        if spot.lat is not None and spot.lon is not None:
            yield Q(
                **{
                    f"{place}latitude__range": (spot.lat - PATCH_LAT / 2, spot.lat + PATCH_LAT / 2),
                    f"{place}longitude__range": (
                        spot.lon - PATCH_LON / 2,
                        spot.lon + PATCH_LON / 2,
                    ),
                }
            )
        for word in telling_words(mine.name) if spot.zip else ():
            yield Q(
                **{f"{place}addresses__postal_code__startswith": spot.zip}, name__icontains=word
            )


def _decided(service: Service) -> set[UUID]:
    decided = DuplicatePair.objects.exclude(decision=Decision.OPEN)
    mine = decided.filter(Q(first=service) | Q(second=service))
    return {pk for pair in mine.values_list("first", "second") for pk in pair}


def _found(services: list[Traits]) -> Iterator[DuplicatePair]:
    for one, other in pairs(services):
        likeness = compare(one, other)
        if likeness.score >= LIKELY:
            first, second = sorted((one.id, other.id))
            yield DuplicatePair(
                first_id=first, second_id=second, score=likeness.score, reasons=likeness.lasting
            )


def _remember(found: list[DuplicatePair]) -> set[int]:
    """Writes pairs that are new, and how like the waiting ones are now; the ids of these pairs."""
    keys = {(pair.first_id, pair.second_id): pair for pair in found}
    with transaction.atomic():
        known = _known(keys)
        waiting = [pair for pair in known.values() if pair.decision == Decision.OPEN]
        for pair in waiting:
            now = keys[pair.first_id, pair.second_id]
            pair.score, pair.reasons = now.score, now.reasons
        DuplicatePair.objects.bulk_update(waiting, ["score", "reasons"], batch_size=100)
        made = [pair for key, pair in keys.items() if key not in known]
        DuplicatePair.objects.bulk_create(made, ignore_conflicts=True)
        return {pair.pk for pair in _known(keys).values()}


Pairs = dict[tuple[UUID, UUID], DuplicatePair]


def _known(keys: Pairs) -> Pairs:
    stored = DuplicatePair.objects.filter(
        first__in=[first for first, _second in keys], second__in=[second for _first, second in keys]
    )
    pairs = {(pair.first_id, pair.second_id): pair for pair in stored}
    return {key: pair for key, pair in pairs.items() if key in keys}
