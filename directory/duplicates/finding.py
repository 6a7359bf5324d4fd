"""The likely duplicates of the whole directory, beside what stewards decided about them."""

from collections.abc import Callable, Iterator
from itertools import islice
from uuid import UUID

from django.db import transaction

from directory.duplicates.blocks import pairs
from directory.duplicates.likeness import LIKELY, compare
from directory.duplicates.traits import Traits, all_traits
from directory.duplicates.twins import carry_over
from directory.models import DuplicatePair

CHUNK = 500
Progress = Callable[[int], None]
Decision = DuplicatePair.Decision


def find_all(progress: Progress = lambda count: None) -> int:
    """Compares the directory with itself and puts what is likely before the stewards.

    A pair that was decided stays as it is; one that is no longer alike is dropped. Returns how
    many pairs wait.
    """
    carry_over()
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
