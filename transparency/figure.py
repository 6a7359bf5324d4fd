"""The one object behind chart, table, sentence, CSV and JSON: one number, one truth.

A figure holds what the public may see. Nothing that shows it computes a number of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from transparency.schema import Column, Schema


class State(StrEnum):
    """What a cell says. A true zero, a hidden number and an unknown one are never confused."""

    VALUE = "value"
    ZERO = "zero"
    PROVISIONAL = "provisional"  # a value (or zero) that may still change
    SUPPRESSED = "suppressed"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class Cell:
    """A value with its state; the value is None exactly when the state shows none."""

    value: str | Decimal | None
    state: State

    def __post_init__(self) -> None:
        empty = self.state in (State.SUPPRESSED, State.MISSING, State.NOT_APPLICABLE)
        zero = isinstance(self.value, Decimal) and self.value == 0
        if (self.value is None) is not empty or (self.state is State.ZERO and not zero):
            raise ValueError(f"{self.state} cannot hold {self.value!r}")
        if self.state is State.VALUE and zero:
            raise ValueError("a true zero has a state of its own")

    @property
    def number(self) -> Decimal | None:
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def text(self) -> str:
        """The bare value as files carry it."""
        return format(self.value, "f") if isinstance(self.value, Decimal) else self.value or ""

    @classmethod
    def of_number(cls, value: Decimal, provisional: bool = False) -> "Cell":
        if provisional:
            return cls(value, State.PROVISIONAL)
        return cls(value, State.VALUE if value else State.ZERO)


SUPPRESSED = Cell(None, State.SUPPRESSED)
MISSING = Cell(None, State.MISSING)
NOT_APPLICABLE = Cell(None, State.NOT_APPLICABLE)

Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Figure:
    """A version of a dataset's table with everything that gives its numbers meaning."""

    schema: Schema
    rows: tuple[Row, ...]
    version: int
    published_at: datetime | None = None  # None: a draft
    sha256: str = ""

    @property
    def release(self) -> str:
        """How a row copied out of a file still says where it is from."""
        return f"{self.schema.name}/v{self.version}"

    @property
    def states(self) -> tuple[State, ...]:
        """The states that occur, in the order they are explained in."""
        found = {cell.state for row in self.rows for cell in row.values()}
        return tuple(state for state in State if state in found)

    @property
    def lead(self) -> Row | None:
        """The row the sentence speaks of: the last that the descriptor's `lead` fits."""
        fitting = [row for row in self.rows if self._fits(row, tuple(self.schema.lead))]
        return fitting[-1] if fitting else None

    @property
    def charted(self) -> tuple[Row, ...]:
        """The rows of the chart: those that agree with `lead` in every dimension but its x."""
        fixed = tuple(name for name in self.schema.lead if name != self.schema.chart.x)
        return tuple(row for row in self.rows if self._fits(row, fixed))

    def _fits(self, row: Row, names: tuple[str, ...]) -> bool:
        return all(row[name].text == self.schema.lead[name] for name in names)


@dataclass(frozen=True)
class Mark:
    """A thing to draw: a labelled cell."""

    label: str
    column: Column
    cell: Cell


@dataclass(frozen=True)
class Panel:
    """Marks of one unit under one heading; panels are small multiples."""

    heading: str
    unit: str
    marks: tuple[Mark, ...]

    @property
    def kind(self) -> tuple[str, str]:
        """What must be alike for two panels to share a scale."""
        return self.marks[0].column.type if self.marks else "", self.unit


def panels(figure: Figure) -> tuple[Panel, ...]:
    """What the descriptor's chart draws."""
    schema, chart = figure.schema, figure.schema.chart
    x = schema.by_name[chart.x]
    columns = [schema.by_name[name] for name in chart.y]
    if chart.kind == "parts":
        row = figure.lead
        marks = tuple(Mark(str(c.title), c, row[c.name]) for c in columns) if row else ()
        heading = x.label(row[x.name].text) if row else ""
        return (Panel(heading, str(columns[0].unit), marks),)
    rows = [(x.label(row[x.name].text), row) for row in figure.charted]
    return tuple(
        Panel(
            str(column.title),
            str(column.unit),
            tuple(Mark(label, column, row[column.name]) for label, row in rows),
        )
        for column in columns
    )
