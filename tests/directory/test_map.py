"""The map: the list's own places, our own ground, and no one else's tiles or scripts."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from directory.basemap import overview, rectangles
from tests.directory.listings import Index, make_confidential, make_place, make_service

ROOT = Path(__file__).parents[2]
GROUND = ROOT / "static" / "map"
DENVER = (39.7392, -104.9847)


def map_page(client: Client, **asked: str) -> str:
    response = client.post(reverse("directory:search"), {"view": "map", **asked})
    return str(response.content.decode())


def data_of(html: str) -> dict[str, Any]:
    block = re.search(r'<script id="map-data" type="application/json">(.*?)</script>', html, re.S)
    assert block, "The page holds no data for the map"
    return dict(json.loads(block[1]))


@pytest.mark.django_db
def test_leaflet_comes_only_when_asked_for(client: Client, index: Index) -> None:
    make_place(make_service())
    index()
    address = reverse("directory:search")
    without = client.post(address, {"place": "80203"}).content.decode()
    assert "leaflet" not in without and 'name="view" value="map"' in without
    html = map_page(client, place="80203")
    assert "leaflet/leaflet" in html and "js/map.js" in html
    assert "The map needs JavaScript." in html


@pytest.mark.django_db
def test_map_and_list_show_the_same_places(client: Client, index: Index) -> None:
    points = [(39.74 + n / 50, -104.98) for n in range(5)]
    for n, point in enumerate(points):
        make_place(make_service(f"Lantern {n}"), point)
    make_place(make_service("Boulder House"), (40.015, -105.2705))
    index()
    html = map_page(client, place="80203", radius_km="16.093")
    clusters = data_of(html)["clusters"]
    shown = re.findall(r'data-lat="([^"]*)" data-lon="([^"]*)"', html)
    assert sorted((c[0], c[1]) for c in clusters) == sorted((float(a), float(b)) for a, b in shown)
    assert sum(c[2] for c in clusters) == len(points)


@pytest.mark.django_db
def test_an_area_of_the_map_replaces_the_radius(client: Client, index: Index) -> None:
    make_place(make_service("Denver House"), DENVER)
    make_place(make_service("Boulder House"), (40.015, -105.2705))
    index()
    html = map_page(client, place="80203", radius_km="3.219", bbox="-105.4,39.9,-105.1,40.1")
    assert "Boulder House" in html and "Denver House" not in html
    assert "In the area of the map" in html
    assert data_of(html)["area"] == [-105.4, 39.9, -105.1, 40.1]


@pytest.mark.django_db
def test_a_confidential_place_is_not_on_the_map(client: Client, index: Index) -> None:
    make_confidential(make_service("Safe Harbor"))
    index()
    html = map_page(client)
    assert "Safe Harbor" in html and data_of(html)["clusters"] == []


def test_every_outline_is_there_and_small() -> None:
    sizes = {path.name: path.stat().st_size for path in GROUND.glob("*.json")}
    assert set(rectangles()) == set(sizes) - {"states.json"} and len(sizes) > 51
    assert max(sizes.values()) < 300_000 and sum(sizes.values()) < 1_500_000
    assert overview() and finders.find("map/states.json")


def test_outlines_lie_where_the_index_says() -> None:
    for name, boxes in rectangles().items():
        ground = json.loads((GROUND / name).read_text())
        border = ground["features"][0]
        assert border["properties"]["kind"] == "state-line"
        for line in border["geometry"]["coordinates"]:
            for lon, lat in line:
                assert any(w <= lon <= e and s <= lat <= n for w, s, e, n in boxes), name


def test_a_state_knows_its_counties_and_towns() -> None:
    ground = json.loads((GROUND / "08.json").read_text())
    named = {
        feature["properties"]["kind"]: feature["properties"]["names"]
        for feature in ground["features"]
        if feature["geometry"]["type"] == "MultiPoint"
    }
    assert len(named["county"]) == 64 and "Jefferson" in named["county"]
    assert named["town"][0] == "Denver"
