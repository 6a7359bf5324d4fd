"""Which rows of an import are published: ticks, pages, kinds, and who may decide."""

import re
import zipfile
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from directory.models import (
    ImportBatch,
    Service,
)
from tests.directory.reviewing import (
    KNOWN,
    act,
    bring,
    chosen,
    look,
    newest,
    published,
    row,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_folders")]


def test_what_is_chosen_is_published_alone(steward: Client) -> None:
    bring(steward, KNOWN + row(1) + row(2) + row(3))
    one, two, three = newest().rows.values_list("pk", flat=True)
    act(steward, "choose", show="create", do="save", shown=[one, two, three], row=[one, three])
    assert set(newest().rows.filter(chosen=True).values_list("pk", flat=True)) == {one, three}
    assert chosen(look(steward)) == "2 of 3"
    act(steward, "publish")
    assert set(Service.objects.values_list("name", flat=True)) == {"Service 1", "Service 3"}
    page = look(steward)
    assert "2 of 3 rows were published" in page
    assert page.count("left out: not published") == 1


@pytest.mark.parametrize(
    ("button", "leads_to"),
    [
        ({"page": "2"}, "show=create&q=&p=2"),
        ({"kind": "vanish"}, "show=vanish&q=&p=1"),
        ({"search": " Service 2 "}, "show=create&q=Service+2&p=1"),
        ({"search": ""}, "show=create&q=&p=1"),
    ],
)
def test_ticks_are_kept_on_the_way_to_other_rows(
    steward: Client, button: dict[str, str], leads_to: str
) -> None:
    bring(steward, KNOWN + "".join(row(n) for n in range(1, 31)))
    page = look(steward, show="create")
    fields = {
        name: re.findall(rf'name="{name}" value="([^"]*)"', page)
        for name in ("show", "q", "p", "shown")
    }
    assert len(fields["shown"]) == 25 and chosen(page) == "30 of 30"
    ticked = fields["shown"][3:]
    url = reverse("directory_imports:choose", args=[newest().pk])
    answer = steward.post(url, fields | {"row": ticked} | button)
    assert answer["Location"].endswith(f"?{leads_to}")
    assert chosen(steward.get(answer["Location"]).content.decode()) == "27 of 30"
    left = newest().rows.filter(chosen=False)
    assert {str(pk) for pk in left.values_list("pk", flat=True)} == set(fields["shown"][:3])


def test_all_that_leads_to_other_rows_is_a_button_of_the_form(steward: Client) -> None:
    bring(steward, KNOWN + "".join(row(n) for n in range(30)))
    page = look(steward, show="create")
    assert re.search(r'<button [^>]*form="rows" name="page" value="2"', page)
    assert re.search(r'<button [^>]*form="rows" name="kind" value="update"', page)
    assert re.search(r'<input type="search"[^>]*form="rows"', page)
    assert not re.search(r'href="\?', page)
    act(steward, "publish")
    assert not re.search(r'form="rows"', look(steward, show="create"))


def test_a_listing_of_which_some_rows_are_chosen_stays_so_until_it_is_ticked(
    steward: Client,
) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("organizations.csv", "id,name,description\no1,Harbor,Help\n")
        package.writestr("services.csv", "id,organization_id,name,status\ns1,o1,Talk,active\n")
        package.writestr("phones.csv", "id,service_id,number\np1,s1,303-555-0101\n")
    bring(steward, packed.getvalue(), "county.zip")
    newest().rows.filter(table="phone").update(chosen=False)
    page = look(steward, show="create")
    (mixed,) = re.findall(r'name="mixed" value="([^"]*)"', page)
    shown = re.findall(r'name="shown" value="([^"]*)"', page)
    assert chosen(page) == "2 of 3" and "1 of 2" in page
    act(steward, "choose", show="create", page="1", shown=shown, mixed=mixed, row=shown)
    assert chosen(look(steward)) == "2 of 3"
    act(steward, "choose", show="create", page="1", shown=shown, mixed=mixed, row=[*shown, mixed])
    assert chosen(look(steward)) == "3 of 3"


def test_every_listing_of_a_page_is_shown_however_many_rows_it_has(
    steward: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """30 services with 60 phones each: a page is 25 of them, and a tick counts for all rows."""
    services, phones, packed = range(1, 31), range(60), BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("organizations.csv", "id,name,description\no1,Harbor,Help\n")
        package.writestr(
            "services.csv",
            "id,organization_id,name,status\n"
            + "".join(f"s{n},o1,Group {n} of {n * n},active\n" for n in services),
        )
        package.writestr(
            "phones.csv",
            "id,service_id,number\n"
            + "".join(f"p{n}-{k},s{n},303-5{n:02}-01{k:02}\n" for n in services for k in phones),
        )
    bring(steward, packed.getvalue(), "county.zip")
    seen: list[str] = []
    for number, count in (("1", 25), ("2", 6)):  # the organization is one more
        with django_assert_max_num_queries(60):
            page = look(steward, show="create", p=number)
        listings = re.findall(r'name="shown" value="([^"]*)"', page)
        assert len(listings) == count
        assert page.count("and 21 more rows") == sum("," in one for one in listings)
        assert page.count("<strong>303") < 25 * 40
        seen += ",".join(listings).split(",")
    every = newest().rows.values_list("pk", flat=True)
    assert sorted(map(int, seen)) == sorted(every)
    act(steward, "choose", show="create", p="2", do="save", shown=listings, row=listings[1:])
    left = newest().rows.filter(chosen=False)
    assert left.count() == 61 and left.values("root").distinct().count() == 1


def test_numbers_that_no_row_can_have_are_passed_over(steward: Client) -> None:
    bring(steward, KNOWN + row(1))
    (one,) = newest().rows.values_list("pk", flat=True)
    beyond = "9" * 25
    shown, ticked = [f"{one},{beyond}"], [beyond]
    act(steward, "choose", show="create", do="save", shown=shown, row=ticked, same=beyond)
    assert not newest().rows.get().chosen


def test_ticks_on_the_page_count_when_it_is_published(steward: Client) -> None:
    bring(steward, KNOWN + row(1) + row(2) + row(3))
    one, two, three = newest().rows.values_list("pk", flat=True)
    page = look(steward, show="create")
    address = reverse("directory_imports:publish", args=[newest().pk])
    assert f'form="rows" formaction="{address}"' in page
    newest().rows.filter(pk=three).update(chosen=False)  # on another page
    act(steward, "publish", shown=[one, two], row=[one])
    assert set(Service.objects.values_list("name", flat=True)) == {"Service 1"}
    act(steward, "publish", rows="all")  # too late: it is published
    assert not newest().rows.get(pk=two).chosen


def test_nothing_is_published_when_every_tick_is_taken_away(steward: Client) -> None:
    bring(steward, KNOWN + row(1))
    (one,) = newest().rows.values_list("pk", flat=True)
    assert "Nothing is chosen" in act(steward, "publish", shown=[one])
    assert newest().state == "staged"


def test_all_or_none_of_a_kind_are_chosen(steward: Client) -> None:
    published(steward, *(row(n) for n in range(8)))
    bring(steward, KNOWN + "".join(row(n, phone="303-555-0111") for n in range(7)) + row(9))
    act(steward, "choose", show="update", do="none")
    left = newest().rows.filter(chosen=True).exclude(action="unchanged")
    assert set(left.values_list("action", flat=True)) == {"create", "vanish"}
    act(steward, "choose", show="update", q="Service 3", do="all")
    assert newest().rows.filter(action="update", chosen=True).count() == 1
    act(steward, "choose", show="vanish", do="none")
    act(steward, "choose", show="create", do="none")
    act(steward, "choose", show="update", do="none")
    assert "Nothing is chosen" in act(steward, "publish")
    act(steward, "publish", rows="all")
    assert newest().state == "published"
    assert Service.objects.filter(set_aside_at=None).count() == 8


def test_a_row_of_another_import_is_not_chosen(steward: Client) -> None:
    bring(steward, KNOWN + row(1), source="other")
    foreign = newest().rows.get()
    bring(steward, KNOWN + row(2))
    act(steward, "choose", show="create", do="save", shown=[foreign.pk], row=[])
    foreign.refresh_from_db()
    assert foreign.chosen


def test_who_may_only_look_cannot_decide(client: Client, steward: Client) -> None:
    bring(steward, KNOWN + row(1))
    reader = get_user_model().objects.create_user("reader", password="a-long-password")
    for code in ("access_admin", "view_importbatch"):
        reader.user_permissions.add(Permission.objects.get(codename=code))
    client.logout()
    client.force_login(reader)
    page = look(client)
    assert "Service 1" in page and "/publish/" not in page and 'value="all"' not in page
    for what in ("publish", "discard", "choose", "resume", "undo"):
        act(client, what)
    assert newest().state == "staged" and newest().rows.get().chosen
    client.post(reverse("directory_imports:add"), {})
    client.get(reverse("directory_imports:add"))
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("what", ["publish", "discard", "choose", "resume"])
def test_nothing_is_decided_by_a_link(steward: Client, what: str) -> None:
    bring(steward, KNOWN + row(1))
    url = reverse(f"directory_imports:{what}", args=[newest().pk])
    assert steward.get(url).status_code == 405
    assert newest().state == "staged"
