"""Places around a point: the great circle, reckoned by the database itself."""

from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import Any

from django.db.models import ExpressionWrapper, F, FloatField, QuerySet, Value
from django.db.models.functions import Cos, Power, Radians, Sin
from django.utils.translation import gettext as _
from geopy.distance import EARTH_RADIUS

from directory.geocoding.finder import place_finder
from directory.geocoding.interface import GeocodingError
from directory.hsds_api.asking import DEFAULT_METRES, Asked, BadRequest


@dataclass(frozen=True)
class Circle:
    lat: float
    lon: float
    metres: float


def circle(asked: Asked) -> Circle | None:
    """Where to look; None when no point is asked for. Raises BadRequest."""
    if asked.get("lat") is not None:
        return Circle(asked["lat"], asked["lon"], asked["proximity"] or DEFAULT_METRES)
    if not asked.get("postcode") or asked["proximity"] is None:
        return None
    try:
        place = place_finder().find(asked["postcode"]).place
    except GeocodingError as error:
        message = _("ZIPs cannot be looked up now. Give lat and lon instead.")
        raise BadRequest({"postcode": message}, 503) from error
    if place is None or place.kind != "zip":
        raise BadRequest({"postcode": _("This takes a ZIP of the United States.")})
    return Circle(place.lat, place.lon, asked["proximity"])


def within(records: QuerySet[Any], location: str, around: Circle) -> QuerySet[Any]:
    """The records whose location lies in the circle, the nearest first. `location` is the path
    to it. A confidential one has no point, so it is never among them.
    """
    angle = around.metres / 1000 / EARTH_RADIUS
    degrees = angle * 180 / pi
    band = {
        f"{location}__latitude__gte": around.lat - degrees,
        f"{location}__latitude__lte": around.lat + degrees,
    }
    distance = _haversine(around, f"{location}__latitude", f"{location}__longitude")
    near = records.filter(**band).annotate(haversine=distance)
    nearest: QuerySet[Any] = near.filter(haversine__lte=sin(angle / 2) ** 2)
    return nearest.order_by("haversine", "pk")


def _haversine(around: Circle, lat: str, lon: str) -> "ExpressionWrapper[Any]":
    """The square of the sine of half the angle between two points: it grows with distance."""
    north = Power(Sin(Radians(F(lat) - Value(around.lat)) / 2.0), 2)
    east = Power(Sin(Radians(F(lon) - Value(around.lon)) / 2.0), 2)
    narrowing = Cos(Radians(F(lat))) * Value(cos(radians(around.lat)))
    return ExpressionWrapper(north + narrowing * east, output_field=FloatField())
