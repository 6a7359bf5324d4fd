"""Disclosure control: what of a valid table may be published.

Small counts and what gives them away inside a row are suppressed. Totals across rows and columns
are not protected against, so a table that holds them is refused unless a steward gives a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from transparency.disclosure import totals
from transparency.disclosure.primary import hide
from transparency.errors import TotalsRefused
from transparency.figure import Row
from transparency.schema import Schema


@dataclass(frozen=True)
class Hidden:
    """A cell that control hid, and why; for the steward alone."""

    row: int  # the first row of figures is 1
    column: str
    why: str


@dataclass(frozen=True)
class Controlled:
    """A table as it may be published."""

    rows: tuple[Row, ...]
    hidden: tuple[Hidden, ...]
    totals: tuple[str, ...]


def control(rows: Sequence[Row], schema: Schema, *, allow_totals: bool = False) -> Controlled:
    """Suppress what must not be seen; TotalsRefused when totals are there and not allowed.

    Counts of things give nobody away: all of them are shown.
    """
    if not schema.counts_people:
        return Controlled(tuple(rows), (), ())
    found = totals.find(rows, schema)
    if found and not allow_totals:
        raise TotalsRefused(found)
    sums = totals.sums(rows, schema)
    published, hidden = [], []
    for number, row in enumerate(rows, start=1):
        shown, why = hide(row, schema, sums)
        published.append(shown)
        hidden += [Hidden(number, column, reason) for column, reason in why.items()]
    return Controlled(tuple(published), tuple(hidden), tuple(found))
