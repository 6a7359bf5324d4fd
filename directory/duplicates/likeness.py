"""How like two services are. Pure: the same whichever of the two comes first, 1 for the same.

What both sides know counts, by weight; what one side does not know says nothing. A name alone, with
nothing that agrees beside it, is never enough: every county has a "Recovery Center".
"""

from dataclasses import dataclass
from itertools import product
from math import asin, cos, radians, sin, sqrt

from rapidfuzz import fuzz

from directory.duplicates.traits import Spot, Traits

LIKELY = 0.8  # from here on a pair is put before a steward
WEIGHTS = {"name": 0.4, "organization": 0.15, "place": 0.25, "phone": 0.15, "website": 0.05}
NEAR_METRES, FAR_METRES = 30.0, 400.0
EARTH_METRES = 6_371_009.0  # geopy's sphere
BY_CHANCE = 0.35
UNSUPPORTED = 0.5  # the most that a pair is worth of which nothing but the names agrees
# Words that tell two services of one house apart, in English and Spanish.
_TELLING = """
adult adults youth adolescent adolescents child children childrens teen teens family families
men mens women womens veterans seniors inpatient outpatient residential detox crisis day
evening intensive mobile prenatal housing methadone north south east west adultos jovenes
juvenil ninos infantil hombres mujeres veteranos residencial ambulatorio norte sur este oeste
"""
TELLING = frozenset(_TELLING.split())


@dataclass(frozen=True)
class Likeness:
    """`parts`: aspect → how like, 0 to 1, of what both sides know."""

    score: float
    parts: dict[str, float]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The aspects in which the two agree."""
        return tuple(aspect for aspect, part in self.parts.items() if part >= LIKELY)

    @property
    def lasting(self) -> dict[str, float]:
        """What may be kept. Where a place is, or how near, is not: it may become secret."""
        return {name: round(part, 2) for name, part in self.parts.items() if name != "place"}


def compare(one: Traits, other: Traits) -> Likeness:
    if _order(other) < _order(one):
        one, other = other, one
    parts = {
        "name": _names(one, other),
        "organization": _texts(one.organization, other.organization),
        "place": _places(one.spots, other.spots),
        "phone": _numbers(one.numbers, other.numbers),
        "website": None if not (one.host and other.host) else float(one.host == other.host),
    }
    known = {aspect: part for aspect, part in parts.items() if part is not None}
    weight = sum(WEIGHTS[aspect] for aspect in known)
    score = sum(WEIGHTS[aspect] * part for aspect, part in known.items()) / weight
    beside = max((part for aspect, part in known.items() if aspect != "name"), default=0.0)
    if beside < LIKELY and not _same(one, other):
        score = min(score, UNSUPPORTED)
    return Likeness(round(score, 4), known)


def metres(one: Spot, other: Spot) -> float | None:
    """Along the great circle; None when a point is not known."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, south = radians(one.lat), radians(other.lat)
    half = radians(other.lon - one.lon) / 2
    # By cosines and sines of halves: exact for points that are close.
    chord = _square((south - north) / 2) + cos(north) * cos(south) * _square(half)
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(chord)))


def _square(angle: float) -> float:
    return sin(angle) ** 2


def _order(traits: Traits) -> tuple[str, str, str]:
    return traits.name, traits.organization, str(traits.id)


def _same(one: Traits, other: Traits) -> bool:
    """Nothing tells the two apart: the same row twice, or a service compared with itself."""
    return (one.name, one.organization, one.numbers, one.spots, one.host) == (
        other.name,
        other.organization,
        other.numbers,
        other.spots,
        other.host,
    )


def _names(one: Traits, other: Traits) -> float:
    """As written, or one with the organization's before it, which one source writes and another
    does not. Unlike words share half of their letters by chance, so that counts as nothing."""
    ratio = max(
        fuzz.token_sort_ratio(one.name, other.name),
        fuzz.token_sort_ratio(_whole(one), other.name),
        fuzz.token_sort_ratio(one.name, _whole(other)),
    )
    alike = max(0.0, (ratio / 100 - BY_CHANCE) / (1 - BY_CHANCE))
    return alike * (0.6 if _told_apart(one.name, other.name) else 1.0)


def _whole(traits: Traits) -> str:
    words = traits.name.split()
    before = [word for word in traits.organization.split() if word not in words]
    return " ".join([*before, *words])


def _told_apart(one: str, other: str) -> bool:
    """Each has a word that tells who it is for, or a number, that the other lacks."""
    mine, theirs = set(one.split()), set(other.split())
    differ = (mine - theirs, theirs - mine)
    return all(any(word in TELLING or word.isdigit() for word in words) for words in differ)


def _texts(one: str, other: str) -> float | None:
    return fuzz.token_sort_ratio(one, other) / 100 if one and other else None


def _numbers(one: frozenset[str], other: frozenset[str]) -> float | None:
    return float(not one.isdisjoint(other)) if one and other else None


def _places(one: tuple[Spot, ...], other: tuple[Spot, ...]) -> float | None:
    """The nearest two of their places."""
    parts = [part for pair in product(one, other) if (part := _place(*pair)) is not None]
    return max(parts, default=None)


def _place(one: Spot, other: Spot) -> float | None:
    """By address where both have one, else by distance; a point may be the ZIP's middle."""
    if one.street and other.street:
        if one.zip and other.zip and one.zip != other.zip:
            return 0.0
        house, its = one.street.split()[0], other.street.split()[0]
        if house.isdigit() and its.isdigit() and house != its:
            return 0.0
        return fuzz.token_sort_ratio(one.street, other.street) / 100
    distance = metres(one, other)
    if distance is None:
        return None
    return max(0.0, min(1.0, (FAR_METRES - distance) / (FAR_METRES - NEAR_METRES)))
