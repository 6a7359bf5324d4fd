"""One row a service, in the order that was asked for, the same every time.

Works on whole lists and makes few objects: a search may match most of the index.
"""

import sqlite3
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from directory.search.backends.sqlite.candidates import ANYWHERE, FAR, NUMBER, SERVICE, Candidate
from directory.search.interface import Sort


class Ranked(NamedTuple):
    """A service's nearest matching document, and how many further ones match."""

    number: int
    far: float
    others: int


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
    found: list[Candidate], tier_of: Mapping[int, int], names: Sequence[int], sort: Sort
) -> Ranking:
    """Orders `found`, in place too; `names` holds where a document stands by name."""
    found.sort(key=lambda row: names[row[NUMBER]])
    found.sort(key=itemgetter(FAR))  # stable: by name within a distance
    services = [row[SERVICE] for row in found]
    nearest = dict(zip(reversed(services), reversed(found), strict=True))  # the first one stays
    order = list(dict.fromkeys(services))
    if sort == "name":
        order.sort(key=lambda service: names[nearest[service][NUMBER]])
    elif sort == "best" and tier_of:
        best = _best_tiers(found, tier_of)
        order.sort(key=lambda service: best.get(service, ANYWHERE))  # by distance within a tier
    return Ranking(order, nearest, Counter(services))


def read_names(db: sqlite3.Connection) -> "array[int]":
    """Document number → where it stands among all by name."""
    highest = db.execute("SELECT ifnull(max(number), 0) FROM document").fetchone()[0]
    places = array("L", bytes(array("L").itemsize * (highest + 1)))
    rows = db.execute("SELECT number FROM body ORDER BY sort_name, id")
    for place, (number,) in enumerate(rows):
        places[number] = place
    return places


def _best_tiers(found: list[Candidate], tier_of: Mapping[int, int]) -> dict[int, int]:
    """The best tier of each service that has one better than ANYWHERE, over all its documents."""
    best: dict[int, int] = {}
    for row in found:
        if (tier := tier_of.get(row[NUMBER])) is not None:
            best[row[SERVICE]] = min(tier, best.get(row[SERVICE], ANYWHERE))
    return best
