"""Likely duplicates inside one new file: shown as such, decided once, remembered."""

import re
import zipfile
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from directory.duplicates.finding import find_all
from directory.duplicates.twins import mark_twins
from directory.imports.publish import publish
from directory.models import DuplicatePair, DuplicateRows, Service
from tests.directory.reviewing import KNOWN, act, bring, chosen, look, newest, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_folders")]
ONE = "Talking therapy,Harbor Health,100 Main St,Denver,CO,80203,303-555-0101\n"
TWIN = "Talking Therapy,Harbor Health Inc,100 Main Street,Denver,CO,80203,303-555-0101\n"
ADULTS = "Adult Day Program,Harbor Health,100 Main St,Denver,CO,80203,303-555-0101\n"
IDS = "id," + KNOWN


def with_ids(*rows: str) -> str:
    return IDS + "".join(f"r{number},{text}" for number, text in enumerate(rows, start=1))


def pair() -> tuple[int, int]:
    one, other = newest().rows.filter(like_row__isnull=False).order_by("number")
    assert (one.like_row, other.like_row) == (other.number, one.number)
    return one.pk, other.pk


def test_two_rows_of_one_file_that_are_alike_are_shown_as_such(steward: Client) -> None:
    bring(steward, with_ids(ONE, row(2), TWIN, ADULTS))
    pair()
    page = look(steward, show="duplicate")
    assert "Likely duplicates: 2" in page
    assert "like row 3 of this file, “Talking Therapy”" in page
    assert "like row 1 of this file, “Talking therapy”" in page
    assert chosen(page) == "4 of 4", "nothing is decided by itself"


def test_one_is_left_out_now_and_in_the_next_file(steward: Client) -> None:
    bring(steward, with_ids(ONE, TWIN))
    one, other = pair()
    shown = [str(pk) for pk in (one, other)]
    page = act(steward, "choose", show="duplicate", shown=shown, row=shown, same=other)
    assert "This one is left out" in page and chosen(page) == "1 of 2"
    decision = DuplicateRows.objects.get()
    assert (decision.first, decision.second, decision.decision) == ("r1", "r2", "same")
    assert decision.left == "r2"
    assert decision.decided_by == get_user_model().objects.get(username="steward")
    act(steward, "discard")
    bring(steward, with_ids(ONE, TWIN, row(3)))
    assert [r.chosen for r in newest().rows.order_by("number")] == [True, False, True]
    assert "That one is left out." in look(steward, show="duplicate")


@pytest.mark.parametrize(("left", "kept"), [(1, "r1"), (0, "r2")])
def test_what_was_left_out_stays_out_once_the_other_is_published(
    steward: Client, left: int, kept: str
) -> None:
    bring(steward, with_ids(ONE, TWIN))
    act(steward, "choose", show="duplicate", same=pair()[left])
    act(steward, "publish")
    bring(steward, with_ids(ONE, TWIN, row(3)))
    actions = {r.source_id: (r.action, r.chosen) for r in newest().rows.all()}
    assert actions.pop(kept) == ("unchanged", True)
    assert actions.pop("r3") == ("create", True)
    assert list(actions.values()) == [("create", False)]
    publish(newest())
    assert set(Service.objects.values_list("source_id", flat=True)) == {kept, "r3"}


@pytest.mark.parametrize("left", [1, 0])
def test_the_next_file_leaves_out_the_row_that_was_meant(steward: Client, left: int) -> None:
    bring(steward, with_ids(ONE, TWIN))
    act(steward, "choose", show="duplicate", same=pair()[left])
    act(steward, "discard")
    bring(steward, with_ids(ONE, TWIN, row(3)))
    assert newest().rows.get(chosen=False).source_id == ("r1", "r2")[left]


def test_a_part_of_the_source_leaves_it_out_while_the_other_is_public(steward: Client) -> None:
    bring(steward, with_ids(ONE, TWIN))
    act(steward, "choose", show="duplicate", same=pair()[1])
    act(steward, "publish")
    bring(steward, f"{IDS}r2,{TWIN}", part="on")
    assert not newest().rows.get().chosen


def test_what_was_left_out_comes_when_the_source_drops_the_other(steward: Client) -> None:
    bring(steward, with_ids(ONE, TWIN))
    act(steward, "choose", show="duplicate", same=pair()[1])
    act(steward, "publish")
    bring(steward, f"{IDS}r2,{TWIN}")
    actions = set(newest().rows.values_list("source_id", "action", "chosen"))
    assert actions == {("r1", "vanish", True), ("r2", "create", True)}


def test_two_listings_are_kept_and_nobody_is_asked_again(steward: Client) -> None:
    bring(steward, with_ids(ONE, TWIN))
    one, other = pair()
    shown = [str(pk) for pk in (one, other)]
    page = act(steward, "choose", show="duplicate", shown=shown, row=[shown[0]], apart=other)
    assert "Both are kept" in page and "Likely duplicates: 0" in page
    assert chosen(page) == "1 of 2", "the ticks of the page are kept too"
    act(steward, "discard")
    bring(steward, with_ids(ONE, TWIN, row(3)))
    assert not newest().rows.filter(like_row__isnull=False).exists()
    act(steward, "publish", rows="all")
    assert Service.objects.count() == 3
    assert find_all() == 0
    kept = DuplicatePair.objects.get()
    assert kept.decision == "apart" and kept.decided_by is not None
    assert find_all() == 0 and DuplicatePair.objects.count() == 1


def test_undecided_ones_wait_with_the_other_likely_duplicates_once_published(
    steward: Client,
) -> None:
    bring(steward, with_ids(ONE, TWIN))
    act(steward, "publish")
    assert find_all() == 1


def test_a_row_of_another_import_is_not_decided(steward: Client) -> None:
    bring(steward, with_ids(ONE, TWIN), source="other")
    one, _other = pair()
    bring(steward, KNOWN + row(5))
    act(steward, "choose", show="create", same=one)
    act(steward, "choose", show="create", apart="x")
    assert not DuplicateRows.objects.exists()


def test_services_of_hsds_are_compared_with_their_places_and_phones(steward: Client) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        files.writestr("organizations.csv", "id,name,description\no1,Harbor Health,Help\n")
        files.writestr(
            "services.csv",
            "id,organization_id,name,status\ns1,o1,Talking therapy,active\n"
            "s2,o1,Talking Therapy,active\ns3,o1,Needle exchange,active\n",
        )
        files.writestr("phones.csv", "id,service_id,number\np1,s1,3035550101\np2,s2,3035550101\n")
    bring(steward, packed.getvalue(), "county.zip")
    _one, other = pair()
    shown = re.findall(r'name="shown" value="([^"]*)"', look(steward, show="create"))
    act(steward, "choose", show="create", shown=shown, row=shown, same=other)
    left = newest().rows.filter(chosen=False).values_list("source_id", flat=True)
    assert set(left) == {"s2", "p2"}


def test_work_grows_with_the_file_and_not_with_its_square(
    steward: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """One organization at one house with 300 rows: 45,000 pairs would be compared."""
    same = "Harbor Health,100 Main St,Denver,CO,80203,303-555-0101\n"
    bring(steward, with_ids(*(f"Group {number} of the week,{same}" for number in range(300))))
    with django_assert_max_num_queries(20):
        mark_twins(newest())
