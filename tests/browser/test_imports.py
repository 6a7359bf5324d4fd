"""A steward brings a file in: columns, review, choose, publish, undo. Once without JavaScript, once
on a phone (where the CMS itself, without scripts, lays its menu over everything)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.services.site import RunningSite

STEWARD = "imports-steward"
PASSWORD = "a-long-password-for-imports"
SHEET = """agency;programme;where;ring us
Harbor Health;Paddling for grief;100 Main St, Denver, CO 80203;303-555-0141
Hope Center;Pottery for veterans;200 Elm St, Denver, CO 80204;303-555-0142
"""
MAKE = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
user = get_user_model().objects.create_user({STEWARD!r}, password={PASSWORD!r})
user.groups.add(Group.objects.get(name="Directory stewards"))
"""


@pytest.fixture(scope="module")
def account(site: RunningSite) -> None:
    site.manage("shell", "-v", "0", "-c", MAKE)


@pytest.fixture(params=[(1280, False), (400, True)], ids=["no-scripts", "phone"])
def steward(
    request: pytest.FixtureRequest, chromium: Browser, site: RunningSite, account: None
) -> Iterator[Page]:
    width, scripts = request.param
    context = chromium.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.goto("/cms/login/")
    page.fill("[name=username]", STEWARD)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/cms/")
    yield page
    context.close()


def found(page: Page, name: str) -> bool:
    page.goto(f"/directory/?q={name}")
    return page.get_by_role("link", name=name).count() > 0


def test_a_file_is_understood_looked_through_published_and_undone(
    steward: Page, tmp_path: Path
) -> None:
    page = steward
    assert page.viewport_size
    width = page.viewport_size["width"]
    sheet = tmp_path / "agencies.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    page.goto("/cms/directory/imports/new/")
    page.set_input_files("[name=file]", sheet)
    page.fill("[name=source]", f"agencies {width}")
    page.check("[name=check]")
    page.click("text=Read the file")

    expect(page.get_by_role("heading", name="How to read this file")).to_be_visible()
    page.get_by_label("programme").select_option(label="Name of the service")
    page.click("text=Show the listings with these choices")
    expect(page.get_by_role("heading", name="1. Paddling for grief")).to_be_visible()
    page.fill("#name", f"Agencies {width}")
    page.click("text=Read the file this way")

    expect(page.get_by_text("New: 2")).to_be_visible()
    expect(page.locator("#chosen")).to_have_text("2")
    page.get_by_label("Publish Pottery for veterans").uncheck()
    if width < 500:  # with scripts the tick is counted at once
        expect(page.locator("#chosen")).to_have_text("1")
    page.get_by_label("Name contains").fill("Paddling")
    page.get_by_label("Name contains").press("Enter")
    expect(page.get_by_label("Publish Paddling for grief")).to_be_checked()
    expect(page.locator("#chosen")).to_have_text("1")
    page.get_by_role("button", name="New: 2").click()
    expect(page.get_by_label("Publish Pottery for veterans")).not_to_be_checked()
    page.click("text=Publish the chosen rows")
    expect(page.get_by_text("Published.", exact=True)).to_be_visible()
    address = page.url
    assert found(page, "Paddling for grief")
    assert not found(page, "Pottery for veterans")

    page.goto(address)
    page.click("text=Undo this import…")
    page.click("button:has-text('Undo the import')")
    expect(page.get_by_text("Undone: the directory is as it was")).to_be_visible()
    assert not found(page, "Paddling for grief")
