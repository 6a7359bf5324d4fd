"""Two listings made one, and made two again.

The one that is kept takes the fields that a steward chose and whatever the other has and it lacks:
phones, places, languages, needs. Rows move rather than being copied, so that the other's source
still finds what it wrote; what moved and what was replaced is remembered in the pair (`undo`). The
other listing leaves the public; its old address leads to the one that is kept.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import (
    DuplicatePair,
    OfficerDetails,
    Service,
    ServiceAtLocation,
    SourceRow,
)

Decision = DuplicatePair.Decision
# What a steward chooses field by field.
FIELDS = (
    "name",
    "alternate_name",
    "organization",
    "description",
    "alert",
    "url",
    "email",
    "status",
    "what_happens",
    "application_process",
    "wait_time",
    "eligibility_description",
    "minimum_age",
    "maximum_age",
    "gender",
    "residence",
    "referral_needed",
    "fees_description",
    "fees",
    "telehealth",
    "accepts_drop_off",
    "interpretation_services",
    "accreditations",
    "licenses",
)
HOURS = "hours"  # the schedules, their exceptions and `availability` go together
OF_HOURS = ("schedules", "schedule_exceptions")
# Children that move when the kept one has none that says the same, and what makes them the same.
CHILDREN: dict[str, tuple[Any, ...]] = {
    "phones": ("number", "extension", "type"),
    "languages": (Coalesce(NullIf("code", Value("")), "name"),),
    "attributes": ("taxonomy_term_id", "value"),
    "service_at_locations": ("location_id",),
    "translations": ("language",),
    "contacts": ("name", "title", "email"),
    "capacities": ("unit_id", "description"),
    "service_areas": ("name", "extent"),
    "cost_options": ("option", "amount", "amount_description"),
    "funding": ("funding_source",),
    "required_documents": ("document",),
    "additional_urls": ("url",),
}


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
        undo: dict[str, Any] = {"kept": str(kept.pk), "fields": _take(kept, other, wanted)}
        if HOURS in wanted:
            undo["hours"] = _swap_hours(kept, other)
        undo["moved"] = _move_children(kept, other)
        undo["ids"] = _let_go(other)
        undo["rows"] = _redirect_rows(kept, other)
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


def _take(kept: Service, other: Service, taken: set[str]) -> dict[str, Any]:
    """The chosen fields; returns both values of each, JSON-safe."""
    names = [_column(name) for name in FIELDS if name in taken]
    undo = {name: [_plain(kept, name), _plain(other, name)] for name in names}
    for name in names:
        setattr(kept, name, getattr(other, name))
    kept.last_modified = timezone.now()
    kept.save(update_fields=[*names, "last_modified"])
    return undo


def _column(name: str) -> str:
    return str(getattr(Service, name).field.attname)


def _plain(service: Service, name: str) -> Any:
    value = getattr(service, name)
    return str(value) if isinstance(value, UUID) else value


def _swap_hours(kept: Service, other: Service) -> dict[str, Any]:
    """The kept one's hours go to the other, so that nothing is lost and all can be undone."""
    mine, theirs = _hours_of(kept), _hours_of(other)
    _give_hours(mine, other)
    _give_hours(theirs, kept)
    undo = {"availability": [kept.availability, other.availability], "mine": mine, "theirs": theirs}
    kept.availability, other.availability = other.availability, kept.availability
    for service in (kept, other):
        service.save(update_fields=["availability"])
    return undo


def _hours_of(service: Service) -> dict[str, list[str]]:
    return {
        name: [
            str(pk)
            for pk in _model(name).objects.filter(service=service).values_list("pk", flat=True)
        ]
        for name in OF_HOURS
    }


def _give_hours(hours: dict[str, list[str]], to: Service) -> None:
    for name, pks in hours.items():
        _model(name).objects.filter(pk__in=pks).update(service=to)


def _move_children(kept: Service, other: Service) -> dict[str, list[str]]:
    """What the kept one lacks; returns the ids of what moved, by the name of the relation."""
    moved: dict[str, list[str]] = {}
    lines = other.phones.values_list("pk", flat=True)
    # A number that the other's source keeps apart by an id follows that source, even one that the
    # kept listing has: people see each number once.
    rows = SourceRow.objects.filter(table="phone", record_id__in=list(lines))
    followed = set(rows.values_list("record_id", flat=True))
    for name, same in CHILDREN.items():
        model = _model(name)
        there = set(model.objects.filter(service=kept).values_list(*same))
        lacking = [
            pk
            for pk, *content in model.objects.filter(service=other).values_list("pk", *same)
            if tuple(content) not in there or pk in followed
        ]
        model.objects.filter(pk__in=lacking).update(service=kept)
        if lacking:
            moved[name] = [str(pk) for pk in lacking]
    moved["problem_reports"] = _move_all("problem_reports", kept, other)
    if not OfficerDetails.objects.filter(service=kept).exists():
        moved["officer_details"] = _move_all("officer_details", kept, other)
    return moved


def _move_all(name: str, kept: Service, other: Service) -> list[str]:
    rows = _model(name).objects.filter(service=other)
    pks = [str(pk) for pk in rows.values_list("pk", flat=True)]
    rows.update(service=kept)
    return pks


def _let_go(other: Service) -> dict[str, dict[str, str]]:
    """Lines that stay behind lose their id at the source, so that the source can write them anew
    to the listing that is kept; returns the ids, to be given back."""
    ids = {}
    for name in ("phones", "schedules"):
        rows = _model(name).objects.filter(service=other).exclude(source_id="")
        ids[name] = {str(pk): given for pk, given in rows.values_list("pk", "source_id")}
        rows.update(source_id="")
    return ids


def _model(relation: str) -> Any:
    found = Service._meta.get_field(relation)
    assert isinstance(found, models.ManyToOneRel)  # noqa: S101
    return found.related_model


def _redirect_rows(kept: Service, other: Service) -> dict[str, list[int]]:
    """The next import of the other's source updates the listing that is kept."""
    rows = SourceRow.objects.filter(Q(service=other) | Q(record_id=other.pk))
    record = list(rows.filter(record_id=other.pk).values_list("pk", flat=True))
    service = list(rows.filter(service=other).values_list("pk", flat=True))
    SourceRow.objects.filter(pk__in=record).update(record_id=kept.pk)
    SourceRow.objects.filter(pk__in=service).update(service=kept)
    return {"record": record, "service": service}


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
        _model(name).objects.filter(pk__in=pks, service=kept).update(service=other)
    _give_ids_back(undo["ids"])
    if "hours" in undo:
        _give_hours(undo["hours"]["mine"], kept)
        _give_hours(undo["hours"]["theirs"], other)
        kept.availability, other.availability = undo["hours"]["availability"]
    for name, (before, taken) in undo["fields"].items():
        if _plain(kept, name) == taken:
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


def _give_ids_back(ids: dict[str, dict[str, str]]) -> None:
    """But for those that the source has given to a line it wrote since."""
    for name, given in ids.items():
        for row in _model(name).objects.filter(pk__in=list(given)):
            row.source_id = given[str(row.pk)]
            taken = _model(name).objects.filter(source=row.source, source_id=row.source_id)
            if not taken.exists():
                row.save(update_fields=["source_id"])
