"""Where an invented address lies: near the middle of its real ZIP, so that distances are true."""

from functools import cache
from math import cos, pi, radians, sin
from typing import Any

import zipcodes

from opendoor.demo.identity import spread

FARTHEST_M = 900
METRES_A_DEGREE = 111_195


@cache
def _zip(code: str) -> dict[str, Any]:
    found = zipcodes.matching(code)  # type: ignore[no-untyped-call]
    return dict(found[0]) if found else {}


def is_town_of(town: str, code: str) -> bool:
    """Whether letters to `town` may carry this ZIP."""
    found = _zip(code)
    return bool(found) and town in (found["city"], *found["acceptable_cities"])


def point_of(key: str, code: str) -> tuple[float, float]:
    """Latitude and longitude, the same for the same key at every loading."""
    middle = _zip(code)
    turn = spread(f"turn/{key}", 3600) * pi / 1800
    metres = 150 + spread(f"far/{key}", FARTHEST_M - 150)
    lat = float(middle["lat"]) + metres * cos(turn) / METRES_A_DEGREE
    lon = float(middle["long"]) + metres * sin(turn) / (METRES_A_DEGREE * cos(radians(lat)))
    return round(lat, 5), round(lon, 5)
