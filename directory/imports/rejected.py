"""The rejected rows of a batch as a file: mended, it is brought in like any other."""

import csv
import io
from collections.abc import Iterator

from directory.hsds.cells import defused
from directory.imports.compare import LISTING
from directory.imports.messages import remedy, shown
from directory.models import ImportBatch, StagedRow

ADDED = ("error", "remedy")  # no mapping reads them


def rejected_tables(batch: ImportBatch) -> list[str]:
    """The tables that have rejected rows: each makes a file."""
    rows = batch.rows.filter(action=StagedRow.Action.REJECT)
    return list(rows.order_by("table").values_list("table", flat=True).distinct())


def rejected_csv(batch: ImportBatch, table: str = LISTING) -> Iterator[bytes]:
    """The same columns and two more: what is wrong with the row, and what to do about it."""
    rows = batch.rows.filter(action=StagedRow.Action.REJECT, table=table).order_by("number")
    headings = _headings(batch, rows.first())
    yield _line([*headings, *ADDED])
    for row in rows.iterator(500):
        cells = [row.given.get(heading, "") for heading in headings]
        yield _line([*cells, _errors(row), _remedies(row)])


def _headings(batch: ImportBatch, first: StagedRow | None) -> list[str]:
    """In the file's order; of HSDS tables in their columns', as the database keeps them."""
    headings = batch.headings or (list(first.given) if first else [])
    return [heading for heading in headings if heading not in ADDED]


def _line(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([defused(cell) for cell in cells])
    return line.getvalue().encode()


def _errors(row: StagedRow) -> str:
    return " ".join(dict.fromkeys(_error(problem) for problem in row.problems))


def _error(problem: dict[str, str]) -> str:
    where = f"{problem['column']}: " if problem["column"] else ""
    value = f" ({problem['value']})" if problem["value"] else ""
    return f"{where}{shown(problem)}{value}"


def _remedies(row: StagedRow) -> str:
    return " ".join(dict.fromkeys(remedy(problem["code"]) for problem in row.problems))
