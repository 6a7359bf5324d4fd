"""Hiding small counts, and what in the same row would give them away.

An attacker has every published column of a row. So a count of 1 to k−1 goes; so does a part whose
complement is 1 to k−1, a part whose sum with others leaves such a rest, one more when a sum would
give the hidden one, every share with a hidden numerator or denominator, every measure on a hidden
base, and a given share that leads back to a small count. A true zero stays.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from transparency.disclosure.totals import Sum
from transparency.figure import SUPPRESSED, Cell, Row, State
from transparency.schema import Column, Schema

# More parts of one whole than this would take 2^n sums a row.
MOST_PARTS = 8


def hide(row: Row, schema: Schema, sums: list[Sum]) -> tuple[Row, dict[str, str]]:
    """The row as it may be published, and why each hidden cell is hidden."""
    guard = _Guard(row, schema, sums)
    return guard.published(), guard.why


class _Guard:
    """One row while it is worked on."""

    def __init__(self, row: Row, schema: Schema, sums: list[Sum]) -> None:
        self.row, self.schema, self.sums = row, schema, sums
        self.why: dict[str, str] = {}
        self._small()
        self._complements()
        while self._rests() or self._sums():
            pass
        self._derived()

    def published(self) -> dict[str, Cell]:
        return {name: SUPPRESSED if name in self.why else cell for name, cell in self.row.items()}

    def small(self, number: Decimal) -> bool:
        return 0 < number < self.schema.k

    def hidden(self, name: str) -> bool:
        return name in self.why or self.row[name].state is State.SUPPRESSED

    def number(self, name: str) -> Decimal | None:
        """A number that is still to be published."""
        return None if self.hidden(name) else self.row[name].number

    def _small(self) -> None:
        for column in self.schema.counts:
            number = self.row[column.name].number
            if number is not None and self.small(number):
                self.why[column.name] = "small"

    def _complements(self) -> None:
        for part, whole in _pairs(self.schema):
            a, b = self.row[part].number, self.row[whole].number
            if a and b is not None and self.small(b - a):
                self.why.setdefault(part, "complement")

    def _rests(self) -> bool:
        """Parts of one whole that leave a small rest: the smallest goes."""
        for whole, parts in _families(self.schema).items():
            total = self.number(whole)
            shown = {name: n for name in parts if (n := self.number(name))}
            if total is None:
                continue
            for chosen in _subsets(sorted(shown, key=lambda name: shown[name])):
                if self.small(total - sum(shown[name] for name in chosen)):
                    self.why[chosen[0]] = "rest"
                    return True
        return False

    def _sums(self) -> bool:
        """A sum with one hidden member gives it away: a second one goes."""
        for line in self._lines():
            hidden = [name for name in line if self.hidden(name)]
            shown = {name: n for name in line[1:] if (n := self.number(name))}
            if len(hidden) == 1 and shown:
                self.why[min(shown, key=lambda name: shown[name])] = "sum"
                return True
        return False

    def _lines(self) -> Iterator[tuple[str, ...]]:
        """Sums that hold in this row: those of the table, and parts that make up their whole."""
        for found in self.sums:
            yield (found.total, *found.parts)
        for whole, parts in _families(self.schema).items():
            total = self.row[whole].number
            numbers = {name: n for name in parts if (n := self.row[name].number) is not None}
            for chosen in _subsets(list(numbers)):
                if total and sum(numbers[name] for name in chosen) == total:
                    yield (whole, *chosen)

    def _derived(self) -> None:
        for column in self.schema.columns:
            if self.row[column.name].value is None:
                continue
            feeds = [name for name in (column.numerator, column.denominator, column.base) if name]
            fed = any(self.hidden(name) for name in feeds)
            if fed or (column.is_share and self._leads_back(column)):
                self.why[column.name] = "derived"

    def _leads_back(self, share: Column) -> bool:
        """Whether a given share and one of its two counts give away that the other is small."""
        given = self.row[share.name].number
        top, bottom = self.number(share.numerator), self.number(share.denominator)
        if not given or (top is None) == (bottom is None):
            return False
        half = Decimal(1).scaleb(int(given.as_tuple().exponent)) / 2
        low, high = (given - half) / share.scale, (given + half) / share.scale
        if bottom is not None:
            return self._touches(bottom * low, bottom * high) or (
                share.type == "percent" and self._touches(bottom * (1 - high), bottom * (1 - low))
            )
        least, most = (top or 0) / high, (top or 0) / low if low > 0 else None
        if most is None:
            return True
        return self._touches(least, most) or (
            share.type == "percent" and self._touches(least - (top or 0), most - (top or 0))
        )

    def _touches(self, low: Decimal, high: Decimal) -> bool:
        """Whether a number between `low` and `high` can be 1 to k−1."""
        return high >= 1 and low <= self.schema.k - 1


def _pairs(schema: Schema) -> Iterator[tuple[str, str]]:
    for column in schema.counts:
        for above in schema.above(column.name):
            yield column.name, above
    for share in schema.shares:
        if share.type == "percent":
            yield share.numerator, share.denominator


def _families(schema: Schema) -> dict[str, list[str]]:
    """The direct parts of every whole that has several."""
    families: dict[str, list[str]] = {}
    for column in schema.counts:
        if column.within:
            families.setdefault(column.within, []).append(column.name)
    return {whole: parts[:MOST_PARTS] for whole, parts in families.items() if len(parts) > 1}


def _subsets(names: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(2, len(names) + 1):
        yield from combinations(names, size)
