"""`/hsds/`: what it answers, to whom, and that it validates against HSDS's own schemas."""

import csv
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

from directory.ceiling import Ceiling
from directory.hsds_api import views
from directory.hsds_api.asking import PARAMETERS
from directory.hsds_api.resources import RESOURCES
from directory.models import Location, Organization, Phone, Service, TaxonomyTerm
from directory.publishing import listings_changed
from tests.directory.hsds_listings import NOWHERE, make_full_service
from tests.directory.listings import make_confidential, make_place, make_service, tag

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


@pytest.fixture(autouse=True)
def many_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CEILING", Ceiling(each=10_000, all=10_000, seconds=60))
    monkeypatch.setattr(views, "STREAMS", Ceiling(each=10_000, all=10_000, seconds=60))


def get(client: Client, path: str, **parameters: Any) -> Json:
    response = client.get(f"/hsds/{path}", parameters)
    assert response.status_code == 200, response.content
    found: Json = json.loads(response.content)
    return found


def ids(page: Json) -> list[str]:
    return [found["id"] for found in page["contents"]]


@cache
def validator(real_data: Path, name: str) -> Draft202012Validator:
    folder = real_data / "hsds-3.1" / "schema"
    compiled = folder / "compiled" / f"{name}.json"
    schema = json.loads((compiled if compiled.exists() else folder / f"{name}.json").read_text())
    if name == "taxonomy_term":  # these two are not among the compiled ones
        schema["properties"]["taxonomy_detail"] = json.loads((folder / "taxonomy.json").read_text())
        del schema["properties"]["taxonomy_detail"]["properties"]["metadata"]
    if name in ("taxonomy_term", "taxonomy"):
        schema["properties"]["metadata"] = json.loads((folder / "metadata.json").read_text())
    return Draft202012Validator(schema, format_checker=FormatChecker())


def broken(real_data: Path, name: str, found: Json) -> list[str]:
    return [error.message for error in validator(real_data, name).iter_errors(found)]


@pytest.mark.real_data
def test_everything_validates_against_the_schemas_of_hsds(client: Client, real_data: Path) -> None:
    service = make_full_service()
    make_confidential(service)
    at = service.service_at_locations.first()
    assert at is not None
    some = 0
    for path, name in zip(LISTS, views_objects(), strict=True):
        for full in ("0", "1") if path[0] in "so" else ("",):
            for found in get(client, path, **({"full": full} if full else {}))["contents"]:
                assert broken(real_data, name, found) == []
                some += 1
    for path, pk in (
        ("services", service.pk),
        ("organizations", service.organization_id),
        ("service_at_locations", at.pk),
        ("taxonomy_terms", TaxonomyTerm.objects.get(code="grief").pk),
    ):
        name = dict(zip(LISTS, views_objects(), strict=True))[path]
        assert broken(real_data, name, get(client, f"{path}/{pk}")) == []
    assert some > 8
    assert broken(real_data, "service", {"id": "no id", "name": 1})  # it can fail


def views_objects() -> tuple[str, ...]:
    return ("service", "organization", "service_at_location", "taxonomy", "taxonomy_term")


def test_a_service_has_all_that_belongs_to_it(client: Client) -> None:
    service = make_full_service()
    found = get(client, f"services/{service.pk}")
    assert found["program"]["name"] == "Lantern Counselling group"
    owner = found["organization"]
    assert owner["funding"][0]["source"] == "The county"
    assert owner["contacts"][0]["phones"][0]["languages"][0]["code"] == "so"
    assert not {"locations", "programs", "services"} & set(owner)
    (at,) = found["service_at_locations"]
    place = at["location"]
    assert place["accessibility"][0]["description"] == "A ramp at the side door"
    assert place["addresses"][0]["attributes"][0]["taxonomy_term"]["code"] == "grief"
    assert found["attributes"][0]["taxonomy_term"]["taxonomy_detail"]["name"]
    assert [row["field_name"] for row in place["metadata"]] == ["name"]
    assert len(found["metadata"]) == 2
    assert found["cost_options"][0]["amount"] == 35.5
    (capacity,) = found["capacities"]  # the one that says of what
    assert capacity["unit"]["name"] == "Beds"
    assert at["schedules"][0]["byday"] == "TU"


def test_what_could_not_be_understood_stays_out_where_it_breaks_the_type(client: Client) -> None:
    service = make_full_service()
    found = get(client, f"services/{service.pk}")
    (schedule,) = found["schedules"]
    assert schedule["timezone"] == 3
    assert schedule["service_at_location_id"] == NOWHERE
    assert "until" not in schedule
    place = found["service_at_locations"][0]["location"]
    assert place["latitude"] == 100
    assert "url" not in place
    assert [phone["extension"] for phone in place["phones"]] == [12]
    (phone,) = found["organization"]["contacts"][0]["phones"]
    assert "extension" not in phone  # 012 is no number


def test_pages_count_and_end(client: Client) -> None:
    for number in range(5):
        make_service(f"Service {number}")
    first = get(client, "services", per_page=2)
    last = get(client, "services", per_page=2, page=3)
    beyond = get(client, "services", per_page=2, page=9)
    facts = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page")
    assert [first[fact] for fact in facts] == [5, 3, 1, 2, True, False]
    assert [last[fact] for fact in facts] == [5, 3, 3, 1, False, True]
    assert (beyond["empty"], beyond["contents"], last["empty"]) == (True, [], False)
    second = get(client, "services", per_page=2, page=2)
    every = ids(first) + ids(second) + ids(last)
    assert sorted(every) == sorted(str(pk) for pk in Service.objects.values_list("pk", flat=True))


def test_a_list_has_what_each_names_and_full_has_all(client: Client) -> None:
    make_full_service()
    (brief,) = get(client, "services")["contents"]
    assert brief["organization"]["name"] and "phones" not in brief and brief["program"]
    (full,) = get(client, "services", full="true")["contents"]
    assert full["phones"]
    (minimal,) = get(client, "services", minimal="1")["contents"]
    assert set(minimal) == {"id", "modified_date"}
    (at,) = get(client, "service_at_locations")["contents"]
    assert at["service"]["organization"]["name"] and at["location"]["name"] == "Main office"


def test_organizations_name_their_services_or_hold_them(client: Client) -> None:
    service = make_full_service()
    path = f"organizations/{service.organization_id}"
    (named,) = get(client, path)["services"]
    assert named == {"id": str(service.pk), "name": service.name, "status": "active"}
    (whole,) = get(client, path, full_service="1")["services"]
    assert whole["phones"] and "organization" not in whole
    assert "services" not in get(client, "organizations")["contents"][0]
    assert get(client, "organizations", full="1")["contents"][0]["services"] == [named]


def test_parameters_choose(client: Client) -> None:
    grief, other = make_service("Grief group"), make_service("Night line")
    tag(grief, "need", "grief")
    for service in (grief, other):
        make_place(service)
    Service.objects.filter(pk=other.pk).update(last_modified="2020-01-01T00:00Z")
    for at in other.service_at_locations.all():
        type(at).objects.filter(pk=at.pk).update(last_modified="2020-01-01T00:00Z")
        Location.objects.filter(pk=at.location_id).update(last_modified="2020-01-01T00:00Z")
    term = TaxonomyTerm.objects.get(code="grief")
    for parameters in (
        {"search": "GRIEF group"},
        {"taxonomy_term_id": term.pk},
        {"taxonomy_id": term.taxonomy_id},
        {"organization_id": grief.organization_id},
        {"modified_after": "2026-01-01"},
    ):
        assert ids(get(client, "services", **parameters)) == [str(grief.pk)], parameters
        (at,) = get(client, "service_at_locations", **parameters)["contents"]
        assert at["service"]["id"] == str(grief.pk), parameters
        if not {"organization_id", "modified_after"} & set(parameters):
            found = get(client, "organizations", **parameters)
            assert ids(found) == [str(grief.organization_id)], parameters
    assert get(client, "services", search="grief line")["empty"]


def test_terms_by_taxonomy_parent_and_top(client: Client) -> None:
    make_service()
    every = get(client, "taxonomy_terms", per_page=100)
    taxonomy = TaxonomyTerm.objects.get(code="grief").taxonomy_id
    own = get(client, "taxonomy_terms", taxonomy_id=taxonomy, per_page=100)
    top = get(client, "taxonomy_terms", taxonomy_id=taxonomy, top_only="true", per_page=100)
    assert 0 < top["total_items"] < own["total_items"] < every["total_items"]
    parent = top["contents"][0]["id"]
    below = get(client, "taxonomy_terms", parent_id=parent)["contents"]
    assert {term["parent_id"] for term in below} == {parent}


def test_near_a_point_and_near_a_zip(client: Client) -> None:
    near = make_place(make_service("Near"), (39.7392, -104.9847))
    nearer = make_place(make_service("Nearer"), (39.7312, -104.9826))
    make_place(make_service("Far"), (40.0150, -105.2705))  # Boulder, 39 km off
    hidden = make_confidential(make_service("Hidden"))
    of_zip = get(client, "service_at_locations", postcode="80203", proximity=5000)
    assert ids(of_zip) == [str(nearer.pk), str(near.pk)]
    point = {"lat": 39.7392, "lon": -104.9847}
    assert ids(get(client, "service_at_locations", **point))[0] == str(near.pk)
    assert get(client, "service_at_locations", **point, proximity=100)["total_items"] == 1
    assert get(client, "service_at_locations", **point, proximity=50_000)["total_items"] == 3
    by_address = get(client, "service_at_locations", postcode="80203")
    assert by_address["total_items"] == 3
    assert str(hidden.pk) not in ids(by_address)


def test_distance_goes_over_the_date_line(client: Client) -> None:
    at = make_place(make_service(), (-17.0, 179.99))
    found = get(client, "service_at_locations", lat=-17, lon=-179.99, proximity=3000)
    assert ids(found) == [str(at.pk)]
    assert get(client, "service_at_locations", lat=-17, lon=-179.99, proximity=2000)["empty"]


def test_distance_agrees_with_geopy(client: Client) -> None:
    from geopy.distance import great_circle

    here, there = (39.7392, -104.9847), (41.1, -101.3)
    make_place(make_service(), there)
    metres = great_circle(here, there).m
    point = {"lat": here[0], "lon": here[1]}
    inside = get(client, "service_at_locations", **point, proximity=metres + 0.5)
    outside = get(client, "service_at_locations", **point, proximity=metres - 0.5)
    assert (inside["total_items"], outside["total_items"]) == (1, 0)


@pytest.mark.parametrize("path", LISTS)
def test_streams_hold_everything(client: Client, path: str) -> None:
    for number in range(3):
        tag(make_service(f"=Service {number}"), "need", "grief")
        make_place(Service.objects.get(name=f"=Service {number}"))
    page = get(client, path, per_page=100)
    lines = streamed(client.get(f"/hsds/{path}", {"format": "ndjson"}), "application/x-ndjson")
    assert [json.loads(line) for line in lines] == page["contents"]
    accepted = client.get(f"/hsds/{path}", headers={"Accept": "text/csv, */*"})
    rows = list(csv.DictReader(streamed(accepted, "text/csv")))
    assert [row["id"] for row in rows] == ids(page)
    assert not any(row["name"].startswith("=") for row in rows if "name" in row)


def streamed(response: Any, content_type: str) -> list[str]:
    assert response.status_code == 200
    assert response["Content-Type"] == f"{content_type}; charset=utf-8"
    return str(b"".join(response.streaming_content).decode()).splitlines()


def test_post_asks_the_same_by_form_and_json(client: Client) -> None:
    make_service("Grief group")
    make_service("Night line")
    encoded = "application/x-www-form-urlencoded"
    for body, kind in (("search=night", encoded), ('{"search": "night"}', "application/json")):
        response = client.post("/hsds/services", body, content_type=kind)
        assert response.status_code == 200
        assert response.json()["total_items"] == 1
        assert "Access-Control-Allow-Origin" not in response
    multipart = client.post("/hsds/services", {"search": "night"})
    assert multipart.json()["total_items"] == 1
    empty = client.post("/hsds/services?search=night", "", content_type="text/plain")
    assert empty.json()["total_items"] == 1


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("services?per_page=0", "per_page"),
        ("services?per_page=101", "per_page"),
        ("services?page=100000000000000000000", "page"),
        ("services?page=-1", "page"),
        ("services?modified_after=yesterday", "modified_after"),
        ("services?modified_after=0001-01-01T00:00:00%2B14:00", "modified_after"),
        ("services?modified_after=2026-02-30", "modified_after"),
        ("services?taxonomy_term_id=grief", "taxonomy_term_id"),
        ("services?search=a%00b", "search"),
        ("services?full=maybe", "full"),
        ("services?format=xml", "format"),
        ("services?colour=red", "colour"),
        ("service_at_locations?lat=39", "lat"),
        ("service_at_locations?lat=91&lon=0", "lat"),
        ("service_at_locations?proximity=500", "proximity"),
        ("service_at_locations?postcode=99999&proximity=500", "postcode"),
        ("service_at_locations?postcode=Denver&proximity=500", "postcode"),
        ("organizations/00000000-0000-4000-8000-000000000000?page=1", "page"),
    ],
)
def test_a_bad_parameter_is_named(client: Client, query: str, name: str) -> None:
    response = client.get(f"/hsds/{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    errors = response.json()["errors"]
    assert list(errors) == [name]
    assert errors[name].startswith(("This ", "There ", "Give ", "Null "))


@pytest.mark.parametrize("path", ["services", "organizations", "taxonomies", "taxonomy_terms"])
def test_an_unknown_id_is_not_found(client: Client, path: str) -> None:
    for pk in (uuid4(), "nobody", "a%00b"):
        response = client.get(f"/hsds/{path}/{pk}")
        assert response.status_code == 404
        assert response.json()["status"] == 404


def test_what_is_gone_says_so_and_is_in_no_list(client: Client) -> None:
    kept = make_service("Kept")
    changes: list[tuple[str, Json, int]] = [
        ("Aside", {"set_aside_at": "2026-11-01T00:00Z"}, 410),
        ("Merged", {"merged_into": kept}, 410),
        ("Inactive", {"status": "inactive"}, 410),
        ("Closed for now", {"status": "temporarily closed"}, 404),
    ]
    for name, change, status in changes:
        service = make_service(name)
        at = make_place(service)
        Service.objects.filter(pk=service.pk).update(**change)
        for path in (f"services/{service.pk}", f"service_at_locations/{at.pk}"):
            response = client.get(f"/hsds/{path}")
            assert response.status_code == status, path
            assert name not in response.content.decode()
    assert ids(get(client, "services")) == [str(kept.pk)]
    assert ids(get(client, "organizations")) == [str(kept.organization_id)]
    assert get(client, "service_at_locations")["empty"]


def test_an_organization_that_nobody_described_is_only_named(client: Client) -> None:
    service = make_service()
    Organization.objects.update(unknown=True, source="x", source_id=NOWHERE)
    (found,) = get(client, "services")["contents"]
    assert (found["organization_id"], "organization" in found) == (NOWHERE, False)
    assert get(client, "organizations")["empty"]
    assert client.get(f"/hsds/organizations/{service.organization_id}").status_code == 404


def test_two_rows_of_one_object_are_one_in_nested_json(client: Client) -> None:
    service = make_service()
    at = make_place(service)
    given = uuid4()
    Phone.objects.filter(service=service).update(id=given, source="x", source_id=str(given))
    Phone.objects.create(
        location=at.location, number="303-555-0101", source="x", source_id=f"{given}#2"
    )
    found = get(client, f"services/{service.pk}")
    place = found["service_at_locations"][0]["location"]
    assert found["phones"][0]["id"] == place["phones"][0]["id"] == str(given)


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    service = make_service()
    path = f"/hsds/services/{service.pk}"
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=60"
    etag, modified = first["ETag"], first["Last-Modified"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-Modified-Since": modified}).status_code == 304
    assert again["Access-Control-Allow-Origin"] == "*"
    listed = client.get("/hsds/services?full=1")
    assert "Last-Modified" not in listed
    same = client.get("/hsds/services?full=1", headers={"If-None-Match": listed["ETag"]})
    assert same.status_code == 304
    Phone.objects.filter(service=service).update(number="303-555-0199")
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200
    changed = client.get("/hsds/services?full=1", headers={"If-None-Match": listed["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("path", ["", "services", "openapi.json", "services/none", "services?x=1"])
def test_any_site_may_read_and_none_gets_a_cookie(client: Client, path: str) -> None:
    response = client.get(f"/hsds/{path}", headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies
    asked = client.options(f"/hsds/{path}")
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_nothing_is_written(client: Client) -> None:
    for method in ("put", "patch", "delete"):
        response: HttpResponse = getattr(client, method)("/hsds/services")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.post(f"/hsds/services/{uuid4()}").status_code == 405


def test_a_body_that_cannot_be_read_is_refused(client: Client) -> None:
    kind = "application/json"
    for body, content_type, status in (
        ("[1]", kind, 400),
        ('{"search": ["a"]}', kind, 400),
        ("{", kind, 400),
        ("[" * 10_000, kind, 400),
        ('{"search": "\\ud800"}', kind, 400),
        ('{"postcode\\udfff": "1"}', kind, 400),
        ("search=x", "application/x-www-form-urlencoded; charset=utf-7", 400),
        ("search=x", "text/plain", 415),
        ("search=" + "x" * 30_000, "application/x-www-form-urlencoded", 413),
    ):
        response = client.post("/hsds/services", body, content_type=content_type)
        assert response.status_code == status, body[:20]
        assert response["Content-Type"] == "application/problem+json"


def test_too_many_requests_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CEILING", Ceiling(each=2, all=100, seconds=60))
    statuses = [client.get("/hsds/services").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.get("/hsds/services")
    assert refused["Retry-After"] == "60"
    assert client.get("/hsds/services", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_all_of_the_directory_at_once_has_a_ceiling_of_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "STREAMS", Ceiling(each=2, all=100, seconds=60))
    asked = ({"format": "csv"}, {"format": "ndjson"}, {"format": "csv"})
    answers = [client.get("/hsds/services", parameters) for parameters in asked]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    assert client.get("/hsds/services", headers={"accept": "text/csv"}).status_code == 429
    assert get(client, "services")["contents"] == []


def _queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask()
    return len(captured)


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    paths = (
        "services?full=1",
        "services",
        "organizations?full_service=1",
        "service_at_locations?full=1",
        "services?format=ndjson&full=1",
        "services?format=csv",
    )

    def ask(path: str) -> Callable[[], object]:
        return lambda: b"".join(client.get(f"/hsds/{path}"))  # a stream too

    make_full_service("Service 0")
    ask(paths[0])()
    with_one = {path: _queries(ask(path)) for path in paths}
    for number in range(1, 50):
        make_full_service(f"Service {number}")
    assert {path: _queries(ask(path)) for path in paths} == with_one
    assert max(with_one.values()) < 40


def test_what_is_asked_for_by_date_or_point_is_found_by_an_index() -> None:
    nothing: Json = {name: PARAMETERS[name].field.clean(None) for name in PARAMETERS}
    by_path = {resource.path: resource for resource in RESOURCES}
    since = nothing | {"modified_after": timezone.now()}
    near = nothing | {"lat": 39.0, "lon": -105.0, "proximity": 1000.0}
    term = nothing | {"taxonomy_term_id": uuid4()}
    for path, asked, index in (
        ("services", since, "directory_service_modified"),
        ("service_at_locations", since, "directory_at_modified"),
        ("service_at_locations", near, "directory_location_point"),
        ("services", term, "directory_attribute_taxonomy_term_id"),
    ):
        plan = by_path[path].records(asked)[:50].explain()
        if connection.vendor == "sqlite":  # PostgreSQL reads a table as small as this one whole
            assert index in plan, plan
            assert "SCAN directory_" not in plan


def test_index_names_the_version_and_the_description(client: Client) -> None:
    found = get(client, "")
    assert found["version"] == "3.1"
    assert client.get(found["openapi_url"]).json()["openapi"] == "3.1.0"


def test_docs_tell_every_parameter_without_a_script(client: Client) -> None:
    html = client.get("/hsds/docs").content.decode()
    described = get(client, "openapi.json")
    for path in described["paths"].values():
        for parameter in path["get"].get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in html or parameter["in"] == "path"
    for name in described["components"]["schemas"]:
        assert f'id="{name}"' in html
    assert html.count("<h1") == 1
    assert "<style" not in html and "<script" not in html and " style=" not in html


@pytest.mark.parametrize("form", ["json", "csv", "ndjson"])
def test_a_place_that_is_none_is_refused_in_every_form(client: Client, form: str) -> None:
    asked = {"postcode": "the moon", "proximity": "25", "format": form}
    response = client.get("/hsds/service_at_locations", asked)
    assert response.status_code == 400
    assert "postcode" in response.json()["errors"]


def test_a_service_whose_phone_changed_is_modified(client: Client) -> None:
    service = make_service()
    Service.objects.update(last_modified="2026-01-01T00:00:00Z")
    asked = {"modified_after": "2026-06-01"}
    assert client.get("/hsds/services", asked).json()["total_items"] == 0
    service.phones.update(number="303-555-0199")
    listings_changed([service.pk])
    assert client.get("/hsds/services", asked).json()["total_items"] == 1
