"""The embedded gazetteer as people use it, and as a geopy geocoder."""

import multiprocessing
import sqlite3
from pathlib import Path

import pytest
from geopy.distance import great_circle
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from pytest_django import Settings

from directory.geocoding import gazetteer_ready
from directory.geocoding.finder import GeopyFinder, place_finder
from directory.geocoding.gazetteer import Gazetteer
from directory.geocoding.gazetteer_file import gazetteer_file
from directory.geocoding.interface import GeocodingError, Place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gazetteer")


@pytest.fixture(scope="module")
def gazetteer(folder: Path) -> Gazetteer:
    """Made by four processes that start at once."""
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(4) as pool:
        paths = pool.map(gazetteer_file, [folder] * 4)
    assert len(set(paths)) == 1
    return Gazetteer(folder)


@pytest.fixture(autouse=True)
def in_denver(settings: Settings, gazetteer: Gazetteer, folder: Path) -> None:
    settings.OPENDOOR_GAZETTEER_DIR = folder
    settings.OPENDOOR_AREA = "39.7392,-104.9847,80"


def found(text: str) -> Place:
    answer = place_finder().find(text)
    assert answer.place is not None, answer
    assert answer.ambiguous == ()
    return answer.place


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("80203", "Denver, CO 80203", "zip"),
        ("80203-1234", "Denver, CO 80203", "zip"),
        ("Denver, CO 80203", "Denver, CO 80203", "zip"),
        ("02139", "Cambridge, MA 02139", "zip"),
        ("Denver", "Denver, CO", "town"),
        ("  DENVER ,co ", "Denver, CO", "town"),
        ("Denver Colorado", "Denver, CO", "town"),
        ("Denver, CO, USA", "Denver, CO", "town"),
        ("city of denver", "Denver, CO", "town"),
        ("1600 Broadway, Denver, CO", "Denver, CO", "town"),
        ("Aurora", "Aurora, CO", "town"),
        ("Aurora, Illinois", "Aurora, IL", "town"),
        ("Washington, IN", "Washington, IN", "town"),
        ("Indiana, PA", "Indiana, PA", "town"),
        ("Espanola, Nuevo México", "Española, NM", "town"),
        ("St Louis, MO", "St. Louis, MO", "town"),
        ("Saint Louis, Missouri", "St. Louis, MO", "town"),
        ("Adams County", "Adams County, CO", "county"),
        ("Adams County, CO", "Adams County, CO", "county"),
        ("Condado de Adams, Colorado", "Adams County, CO", "county"),
        ("Orleans Parish, LA", "Orleans Parish, LA", "county"),
    ],
)
def test_what_people_write(text: str, label: str, kind: str) -> None:
    place = found(text)
    assert (place.label, place.kind) == (label, kind)


def test_places_are_where_they_are() -> None:
    for text, point in [
        ("Denver", (39.7392, -104.9847)),
        ("80203", (39.731, -104.981)),
        ("Washington, IN", (38.659, -87.173)),
        ("Adams County, CO", (39.87, -104.9)),
    ]:
        place = found(text)
        assert great_circle((place.lat, place.lon), point).km < 15


def test_a_county_is_the_mean_of_its_zips(folder: Path) -> None:
    import zipcodes

    codes = zipcodes.filter_by(  # type: ignore[no-untyped-call]
        county="Boulder County", state="CO", active=True
    )
    place = found("Boulder County")
    assert place.lat == pytest.approx(sum(float(c["lat"]) for c in codes) / len(codes), abs=1e-4)
    assert place.lon == pytest.approx(sum(float(c["long"]) for c in codes) / len(codes), abs=1e-4)


@pytest.mark.parametrize("text", ["39.7,-104.9", "39.7, -104.9", "(39.7 -104.9)"])
def test_coordinates(text: str) -> None:
    assert found(text) == Place("39.7, -104.9", 39.7, -104.9, "point")


@pytest.mark.parametrize("text", ["Springfield", "springfield usa", "Washington", "Adams"])
def test_an_ambiguous_place_is_offered_not_guessed(text: str) -> None:
    answer = place_finder().find(text)
    assert answer.place is None
    assert len(answer.ambiguous) > 3
    assert len({place.label for place in answer.ambiguous}) == len(answer.ambiguous)


def test_the_site_area_decides(settings: Settings) -> None:
    settings.OPENDOOR_AREA = "41.76,-88.3,60"
    assert found("Aurora").label == "Aurora, IL"
    assert place_finder().find("Denver").ambiguous[0].label == "Denver, CO"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "Colorado", "00000", "91,200", "nan,nan", "1e999,0", "😀", "%", "_____"),
        *("x" * 10_000, "a\0b", "(" * 500, "," * 300, "condado de", "'; DROP TABLE place;--"),
    ],
)
def test_what_is_no_place_is_unknown(text: str) -> None:
    answer = place_finder().find(text)
    assert (answer.place, answer.ambiguous) == (None, ())


def test_it_is_a_geopy_geocoder(gazetteer: Gazetteer) -> None:
    assert isinstance(gazetteer, Geocoder)
    denver = gazetteer.geocode("Denver, CO")
    assert isinstance(denver, Location)
    assert denver.raw["state"] == "CO"
    several = gazetteer.geocode("Springfield", exactly_one=False)
    assert isinstance(several, list)
    assert several[0].raw["people"] >= several[1].raw["people"]
    assert gazetteer.geocode("no such place at all") is None
    there = gazetteer.reverse((39.7313, -104.9811))
    assert isinstance(there, Location)
    assert there.address == "Denver, CO 80203"


def test_ready_means_it_can_be_read(settings: Settings, tmp_path: Path) -> None:
    assert gazetteer_ready()
    broken = tmp_path / gazetteer_file(settings.OPENDOOR_GAZETTEER_DIR).name
    broken.write_bytes(b"not a database")
    settings.OPENDOOR_GAZETTEER_DIR = tmp_path
    assert not gazetteer_ready()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(broken).execute("SELECT 1 FROM place")
    with pytest.raises(GeocodingError):
        place_finder().find("Denver")


def test_a_post_office_of_the_army_lies_at_no_point_of_ours() -> None:
    for text in ("09000", "APO", "APO, AE"):
        answer = place_finder().find(text)
        assert (0, 0) not in {(p.lat, p.lon) for p in (answer.place, *answer.ambiguous) if p}, text


def test_what_is_near_a_point_is_a_zip_and_a_town(gazetteer: Gazetteer) -> None:
    places = place_finder().near(39.7392, -104.9847)
    assert [place.kind for place in places] == ["zip", "town"]
    assert places[1].label == "Denver, CO"
    assert place_finder().near(0, 0) == place_finder().near(90, 0) == ()
    anchorage = gazetteer.reverse((61.2181, -149.9003))  # where a degree east is half as long
    assert isinstance(anchorage, Location) and "Anchorage" in anchorage.address


def test_nothing_is_near_when_the_gazetteer_cannot_be_made(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(GeocodingError):
        GeopyFinder(Gazetteer(blocked / "under")).near(39, -104)
