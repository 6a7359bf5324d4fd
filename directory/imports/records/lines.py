"""One row on its way into its record: what the steps of writing share."""

from dataclasses import dataclass, field
from uuid import UUID

from directory.imports.kinds import RowChange, Values
from directory.imports.records.reading import AGES, POINT
from directory.models.place_traces import without_place
from directory.models.record import Record

GROUPS = (POINT, AGES)  # written together: each is checked against the other


@dataclass
class Line:
    """`lost`: links that lead nowhere after all. `written`: fields of the record that changed."""

    change: RowChange
    record: Record
    new: bool
    values: Values
    last: Values
    lost: dict[str, str] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    secret: bool = False
    instead: UUID | None = None  # the record that an earlier row of the same pair became

    @property
    def changed(self) -> set[str]:
        """The columns to write."""
        both = self.values.keys() | self.last.keys()
        found = {name for name in both if self.values.get(name) != self.last.get(name)}
        for group in GROUPS:
            if found & set(group):
                found |= set(group)
        return found - {"as_given"}

    @property
    def as_given(self) -> dict[str, str]:
        return {**self.values.get("as_given", {}), **self.lost}

    def remembered(self) -> Values | None:
        """The values as they are to be compared with next time, where that differs."""
        if self.secret:
            return without_place(self.change.table, self.values)
        if not self.lost:
            return None
        kept = {name: value for name, value in self.values.items() if name not in self.lost}
        return {**kept, "as_given": self.as_given}
