"""The records that writing listings may change: what undo has to know of, owners first."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from directory.imports.kinds import RowChange, Values
from directory.imports.origin import from_source
from directory.imports.text import key_of
from directory.models import (
    Address,
    Attribute,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)


def touched_by(source: str, changes: Sequence[RowChange]) -> Iterable[QuerySet[Any]]:
    """A bounded number of querysets. What a new service brings along is deleted with it."""
    services = [change.record_id for change in changes if change.record_id]
    organizations = {key_of(change.values["organization"]) for change in changes if change.values}
    places = {key for change in changes for key in _places(change)}
    links = ServiceAtLocation.objects.filter(source=source, service__in=services)
    near = from_source(source, places) | Q(pk__in=links.values("location"))
    locations = Location.objects.filter(near)
    yield Organization.objects.filter(from_source(source, organizations))
    yield Service.objects.filter(pk__in=services)
    yield locations
    yield Address.objects.filter(location__in=locations)
    yield links
    for model in (Phone, Schedule, Language, Attribute):
        yield model.objects.filter(service__in=services)


def _places(change: RowChange) -> Iterable[str]:
    for values in (change.values, change.last):
        place: Values | None = (values or {}).get("place")
        if place:
            yield place["key"]
