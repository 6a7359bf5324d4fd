"""A file brought in: its columns understood by a person, and remembered for next time."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from directory.models import (
    ImportBatch,
    SavedMapping,
    Service,
)
from tests.directory.reviewing import (
    KNOWN,
    UNKNOWN,
    bring,
    newest,
    row,
    uploads,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_folders")]


def test_a_known_file_is_staged_and_not_kept(steward: Client, settings: Settings) -> None:
    page = bring(steward, KNOWN + row(1)).content.decode()
    assert "read with the mapping “plain”" in page
    assert newest().rows.count() == 1
    assert uploads(settings) == []
    assert not Service.objects.exists()


def test_columns_that_are_not_known_are_shown_first(steward: Client, settings: Settings) -> None:
    page = bring(steward, UNKNOWN).content.decode()
    assert not ImportBatch.objects.exists()
    assert "How to read this file" in page and "ring us" in page
    assert re.search(r'<option value="phone" selected>', page)
    assert "1. Talking therapy" in page and "100 Main St" in page
    assert len(uploads(settings)) == 1


def columns_of(page: str) -> dict[str, str]:
    """What is chosen in the form."""
    return dict(
        re.findall(r'<select name="(column-\d+)".*?<option value="([\w-]+)" selected>', page, re.S)
    )


def mapping_page(steward: Client, text: str = UNKNOWN) -> tuple[str, str, dict[str, str]]:
    answer = bring(steward, text)
    url = answer.redirect_chain[-1][0]  # type: ignore[attr-defined]
    page = answer.content.decode()
    return url, page, columns_of(page)


def test_choices_are_shown_saved_and_used_again(steward: Client, settings: Settings) -> None:
    url, page, chosen = mapping_page(steward)
    assert len(chosen) == 4 and "whole_address" in chosen.values()
    by_heading = dict(zip(["agency", "programme", "where", "ring us"], sorted(chosen), strict=True))
    chosen |= {by_heading["agency"]: "organization", by_heading["programme"]: "service"}
    shown = steward.post(url, chosen | {by_heading["where"]: "unused", "do": "preview"})
    assert "1. Talking therapy" in shown.content.decode()
    assert "<dt>Address</dt>" not in shown.content.decode()
    steward.post(url, chosen | {"do": "read", "name": "Ring list"}, follow=True)
    batch = newest()
    assert (batch.mapping, batch.rows.count(), batch.state) == ("Ring list", 3, "staged")
    names = set(batch.rows.values_list("values__texts__name", flat=True))
    assert names == {"Talking therapy", "Grief group", "Art group"}
    assert uploads(settings) == []
    assert SavedMapping.objects.get().created_by is not None
    page = bring(steward, UNKNOWN + "Hope Center;Walks;1 Elm St;303-555-0103\n").content.decode()
    assert "read with the mapping “Ring list”" in page


def test_two_columns_for_one_thing_are_told(steward: Client) -> None:
    url, _page, chosen = mapping_page(steward)
    wrong = dict.fromkeys(chosen, "organization")
    page = steward.post(url, wrong | {"do": "read", "name": "x"}).content.decode()
    assert "Only one column can be" in page
    assert not ImportBatch.objects.exists() and not SavedMapping.objects.exists()


def test_another_mapping_is_not_overwritten(steward: Client) -> None:
    SavedMapping.objects.create(name="Taken", headings=["a", "b"], content={})
    url, _page, chosen = mapping_page(steward)
    page = steward.post(url, chosen | {"do": "read", "name": "Taken"}).content.decode()
    assert "choose another" in page
    assert SavedMapping.objects.get().headings == ["a", "b"]


def test_a_file_is_given_up(steward: Client, settings: Settings) -> None:
    url = mapping_page(steward)[0]
    assert uploads(settings)
    steward.post(url, {"do": "drop"})
    assert list(settings.OPENDOOR_UPLOAD_DIR.iterdir()) == []
    assert "not kept any more" in steward.get(url, follow=True).content.decode()


def test_a_known_way_can_be_looked_at_and_kept(steward: Client) -> None:
    answer = bring(steward, KNOWN + row(1), check="on")
    assert "Files with these columns are known: “plain”" in answer.content.decode()
    url = answer.redirect_chain[-1][0]  # type: ignore[attr-defined]
    steward.post(url, {"do": "known"}, follow=True)
    assert newest().mapping == "plain" and not SavedMapping.objects.exists()


def test_a_file_whose_columns_nobody_confirmed_stands_in_the_list(
    steward: Client, settings: Settings
) -> None:
    """The steward closed the tab: the file is found again, or deleted."""
    url = mapping_page(steward)[0]
    index = reverse("directory_imports:index")
    page = steward.get(index).content.decode()
    assert "waits for you to say how its columns are read" in page
    assert f'href="{url}"' in page and "county.csv" in page
    assert "Kept until" in page
    (delete,) = re.findall(r'action="([^"]*/delete/)"', page)
    assert steward.get(delete).status_code == 405 and uploads(settings)
    steward.post(delete)
    assert list(settings.OPENDOOR_UPLOAD_DIR.iterdir()) == []
    assert "county.csv" not in steward.get(index).content.decode()


def test_a_file_that_is_staged_stands_in_the_list_once(steward: Client) -> None:
    bring(steward, KNOWN + row(1))
    page = steward.get(reverse("directory_imports:index")).content.decode()
    assert "not read yet" not in page and page.count("county.csv") == 1


def test_who_may_bring_in_nothing_sees_and_deletes_no_file(
    client: Client, steward: Client, settings: Settings
) -> None:
    url = mapping_page(steward)[0]
    reader = get_user_model().objects.create_user("reader", password="a-long-password")
    for code in ("access_admin", "view_importbatch"):
        reader.user_permissions.add(Permission.objects.get(codename=code))
    client.force_login(reader)
    index = client.get(reverse("directory_imports:index"))
    assert index.status_code == 200 and "county.csv" not in index.content.decode()
    client.post(url.replace("columns/", "delete/"))
    assert uploads(settings)
