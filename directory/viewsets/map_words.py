"""What is said of points in words: how exact one is, how far from another, what lies near."""

from math import atan2, cos, degrees, radians, sin

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from geopy.distance import great_circle

from directory.geocoding.finder import place_finder
from directory.geocoding.interface import GeocodingError, Place
from directory.wording import KM_A_MILE, miles

Point = tuple[float, float]  # latitude, longitude
EXACT = {
    "zip": gettext_lazy("Only the middle of a ZIP: the door may be miles away."),
    "town": gettext_lazy("Only the middle of a town: the door may be miles away."),
    "county": gettext_lazy("Only the middle of a county: the door may be far away."),
    "point": gettext_lazy("Exactly the two numbers that the address gives."),
}
WAYS = (
    gettext_lazy("north"),
    gettext_lazy("north-east"),
    gettext_lazy("east"),
    gettext_lazy("south-east"),
    gettext_lazy("south"),
    gettext_lazy("south-west"),
    gettext_lazy("west"),
    gettext_lazy("north-west"),
)
VERY_NEAR_MILES = 0.1


def apart(place: Place, present: Point | None) -> str:
    """How far what was found lies from the point that the form holds."""
    if present is None:
        return _("The form holds no point yet.")
    there = (place.lat, place.lon)
    if _miles(present, there) < VERY_NEAR_MILES:
        return _("Less than 0.1 miles from the point in the form.")
    return _("%(distance)s %(way)s of the point in the form.") % _way(present, there)


def nearby(point: Point) -> str:
    """What a steward may know near a point; of an impossible one, that nothing is."""
    try:
        places = place_finder().near(*point)
    except GeocodingError:
        return ""
    if not places:
        return _("No ZIP or town of the United States is near this point. Check the two numbers.")
    return _("Near this point: %(places)s.") % {
        "places": "; ".join(_near(point, p) for p in places)
    }


def _near(point: Point, place: Place) -> str:
    there = (place.lat, place.lon)
    if _miles(point, there) < VERY_NEAR_MILES:
        return _("the middle of %(place)s, right here") % {"place": place.label}
    told = {"place": place.label} | _way(point, there)
    return _("the middle of %(place)s, %(distance)s to the %(way)s") % told


def _miles(one: Point, other: Point) -> float:
    return float(great_circle(one, other).km) / KM_A_MILE


def _way(here: Point, there: Point) -> dict[str, str]:
    """How far and in which of eight directions."""
    distance = miles(float(great_circle(here, there).km))
    return {"distance": distance, "way": str(WAYS[round(_bearing(here, there) / 45) % 8])}


def _bearing(here: Point, there: Point) -> float:
    """Degrees from north to east, as one sets out on the great circle."""
    lat, other, turn = radians(here[0]), radians(there[0]), radians(there[1] - here[1])
    east = sin(turn) * cos(other)
    north = cos(lat) * sin(other) - sin(lat) * cos(other) * cos(turn)
    return degrees(atan2(east, north))
