"""A flat file: headings and rows, read through once and ready to be read again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from directory.imports.faults import FileFault
from directory.imports.readers import limits
from directory.imports.rows import Row, limited

Records = Callable[[], Iterator[list[str]]]


@dataclass(frozen=True)
class Table:
    """`encoding` is "cp1252" when it was guessed: the engine warns then. "" in a workbook."""

    path: Path
    headings: tuple[str, ...]
    rows: int
    sha256: str
    encoding: str
    records: Records = field(repr=False)

    def __iter__(self) -> Iterator[Row]:
        records = self.records()
        next(records)
        for number, record in enumerate(records, start=1):
            cells, surplus = cells_of(self.headings, record)
            short = len(record) < len(self.headings)
            yield Row(number, cells, surplus, short, problems=limited(number, cells))


def read_table(path: Path, records: Records, sha256: str, encoding: str) -> Table:
    """Reads the whole file through once, so that a fault anywhere in it comes before any change.

    Raises FileFault.
    """
    passing = records()
    first = next(passing, None)
    if first is None:
        message = _("%(name)s holds nothing but blank lines. Export it again.")
        raise FileFault("empty", message % {"name": path.name})
    headings = as_headings(path.name, first)
    rows = sum(1 for _record in counted(path.name, passing))
    if not rows:
        message = _("%(name)s has headings but no rows. Export it again.")
        raise FileFault("no-rows", message % {"name": path.name})
    return Table(path, headings, rows, sha256, encoding, records)


def counted(name: str, records: Iterator[list[str]]) -> Iterator[list[str]]:
    """The records, as long as there are not too many."""
    for number, record in enumerate(records, start=1):
        if number > limits.MAX_ROWS:
            message = _("%(name)s has more than %(most)s rows. Split it into parts.")
            most = f"{limits.MAX_ROWS:,}"
            raise FileFault("too-many-rows", message % {"name": name, "most": most})
        yield record


def as_headings(name: str, record: list[str]) -> tuple[str, ...]:
    """The names of the columns, in small letters. Of several without a name the first counts."""
    headings = tuple(cell.strip().casefold() for cell in record)
    if len(headings) > limits.MAX_COLUMNS:
        message = _("%(name)s has more than %(most)s columns. Take some out.")
        raise FileFault("too-many-columns", message % {"name": name, "most": limits.MAX_COLUMNS})
    twice = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
    if twice:
        message = _(
            "These headings of %(name)s stand more than once: %(headings)s. Rename all but one."
        ) % {"name": name, "headings": ", ".join(twice)[:200]}
        raise FileFault("duplicate-heading", message)
    return headings


def cells_of(
    headings: tuple[str, ...], record: list[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The cells by heading, and those filled beyond the last heading."""
    cells: dict[str, str] = {}
    for heading, cell in zip(headings, record, strict=False):
        cells.setdefault(heading, cell)
    return cells, tuple(cell for cell in record[len(headings) :] if cell.strip())
