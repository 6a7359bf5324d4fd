"""Writes a chunk of staged listings, in bulk: a bounded number of queries whatever its size."""

from typing import Any

from django.utils import timezone

from directory.imports.change import Change
from directory.imports.children import write_languages, write_phones, write_terms
from directory.imports.listing import Listing, from_values
from directory.imports.places import write_places
from directory.imports.terms import Terms
from directory.models import Organization, Service, SourceRow, StagedRow
from directory.models.import_batch import without_place

KEY_LENGTH = 200


def apply_rows(source: str, rows: list[StagedRow], terms: Terms) -> list[Any]:
    """Writes the listings of these rows; returns the ids of their services."""
    changes = _changes(source, [from_values(row.values) for row in rows])
    _write_services(changes)
    write_phones(source, changes)
    write_terms(changes, terms)
    write_languages(changes)
    hidden = write_places(source, changes)
    _forget(rows, {change.listing.source_id for change in changes if change.service.pk in hidden})
    _remember(source, rows, changes)
    return [change.service.pk for change in changes]


def _changes(source: str, listings: list[Listing]) -> list[Change]:
    ids = [listing.source_id for listing in listings]
    services = {s.source_id: s for s in Service.objects.filter(source=source, source_id__in=ids)}
    before = {
        row.source_id: from_values(row.values)
        for row in SourceRow.objects.filter(source=source, source_id__in=ids)
    }
    organizations = _organizations(source, listings)
    changes = []
    for listing in listings:
        last = before.get(listing.source_id)
        service = services.get(listing.source_id)
        if service is None:
            service = Service(source=source, source_id=listing.source_id)
        if last is None or last.organization != listing.organization:
            service.organization = organizations[_key(listing.organization)]
        changes.append(Change(listing, service, last))
    return changes


def _organizations(source: str, listings: list[Listing]) -> dict[str, Organization]:
    """The organizations of these listings by name, made when they are not there yet."""
    names: dict[str, str] = {}
    for listing in listings:
        names.setdefault(_key(listing.organization), listing.organization)
    found = {
        kept.source_id: kept
        for kept in Organization.objects.filter(source=source, source_id__in=list(names))
    }
    made = [
        Organization(name=name, source=source, source_id=key)
        for key, name in names.items()
        if key not in found
    ]
    Organization.objects.bulk_create(made)
    return found | {organization.source_id: organization for organization in made}


def _key(name: str) -> str:
    """Rows with the same name, however it is written in capitals, share one organization."""
    return " ".join(name.casefold().split())[:KEY_LENGTH]


def _write_services(changes: list[Change]) -> None:
    now = timezone.now()
    written = {"organization", "as_given", "last_modified"}
    for change in changes:
        texts = change.changed_texts()
        for name, value in texts.items():
            setattr(change.service, name, value)
        change.service.as_given = change.listing.as_given
        change.service.last_modified = now
        written |= set(texts)
    made = [change.service for change in changes if change.new]
    kept = [change.service for change in changes if not change.new]
    Service.objects.bulk_create(made)
    Service.objects.bulk_update(kept, sorted(written), batch_size=100)


def _forget(rows: list[StagedRow], hidden: set[str]) -> None:
    """A row that was staged before its location became confidential loses its place too."""
    told = [row for row in rows if row.source_id in hidden]
    for row in told:
        row.values, row.given, row.problems = without_place(row.values), {}, []
    StagedRow.objects.bulk_update(told, ["values", "given", "problems"])


def _remember(source: str, rows: list[StagedRow], changes: list[Change]) -> None:
    SourceRow.objects.bulk_create(
        [
            SourceRow(
                source=source,
                source_id=row.source_id,
                record_id=change.service.pk,
                service=change.service,
                values=row.values,
            )
            for row, change in zip(rows, changes, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["source", "table", "source_id"],
        update_fields=["record_id", "service", "values"],
    )
