"""What the map is told: the same places as the list, in one block of data."""

from directory.basemap import outlines, overview
from directory.results import Results


def map_data(found: Results) -> dict[str, object]:
    """For static/js/map.js. Clusters as [lat, lon, count, west, south, east, north]."""
    centre, box = found.query.centre, found.query.bbox
    return {
        "clusters": [
            [c.lat, c.lon, c.count, c.bbox.west, c.bbox.south, c.bbox.east, c.bbox.north]
            for c in found.found.clusters
        ],
        "centre": [centre.lat, centre.lon] if centre else None,
        "radiusKm": found.query.radius_km if centre else None,
        "area": [box.west, box.south, box.east, box.north] if box else None,
        "outlines": outlines(),
        "overview": overview(),
    }
