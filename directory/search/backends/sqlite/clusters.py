"""Places near each other as one mark on the map: few marks, whatever the number of places."""

from collections import defaultdict
from collections.abc import Iterable

from directory.search.backends.sqlite.candidates import LAT, LON, PLACE, Candidate
from directory.search.interface import Box, Cluster

FEW = 40  # so many points stand each on its own
ACROSS = 10  # cells along the longer side of all that was found


def clusters(found: Iterable[Candidate]) -> tuple[Cluster, ...]:
    """The places of `found`, the fullest clusters first."""
    places = {row[PLACE]: row for row in found if row[LAT] is not None}
    lats = [row[LAT] or 0.0 for row in places.values()]
    lons = [row[LON] or 0.0 for row in places.values()]
    groups: defaultdict[tuple[float, float], tuple[list[float], list[float]]]
    groups = defaultdict(lambda: ([], []))
    size = _cell_size(lats, lons)
    for lat, lon in zip(lats, lons, strict=True):
        group = groups[(lat // size, lon // size) if size else (lat, lon)]
        group[0].append(lat)
        group[1].append(lon)
    marks = [_cluster(*group) for group in groups.values()]
    return tuple(sorted(marks, key=lambda mark: (-mark.count, mark.lat, mark.lon)))


def _cell_size(lats: list[float], lons: list[float]) -> float:
    """Degrees of a cell; 0 when every point stands on its own."""
    if len(lats) <= FEW or len(set(zip(lats, lons, strict=True))) <= FEW:
        return 0.0
    return max(max(lats) - min(lats), max(lons) - min(lons)) / ACROSS


def _cluster(lats: list[float], lons: list[float]) -> Cluster:
    count = len(lats)
    box = Box(min(lons), min(lats), max(lons), max(lats))
    return Cluster(sum(lats) / count, sum(lons) / count, count, box)
