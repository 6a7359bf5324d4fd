"""A row as a reader hands it on, before anything in it is understood."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.imports.listing import Problem
from directory.imports.messages import said as _

MAX_CELL = 100_000  # characters: an area drawn on a map is long, a book is no listing


@dataclass(frozen=True)
class Row:
    """`number` is the row's place among the rows of its table, from 1; headings are not counted.

    `surplus` holds filled cells beyond the last heading: such a row cannot be read. `table` is
    the HSDS object that a row of a package is, "" in a flat file; `parent` is the object inside
    which an attribute or metadata stood, and its id. `problems` is what the reader noticed.
    """

    number: int
    cells: dict[str, str]
    surplus: tuple[str, ...] = ()
    short: bool = False
    table: str = ""
    parent: tuple[str, str] | None = None
    problems: tuple[Problem, ...] = ()


def limited(number: int, cells: dict[str, str]) -> tuple[Problem, ...]:
    """Cuts cells that are too long, in place, and says so: a huge cell costs itself alone."""
    if not any(len(cell) > MAX_CELL for cell in cells.values()):
        return ()
    return tuple(_cut(number, cells))


def _cut(number: int, cells: dict[str, str]) -> Iterable[Problem]:
    for column, cell in cells.items():
        if len(cell) > MAX_CELL:
            cells[column] = cell[:MAX_CELL]
            message = _(
                "The text is longer than %(most)s characters: the rest was cut off. Shorten it."
            ) % {"most": f"{MAX_CELL:,}"}
            yield Problem(number, column, "cell-too-long", message, cell)
