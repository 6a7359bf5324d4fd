"""What someone wrote for a place, taken apart."""

import re
from dataclasses import dataclass

from directory.folding import fold
from directory.geocoding.states import split_state

ZIP = re.compile(r"(?:^|[\s,])(\d{5})(?:-\d{4})?\s*$")
COORDINATES = re.compile(
    r"^\s*\(?\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*\)?\s*$"
)
COUNTRY = re.compile(r" (usa|us|u s a|united states|estados unidos|ee uu|eeuu)$")
COUNTY = re.compile(r"^(?:(?:el )?condado de |county of )(.+)$|^(.+) (?:county|parish|borough)$")
TOWN = re.compile(r"^(?:city of|town of|ciudad de) (.+)$")
SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


@dataclass(frozen=True)
class PlaceName:
    """A name folded, the state that goes with it ("" when none), whether a county is meant."""

    name: str
    state: str
    county: bool


def read_zip(text: str) -> str | None:
    """The five digits of the ZIP that `text` is or ends with."""
    found = ZIP.search(text)
    return found[1] if found else None


def read_coordinates(text: str) -> tuple[float, float] | None:
    """Latitude and longitude, when `text` is two numbers that are on Earth."""
    found = COORDINATES.match(text)
    if not found:
        return None
    lat, lon = float(found[1]), float(found[2])
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def name_key(name: str) -> str:
    """A name as it is looked up: folded, with short forms written out."""
    return " ".join(SHORT.get(word, word) for word in fold(name).split())


def read_names(text: str) -> list[PlaceName]:
    """The readings of `text`, the likeliest first: its end may be a state or part of the name,
    and what stands before a comma may be a street."""
    readings: list[PlaceName] = []
    folded = COUNTRY.sub("", fold(text))
    bare, state = split_state(folded)
    if state:
        readings.append(_reading(bare, state))
    readings.append(_reading(folded, ""))
    street, comma, rest = text.partition(",")
    if comma and any(c.isdigit() for c in street):
        readings += read_names(rest)
    return [reading for reading in readings if reading.name]


def _reading(folded: str, state: str) -> PlaceName:
    county = COUNTY.match(folded)
    if county:
        return PlaceName(name_key(county[1] or county[2]), state, True)
    town = TOWN.match(folded)
    return PlaceName(name_key(town[1] if town else folded), state, False)
