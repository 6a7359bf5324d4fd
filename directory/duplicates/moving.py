"""What goes from one of two listings to the other when they are made one, and how it goes back.

Each step returns what it changed, JSON-safe, for the pair's `undo`.
"""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from directory.models import OfficerDetails, Service, SourceRow

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


def take(kept: Service, other: Service, taken: set[str]) -> dict[str, Any]:
    """The chosen fields; returns both values of each, JSON-safe."""
    names = [_column(name) for name in FIELDS if name in taken]
    undo = {name: [plain(kept, name), plain(other, name)] for name in names}
    for name in names:
        setattr(kept, name, getattr(other, name))
    kept.last_modified = timezone.now()
    kept.save(update_fields=[*names, "last_modified"])
    return undo


def _column(name: str) -> str:
    return str(getattr(Service, name).field.attname)


def plain(service: Service, name: str) -> Any:
    value = getattr(service, name)
    return str(value) if isinstance(value, UUID) else value


def swap_hours(kept: Service, other: Service) -> dict[str, Any]:
    """The kept one's hours go to the other, so that nothing is lost and all can be undone."""
    mine, theirs = _hours_of(kept), _hours_of(other)
    give_hours(mine, other)
    give_hours(theirs, kept)
    undo = {"availability": [kept.availability, other.availability], "mine": mine, "theirs": theirs}
    kept.availability, other.availability = other.availability, kept.availability
    for service in (kept, other):
        service.save(update_fields=["availability"])
    return undo


def _hours_of(service: Service) -> dict[str, list[str]]:
    return {
        name: [
            str(pk)
            for pk in model_of(name).objects.filter(service=service).values_list("pk", flat=True)
        ]
        for name in OF_HOURS
    }


def give_hours(hours: dict[str, list[str]], to: Service) -> None:
    for name, pks in hours.items():
        model_of(name).objects.filter(pk__in=pks).update(service=to)


def move_children(kept: Service, other: Service) -> dict[str, list[str]]:
    """What the kept one lacks; returns the ids of what moved, by the name of the relation."""
    moved: dict[str, list[str]] = {}
    lines = other.phones.values_list("pk", flat=True)
    # A number that the other's source keeps apart by an id follows that source, even one that the
    # kept listing has: people see each number once.
    rows = SourceRow.objects.filter(table="phone", record_id__in=list(lines))
    followed = set(rows.values_list("record_id", flat=True))
    for name, same in CHILDREN.items():
        model = model_of(name)
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
    rows = model_of(name).objects.filter(service=other)
    pks = [str(pk) for pk in rows.values_list("pk", flat=True)]
    rows.update(service=kept)
    return pks


def let_go(other: Service) -> dict[str, dict[str, str]]:
    """Lines that stay behind lose their id at the source, so that the source can write them anew
    to the listing that is kept; returns the ids, to be given back."""
    ids = {}
    for name in ("phones", "schedules"):
        rows = model_of(name).objects.filter(service=other).exclude(source_id="")
        ids[name] = {str(pk): given for pk, given in rows.values_list("pk", "source_id")}
        rows.update(source_id="")
    return ids


def model_of(relation: str) -> Any:
    found = Service._meta.get_field(relation)
    assert isinstance(found, models.ManyToOneRel)  # noqa: S101
    return found.related_model


def redirect_rows(kept: Service, other: Service) -> dict[str, list[int]]:
    """The next import of the other's source updates the listing that is kept."""
    rows = SourceRow.objects.filter(Q(service=other) | Q(record_id=other.pk))
    record = list(rows.filter(record_id=other.pk).values_list("pk", flat=True))
    service = list(rows.filter(service=other).values_list("pk", flat=True))
    SourceRow.objects.filter(pk__in=record).update(record_id=kept.pk)
    SourceRow.objects.filter(pk__in=service).update(service=kept)
    return {"record": record, "service": service}


def give_ids_back(ids: dict[str, dict[str, str]]) -> None:
    """But for those that the source has given to a line it wrote since."""
    for name, given in ids.items():
        for row in model_of(name).objects.filter(pk__in=list(given)):
            row.source_id = given[str(row.pk)]
            taken = model_of(name).objects.filter(source=row.source, source_id=row.source_id)
            if not taken.exists():
                row.save(update_fields=["source_id"])
