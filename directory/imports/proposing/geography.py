"""Columns that tell of one place agree: a ZIP knows its state, its county and its cities.

This tells apart what looks the same: a city and a county of one name, a ZIP and another number of
five digits.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory.folding import fold
from directory.geocoding.states import state_codes
from directory.imports.postcodes import Known, known
from directory.imports.proposing.profile import Profile
from directory.imports.proposing.shapes import county_key

LEAST_SHARE = 0.4
MOST = 12  # columns of a kind that are compared: each is compared with each of the others
Rows = Sequence[Mapping[str, str]]
Agrees = Callable[[Known, str], bool]


@dataclass(frozen=True)
class Agreement:
    """How far the values of a column are those that the file's ZIPs know, by target."""

    zips: dict[str, float]
    cities: dict[str, float]
    counties: dict[str, float]

    def of(self, target: str, column: str) -> float | None:
        """None when nothing can be said."""
        told = {"postal_code": self.zips, "city": self.cities, "county": self.counties}
        return told.get(target, {}).get(column)


def agreement(profiles: Sequence[Profile], rows: Rows) -> Agreement:
    zips = _shaped(profiles, "zip", "short zip")
    places = _shaped(profiles, "city", "county")
    states = _shaped(profiles, "state")
    told = {z: _agree(z, (*places, *states), rows) for z in zips}
    if not any(told.values()):
        return Agreement({}, {}, {})
    best = max(sorted(told), key=lambda z: told[z])
    if told[best] < LEAST_SHARE:
        return Agreement(told, {}, {})
    return Agreement(
        told,
        {c: _share(best, c, rows, _is_city) for c in places},
        {c: _share(best, c, rows, _is_county) for c in places},
    )


def _shaped(profiles: Iterable[Profile], *shapes: str) -> list[str]:
    found = [p for p in profiles if p.share(*shapes) >= LEAST_SHARE]
    found.sort(key=lambda p: (-p.share(*shapes), p.column))
    return [p.column for p in found[:MOST]]


def _agree(zip_column: str, others: Iterable[str], rows: Rows) -> float:
    """The best that any other column agrees with these ZIPs in city or county, or in state when
    there is nothing better."""
    shares = [
        max(
            _share(zip_column, other, rows, _is_city),
            _share(zip_column, other, rows, _is_county),
            _share(zip_column, other, rows, _is_state),
        )
        for other in others
    ]
    return max(shares, default=0.0)


def _share(zip_column: str, other: str, rows: Rows, agrees: Agrees) -> float:
    pairs = {(row.get(zip_column, "").strip(), row.get(other, "").strip()) for row in rows}
    told = [agrees(entry, cell) for code, cell in pairs if cell and (entry := _entry(code))]
    return sum(told) / len(told) if told else 0.0


def _entry(code: str) -> Known | None:
    return known().get(code[:5].zfill(5)) if code[:3].isdigit() else None


def _is_city(entry: Known, cell: str) -> bool:
    return fold(cell) in {fold(city) for city in entry.cities}


def _is_county(entry: Known, cell: str) -> bool:
    return county_key(cell) == county_key(entry.county)


def _is_state(entry: Known, cell: str) -> bool:
    return state_codes().get(fold(cell)) == entry.state
