"""An import looked through in the CMS: kinds of rows, differences, what was rejected, undo."""

import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from directory.models import (
    Service,
)
from tests.directory.listings import make_place, make_service
from tests.directory.reviewing import (
    KNOWN,
    act,
    bring,
    look,
    newest,
    published,
    row,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_folders")]


def test_hsds_goes_straight_to_staging(steward: Client) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("organizations.csv", "id,name,description\no1,Harbor,Help\n")
        package.writestr("services.csv", "id,organization_id,name,status\ns1,o1,Talk,active\n")
    bring(steward, packed.getvalue(), "county.zip")
    assert newest().kind == "hsds"
    page = look(steward, show="create")
    assert "<h3>Talk</h3>" in page and "<h3>Harbor</h3>" in page
    act(steward, "publish")
    assert Service.objects.get().organization.name == "Harbor"


def test_kinds_have_counts_and_differences_are_field_by_field(steward: Client) -> None:
    published(steward, row(1), row(2), row(3), row(4), row(5), row(6))
    again = (
        row(1)
        + row(2, phone="303-555-0177")
        + row(4)
        + row(5)
        + row(6)
        + row(9)
        + ",,9 Elm St,,,,\n"
    )
    bring(steward, KNOWN + again)
    page = look(steward)
    for told in ("New: 1", "Changed: 1", "No longer in the file: 1", "Unchanged: 4"):
        assert told in page
    changed = look(steward, show="update")
    assert "303-555-0177" in changed and "303-555-0100" in changed
    assert "<dt>Phones</dt>" in changed and "<dt>Address</dt>" not in changed
    assert "Service 3" in look(steward, show="vanish")
    assert "Rejected: 1" in page


def test_rejected_rows_say_why_and_download(steward: Client) -> None:
    bring(steward, KNOWN + row(1) + ',,"7 Elm St",Denver,CO,80203,=1+1\n')
    page = look(steward, show="reject")
    assert "The row has no name." in page and "Fill in the name, or delete the row." in page
    assert "<code>no-name</code>" in page and "7 Elm St" in page
    answer = steward.get(reverse("directory_imports:rejected", args=[newest().pk]))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.splitlines()[0].endswith(",error,remedy")
    assert "7 Elm St" in text and "'=1+1" in text
    assert answer["Content-Disposition"].endswith('.csv"')
    odd = steward.get(answer.request["PATH_INFO"], {"table": "a" * 500})  # type: ignore[attr-defined]
    assert odd.status_code == 404


def test_a_search_looks_at_names(steward: Client) -> None:
    bring(steward, KNOWN + row(1, "Talking") + row(2, "Walking"))
    page = look(steward, show="create", q="walk")
    assert "Walking" in page and "Talking" not in page
    assert "None." in look(steward, show="create", q="%")
    assert "Walking" in look(steward, show="create", q="\0walk")


def test_when_much_would_disappear_a_person_looks_first(steward: Client) -> None:
    published(steward, *(row(n) for n in range(1, 5)))
    bring(steward, KNOWN + row(1))
    page = act(steward, "publish")
    assert "3 of the 4 rows" in page and "I have looked" in page
    assert newest().state == "staged"
    assert Service.objects.public().count() == 4
    act(steward, "publish", looked="yes")
    assert newest().state == "published"
    assert Service.objects.public().count() == 1


def test_a_part_of_a_source_lets_the_rest_stay(steward: Client) -> None:
    published(steward, row(1), row(2))
    bring(steward, KNOWN + row(3), part="on")
    act(steward, "publish")
    assert Service.objects.public().count() == 3


def test_an_import_is_undone_after_a_question(steward: Client) -> None:
    published(steward, row(1))
    published(steward, row(1, phone="303-555-0177"), row(2))
    url = reverse("directory_imports:undo", args=[newest().pk])
    assert "Undo the import" in steward.get(url).content.decode()
    assert Service.objects.count() == 2
    steward.post(url)
    assert newest().state == "undone" and newest().undone_by is not None
    service = Service.objects.get()
    assert service.phones.get().number.endswith("555-0100")
    assert "Undone" in look(steward)


def test_the_page_takes_the_same_queries_for_any_number_of_rows(
    steward: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bring(steward, KNOWN + "".join(row(n) for n in range(120)))
    look(steward)
    with django_assert_max_num_queries(30):
        page = look(steward, p="2")
    assert "Page 2 of 5" in page
    assert page.count('name="row"') == 25


def test_a_new_row_like_a_published_listing_is_marked(steward: Client) -> None:
    there = make_service("Talking therapy", organization="Harbor Health")
    make_place(there, address="100 Main St")
    text = "Talking Therapy,Harbor Health,100 Main Street,Denver,CO,80203,303-555-0101\n"
    bring(steward, KNOWN + text + row(2))
    marked = newest().rows.get(duplicate_of__isnull=False)
    assert marked.duplicate_of == there and marked.likeness and marked.likeness > 0.8
    page = look(steward, show="duplicate")
    assert "Likely duplicates: 1" in page
    assert reverse("directory_services:edit", args=[there.pk]) in page
