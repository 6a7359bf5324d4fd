"""Two listings made one, and made two again.

The one that is kept takes the fields that a steward chose and whatever the other has and it lacks:
phones, places, languages, needs, and what it says of a place that both have. Rows move rather than
being copied, so that the other's source still finds what it wrote; what moved and what was replaced
is remembered in the pair (`undo`). The other listing leaves the public; its old address leads to
the one that is kept.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.duplicates.moving import (
    HOURS,
    give_hours,
    give_ids_back,
    let_go,
    model_of,
    move_children,
    plain,
    redirect_rows,
    swap_hours,
    take,
)
from directory.duplicates.places import join_places, part_places
from directory.models import DuplicatePair, Service, ServiceAtLocation, SourceRow

Decision = DuplicatePair.Decision


class MergeRefused(Exception):
    """The pair has been decided, or one of its listings is gone. Says what to do."""


def merge(pair: DuplicatePair, keep: Service, taken: Iterable[str], by: Any) -> list[UUID]:
    """Makes `keep` the one listing; of the fields `taken` it takes the other's value.

    Returns the ids of the services that changed. Raises MergeRefused.
    """
    with transaction.atomic():
        pair, kept, other = _locked(pair, keep)
        _refuse_telling(kept, other)
        wanted = set(taken)
        undo: dict[str, Any] = {"kept": str(kept.pk), "fields": take(kept, other, wanted)}
        if HOURS in wanted:
            undo["hours"] = swap_hours(kept, other)
        undo["moved"] = move_children(kept, other)
        undo["places"] = join_places(kept, other)
        undo["ids"] = let_go(other)
        undo["rows"] = redirect_rows(kept, other)
        other.merged_into, other.last_modified = kept, timezone.now()
        other.save(update_fields=["merged_into", "last_modified"])
        _drop_pairs(other, pair)
        _decide(pair, Decision.MERGED, by, undo)
    return [kept.pk, other.pk]


def keep_apart(pair: DuplicatePair, by: Any) -> None:
    """Two services: the pair is never proposed again. Raises MergeRefused."""
    with transaction.atomic():
        pair = _open(pair)
        _decide(pair, Decision.APART, by, {})


def separate(pair: DuplicatePair, by: Any) -> list[UUID]:
    """Takes a merge, or a decision to keep apart, back; the pair waits again.

    What was changed since in the kept listing stays. Returns the ids of the services that changed.
    """
    with transaction.atomic():
        pair = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
        changed = _take_back(pair) if pair.decision == Decision.MERGED else []
        _decide(pair, Decision.OPEN, None, {})
    return changed


def _open(pair: DuplicatePair) -> DuplicatePair:
    pair = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    if pair.decision != Decision.OPEN:
        raise MergeRefused(_("This pair has been decided already. Take that back first."))
    return pair


def _locked(pair: DuplicatePair, keep: Service) -> tuple[DuplicatePair, Service, Service]:
    pair = _open(pair)
    both = {s.pk: s for s in Service.objects.select_for_update().filter(pk__in=_ids(pair))}
    kept = both.pop(keep.pk)
    (other,) = both.values()
    if kept.merged_into_id or other.merged_into_id:
        raise MergeRefused(_("One of the two is part of another listing now. Look for duplicates."))
    return pair, kept, other


def _refuse_telling(kept: Service, other: Service) -> None:
    """One service has one place: the other's address would tell the confidential one."""
    secret, shown = (
        set(
            ServiceAtLocation.objects.filter(
                service__in=(kept, other), location__confidential=confidential
            ).values_list("service_id", flat=True)
        )
        for confidential in (True, False)
    )
    if len(secret) == 1 and shown - secret:
        raise MergeRefused(
            _(
                "One of the two is at a confidential place, and the other shows an address. If it "
                "is the same place, make the other one confidential first. If it is not, keep both "
                "apart."
            )
        )


def _ids(pair: DuplicatePair) -> tuple[UUID, UUID]:
    return pair.first_id, pair.second_id


def _decide(pair: DuplicatePair, decision: Decision, by: Any, undo: dict[str, Any]) -> None:
    pair.decision, pair.decided_by, pair.undo = decision, by, undo
    pair.decided_at = None if decision == Decision.OPEN else timezone.now()
    pair.save(update_fields=["decision", "decided_by", "undo", "decided_at"])


def _drop_pairs(other: Service, pair: DuplicatePair) -> None:
    """What else the other resembled is looked for again, beside the listing that is kept."""
    waiting = DuplicatePair.objects.filter(decision=Decision.OPEN).exclude(pk=pair.pk)
    waiting.filter(Q(first=other) | Q(second=other)).delete()


def _take_back(pair: DuplicatePair) -> list[UUID]:
    undo = pair.undo
    both = {str(s.pk): s for s in Service.objects.select_for_update().filter(pk__in=_ids(pair))}
    kept = both.pop(undo["kept"])
    (other,) = both.values()
    for name, pks in undo["moved"].items():
        model_of(name).objects.filter(pk__in=pks, service=kept).update(service=other)
    part_places(undo.get("places", []))  # none in what was merged before places were joined
    give_ids_back(undo["ids"])
    if "hours" in undo:
        give_hours(undo["hours"]["mine"], kept)
        give_hours(undo["hours"]["theirs"], other)
        kept.availability, other.availability = undo["hours"]["availability"]
    for name, (before, taken) in undo["fields"].items():
        if plain(kept, name) == taken:
            setattr(kept, name, before)
    rows = undo["rows"]
    SourceRow.objects.filter(pk__in=rows["record"]).update(record_id=other.pk)
    SourceRow.objects.filter(pk__in=rows["service"]).update(service=other)
    other.merged_into = None
    names = ["availability", "last_modified"]
    kept.last_modified = other.last_modified = timezone.now()
    kept.save(update_fields=[*names, *undo["fields"]])
    other.save(update_fields=[*names, "merged_into"])
    return [kept.pk, other.pk]
