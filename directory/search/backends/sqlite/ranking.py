"""One row a service, in the order that was asked for, the same every time.

Works on whole lists and makes few objects: a search may match most of the index.
"""

import sqlite3
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from math import inf
from operator import itemgetter
from typing import NamedTuple

from directory.search.backends.sqlite.candidates import ANYWHERE, FAR, NUMBER, SERVICE, Candidate
from directory.search.backends.sqlite.cells import kilometres
from directory.search.interface import STALE_KM, SearchQuery


class Ranked(NamedTuple):
    """A service's nearest matching document, and how many further ones match."""

    number: int
    far: float
    others: int


@dataclass(frozen=True)
class Standing:
    """By document number: its place among all names, and its last fresh day (0: none)."""

    names: "array[int]"
    fresh: "array[int]"


@dataclass(frozen=True)
class Ranking:
    """All services found, in order."""

    services: list[int]
    nearest: Mapping[int, Candidate]
    documents: Counter[int]

    def page(self, page: int, size: int) -> list[Ranked]:
        """One page of them."""
        found = self.services[(page - 1) * size : page * size]
        near = [(self.nearest[service], self.documents[service] - 1) for service in found]
        return [Ranked(row[NUMBER], row[FAR], others) for row, others in near]


def ranked(
    found: list[Candidate], tier_of: Mapping[int, int], standing: Standing, query: SearchQuery
) -> Ranking:
    """Orders `found`, in place too."""
    names = standing.names
    found.sort(key=lambda row: names[row[NUMBER]])
    found.sort(key=itemgetter(FAR))  # stable: by name within a distance
    services = [row[SERVICE] for row in found]
    nearest = dict(zip(reversed(services), reversed(found), strict=True))  # the first one stays
    order = list(dict.fromkeys(services))
    if query.sort == "name":
        order.sort(key=lambda service: names[nearest[service][NUMBER]])
    elif query.sort == "best":
        order = _stale_later(order, nearest, standing.fresh, query.fresh_on)
        if tier_of:
            best = _best_tiers(found, tier_of)
            order.sort(key=lambda service: best.get(service, ANYWHERE))  # as before within a tier
    return Ranking(order, nearest, Counter(services))


def read_standing(db: sqlite3.Connection) -> Standing:
    """Read once a generation."""
    highest = db.execute("SELECT ifnull(max(number), 0) FROM document").fetchone()[0]
    names, fresh = (array("L", bytes(array("L").itemsize * (highest + 1))) for _ in range(2))
    for place, (number,) in enumerate(db.execute("SELECT number FROM body ORDER BY sort_name, id")):
        names[number] = place
    for number, day in db.execute("SELECT number, fresh FROM document WHERE fresh > 0"):
        fresh[number] = day
    return Standing(names, fresh)


def _stale_later(
    order: list[int],
    nearest: Mapping[int, Candidate],
    lasts: Sequence[int],
    fresh_on: date | None,
) -> list[int]:
    """Services in order of distance, those that are stale on that day a little further off."""
    if fresh_on is None:
        return order
    day = fresh_on.toordinal()
    fresh = [service for service in order if lasts[nearest[service][NUMBER]] >= day]
    if len(fresh) in (0, len(order)):
        return order
    kept = set(fresh)
    stale = [service for service in order if service not in kept]

    def reach(service: int) -> tuple[float, bool]:
        far = nearest[service][FAR]
        late = service not in kept
        return (inf if far == inf else kilometres(far) + STALE_KM * late), late

    return list(merge(fresh, stale, key=reach))


def _best_tiers(found: list[Candidate], tier_of: Mapping[int, int]) -> dict[int, int]:
    """The best tier of each service that has one better than ANYWHERE, over all its documents."""
    best: dict[int, int] = {}
    for row in found:
        if (tier := tier_of.get(row[NUMBER])) is not None:
            best[row[SERVICE]] = min(tier, best.get(row[SERVICE], ANYWHERE))
    return best
