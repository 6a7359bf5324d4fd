"""A column as a whole: how its values look, how many there are, how they differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.imports.proposing.shapes import shapes
from directory.imports.proposing.wording import EMPTY

LOOKED_AT = 60  # different values of a column: more tell nothing new
LEAST_LOOKED_AT = 12
BUDGET = 6_000  # values of a file, so that one of many columns is read as fast as another
SHOWN, SHOWN_LENGTH = 3, 60
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Profile:
    """`shares`: shape → the share of the different values that look so."""

    column: str
    rows: int
    values: tuple[str, ...]  # those filled, in the order of the file
    different: int  # values
    shares: Mapping[str, float]
    words: float  # of a value, on average

    @property
    def filled(self) -> float:
        return len(self.values) / self.rows if self.rows else 0.0

    @property
    def distinct(self) -> float:
        """1 when no value stands twice."""
        return self.different / len(self.values) if self.values else 0.0

    def share(self, *names: str) -> float:
        return max(self.shares.get(name, 0.0) for name in names)

    def samples(self) -> tuple[str, ...]:
        return tuple(value[:SHOWN_LENGTH] for value in list(dict.fromkeys(self.values))[:SHOWN])


def profiles_of(columns: Sequence[str], rows: Rows) -> dict[str, Profile]:
    """The profile of each column, of as many of its values as there is time for."""
    most = max(LEAST_LOOKED_AT, min(LOOKED_AT, BUDGET // max(1, len(columns))))
    return {column: _profile(column, rows, most) for column in columns}


def _profile(column: str, rows: Rows, most: int) -> Profile:
    cells = (row.get(column, "").strip() for row in rows)
    values = tuple(cell for cell in cells if cell and cell.casefold() not in EMPTY)
    different = list(dict.fromkeys(values))
    looked = different[:most]
    counts = Counter(shape for value in looked for shape in shapes(value))
    words = sum(len(value.split()) for value in looked) / len(looked) if looked else 0.0
    shares = {shape: count / len(looked) for shape, count in counts.items()}
    return Profile(column, len(rows), values, len(different), shares, words)
