"""What a place is, and what asking for one gives.

Errors: `GeocodingError` is all that a finder lets out, when it cannot answer now. A place that
nobody knows is an answer, not an error.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

PlaceKind = Literal["zip", "town", "county", "point"]


class GeocodingError(Exception):
    """The finder cannot answer now."""


@dataclass(frozen=True)
class Place:
    """A place with a point (degrees, WGS 84); `state` is a postal abbreviation, "" when unknown."""

    label: str
    lat: float
    lon: float
    kind: PlaceKind
    state: str = ""


@dataclass(frozen=True)
class PlaceAnswer:
    """The place, or the choices when several fit alike; neither when none is known."""

    place: Place | None
    ambiguous: tuple[Place, ...] = ()


class PlaceFinder(Protocol):
    """Finds places by what people call them, and what people call a point."""

    def find(self, text: str) -> PlaceAnswer:
        """The place that `text` names. Raises GeocodingError alone."""
        ...

    def near(self, lat: float, lon: float) -> tuple[Place, ...]:
        """What lies nearest to a point, of each kind one. Raises GeocodingError alone."""
        ...
