"""The contract of /api/search (docs/api.md)."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from geopy.distance import great_circle
from pytest_django import Settings

from directory.models import Attribute, Service
from tests.directory.importing import NOWHERE
from tests.directory.listings import Index, make_place, make_service, open_daily, term

pytestmark = pytest.mark.django_db
TOP = ["interpreted", "crisis", "total", "page", "did_you_mean", "engine", "as_of", "nearest_only"]
HIT = (
    "id service_id location_id name organization codes distance_km serves_place open opens_at "
    "closes_at lat lon phone url verified_on others"
)


@pytest.fixture
def listings(index: Index) -> dict[str, Service]:
    talk, line = make_service("Talk house"), make_service("Night line", availability="always")
    make_place(talk)
    Attribute.objects.create(service=talk, taxonomy_term=term("need", "grief"))
    Attribute.objects.create(service=line, taxonomy_term=term("need", "support"))
    index()
    return {"talk": talk, "line": line}


def ask(client: Client, **parameters: Any) -> dict[str, Any]:
    response = client.get("/api/search", parameters)
    assert response.status_code == 200, response.content
    assert not response.cookies
    found: dict[str, Any] = response.json()
    return found


def errors(client: Client, **parameters: Any) -> dict[str, str]:
    response = client.get("/api/search", parameters)
    assert response.status_code == 400
    found: dict[str, str] = response.json()["errors"]
    return found


def test_every_key_is_always_there(client: Client, listings: dict[str, Service]) -> None:
    found = ask(client)
    assert list(found) == [*TOP, "hits", "facets", "clusters"]
    assert set(found["facets"]) == {
        *("need", "population", "language", "cost", "insurance", "accessibility")
    }
    assert set(found["interpreted"]) == {"text", "place", "filters"}
    assert found["interpreted"]["place"] == {
        **dict.fromkeys(("label", "lat", "lon")),
        "ambiguous": [],
        "unknown": False,
    }
    for hit in found["hits"]:
        assert list(hit) == HIT.split()
    assert (found["engine"], found["did_you_mean"], found["total"]) == ("sqlite", None, 2)
    assert found["as_of"].endswith("Z")


def test_a_place(client: Client, listings: dict[str, Service]) -> None:
    found = ask(client, place="80203", radius_km=10)
    assert found["interpreted"]["place"]["label"] == "Denver, CO 80203"
    talk, line = found["hits"]
    assert talk["name"] == "Talk house"
    assert talk["serves_place"] is line["serves_place"] is True
    assert 0 < talk["distance_km"] < 3
    assert (line["distance_km"], line["location_id"]) == (None, None)
    assert line["id"] == line["service_id"] == str(listings["line"].pk)
    assert UUID(talk["location_id"])
    assert talk["url"] == f"/directory/services/{listings['talk'].pk}/"
    assert found["clusters"][0]["count"] == 1


def test_an_ambiguous_place_is_asked_about(client: Client, listings: dict[str, Service]) -> None:
    found = ask(client, place="Springfield")
    place = found["interpreted"]["place"]
    assert place["label"] is None
    assert {"Springfield, IL", "Springfield, MA"} <= {c["label"] for c in place["ambiguous"]}
    assert set(place["ambiguous"][0]) == {"label", "lat", "lon"}
    assert found["total"] == 2
    assert all(hit["distance_km"] is None for hit in found["hits"])


@pytest.mark.parametrize("place", ["Springfield", "Qwertyville"])
def test_a_place_not_understood_finds_what_is_in_the_sites_own_area(
    client: Client, listings: dict[str, Service], settings: Settings, place: str
) -> None:
    settings.OPENDOOR_AREA = "21.3,-157.8,50"  # Honolulu: there is nothing but the phone line
    found = ask(client, place=place)
    assert [hit["name"] for hit in found["hits"]] == ["Night line"]
    assert found["total"] == 1
    assert found["nearest_only"] is False


def test_an_unknown_place_says_so(client: Client, listings: dict[str, Service]) -> None:
    assert ask(client, place="Qwertyville")["interpreted"]["place"]["unknown"] is True


def test_a_place_far_away_gives_the_nearest(client: Client, listings: dict[str, Service]) -> None:
    found = ask(client, place="Honolulu, HI")
    assert found["nearest_only"] is True
    assert found["hits"][0]["distance_km"] > 5_000
    assert found["hits"][0]["serves_place"] is False


def test_a_point(client: Client, listings: dict[str, Service]) -> None:
    found = ask(client, lat="39.7392", lon="-104.9847", radius_km="1")
    assert found["hits"][0]["distance_km"] == 0.0


def test_needs(client: Client, listings: dict[str, Service]) -> None:
    assert ask(client, need="support")["total"] == 2  # a parent brings its children
    assert ask(client, need="grief")["total"] == 1
    both = ask(client, need=["grief", "support"])
    assert both["total"] == 2
    assert both["interpreted"]["filters"] == {"need": ["grief", "support"]}
    facet = {entry["code"]: entry for entry in both["facets"]["need"]}
    assert facet["support"] == {"code": "support", "label": "Support from people", "count": 2}
    assert facet["grief"]["count"] == 1


def test_open(client: Client, index: Index) -> None:
    make_service("Always", availability="always")
    make_service("Unknown")
    open_daily(make_service("Office"))
    index()
    states = {hit["name"]: hit["open"] for hit in ask(client)["hits"]}
    assert states["Always"] == "always"
    assert states["Unknown"] == "unknown"
    tomorrow = _tomorrow()
    at_noon = {h["name"]: h for h in ask(client, open=f"{tomorrow}T12:00")["hits"]}
    assert set(at_noon) == {"Always", "Office"}
    assert at_noon["Office"]["open"] == "open"
    assert at_noon["Office"]["closes_at"] is not None
    assert {h["name"] for h in ask(client, open=f"{tomorrow}T20:00")["hits"]} == {"Always"}
    assert ask(client, open="now")["total"] in (1, 2)


def _tomorrow() -> str:
    from datetime import timedelta

    from django.utils import timezone

    return (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize("text", ["I want to die", "quiero MORIR", "suicide hotline", "oigo voces"])
def test_a_crisis_is_seen(client: Client, listings: dict[str, Service], text: str) -> None:
    assert ask(client, q=text)["crisis"] is True


@pytest.mark.parametrize("text", ["", "diet", "dying plants", "family counselling", "terapia"])
def test_no_crisis_is_seen_where_there_is_none(
    client: Client, listings: dict[str, Service], text: str
) -> None:
    assert ask(client, q=text)["crisis"] is False


BAD = [
    ("lat", {"lat": "91", "lon": "0"}),
    ("lon", {"lat": "1", "lon": "nan"}),
    ("lon", {"lat": "1"}),
    ("radius_km", {"radius_km": "-1"}),
    ("radius_km", {"radius_km": "far"}),
    ("need", {"need": "no-such-code"}),
    ("cost", {"cost": "grief"}),
    ("open", {"open": "yesterday-ish"}),
    ("open", {"open": "2026-13-40T99:00"}),
    ("telehealth", {"telehealth": "perhaps"}),
    ("accepts_drop_off", {"accepts_drop_off": "2"}),
    ("bbox", {"bbox": "1,2,3"}),
    ("bbox", {"bbox": "0,9,1,8"}),
    ("bbox", {"bbox": "a,b,c,d"}),
    ("sort", {"sort": "rating"}),
    ("page", {"page": "0"}),
    ("page", {"page": "1.5"}),
    ("per_page", {"per_page": "101"}),
    ("q", {"q": "x" * 201}),
    ("place", {"place": "x" * 201}),
    ("colour", {"colour": "red"}),
]


@pytest.mark.parametrize(("name", "parameters"), BAD)
def test_what_is_not_understood_is_named(
    client: Client, listings: dict[str, Service], name: str, parameters: dict[str, str]
) -> None:
    found = errors(client, **parameters)
    assert set(found) == {name}
    assert len(found[name]) > 10


def test_many_unknown_names_get_a_short_answer(client: Client) -> None:
    """An answer many times as long as the question would serve to flood somebody."""
    names = {f"unknown{number}": "1" for number in range(1_000)}
    response = client.get("/api/search", names)
    assert response.status_code == 400
    assert len(response.content) < 10_000


def test_an_empty_parameter_equals_an_absent_one(
    client: Client, listings: dict[str, Service]
) -> None:
    names = (
        "q place lat lon radius_km need population language cost insurance accessibility open "
        "telehealth accepts_drop_off bbox sort page per_page"
    )
    assert ask(client, **dict.fromkeys(names.split(), "")) == ask(client)


def test_post_takes_json_and_forms(client: Client, listings: dict[str, Service]) -> None:
    strict = Client(enforce_csrf_checks=True)
    body = {"need": ["grief"], "lat": 39.74, "lon": -104.98, "place": None, "telehealth": False}
    posted = strict.post("/api/search", json.dumps(body), content_type="application/json")
    assert posted.status_code == 200
    assert not posted.cookies
    assert posted.json() == ask(client, need="grief", lat=39.74, lon=-104.98)
    assert strict.post("/api/search", {"need": "grief"}).json() == ask(client, need="grief")


@pytest.mark.parametrize(
    "body", ["[1]", "{", '{"q": {"a": 1}}', "[" * 9_000, '"' + "x" * 30_000 + '"']
)
def test_a_body_that_cannot_be_read(client: Client, body: str) -> None:
    response = client.post("/api/search", body, content_type="application/json")
    assert response.status_code == 400
    assert set(response.json()["errors"]) == {"body"}


def test_any_site_may_read_it(client: Client, listings: dict[str, Service]) -> None:
    assert client.get("/api/search")["Access-Control-Allow-Origin"] == "*"
    assert client.options("/api/search").status_code == 200
    refused = client.delete("/api/search")
    assert refused.status_code == 405
    assert "POST" in refused["Allow"]


def test_without_an_index_the_crisis_lines_stand(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.OPENDOOR_INDEX_DIR = tmp_path / "none"
    response = client.get("/api/search")
    assert response.status_code == 503
    numbers = [line["number"] for line in response.json()["crisis_lines"]]
    assert numbers == ["988", "911", "303-555-0100"]


def test_it_does_not_ask_the_database(client: Client, listings: dict[str, Service]) -> None:
    ask(client)
    with CaptureQueriesContext(connection) as queries:
        ask(client, q="talk", place="Denver", need="support")
    assert [q["sql"] for q in queries if "directory_" in q["sql"]] == []
    assert len(queries) <= 2  # the publisher's profile: whether this is a demonstration


def test_labels_are_in_the_language_of_the_asker(client: Client, index: Index) -> None:
    Attribute.objects.create(service=make_service(), taxonomy_term=term("need", "grief"))
    index()
    response = client.get("/api/search", headers={"accept-language": "es"})
    labels = [entry["label"] for entry in response.json()["facets"]["need"]]
    assert labels == ["Apoyo de personas", "Duelo y pérdida"]


@pytest.mark.real_data
def test_denver_in_the_real_file(client: Client, index: Index, real_data: Path) -> None:
    path = real_data / "samhsa" / "mental_health_providers_co.csv"
    call_command("import_directory", str(path), "--publish", stdout=NOWHERE, stderr=NOWHERE)
    index()
    assert ask(client)["total"] == 162
    found = ask(client, place="Denver", radius_km=10, sort="distance", per_page=100)
    centre = found["interpreted"]["place"]
    expected = []
    for service in Service.objects.with_listing():
        location = service.service_at_locations.get().location
        km = great_circle(
            (centre["lat"], centre["lon"]), (location.latitude, location.longitude)
        ).km
        if km <= 10:
            expected.append((km, str(service.pk)))
    expected.sort()
    assert found["total"] == len(expected) > 10
    kilometres = [hit["distance_km"] for hit in found["hits"]]
    assert kilometres == sorted(kilometres)
    assert kilometres == pytest.approx([km for km, _ in expected], abs=0.001)
    assert {hit["service_id"] for hit in found["hits"]} == {pk for _, pk in expected}
