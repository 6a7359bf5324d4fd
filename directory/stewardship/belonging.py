"""What belongs to a listing: what hangs on it and on its places, through others too."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model, Q

from directory.models import Contact, ImportBatch, ImportChange, Phone, Service, ServiceAtLocation

OWNERS = ("service_id", "location_id", "service_at_location_id", "contact_id", "phone_id")
# On which others hang, each on those before.
CARRIERS: tuple[type[Model], ...] = (ServiceAtLocation, Contact, Phone)
Fields = Mapping[str, Iterable[Any]]  # column → what it was and is


def owners_of(batch: ImportBatch, service: Service, places: Iterable[str]) -> set[str]:
    """The ids on which a listing's records hang: its own, its `places`, and what stands between,
    now or, as the batch's journal tells, before."""
    found = {str(service.pk), *places}
    for model in CARRIERS:
        found |= {str(pk) for pk in _standing(model, found, service)}
        for change in batch.changes.filter(model=model._meta.label_lower).iterator(100):
            found |= {pk for pk, fields in _told(change) if belongs(pk, fields, found, service)}
    return found


def belongs(pk: str, fields: Fields, owners: set[str], service: Service) -> bool:
    """Whether a record is one of the owners or hangs on one, and not on another service."""
    named = {name: {str(value) for value in fields.get(name, ()) if value} for name in OWNERS}
    if pk in owners or str(service.pk) in named["service_id"]:
        return True
    return not named["service_id"] and not owners.isdisjoint(set().union(*named.values()))


def _standing(model: type[Model], owners: set[str], service: Service) -> Iterable[Any]:
    columns = {field.attname for field in model._meta.concrete_fields}
    under = Q()
    for name in columns & set(OWNERS):
        under |= Q(**{f"{name}__in": owners})
    if "service_id" in columns:
        under &= Q(service_id=service.pk) | Q(service_id=None)
    return model._default_manager.filter(under).order_by().values_list("pk", flat=True)


def _told(change: ImportChange) -> Iterator[tuple[str, Fields]]:
    yield from change.changed.items()
    for pk, row in change.removed.items():
        yield pk, {name: [value] for name, value in row.items()}
