"""The globe twice: as cells, which are tokens in the index, and as unit vectors, for distances.

A level divides the longitudes into 2**level columns and the latitudes into half as many rows of
the same angle: level 12 has cells of about ten kilometres. A circle is covered by the finest
level that needs few cells, and so are small circles and large ones, the poles and the date line.

Distance is on geopy's sphere. The square of the chord through it orders points as the great
circle does and needs no trigonometry a row.
"""

from math import asin, cos, degrees, pi, radians, sin, sqrt

from directory.search.interface import Box, Point

EARTH_KM = 6371.009  # geopy.distance.EARTH_RADIUS
LEVELS = range(5, 15)
MOST_CELLS = 24
MARGIN = 1e-9  # degrees: rounding must not lose a point on the edge
NO_POINT = "nopoint0"


def vector(lat: float, lon: float) -> tuple[float, float, float]:
    """A point on the unit sphere."""
    phi, lam = radians(lat), radians(lon)
    return cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)


def chord2(km: float) -> float:
    """The squared chord of the unit sphere under a great circle of `km`."""
    return float(4 * sin(min(km / EARTH_KM, pi) / 2) ** 2)


def kilometres(squared_chord: float) -> float:
    """The great circle over a squared chord."""
    return 2 * EARTH_KM * asin(min(1.0, sqrt(squared_chord) / 2))


def cells_of(lat: float, lon: float) -> list[str]:
    """The tokens of a point, one a level."""
    return [_token(level, _row(level, lat), _column(level, lon)) for level in LEVELS]


def cells_of_circle(centre: Point, km: float) -> list[str] | None:
    """Tokens whose cells cover a circle; None when it is too large for cells to help."""
    angle = km / EARTH_KM
    south, north = centre.lat - degrees(angle), centre.lat + degrees(angle)
    if south <= -90 or north >= 90 or angle >= pi / 2:
        return _cover(Box(-180, max(south, -90), 180, min(north, 90)))
    spread = degrees(asin(min(1.0, sin(angle) / cos(radians(centre.lat)))))
    return _cover(Box(centre.lon - spread, south, centre.lon + spread, north))


def cells_of_box(box: Box) -> list[str] | None:
    """Tokens whose cells cover a rectangle; one that crosses the date line has west above east."""
    east = box.east if box.east >= box.west else box.east + 360
    return _cover(Box(box.west, box.south, east, box.north))


def _cover(box: Box) -> list[str] | None:
    """Of a box whose east may lie beyond 180 degrees and its west before -180."""
    for level in reversed(LEVELS):
        rows = range(_row(level, box.south - MARGIN), _row(level, box.north + MARGIN) + 1)
        size = 360 / 2**level
        first = int((box.west - MARGIN + 540) // size)
        last = int((box.east + MARGIN + 540) // size)
        count = min(last - first + 1, 2**level)
        if len(rows) * count <= MOST_CELLS:
            half = 2 ** (level - 1)  # 540 is 180 and one turn more
            columns = [(first + n - half * 2) % 2**level for n in range(count)]
            return [_token(level, row, column) for row in rows for column in columns]
    return None


def _row(level: int, lat: float) -> int:
    rows: int = 2 ** (level - 1)
    return min(max(int((lat + 90) * rows / 180), 0), rows - 1)


def _column(level: int, lon: float) -> int:
    columns: int = 2**level
    return int((lon + 180) * columns / 360) % columns


def _token(level: int, row: int, column: int) -> str:
    """Ends in a digit, which the stemmer leaves alone."""
    return f"c{level}r{row}x{column}"
