"""New rows of an import as they are compared: what a published service is, before it is one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol
from uuid import UUID

from directory.duplicates.traits import Spot, Traits, digits_of, host_of, street_of
from directory.folding import fold
from directory.models import ImportBatch, SourceRow, StagedRow

TABLES = ("listing", "service")


def new_rows(batch: ImportBatch) -> Any:
    """Those that make a listing of their own, in the file's order."""
    new = batch.rows.filter(action=StagedRow.Action.CREATE, table__in=TABLES).order_by("number")
    return new.defer("before", "given", "problems")


class NewRow(Protocol):
    """A new row, or its plain columns."""

    number: int
    root: str
    values: dict[str, Any]


def traits_of_rows(batch: ImportBatch, rows: Sequence[NewRow]) -> list[Traits]:
    """In their order; a row's id is its number in the batch."""
    if batch.kind == ImportBatch.Kind.HSDS:
        return list(_of_records(batch, rows))
    return [_of_listing(row) for row in rows]


def id_of(row: NewRow) -> UUID:
    return UUID(int=row.number)


def _of_listing(row: NewRow) -> Traits:
    """A row of a flat file, as `imports.listing.Listing.as_values` wrote it down."""
    values = row.values
    texts, place = values["texts"], values["place"]
    return Traits(
        id=id_of(row),
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


def _of_records(batch: ImportBatch, rows: Sequence[NewRow]) -> Iterator[Traits]:
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
        owner = owners.get(row.values.get("organization_id") or "", {})
        yield Traits(
            id=id_of(row),
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
