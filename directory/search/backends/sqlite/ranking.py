"""One row a service, in the order that was asked for, the same every time."""

from collections.abc import Mapping
from math import inf
from typing import NamedTuple

from directory.search.backends.sqlite.candidates import ANYWHERE, Candidate
from directory.search.interface import Sort


class Ranked(NamedTuple):
    """A service's nearest matching document, its best tier, and how many further ones match.

    Compares by tier, distance, name, id: the best match.
    """

    tier: int
    far: float
    sort_name: str
    id: str
    number: int
    service: int
    others: int


def ranked(found: list[Candidate], tier_of: Mapping[int, int], sort: Sort) -> list[Ranked]:
    """All services of `found`, in order."""
    nearest: dict[int, Candidate] = {}
    others: dict[int, int] = {}
    tiers: dict[int, int] = {}
    for candidate in found:
        service = candidate.service
        tier = tier_of.get(candidate.number, ANYWHERE)
        kept = nearest.setdefault(service, candidate)
        others[service] = others.get(service, -1) + 1
        tiers[service] = min(tier, tiers.get(service, ANYWHERE))
        if (candidate.far, candidate.id) < (kept.far, kept.id):
            nearest[service] = candidate
    rows = [
        Ranked(tiers[s], c.far, c.sort_name, c.id, c.number, s, others[s])
        for s, c in nearest.items()
    ]
    return sorted(rows, key=_KEYS[sort])


def _best(row: Ranked) -> tuple[object, ...]:
    return row[:4]


def _distance(row: Ranked) -> tuple[object, ...]:
    return row[1:4]


def _name(row: Ranked) -> tuple[object, ...]:
    return row.sort_name, row.id


_KEYS = {"best": _best, "distance": _distance, "name": _name}


def known(far: float) -> float | None:
    """A distance that exists."""
    return None if far == inf else far
