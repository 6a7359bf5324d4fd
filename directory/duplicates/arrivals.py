"""New rows of an import beside what is published: a steward sees which may be listed already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from directory.duplicates.blocks import Neighbourhood
from directory.duplicates.hidden import hold_back
from directory.duplicates.likeness import LIKELY, compare
from directory.duplicates.traits import (
    Spot,
    Traits,
    all_traits,
    digits_of,
    host_of,
    standing,
    street_of,
)
from directory.folding import fold
from directory.models import ImportBatch, Service, SourceRow, StagedRow

CHUNK = 500
NOBODY = UUID(int=0)


def mark_duplicates(batch: ImportBatch) -> int:
    """Says of each new listing which published service it resembles most; how many do.

    Reads what is published once, and nothing at all when the batch brings no new listing.
    """
    new = batch.rows.filter(
        action=StagedRow.Action.CREATE, table__in=["listing", "service"]
    ).order_by("number")
    if not new.exists() or not standing(Service.objects.all()).exists():
        return 0
    published = Neighbourhood(all_traits())
    count = 0
    rows = new.defer("before", "given", "problems").iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        alike = list(_resembling(batch, chunk, published))
        StagedRow.objects.bulk_update(alike, ["duplicate_of", "likeness"], batch_size=100)
        count += len(alike)
    hold_back(batch)
    return count


def _resembling(
    batch: ImportBatch, rows: list[StagedRow], published: Neighbourhood
) -> Iterator[StagedRow]:
    traits = (
        _of_records(batch, rows) if batch.kind == ImportBatch.Kind.HSDS else map(_of_listing, rows)
    )
    for row, mine in zip(rows, traits, strict=True):
        found = [(compare(mine, other).score, other.id) for other in published.near(mine)]
        score, nearest = max(found, default=(0.0, NOBODY))
        if score >= LIKELY:
            row.duplicate_of_id, row.likeness = nearest, score
            yield row


def _of_listing(row: StagedRow) -> Traits:
    """A row of a flat file, as `imports.listing.Listing.as_values` wrote it down."""
    values = row.values
    texts, place = values["texts"], values["place"]
    return Traits(
        id=NOBODY,
        name=fold(texts["name"]),
        organization=fold(values["organization"]),
        numbers=_numbers(values["phones"]),
        spots=(_spot(place["address"], place),) if place else (),
        host=host_of(texts.get("url", "")),
    )


def _numbers(phones: Iterable[dict[str, Any]]) -> frozenset[str]:
    called = (digits_of(p["number"]) for p in phones if p.get("type") != "fax" and p.get("number"))
    return frozenset(number for number in called if number)


def _spot(address: dict[str, Any], point: dict[str, Any]) -> Spot:
    return Spot(
        street=street_of(address.get("address_1") or ""),
        zip=(address.get("postal_code") or "")[:5],
        lat=point.get("latitude"),
        lon=point.get("longitude"),
    )


def _of_records(batch: ImportBatch, rows: list[StagedRow]) -> Iterator[Traits]:
    """Rows of HSDS services, with the phones and points that came with them."""
    roots = [row.root for row in rows]
    phones: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    places: defaultdict[str, list[str]] = defaultdict(list)
    for root, values in _parts(batch, "phone", root__in=roots):
        phones[root].append(values)
    for root, values in _parts(batch, "service_at_location", root__in=roots):
        places[root].append(values.get("location_id") or "")
    points = _named(batch, "location", {pk for ids in places.values() for pk in ids})
    owners = _named(batch, "organization", {row.values.get("organization_id") for row in rows})
    for row in rows:
        owner = owners.get(row.values.get("organization_id"), {})
        yield Traits(
            id=NOBODY,
            name=fold(row.values.get("name") or ""),
            organization=fold(owner.get("name") or ""),
            numbers=_numbers(phones[row.root]),
            spots=tuple(_spot({}, points[pk]) for pk in places[row.root] if pk in points),
            host=host_of(row.values.get("url") or owner.get("website") or ""),
        )


def _parts(batch: ImportBatch, table: str, **which: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = batch.rows.filter(table=table, **which).order_by("number")
    return iter(rows.values_list("root", "values"))


def _named(batch: ImportBatch, table: str, ids: Iterable[str | None]) -> dict[str, dict[str, Any]]:
    """What the batch, else what was published, says of these records; id → values."""
    wanted = [pk for pk in ids if pk]
    known = SourceRow.objects.filter(source=batch.source, table=table, source_id__in=wanted)
    staged = batch.rows.filter(table=table, source_id__in=wanted).exclude(values={})
    return dict(known.values_list("source_id", "values")) | dict(
        staged.values_list("source_id", "values")
    )
