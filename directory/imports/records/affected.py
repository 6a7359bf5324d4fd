"""Which services a record has to do with: their search documents show something of it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from directory.models import Attribute, Contact, Phone, Service, ServiceAtLocation
from directory.models.record import Record

Owner = tuple[str, UUID]  # an object's name and the record's id
Services = dict[Owner, set[UUID]]
OWNERS = (
    ("service", "service_id"),
    ("service_at_location", "service_at_location_id"),
    ("location", "location_id"),
    ("organization", "organization_id"),
    ("contact", "contact_id"),
    ("phone", "phone_id"),
)


def owners_of(name: str, record: Record) -> list[Owner]:
    """What the record belongs to, or itself when others belong to it."""
    if name in ("service", "organization", "location", "taxonomy_term"):
        return [(name, record.pk)]
    return [
        (owner, getattr(record, attname))
        for owner, attname in OWNERS
        if getattr(record, attname, None) is not None
    ]


def services_of(owners: Iterable[Owner]) -> Services:
    """The services of each owner; a bounded number of queries."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for name, pk in owners:
        ids[name].add(pk)
    found: Services = defaultdict(set)
    for pk in ids["service"]:
        found["service", pk].add(pk)
    for name in ("phone", "contact"):
        if ids[name]:
            _through(found, name, ids[name])
    for name, pairs in (
        ("service_at_location", _at_locations("pk", ids["service_at_location"])),
        ("location", _at_locations("location_id", ids["location"])),
        ("organization", _pairs(Service.objects, "organization_id", "pk", ids["organization"])),
        (
            "taxonomy_term",
            _pairs(Attribute.objects, "taxonomy_term_id", "service_id", ids["taxonomy_term"]),
        ),
    ):
        for pk, service in pairs:
            if service is not None:
                found[name, pk].add(service)
    return found


def _at_locations(column: str, ids: set[UUID]) -> Iterable[tuple[UUID, UUID]]:
    return _pairs(ServiceAtLocation.objects, column, "service_id", ids)


def _pairs(records: Any, column: str, service: str, ids: set[UUID]) -> Iterable[tuple[UUID, UUID]]:
    if not ids:
        return ()
    found = records.filter(**{f"{column}__in": ids}).order_by()
    pairs: Iterable[tuple[UUID, UUID]] = found.values_list(column, service)
    return pairs


def _through(found: Services, name: str, ids: set[UUID]) -> None:
    """A phone's own owners, or a contact's, one step further."""
    records: list[Record] = list((Phone if name == "phone" else Contact).objects.filter(pk__in=ids))
    owners = {record.pk: owners_of(name, record) for record in records}
    further = services_of(owner for several in owners.values() for owner in several)
    for pk, several in owners.items():
        for owner in several:
            found[name, pk] |= further.get(owner, set())
