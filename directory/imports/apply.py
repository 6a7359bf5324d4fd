"""Writes a chunk of listings, in bulk: a bounded number of queries whatever its size."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from directory.imports.change import Change
from directory.imports.children import write_hours, write_languages, write_phones, write_terms
from directory.imports.inserting import insert
from directory.imports.kinds import RowChange
from directory.imports.listing import Listing, from_values
from directory.imports.origin import from_source
from directory.imports.places import write_places
from directory.imports.terms import Terms
from directory.imports.text import key_of
from directory.models import Organization, Service


def write_listings(
    source: str, rows: Sequence[RowChange], terms: Terms
) -> tuple[set[Any], list[Service]]:
    """Writes listings; returns the ids of services whose place is confidential and was left out,
    and the services in the rows' order.
    """
    changes = _changes(source, rows)
    _write_services(changes)
    write_phones(source, changes)
    write_hours(source, changes)
    write_terms(changes, terms)
    write_languages(changes)
    return write_places(source, changes), [change.service for change in changes]


def remove_listings(ids: Iterable[UUID]) -> list[UUID]:
    """Deletes services that an undone import had created, with all that belongs to them."""
    services = Service.objects.filter(pk__in=list(ids))
    gone = list(services.values_list("pk", flat=True))
    services.delete()
    return gone


def _changes(source: str, rows: Sequence[RowChange]) -> list[Change]:
    services = _services(source, rows)
    listings = [from_values(row.values) for row in rows]
    organizations = _organizations(source, listings)
    changes = []
    for row, listing in zip(rows, listings, strict=True):
        last = from_values(row.last) if row.last else None
        service = services.get(row.record_id) or services.get(row.source_id)
        if service is None:
            service = Service(source=source, source_id=row.source_id)
        if last is None or last.organization != listing.organization:
            service.organization = organizations[key_of(listing.organization)]
        changes.append(Change(listing, service, last))
    return changes


def _services(source: str, rows: Sequence[RowChange]) -> dict[UUID | str | None, Service]:
    """By the record that a row became, which may be another source's since two listings were
    merged; and by the id at this source."""
    ids = [row.source_id for row in rows]
    records = [row.record_id for row in rows if row.record_id]
    found = list(Service.objects.filter(Q(pk__in=records) | from_source(source, ids)))
    own: dict[UUID | str | None, Service] = {s.source_id: s for s in found if s.source == source}
    return own | {service.pk: service for service in found}


def _organizations(source: str, listings: list[Listing]) -> dict[str, Organization]:
    """The organizations of these listings by name, made when they are not there yet. Rows with
    the same name, however it is written in capitals, share one.
    """
    names: dict[str, str] = {}
    for listing in listings:
        names.setdefault(key_of(listing.organization), listing.organization)
    found = {
        kept.source_id: kept for kept in Organization.objects.filter(from_source(source, names))
    }
    made = [
        Organization(name=name, source=source, source_id=key)
        for key, name in names.items()
        if key not in found
    ]
    insert(made)
    return found | {organization.source_id: organization for organization in made}


def _write_services(changes: list[Change]) -> None:
    now = timezone.now()
    written = {"organization", "as_given", "last_modified", "set_aside_at"}
    for change in changes:
        texts = change.changed_texts()
        for name, value in texts.items():
            setattr(change.service, name, value)
        change.service.as_given = change.listing.as_given
        change.service.last_modified = now
        change.service.set_aside_at = None  # the source has it, perhaps again
        written |= set(texts)
    made = [change.service for change in changes if change.new]
    kept = [change.service for change in changes if not change.new]
    insert(made)
    Service.objects.bulk_update(kept, sorted(written), batch_size=100)
