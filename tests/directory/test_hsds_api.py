"""`/hsds/`: what it tells of records, and that it validates against HSDS's own schemas."""

import json
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

from directory.models import Organization, Phone, Service, TaxonomyTerm
from tests.directory.hsds_asking import (  # noqa: F401  # a fixture of every test
    LISTS,
    Json,
    get,
    ids,
    many_requests,
)
from tests.directory.hsds_listings import NOWHERE, make_full_service
from tests.directory.listings import make_confidential, make_place, make_service

pytestmark = pytest.mark.django_db


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
