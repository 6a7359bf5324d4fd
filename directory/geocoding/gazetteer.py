"""The embedded gazetteer: a geopy geocoder that asks nobody outside."""

import sqlite3
import threading
from contextlib import closing
from math import cos, radians
from pathlib import Path
from typing import Any

from geopy.exc import GeocoderUnavailable
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from directory.geocoding.gazetteer_file import gazetteer_file
from directory.geocoding.names import PlaceName, read_coordinates, read_names, read_zip
from directory.geocoding.states import state_codes

SELECT = "SELECT kind, label, state, lat, lon, people FROM place WHERE key = ?"
NEAREST = """
SELECT kind, label, state, lat, lon, people FROM place
WHERE kind = ? AND (kind = 'zip' OR people > 0)
  AND lat BETWEEN ? - 0.5 AND ? + 0.5 AND lon BETWEEN ? - 0.7 AND ? + 0.7
ORDER BY (lat - ?) * (lat - ?) + (lon - ?) * (lon - ?) * ? LIMIT 1
"""
MOST = 50


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """ZIPs, towns and counties of the United States, and coordinates.

    `raw` of a location holds `kind` (zip, town, county, point), `state` and `people`. With
    `exactly_one=False` all that the words can mean come back, the most populous first.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(scheme="https", timeout=1)
        self.folder = folder
        self._local = threading.local()

    def geocode(
        self, query: str, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """The place that `query` names, or None; geopy's own way of asking.

        Raises GeocoderUnavailable when its file cannot be made or read.
        """
        try:
            found = self._find(query)
        except (sqlite3.Error, OSError) as error:
            raise GeocoderUnavailable(str(error)) from error
        return (found[0] if exactly_one else found) if found else None

    def reverse(
        self, query: Any, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """The ZIP whose middle is nearest to a point, within about fifty kilometres; when asked
        for more than one, the nearest town whose people are counted, too. Raises
        GeocoderUnavailable as `geocode` does.
        """
        point = Point(query)
        try:
            found = [
                place
                for kind in ("zip", "town")
                for place in self._nearest(kind, point.latitude, point.longitude)
            ]
        except (sqlite3.Error, OSError) as error:
            raise GeocoderUnavailable(str(error)) from error
        return (found[0] if exactly_one else found) if found else None

    def _nearest(self, kind: str, lat: float, lon: float) -> list[Location]:
        narrowing = cos(radians(lat)) ** 2
        values = [kind, lat, lat, lon, lon, lat, lat, lon, lon, narrowing]
        return self._select(NEAREST, values)

    def _find(self, query: str) -> list[Location]:
        text = query[:200]
        point = read_coordinates(text)
        if point:
            return [_location("point", f"{point[0]:g}, {point[1]:g}", "", *point, 0)]
        code = read_zip(text)
        found = self._select(SELECT + " AND kind = 'zip'", [code]) if code else []
        for name in [] if found else read_names(_without_zip(text, code)):
            found = self._named(name)
            if found:
                break
        return found

    def _named(self, name: PlaceName) -> list[Location]:
        """Towns of that name, else counties; counties alone when the words say so.

        The bare name of a state is no county of another ("Colorado" is not in Texas).
        """
        bare = not name.county and not name.state and name.name in state_codes()
        for kind in ["county"] if name.county else ["town"] if bare else ["town", "county"]:
            sql, values = SELECT + " AND kind = ?", [name.name, kind]
            if name.state:
                sql, values = sql + " AND state = ?", [*values, name.state]
            found = self._select(f"{sql} ORDER BY people DESC, label LIMIT {MOST}", values)
            if found:
                return found
        return []

    def _select(self, sql: str, values: list[Any]) -> list[Location]:
        with closing(self._db().execute(sql, values)) as rows:
            return [_location(*row) for row in rows]

    def _db(self) -> sqlite3.Connection:
        """One read-only connection a thread."""
        if not hasattr(self._local, "db"):
            path = gazetteer_file(self.folder)
            self._local.db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        db: sqlite3.Connection = self._local.db
        return db


def _without_zip(text: str, code: str | None) -> str:
    return text[: text.rindex(code)] if code else text


def _location(kind: str, label: str, state: str, lat: float, lon: float, people: int) -> Location:
    return Location(label, (lat, lon), {"kind": kind, "state": state, "people": people})
