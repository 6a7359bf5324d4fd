"""The map's ground without tiles: outlines of counties and states, and names of towns.

`static/map/` holds one GeoJSON file a state, made once by `directory.basemap.build`; `index.json`
beside this module says which rectangle each one covers. A page names them all (3 KB) and a browser
fetches those in view.
"""

import json
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

INDEX = Path(__file__).with_name("index.json")


@lru_cache(maxsize=1)
def rectangles() -> dict[str, list[list[float]]]:
    """File name → the rectangles [west, south, east, north] that it covers."""
    read: dict[str, list[list[float]]] = json.loads(INDEX.read_text())
    return read


def outlines() -> list[list[object]]:
    """For the browser: [address, rectangle, …] a state."""
    return [[static(f"map/{name}"), *boxes] for name, boxes in rectangles().items()]


def overview() -> str:
    """The address of the outlines of all states, for a map of the whole country."""
    return static("map/states.json")
