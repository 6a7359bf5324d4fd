"""What every chart is drawn with: lines of text from top to bottom, and one honest scale."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from transparency.figure import Mark, Panel, State

LINE = 22
TYPE = 16
GAP = 16
PAPER = "#ffffff"  # of a drawing that stands alone
LEAST_OF_WHOLE = 25  # percent; smaller shares would be too short to compare
NARROW = 30  # characters of TYPE that a phone of 320 px holds


@dataclass
class Canvas:
    """Elements from top to bottom; widths are percentages, type is in pixels."""

    characters: int = NARROW
    y: float = 0
    parts: list[str] = field(default_factory=list)

    def text(self, words: str, kind: str, size: int = TYPE, weight: int = 400) -> None:
        """Words at the left edge, broken into as many lines as they need."""
        for line in wrap(words, self.characters * TYPE // size):
            self.y += LINE if size <= TYPE else size * 1.35
            self.add(
                f'<text class="chart-{kind}" x="0" y="{self.y - 6:g}" font-size="{size}" '
                f'font-weight="{weight}" fill="currentColor">{escape(line)}</text>'
            )

    def add(self, element: str) -> None:
        self.parts.append(element)

    def __str__(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True)
class Scale:
    """From zero, or from below it, to the largest number: zero is always on it."""

    low: float
    high: float
    whole: bool = False  # up to 100 %, so that a bar is seen as a part of it

    @classmethod
    def of(cls, panels: Sequence[Panel]) -> "Scale":
        """One scale for panels of one unit, so that they can be compared."""
        cells = [mark.cell.number for panel in panels for mark in panel.marks]
        numbers = [float(number) for number in cells if number is not None]
        low, high = min([0.0, *numbers]), max([0.0, *numbers])
        kinds = {mark.column.type for panel in panels for mark in panel.marks}
        if kinds == {"percent"} and high >= LEAST_OF_WHOLE:
            return cls(0.0, 100.0, whole=True)
        return cls(low, high if high > low else low + 1)

    def share(self, number: float) -> float:
        """Where a number lies between the ends, 0 to 1."""
        return (number - self.low) / (self.high - self.low)


def data(mark: Mark) -> str:
    """What a mark says, for scripts and for the test that all forms of a figure agree."""
    return (
        f"data-column={quoteattr(mark.column.name)} data-label={quoteattr(mark.label)} "
        f'data-value="{mark.cell.text}" data-state="{mark.cell.state}"'
    )


def fill(mark: Mark) -> str:
    """A number that may still change is drawn hollow."""
    return PAPER if mark.cell.state is State.PROVISIONAL else "currentColor"
