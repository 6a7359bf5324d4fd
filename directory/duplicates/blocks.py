"""Which pairs are worth comparing. All pairs of 100,000 services are five thousand million.

Services that share a key stand in one block: a phone number, a ZIP and a word of the name, a patch
of ground, an organization, a website. In a block that is too large (a chain's head office) each is
compared with its neighbours by name alone.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from math import floor

from directory.duplicates.traits import Traits

Key = str | tuple[int, int, int]
Keys = Callable[[Traits], Iterable[Key]]
MOST_IN_BLOCK = 30
NEIGHBOURS = 8
SHORTEST_WORD = 4
# Twice 200 m of latitude; as wide in longitude up to the north of Alaska.
PATCH_LAT, PATCH_LON = 0.0036, 0.011
_EVERYDAY = """
center centers centre clinic clinics health services service program programs care mental
behavioral community counseling treatment recovery outpatient office
"""
EVERYDAY = frozenset(_EVERYDAY.split())


def by_number(traits: Traits) -> Iterable[Key]:
    return traits.numbers


def by_organization(traits: Traits) -> Iterable[Key]:
    return [traits.organization] if traits.organization else []


def by_host(traits: Traits) -> Iterable[Key]:
    return [traits.host] if traits.host else []


def by_zip_and_word(traits: Traits) -> Iterable[Key]:
    codes = {spot.zip for spot in traits.spots if spot.zip}
    return [f"{code} {word}" for code in codes for word in telling_words(traits.name)]


def telling_words(name: str) -> frozenset[str]:
    """The words of a folded name that not every other listing has."""
    return frozenset(word for word in name.split() if len(word) >= SHORTEST_WORD) - EVERYDAY


def by_patch(traits: Traits) -> Iterable[Key]:
    """Four grids, shifted by half a patch: points within half a patch share one in some grid."""
    found: set[Key] = set()
    for spot in traits.spots:
        if spot.lat is not None and spot.lon is not None:
            down, along = spot.lat / PATCH_LAT, spot.lon / PATCH_LON
            for grid, (north, east) in enumerate(((0, 0), (0.5, 0), (0, 0.5), (0.5, 0.5))):
                found.add((grid, floor(down + north), floor(along + east)))
    return found


def by_street(traits: Traits) -> Iterable[Key]:
    return {f"{spot.zip} {spot.street}" for spot in traits.spots if spot.street}


KINDS: tuple[Keys, ...] = (by_number, by_organization, by_host, by_zip_and_word, by_patch)
# In one file the same place, number or house is mostly written in one way.
IN_ONE_FILE: tuple[Keys, ...] = (by_number, by_organization, by_host, by_street)


def pairs(
    services: Sequence[Traits], kinds: tuple[Keys, ...] = KINDS
) -> Iterator[tuple[Traits, Traits]]:
    """Each pair that shares a key, once."""
    met: set[int] = set()
    for keys in kinds:
        for one, other in _pairs_by(services, keys):
            pair = one * len(services) + other
            if pair not in met:
                met.add(pair)
                yield services[one], services[other]


def _pairs_by(services: Sequence[Traits], keys: Keys) -> Iterator[tuple[int, int]]:
    for block in _blocks(services, keys).values():
        if len(block) <= MOST_IN_BLOCK:
            yield from combinations(block, 2)
            continue
        ordered = sorted(block, key=lambda place: services[place].name)
        for start, one in enumerate(ordered):
            for other in ordered[start + 1 : start + 1 + NEIGHBOURS]:
                yield min(one, other), max(one, other)


def _blocks(services: Sequence[Traits], keys: Keys) -> dict[Key, list[int]]:
    found: defaultdict[Key, list[int]] = defaultdict(list)
    for place, traits in enumerate(services):
        for key in keys(traits):
            found[key].append(place)
    return {key: block for key, block in found.items() if len(block) > 1}


class Neighbourhood:
    """Services by their keys: who stands near one that is not among them."""

    def __init__(self, services: Iterable[Traits]) -> None:
        self._blocks: list[defaultdict[Key, list[Traits]]] = [defaultdict(list) for _ in KINDS]
        for traits in services:
            for keys, blocks in zip(KINDS, self._blocks, strict=True):
                for key in keys(traits):
                    blocks[key].append(traits)
        for blocks in self._blocks:
            for block in blocks.values():
                block.sort(key=lambda kept: kept.name)

    def near(self, traits: Traits) -> Iterator[Traits]:
        """Those that share a key; of a large block the ones nearest by name."""
        met = set()
        for keys, blocks in zip(KINDS, self._blocks, strict=True):
            for key in keys(traits):
                for other in _nearest(blocks.get(key, []), traits.name):
                    if other.id not in met:
                        met.add(other.id)
                        yield other


def _nearest(block: list[Traits], name: str) -> list[Traits]:
    if len(block) <= MOST_IN_BLOCK:
        return block
    at = bisect_left(block, name, key=lambda kept: kept.name)
    return block[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
