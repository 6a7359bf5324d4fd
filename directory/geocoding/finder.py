"""From a geopy geocoder's many answers to one place, or to choices: never a guess.

A place within the site's own area stands before all others of its name.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from geopy.distance import great_circle
from geopy.exc import GeopyError
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from directory.area import site_area
from directory.geocoding.gazetteer import Gazetteer
from directory.geocoding.interface import GeocodingError, Place, PlaceAnswer, PlaceFinder

SAME_PLACE_KM = 25.0
MOST_CHOICES = 10


class GeopyFinder:
    """Finds places with any geopy geocoder."""

    def __init__(self, geocoder: Geocoder) -> None:
        self.geocoder = geocoder

    def find(self, text: str) -> PlaceAnswer:
        try:
            found = self.geocoder.geocode(text, exactly_one=False) or []
        except GeopyError as error:
            raise GeocodingError(str(error)) from error
        places = _apart([_place(location) for location in found])
        near = _in_area(places)
        if len(places) == 1 or near:
            return PlaceAnswer((near or places)[0])
        return PlaceAnswer(None, tuple(places[:MOST_CHOICES]))

    def near(self, lat: float, lon: float) -> tuple[Place, ...]:
        try:
            found = self.geocoder.reverse((lat, lon), exactly_one=False) or []
        except GeopyError as error:
            raise GeocodingError(str(error)) from error
        return tuple(_place(location) for location in found)


def _place(location: Location) -> Place:
    raw = location.raw
    kind, state = raw.get("kind", "point"), raw.get("state", "")
    return Place(location.address, location.latitude, location.longitude, kind, state)


def _apart(places: list[Place]) -> list[Place]:
    """Without further entries of the same label a short way off, which are the same place."""
    kept: list[Place] = []
    for place in places:
        if not any(k.label == place.label and _km(k, place) < SAME_PLACE_KM for k in kept):
            kept.append(place)
    return kept


def _in_area(places: list[Place]) -> list[Place]:
    """Those within the site's own area, the nearest to its middle first."""
    area = site_area()
    centre = Place("", area.lat, area.lon, "point")
    near = [(_km(centre, place), place) for place in places]
    return [place for km, place in sorted(near, key=lambda pair: pair[0]) if km <= area.radius_km]


def _km(one: Place, other: Place) -> float:
    return float(great_circle((one.lat, one.lon), (other.lat, other.lon)).km)


@cache
def _embedded(folder: Path) -> PlaceFinder:
    return GeopyFinder(Gazetteer(folder))


def place_finder() -> PlaceFinder:
    """The finder that the settings name; the embedded gazetteer."""
    return _embedded(Path(settings.OPENDOOR_GAZETTEER_DIR))
