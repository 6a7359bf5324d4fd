"""One row a service, in the order that was asked for, the same every time."""

import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from directory.search.backends.sqlite.candidates import ANYWHERE, Candidate
from directory.search.interface import Sort


class Ranked(NamedTuple):
    """A service's nearest matching document, and how many further ones match."""

    number: int
    service: int
    far: float
    others: int


def ranked(
    found: list[Candidate], tier_of: Mapping[int, int], names: Sequence[int], sort: Sort
) -> list[Ranked]:
    """All services of `found`, in order; `names` holds where a document stands by name."""
    nearest: dict[int, Candidate] = {}
    others = dict.fromkeys((candidate.service for candidate in found), -1)
    for candidate in sorted(found, key=lambda c: (c.far, names[c.number])):
        nearest.setdefault(candidate.service, candidate)
        others[candidate.service] += 1
    rows = [Ranked(c.number, s, c.far, others[s]) for s, c in nearest.items()]
    if sort == "name":
        rows.sort(key=lambda row: names[row.number])
    elif sort == "best" and tier_of:
        best = _best_tiers(found, tier_of)
        rows.sort(key=lambda row: best[row.service])  # stable: by distance within a tier
    return rows


def read_names(db: sqlite3.Connection) -> "array[int]":
    """Document number → where it stands among all by name."""
    highest = db.execute("SELECT ifnull(max(number), 0) FROM document").fetchone()[0]
    places = array("L", bytes(array("L").itemsize * (highest + 1)))
    rows = db.execute("SELECT number FROM body ORDER BY sort_name, id")
    for place, (number,) in enumerate(rows):
        places[number] = place
    return places


def _best_tiers(found: list[Candidate], tier_of: Mapping[int, int]) -> dict[int, int]:
    """Each service's best tier, over all its documents."""
    best = dict.fromkeys((candidate.service for candidate in found), ANYWHERE)
    for number, service, *_rest in found:
        best[service] = min(best[service], tier_of.get(number, ANYWHERE))
    return best
