"""The site's own area: where a place without a state is looked for first."""

from dataclasses import dataclass
from math import isfinite

from django.conf import settings


class AreaError(ValueError):
    """The area's text is not "latitude,longitude,kilometres"."""


@dataclass(frozen=True)
class Area:
    """A circle: centre in degrees (WGS 84), radius in kilometres."""

    lat: float
    lon: float
    radius_km: float


def read_area(text: str) -> Area:
    """Reads "latitude,longitude,kilometres". Raises AreaError."""
    try:
        lat, lon, radius = (float(part) for part in text.split(","))
    except ValueError:
        raise AreaError(f"{text!r} is not three numbers with commas between them.") from None
    if not all(isfinite(n) for n in (lat, lon, radius)) or abs(lat) > 90 or abs(lon) > 180:
        raise AreaError(f"{text!r} is not on Earth.")
    if not 0 < radius <= 20_000:
        raise AreaError(f"{radius:g} km is not a radius.")
    return Area(lat, lon, radius)


def site_area() -> Area:
    """The area that the settings name."""
    return read_area(settings.OPENDOOR_AREA)
