"""New rows of one file that resemble each other: likely the same service, listed twice.

A steward says which are two services, and which is to be left out; the next file of the source is
not asked about again, and neither is the directory once both are published.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from directory.duplicates.blocks import IN_ONE_FILE, pairs
from directory.duplicates.likeness import LIKELY, compare
from directory.duplicates.rows import new_rows, traits_of_rows
from directory.duplicates.traits import Traits
from directory.models import DuplicatePair, DuplicateRows, ImportBatch, SourceRow, StagedRow

CHUNK = 500
Decision = DuplicateRows.Decision


@dataclass
class _Nearest:
    """Row number → the row that it resembles most, and how much."""

    found: dict[int, tuple[float, int]] = field(default_factory=dict)

    def see(self, row: int, other: int, score: float) -> None:
        if score > self.found.get(row, (0.0, 0))[0]:
            self.found[row] = (score, other)


def mark_twins(batch: ImportBatch) -> int:
    """Says of each new listing which other one of the file it resembles most; how many do."""
    nearest, apart = _Nearest(), _apart(batch)
    for one, other in pairs(list(_traits(batch)), IN_ONE_FILE):
        score = compare(one, other).score
        first, second = one.id.int, other.id.int
        if score >= LIKELY and (first, second) not in apart:
            nearest.see(first, second, score)
            nearest.see(second, first, score)
    for chunk in _chunks(sorted(nearest.found)):
        rows = list(batch.rows.filter(number__in=chunk).only("number", "batch"))
        for row in rows:
            row.like_score, row.like_row = nearest.found[row.number]
        StagedRow.objects.bulk_update(rows, ["like_row", "like_score"], batch_size=100)
    _leave_out_again(batch)
    return len(nearest.found)


def _apart(batch: ImportBatch) -> set[tuple[int, int]]:
    """The numbers of both rows, the earlier one first, that a steward said are two services."""
    found = set()
    for pairs_told in _told(batch, Decision.APART):
        numbers = _numbers_of_new(batch, pairs_told)
        for pair in pairs_told:
            one = numbers.get((pair.table, pair.first))
            other = numbers.get((pair.table, pair.second))
            if one is not None and other is not None:
                found.add((min(one, other), max(one, other)))
    return found


def _leave_out_again(batch: ImportBatch) -> None:
    """What a steward left out stays so while the other one is listed: it may be published by now,
    and so be no new row. Once the source drops that one, this is the only one of the service.
    """
    for pairs_told in _told(batch, Decision.SAME):
        numbers = _numbers_of_new(batch, pairs_told)
        listed = _listed(batch, {pair.kept for pair in pairs_told})
        for pair in pairs_told:
            number = numbers.get((pair.table, pair.left))
            if number is not None and (pair.table, pair.kept) in listed:
                leave_out(batch, number)


def _told(batch: ImportBatch, decision: DuplicateRows.Decision) -> Iterator[list[DuplicateRows]]:
    return _chunks(DuplicateRows.objects.filter(source=batch.source, decision=decision))


def _numbers_of_new(
    batch: ImportBatch, pairs_told: list[DuplicateRows]
) -> dict[tuple[str, str], int]:
    names = {name for pair in pairs_told for name in (pair.first, pair.second)}
    rows = new_rows(batch).filter(source_id__in=names)
    told = rows.values_list("table", "source_id", "number")
    return {(table, source_id): number for table, source_id, number in told}


def _listed(batch: ImportBatch, names: set[str]) -> set[tuple[str, str]]:
    """Rows of the file, and what is public without it when it is only a part of the source."""
    rows = batch.rows.filter(source_id__in=names)
    found = set(rows.values_list("table", "source_id"))
    if not batch.whole:
        public = SourceRow.objects.filter(source=batch.source, set_aside=False)
        found |= set(public.filter(source_id__in=names).values_list("table", "source_id"))
    return found


def decide(row: StagedRow, decision: DuplicateRows.Decision, by: Any) -> None:
    """Remembers what a steward said of a row and the one that it resembles."""
    batch = row.batch
    other = batch.rows.filter(number=row.like_row or 0).first()
    if other is None:
        return
    first, second = sorted((row.source_id, other.source_id))
    DuplicateRows.objects.update_or_create(
        source=batch.source,
        table=row.table,
        first=first,
        second=second,
        defaults={
            "decision": decision,
            "left": row.source_id if decision == Decision.SAME else "",
            "score": row.like_score or 0,
            "decided_by": by,
            "decided_at": timezone.now(),
        },
    )
    if decision == Decision.SAME:
        leave_out(batch, row.number)
        return
    each_other = batch.rows.filter(number__in=[row.number, other.number])
    each_other.filter(like_row__in=[row.number, other.number]).update(
        like_row=None, like_score=None
    )


def leave_out(batch: ImportBatch, number: int) -> None:
    """The row, and all that belongs to its listing."""
    roots = batch.rows.filter(number=number).exclude(root="").values_list("root", flat=True)
    batch.rows.filter(root__in=list(roots)).update(chosen=False)


def carry_over() -> None:
    """What was said of rows holds for the listings that both became."""
    rows = DuplicateRows.objects.filter(decision=Decision.APART).annotate(
        one=_record("first"), other=_record("second")
    )
    told = rows.exclude(one=None).exclude(other=None)
    for chunk in _chunks(told):
        DuplicatePair.objects.bulk_create(
            [_pair(rows) for rows in chunk if rows.one != rows.other], ignore_conflicts=True
        )


def _record(name: str) -> Subquery:
    rows = SourceRow.objects.filter(
        source=OuterRef("source"), table=OuterRef("table"), source_id=OuterRef(name)
    )
    return Subquery(rows.filter(service__isnull=False).values("service")[:1])


def _pair(rows: Any) -> DuplicatePair:
    first, second = sorted((rows.one, rows.other))
    return DuplicatePair(
        first_id=first,
        second_id=second,
        score=rows.score,
        decision=DuplicatePair.Decision.APART,
        decided_by=rows.decided_by,
        decided_at=rows.decided_at,
    )


def _traits(batch: ImportBatch) -> Iterator[Traits]:
    plain = new_rows(batch).values_list("number", "root", "values", named=True)
    rows = plain.iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield from traits_of_rows(batch, chunk)


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(items)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
