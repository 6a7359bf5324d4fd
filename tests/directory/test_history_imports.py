"""What an import did stands in each listing's history, and is put back field by field."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from directory.imports.journal import digest_of, state_of
from directory.imports.publish import publish
from directory.imports.undo import undo
from directory.models import (
    Address,
    ImportBatch,
    ImportChange,
    Location,
    Phone,
    Service,
    ServiceAtLocation,
)
from directory.stewardship.import_changes import ImportChanges
from tests.directory.importing import ROW, run, write
from tests.directory.listings import make_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
OTHER = ROW | {"": "8", "name2": "Youth Clinic", "street1": "2 Elm Street"}
MOVED = {"street1": "9 Oak", "website": "x.org", "phone": "860-276-3999", "name2": "Day Clinic"}


def newest() -> ImportBatch:
    return ImportBatch.objects.order_by("-pk")[0]


def deeds(service: Service) -> list[str]:
    """What the history says, the last first."""
    return [entry.message for entry in ModelLogEntry.objects.filter(object_id=str(service.pk))]


def text_of(client: Client, url: str) -> str:
    html = client.get(url).content.decode()
    return re.sub(r"\s+", " ", strip_tags(html[html.index("<main") :]))


def changes_url(service: Service) -> str:
    return reverse("directory_services:import_changes", args=[service.pk, newest().pk])


def test_each_import_says_what_it_did_to_which_listing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW, OTHER), "--source", "state")
    first = newest().pk
    run(write(path, ROW | MOVED), "--source", "state", publish=False)
    publish(newest(), accept_vanished=True)
    second = newest().pk
    run(write(path, ROW | MOVED, OTHER), "--source", "state")
    third = newest().pk
    undo(newest())
    changed, gone = (Service.objects.get(source_id=number) for number in "78")
    assert deeds(changed) == [
        f"Changed by the import “state” (number {second})",
        f"Came with the import “state” (number {first})",
    ]
    assert deeds(gone) == [
        f"The import “state” (number {third}) was undone",
        f"Shown again: back in the import “state” (number {third})",
        f"Set aside: not in the import “state” (number {second}) any more",
        f"Came with the import “state” (number {first})",
    ]


def test_a_listing_that_did_not_change_gets_no_entry(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW, OTHER)
    run(path)
    run(write(path, ROW | MOVED, OTHER))
    assert len(deeds(Service.objects.get(source_id="8"))) == 1


def test_the_log_takes_few_queries_whatever_the_number_of_listings(
    tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [ROW | {"": str(n), "name2": f"Clinic {n}"} for n in range(60)]
    run(write(tmp_path / "a.csv", *rows), publish=False)
    with django_assert_max_num_queries(90):
        publish(newest())
    assert ModelLogEntry.objects.filter(action="directory.import.create").count() == 60


def imported_again(tmp_path: Path) -> Service:
    path = tmp_path / "a.csv"
    run(write(path, ROW | {"website": "old.org"}))
    run(write(path, ROW | MOVED))
    return Service.objects.get()


def test_what_an_import_changed_is_shown_field_by_field(steward: Client, tmp_path: Path) -> None:
    service = imported_again(tmp_path)
    history = steward.get(reverse("directory_services:history", args=[service.pk]))
    assert changes_url(service) in history.content.decode()
    text = text_of(steward, changes_url(service))
    for said in ("https://old.org", "https://x.org", "Outpatient", "Day", "1 Elm Street", "9 Oak"):
        assert said in text
    assert "276-3999" in text and "276-3000" in text


def keys(service: Service, *columns: str) -> list[str]:
    parts = ImportChanges(newest(), service).parts
    return [part.key for part in parts if part.column in columns]


def test_a_listing_may_have_rows_and_places_without_number(steward: Client, tmp_path: Path) -> None:
    """More than a database takes in one condition."""
    service = imported_again(tmp_path)
    numbers = [Phone(service=service, number=f"303-555-{n:04}") for n in range(1_100)]
    Phone.objects.bulk_create(numbers)
    places = Location.objects.bulk_create([Location(name=f"Room {n}") for n in range(1_100)])
    ServiceAtLocation.objects.bulk_create(
        ServiceAtLocation(service=service, location=place) for place in places
    )
    made = state_of(Phone.objects.filter(pk__in=[phone.pk for phone in numbers]))
    ImportChange.objects.create(
        batch=newest(),
        number=1_000,
        model=Phone._meta.label_lower,
        created={str(pk): digest_of(row) for pk, row in made.items()},
    )
    text = text_of(steward, changes_url(service))
    assert "https://x.org" in text and "303-555-1099" in text
    added = [p.key for p in ImportChanges(newest(), service).parts if p.number == 1_000]
    assert len(added) == 1_100
    steward.post(changes_url(service), {"part": added})
    assert not Phone.objects.filter(number__startswith="303-555-").exists()


def test_a_field_is_put_back_and_the_others_stay(steward: Client, tmp_path: Path) -> None:
    service = imported_again(tmp_path)
    steward.post(changes_url(service), {"part": keys(service, "url")})
    service.refresh_from_db()
    assert (service.url, service.name) == ("https://old.org", "Day Clinic")
    assert where(service) == "9 Oak"
    assert deeds(service)[0].startswith("What the import “a” (number")
    versions = service.revisions.order_by("pk")
    assert [v.content["url"] for v in versions] == ["https://x.org", "https://old.org"]


def where(service: Service) -> str:
    return Address.objects.get(location__service_at_locations__service=service).address_1


def test_a_listing_goes_back_to_a_place_that_was_gone(steward: Client, tmp_path: Path) -> None:
    service = imported_again(tmp_path)
    assert not Address.objects.filter(address_1="1 Elm Street").exists()
    steward.post(changes_url(service), {"part": keys(service, "location_id")})
    assert where(service) == "1 Elm Street"
    assert Service.objects.get().url == "https://x.org"


def test_a_field_of_a_place_is_put_back_with_a_version_of_the_place(
    steward: Client, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW))
    run(write(path, ROW | {"latitude": "41.57"}))
    service = Service.objects.get()
    steward.post(changes_url(service), {"part": keys(service, "latitude")})
    location = Location.objects.get()
    assert location.latitude == 41.56
    assert [v.content["latitude"] for v in location.revisions.order_by("pk")] == [41.57, 41.56]


def test_rows_that_came_and_went_are_put_back(steward: Client, tmp_path: Path) -> None:
    service = imported_again(tmp_path)
    before = set(Phone.objects.values_list("number", flat=True))
    rows = [part.key for part in ImportChanges(newest(), service).parts if part.model is Phone]
    assert rows
    steward.post(changes_url(service), {"part": rows})
    after = set(Phone.objects.values_list("number", flat=True))
    assert "(860) 276-3999" in before and "(860) 276-3999" not in after
    assert "(860) 276-3000" in after


def test_the_next_import_leaves_alone_what_was_put_back(steward: Client, tmp_path: Path) -> None:
    service = imported_again(tmp_path)
    steward.post(changes_url(service), {"part": keys(service, "url")})
    run(write(tmp_path / "a.csv", ROW | MOVED | {"name2": "Night Clinic"}))
    service.refresh_from_db()
    assert (service.url, service.name) == ("https://old.org", "Night Clinic")


def test_what_a_person_changed_since_is_not_offered(steward: Client, tmp_path: Path) -> None:
    service = imported_again(tmp_path)
    Service.objects.update(url="https://steward.example.org")
    (key,) = keys(service, "url")
    assert "Changed again since" in text_of(steward, changes_url(service))
    steward.post(changes_url(service), {"part": [key]})
    assert Service.objects.get().url == "https://steward.example.org"


def test_another_listing_has_no_part_in_it(steward: Client, tmp_path: Path) -> None:
    imported_again(tmp_path)
    other = make_service("Talk line")
    assert ImportChanges(newest(), other).parts == ()
    text = text_of(steward, changes_url(other))
    assert "Nothing is kept" in text and "9 Oak" not in text


def test_a_confidential_place_is_neither_shown_nor_brought_back(
    steward: Client, tmp_path: Path
) -> None:
    service = imported_again(tmp_path)
    taken = keys(service, "location_id", "url")
    location = Location.objects.get()
    location.confidential = True
    location.save()
    text = text_of(steward, changes_url(service))
    assert "Elm" not in text and "Oak" not in text and "old.org" in text
    steward.post(changes_url(service), {"part": taken})
    assert not Address.objects.exists()
    assert Service.objects.get().url == "https://old.org"


def test_others_may_not_look(client: Client, tmp_path: Path) -> None:
    service = imported_again(tmp_path)
    other = get_user_model().objects.create_user("editor", password="a-long-password")
    other.groups.add(Group.objects.get(name="Data stewards"))
    client.force_login(other)
    assert b"old.org" not in client.get(changes_url(service), follow=True).content
    client.post(changes_url(service), {"part": keys(service, "url")})
    assert Service.objects.get().url == "https://x.org"
