"""New rows of an import beside what is published: a steward sees which may be listed already."""

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from directory.duplicates.blocks import Neighbourhood
from directory.duplicates.hidden import hold_back
from directory.duplicates.likeness import LIKELY, compare
from directory.duplicates.rows import new_rows, traits_of_rows
from directory.duplicates.traits import all_traits, standing
from directory.models import ImportBatch, Service, StagedRow

CHUNK = 500
NOBODY = UUID(int=0)


def mark_duplicates(batch: ImportBatch) -> int:
    """Says of each new listing which published service it resembles most; how many do.

    Reads what is published once, and nothing at all when the batch brings no new listing.
    """
    new = new_rows(batch)
    if not new.exists() or not standing(Service.objects.all()).exists():
        return 0
    published = Neighbourhood(all_traits())
    count = 0
    rows = new.iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        alike = list(_resembling(batch, chunk, published))
        StagedRow.objects.bulk_update(alike, ["duplicate_of", "likeness"], batch_size=100)
        count += len(alike)
    hold_back(batch)
    return count


def _resembling(
    batch: ImportBatch, rows: list[StagedRow], published: Neighbourhood
) -> Iterator[StagedRow]:
    for row, mine in zip(rows, traits_of_rows(batch, rows), strict=True):
        found = [(compare(mine, other).score, other.id) for other in published.near(mine)]
        score, nearest = max(found, default=(0.0, NOBODY))
        if score >= LIKELY:
            row.duplicate_of_id, row.likeness = nearest, score
            yield row
