"""Undoing an import leaves the new listings that people have worked on, and says which they are."""

import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.duplicates.merging import merge
from directory.imports.edited import edited_since
from directory.imports.pruning import KEPT, prune
from directory.imports.undo import undo
from directory.models import (
    Address,
    DuplicatePair,
    ImportBatch,
    Location,
    OfficerDetails,
    Organization,
    Phone,
    Service,
    SourceRow,
    Verification,
)
from directory.stewardship.history import remembered
from tests.directory.importing import ROW, run, write
from tests.directory.listings import make_service
from tests.directory.reviewing import KNOWN, act, bring, look, published, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_folders")]
OTHER = ROW | {"": "8", "name1": "Haven", "name2": "Youth Clinic", "street1": "2 Elm Street"}


def newest() -> ImportBatch:
    return ImportBatch.objects.order_by("-pk")[0]


def somebody() -> Any:
    return get_user_model().objects.get_or_create(username="somebody")[0]


def by_hand(service: Service) -> None:
    """As the CMS does it."""
    with remembered(service, somebody()):
        Service.objects.filter(pk=service.pk).update(url="https://steward.example.org")


def at_its_place(service: Service) -> None:
    with remembered(service.service_at_locations.get().location, somebody()):
        Location.objects.filter(service_at_locations__service=service).update(name="East door")


def verified(service: Service) -> None:
    today = timezone.localdate()
    Verification.objects.create(
        service=service,
        field="phone",
        method="called",
        role="directory",
        verified_on=today,
        valid_until=today + timedelta(days=90),
    )


def for_officers(service: Service) -> None:
    OfficerDetails.objects.create(service=service, back_line="303-555-0177")


@pytest.mark.parametrize("edit", [by_hand, at_its_place, verified, for_officers])
def test_a_new_listing_that_a_person_has_worked_on_stays_whole(
    tmp_path: Path, edit: Callable[[Service], None]
) -> None:
    path = write(tmp_path / "a.csv", ROW, OTHER)
    run(path)
    assert edited_since(newest()) == set()
    service = Service.objects.get(source_id="7")
    edit(service)
    assert edited_since(newest()) == {service.pk}
    undo(newest())
    assert newest().state == "undone"
    assert Service.objects.get() == service
    assert Organization.objects.get().name == "Harbor Health"
    assert Address.objects.get().address_1 == "1 Elm Street"
    assert Location.objects.get() == service.service_at_locations.get().location
    assert set(Phone.objects.values_list("service", flat=True)) == {service.pk}
    assert SourceRow.objects.get().record_id == service.pk


def test_the_next_import_goes_on_with_what_stayed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW, OTHER)
    run(path)
    service = Service.objects.get(source_id="7")
    by_hand(service)
    undo(newest())
    assert run(path).counts == (2, 1, 0, 1, 0)
    service.refresh_from_db()
    assert service.url == "https://steward.example.org"


def test_what_an_import_itself_does_again_is_no_work_of_a_person(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW))
    run(write(path, ROW | {"phone": "860-276-3999"}))
    undo(newest())
    first = ImportBatch.objects.order_by("pk")[0]
    undo(first)
    assert not Service.objects.exists()


def test_one_that_is_wanted_out_is_set_aside_and_comes_back(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW, OTHER)
    run(path)
    service = Service.objects.get(source_id="7")
    by_hand(service)
    undo(newest(), aside=[service.pk])
    service.refresh_from_db()
    assert service.set_aside_at is not None
    assert SourceRow.objects.get().set_aside
    assert Phone.objects.filter(service=service).exists()
    run(path)
    service.refresh_from_db()
    assert (service.set_aside_at, service.url) == (None, "https://steward.example.org")


def test_only_what_a_person_has_worked_on_can_be_set_aside(tmp_path: Path) -> None:
    mine = make_service("By hand")
    run(write(tmp_path / "a.csv", ROW))
    undo(newest(), aside=[mine.pk])
    assert Service.objects.get().set_aside_at is None


def test_a_listing_of_another_source_stays_when_it_was_merged_with_a_new_one(
    tmp_path: Path,
) -> None:
    mine = make_service("Outpatient", source="county", source_id="c1")
    run(write(tmp_path / "a.csv", ROW))
    other = Service.objects.exclude(pk=mine.pk).get()
    first, second = sorted((mine.pk, other.pk))
    merge(DuplicatePair.objects.create(first_id=first, second_id=second, score=1), mine, [], None)
    undo(newest())
    assert Service.objects.filter(pk=mine.pk, set_aside_at=None).exists()
    assert Phone.objects.filter(service=mine, number__endswith="276-3000").exists()


TABLES = {
    "organizations": "id,name,description\no1,Harbor,Help\no2,Haven,Help\n",
    "services": "id,organization_id,name,status\ns1,o1,Talk,active\ns2,o2,Walk,active\n",
    "locations": "id,location_type,name\nl1,physical,Harbor House\nl2,physical,Haven House\n",
    "addresses": "id,location_id,address_1,city,state_province,postal_code,country,address_type\n"
    "a1,l1,1 Elm St,Denver,CO,80203,US,physical\na2,l2,2 Elm St,Denver,CO,80203,US,physical\n",
    "service_at_locations": "id,service_id,location_id\nx1,s1,l1\nx2,s2,l2\n",
    "phones": "id,service_id,number\np1,s1,303-555-0101\np2,s2,303-555-0102\n",
}


def test_hsds_records_stay_with_the_listing_that_a_person_has_worked_on(tmp_path: Path) -> None:
    path = tmp_path / "county.zip"
    with zipfile.ZipFile(path, "w") as package:
        for name, text in TABLES.items():
            package.writestr(f"{name}.csv", text)
    run(path)
    by_hand(Service.objects.get(name="Talk"))
    undo(newest())
    assert Service.objects.get().name == "Talk"
    assert Organization.objects.get().name == "Harbor"
    assert Location.objects.get().name == "Harbor House"
    assert Address.objects.get().address_1 == "1 Elm St"
    assert Phone.objects.get().number == "303-555-0101"
    tables = SourceRow.objects.order_by("table").values_list("table", flat=True)
    assert list(tables) == sorted(
        ["address", "location", "organization", "phone", "service", "service_at_location"]
    )


def test_the_page_names_what_stays_and_sets_aside_what_is_ticked(steward: Client) -> None:
    published(steward, row(1), row(2), row(3))
    one, two, _three = Service.objects.order_by("name")
    by_hand(one)
    by_hand(two)
    url = reverse("directory_imports:undo", args=[newest().pk])
    page = steward.get(url).content.decode()
    assert "2 new listings stay" in page
    assert "Set aside Service 1 (Harbor 1)" in page and "Service 3" not in page
    answer = act(steward, "undo", aside=[one.pk])
    assert "Undone, but for 1 new listing" in answer
    assert set(Service.objects.values_list("name", flat=True)) == {"Service 1", "Service 2"}
    assert list(Service.objects.public()) == [two]


def test_an_undo_that_is_not_possible_is_not_offered_and_says_why(steward: Client) -> None:
    old = published(steward, row(1))
    undo_url = reverse("directory_imports:undo", args=[old.pk])
    assert undo_url in look(steward)
    published(steward, row(1, phone="303-555-0177"))
    page = steward.get(reverse("directory_imports:inspect", args=[old.pk])).content.decode()
    assert undo_url not in page and "undo that one first" in page
    ImportBatch.objects.filter(pk=old.pk).update(
        published_at=timezone.now() - KEPT - timedelta(days=1)
    )
    prune(timezone.now())
    page = steward.get(reverse("directory_imports:inspect", args=[old.pk])).content.decode()
    assert undo_url not in page and "it is too old to be undone" in page
    assert "too old" in steward.get(undo_url, follow=True).content.decode()
    bring(steward, KNOWN + row(2))
    assert "cannot be undone" not in look(steward)
