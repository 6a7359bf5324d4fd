"""`/hsds/`: how its parameters choose, and what is said of one that cannot."""

import pytest
from django.test import Client

from directory.models import Location, Service, ServiceArea, TaxonomyTerm
from directory.publishing import listings_changed
from tests.directory.hsds_asking import get, ids, many_requests  # noqa: F401  # a fixture
from tests.directory.listings import make_confidential, make_place, make_service, tag

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("form", ["json", "csv", "ndjson"])
def test_a_place_that_is_none_is_refused_in_every_form(client: Client, form: str) -> None:
    asked = {"postcode": "the moon", "proximity": "25", "format": form}
    response = client.get("/hsds/service_at_locations", asked)
    assert response.status_code == 400
    assert "postcode" in response.json()["errors"]


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


def test_a_service_whose_phone_changed_is_modified(client: Client) -> None:
    service = make_service()
    Service.objects.update(last_modified="2026-01-01T00:00:00Z")
    asked = {"modified_after": "2026-06-01"}
    assert client.get("/hsds/services", asked).json()["total_items"] == 0
    service.phones.update(number="303-555-0199")
    listings_changed([service.pk])
    assert client.get("/hsds/services", asked).json()["total_items"] == 1


def test_a_zip_finds_addresses_and_areas_that_name_it(client: Client) -> None:
    there = make_place(make_service("There"))
    served, at_one = make_service("Served"), make_service("At one place")
    comes, named = make_place(served), make_place(at_one)
    secret = make_confidential(at_one)
    tract = make_place(make_service("Tract"))
    for place in (comes, named, tract):
        place.location.addresses.update(postal_code="80302")
    ServiceArea.objects.create(service=served, name="Denver: 80202, 80203")
    ServiceArea.objects.create(service_at_location=named, extent="80203")
    ServiceArea.objects.create(service_at_location=tract, name="Tract 180203")
    ServiceArea.objects.create(service_at_location=secret, extent="80203")
    for code in ("80203", "80203-1234"):
        found = get(client, "service_at_locations", postcode=code)
        assert set(ids(found)) == {str(there.pk), str(comes.pk), str(named.pk)}
    assert get(client, "service_at_locations", postcode="99999")["empty"]
    assert get(client, "service_at_locations", postcode="a")["empty"], "a code, not any letters"


@pytest.mark.parametrize(
    "moment",
    [
        "2026-06-01",
        "2026-06-01T00:00:00Z",
        "2026-06-01t00:00:00z",
        "2026-06-01T02:00:00+02:00",
        "2026-06-01T00:00:00.000000Z",
    ],
)
def test_a_time_may_be_written_as_rfc_3339_has_it(client: Client, moment: str) -> None:
    before, after = make_service("Before"), make_service("After")
    Service.objects.filter(pk=before.pk).update(last_modified="2026-05-01T00:00:00Z")
    Service.objects.filter(pk=after.pk).update(last_modified="2026-07-01T00:00:00Z")
    assert ids(get(client, "services", modified_after=moment)) == [str(after.pk)]
