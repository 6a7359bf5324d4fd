"""One row while it is being read."""

from dataclasses import dataclass, field

from directory.imports.listing import Problem
from directory.imports.mapping import Mapping
from directory.imports.readers import Row

LONGEST_KEPT = 500


@dataclass
class Reading:
    """A row's cells under a mapping, and the problems found in them so far."""

    row: Row
    mapping: Mapping
    problems: list[Problem] = field(default_factory=list)

    def cell(self, column: str | None) -> str:
        """The cell's text, "" when it stands for nothing or the mapping names no column."""
        if column is None:
            return ""
        text = self.row.cells.get(column, "").strip()
        return "" if not text or text.casefold() in self.mapping.empty else text

    def warn(self, column: str | None, code: str, message: str, *, place: bool = False) -> None:
        value = self.row.cells.get(column, "") if column is not None else ""
        self.problems.append(Problem(self.row.number, column, code, message, value, place))

    def keep(
        self,
        as_given: dict[str, str],
        column: str,
        code: str,
        message: str,
        *,
        place: bool = False,
    ) -> None:
        """Warns about a value that is not understood, and keeps it for stewards."""
        self.warn(column, code, message, place=place)
        if self.cell(column):
            as_given[column] = self.cell(column)[:LONGEST_KEPT]
