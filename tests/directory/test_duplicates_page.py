"""Likely duplicates in the CMS: side by side, merged, kept apart; what imports make of it."""

import zipfile
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from directory.duplicates.finding import find_all
from directory.duplicates.merging import merge
from directory.models import (
    DuplicatePair,
    ProblemReport,
    Service,
    SourceRow,
)
from tests.directory.listings import make_confidential, make_place, make_service
from tests.directory.reviewing import (
    KNOWN,
    act,
    bring,
    published,
    row,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_folders")]


@pytest.fixture
def pair_url() -> str:
    one = make_service("Lantern Counselling", organization="Lantern")
    other = make_service("Lantern Counseling", organization="Lantern Inc", fees="Free")
    make_place(one)
    make_place(other)
    assert find_all() == 1
    return reverse("directory_duplicates:inspect", args=[DuplicatePair.objects.get().pk])


def test_a_pair_is_shown_side_by_side_and_merged(steward: Client, pair_url: str) -> None:
    listed = steward.get(reverse("directory_duplicates:index")).content.decode()
    assert pair_url in listed and "Lantern Counselling (Lantern)" in listed
    page = steward.get(pair_url).content.decode()
    assert "Alike in: the name" in page and "very near" in page
    left = Service.objects.order_by("pk").first()
    assert left
    steward.post(f"{pair_url}decide/", {"do": "left", "take-name": "right", "take-fees": "left"})
    kept_one = Service.objects.get(merged_into=None)
    gone = Service.objects.exclude(merged_into=None).get()
    assert kept_one == left and kept_one.name == gone.name and kept_one.fees == left.fees
    assert "Separate again" in steward.get(pair_url).content.decode()
    steward.post(f"{pair_url}decide/", {"do": "back"})
    assert Service.objects.filter(merged_into=None).count() == 2


def test_a_pair_is_kept_apart(steward: Client, pair_url: str) -> None:
    steward.post(f"{pair_url}decide/", {"do": "apart"})
    assert b"Compare all" in steward.get(reverse("directory_duplicates:find")).content
    steward.post(reverse("directory_duplicates:find"))
    page = steward.get(pair_url).content.decode()
    assert "two services" in page and "Merge:" not in page


def test_a_search_finds_pairs_by_either_name(steward: Client, pair_url: str) -> None:
    url = reverse("directory_duplicates:index_results")
    assert pair_url in steward.get(url, {"q": "Lantern Inc"}).content.decode()
    assert pair_url not in steward.get(url, {"q": "harbor"}).content.decode()
    assert pair_url not in steward.get(url, {"decision": "apart"}).content.decode()


def test_who_may_not_change_services_decides_nothing(client: Client, pair_url: str) -> None:
    reader = get_user_model().objects.create_user("reader", password="a-long-password")
    for code in ("access_admin", "view_service"):
        reader.user_permissions.add(Permission.objects.get(codename=code))
    client.force_login(reader)
    assert "Merge:" not in client.get(pair_url).content.decode()
    client.post(f"{pair_url}decide/", {"do": "left"})
    assert Service.objects.filter(merged_into=None).count() == 2


def test_the_page_of_a_pair_tells_no_confidential_place(steward: Client, pair_url: str) -> None:
    service = Service.objects.order_by("pk").first()
    assert service
    make_confidential(service)
    page = steward.get(pair_url).content.decode()
    assert "a confidential place" in page


def test_the_desk_tells_what_waits(steward: Client, client: Client, pair_url: str) -> None:
    bring(steward, KNOWN + row(1))
    ProblemReport.objects.create(service=Service.objects.all()[0], kind="phone")
    home = steward.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 import waits" in home and "1 problem report" in home and "1 likely duplicate" in home
    other = get_user_model().objects.create_user("other", password="a-long-password")
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.logout()
    client.force_login(other)
    assert "import waits" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_next_import_updates_the_merged_listing(steward: Client, pair_url: str) -> None:
    """Two sources had the same clinic; after the merge the second one's changes go to the kept."""
    published(steward, row(1))
    mine = Service.objects.get(source="county")
    bring(steward, KNOWN + row(1, "Service One"), source="state")
    act(steward, "publish")
    other = Service.objects.get(source="state")
    find_all()
    pair = DuplicatePair.objects.get(first__in=[mine, other], second__in=[mine, other])
    side = "left" if pair.first == mine else "right"
    steward.post(reverse("directory_duplicates:decide", args=[pair.pk]), {"do": side})
    bring(steward, KNOWN + row(1, "Service One", phone="303-555-0188"), source="state")
    act(steward, "publish")
    assert any(line.number.endswith("555-0188") for line in mine.phones.all())
    assert Service.objects.get(pk=other.pk).merged_into == mine
    assert SourceRow.objects.filter(record_id=mine.pk).count() == 2
    bring(steward, KNOWN + row(2), source="state")
    act(steward, "publish", looked="yes")
    assert Service.objects.public().filter(pk=mine.pk).exists(), "the county still has it"


def test_hsds_of_a_merged_source_updates_the_kept_listing(steward: Client) -> None:
    mine = make_service("Talking therapy", organization="Harbor")

    def package(phone: str) -> bytes:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as files:
            files.writestr("organizations.csv", "id,name,description\no1,Harbor,Help\n")
            files.writestr(
                "services.csv", f"id,organization_id,name,status\ns1,o1,Talk {phone},active\n"
            )
            files.writestr("phones.csv", f"id,service_id,number\np1,s1,{phone}\n")
        return packed.getvalue()

    bring(steward, package("303-555-0101"), "state.zip", source="state")
    act(steward, "publish")
    other = Service.objects.get(source="state")
    first, second = sorted((mine.pk, other.pk))
    pair = DuplicatePair.objects.create(first_id=first, second_id=second, score=1)
    merge(pair, mine, [], by=None)
    bring(steward, package("303-555-0188"), "state.zip", source="state")
    act(steward, "publish")
    kept_one = Service.objects.get(merged_into=None)
    assert kept_one.pk == mine.pk and kept_one.name == "Talk 303-555-0188"
    assert any(line.number.endswith("0188") for line in mine.phones.all())
