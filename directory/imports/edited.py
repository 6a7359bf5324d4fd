"""New listings that people have worked on since they were published: an undo leaves them alone.

Somebody changed one in the CMS, verified it, took over what its provider said, wrote to it for
officers, or merged it with another. What comes with it stays too: its phones, its place, its
organization. A steward may want one out all the same; then it is set aside, not lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import ModelLogEntry

from directory.imports.kinds import Kind
from directory.imports.vanish import PEOPLE_SEE
from directory.logbook import ARRIVED, IMPORT_UNDONE, IMPORTED, KEPT, SET_ASIDE, SHOWN_AGAIN
from directory.models import (
    Address,
    DuplicatePair,
    ImportBatch,
    Location,
    OfficerDetails,
    Organization,
    Service,
    SourceRow,
    StagedRow,
    Verification,
)

CHUNK = 500
BY_IMPORTS = (ARRIVED, IMPORTED, SET_ASIDE, SHOWN_AGAIN, IMPORT_UNDONE, KEPT)


@dataclass(frozen=True)
class Spared:
    """`services` stay, with all rows of the import that stand under `roots`; `records` are the ids
    of what they became.
    """

    services: frozenset[UUID] = frozenset()
    roots: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()


def spared_by(batch: ImportBatch, kind: Kind) -> Spared:
    """What stays when the batch is undone."""
    services = edited_since(batch)
    owners = {*_logged(batch, Organization), *_logged(batch, Location)}
    if not services:
        return Spared(records=frozenset(owners))
    rows = created_rows(batch).filter(record_id__in=services)
    roots = _with_owners(batch, kind, {f"service:{row.source_id}" for row in rows})
    return Spared(
        frozenset(services),
        frozenset(roots),
        frozenset({*owners, *map(str, services), *_records(batch, roots), *_addresses(services)}),
    )


def created_rows(batch: ImportBatch) -> QuerySet[SourceRow]:
    """What the source's rows that made a listing became."""
    made = StagedRow.objects.filter(
        batch=batch,
        action=StagedRow.Action.CREATE,
        chosen=True,
        table=OuterRef("table"),
        source_id=OuterRef("source_id"),
    )
    rows = SourceRow.objects.filter(source=batch.source, table__in=PEOPLE_SEE)
    return rows.filter(Exists(made), record_id__isnull=False)


def edited_since(batch: ImportBatch) -> set[UUID]:
    """The services that the batch made and that a person has worked on since."""
    services = Service.objects.filter(pk__in=created_rows(batch).values("record_id"))
    found = set(services.filter(_worked_on(batch)).values_list("pk", flat=True))
    for pks in _chunks(_logged(batch, Service)):
        found.update(services.filter(pk__in=pks).values_list("pk", flat=True))
    for pks in _chunks(_logged(batch, Location)):
        there = services.filter(service_at_locations__location__in=pks)
        found.update(there.values_list("pk", flat=True))
    return found


def _worked_on(batch: ImportBatch) -> Q:
    checked = Verification.objects.filter(
        service=OuterRef("pk"), created_at__gt=batch.published_at
    ).exclude(method=Verification.Method.SOURCE)
    merged = DuplicatePair.objects.filter(
        Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")), decision=DuplicatePair.Decision.MERGED
    )
    officers = OfficerDetails.objects.filter(service=OuterRef("pk"))
    return Q(Exists(checked) | Exists(merged) | Exists(officers)) | ~Q(source=batch.source)


def _logged(batch: ImportBatch, model: type[Any]) -> set[str]:
    """The ids of records that somebody changed, as the log knows."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), timestamp__gt=batch.published_at
    ).exclude(action__in=BY_IMPORTS)
    return set(entries.order_by().values_list("object_id", flat=True).distinct())


def _with_owners(batch: ImportBatch, kind: Kind, roots: set[str]) -> set[str]:
    """The roots, and those of what the rows below them need, and theirs in turn."""
    found, waiting = set(roots), set(roots)
    while waiting:
        needed = set()
        for some in _chunks(waiting):
            rows = batch.rows.filter(root__in=some).values_list("table", "values")
            for table, values in rows:
                needed |= {f"{to}:{source_id}" for to, source_id in kind.needs(table, values)}
        waiting = needed - found
        found |= waiting
    return found


def _records(batch: ImportBatch, roots: set[str]) -> Iterator[str]:
    for some in _chunks(roots):
        here = StagedRow.objects.filter(
            batch=batch, root__in=some, table=OuterRef("table"), source_id=OuterRef("source_id")
        )
        rows = SourceRow.objects.filter(Exists(here), source=batch.source)
        yield from map(str, rows.exclude(record_id=None).values_list("record_id", flat=True))


def _addresses(services: Iterable[UUID]) -> Iterator[str]:
    """A table of listings gives addresses no rows of their own."""
    for pks in _chunks(services):
        places = Location.objects.filter(service_at_locations__service__in=pks)
        found = Address.objects.filter(location__in=places)
        yield from map(str, found.values_list("pk", flat=True))


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(items)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
