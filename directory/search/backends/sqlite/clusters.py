"""Places near each other as one mark on the map: few marks, whatever the number of places."""

from collections import defaultdict
from collections.abc import Iterable

from directory.search.backends.sqlite.candidates import Candidate
from directory.search.interface import Box, Cluster

FEW = 40  # so many places stand each on its own
ACROSS = 10  # cells along the longer side of all that was found

Spot = tuple[float, float]


def clusters(found: Iterable[Candidate]) -> tuple[Cluster, ...]:
    """The places of `found`, the fullest clusters first."""
    places = {c.place: (c.lat, c.lon) for c in found if c.lat is not None}
    spots = [(lat, lon) for lat, lon in places.values() if lat is not None and lon is not None]
    groups: defaultdict[Spot, list[Spot]] = defaultdict(list)
    size = _cell_size(spots)
    for spot in spots:
        groups[(spot[0] // size, spot[1] // size) if size else spot].append(spot)
    found_clusters = [_cluster(group) for group in groups.values()]
    return tuple(sorted(found_clusters, key=lambda c: (-c.count, c.lat, c.lon)))


def _cell_size(spots: list[Spot]) -> float:
    """Degrees of a cell; 0 when every spot stands on its own."""
    if len(set(spots)) <= FEW:
        return 0.0
    lats, lons = zip(*spots, strict=True)
    return float(max(max(lats) - min(lats), max(lons) - min(lons)) / ACROSS)


def _cluster(group: list[Spot]) -> Cluster:
    lats, lons = zip(*group, strict=True)
    count = len(group)
    box = Box(min(lons), min(lats), max(lons), max(lats))
    return Cluster(sum(lats) / count, sum(lons) / count, count, box)
