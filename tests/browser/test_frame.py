"""The frame of every page: the way to help first, the menu, the skip link; without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.services.site import RunningSite

TARGET = 44
PHONE = {"width": 320, "height": 568}
DESK = {"width": 1280, "height": 800}


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(chromium: Browser, site: RunningSite, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=site.url, viewport=request.param, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def test_the_lines_are_in_sight_first_and_large_enough_to_hit(page: Page) -> None:
    links = page.locator(".crisis a")
    found = [link.get_attribute("href") for link in links.all()]
    assert found[:3] == ["tel:988", "sms:988", "tel:911"]
    for link in links.all():
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= TARGET
        assert box["width"] >= TARGET
        assert box["y"] + box["height"] <= 320


def test_the_page_itself_begins_on_the_first_screen(page: Page) -> None:
    heading = page.locator("h1").bounding_box()
    assert heading is not None
    assert heading["y"] + heading["height"] < PHONE["height"]


def test_the_menu_opens_from_the_keyboard_on_a_phone_and_stands_open_on_a_desk(page: Page) -> None:
    find_help = page.locator(".menu a", has_text="Find help")
    if page.viewport_size == PHONE:
        assert not find_help.is_visible()
        page.locator(".menu summary").press("Enter")
    else:
        assert not page.locator(".menu summary").is_visible()
    assert find_help.is_visible()
    find_help.click()
    assert page.locator('.menu a[aria-current="true"]').text_content() == "Find help"


def test_the_first_tab_leads_past_the_frame(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    skip.press("Enter")
    page.keyboard.press("Tab")
    first = page.locator("main").locator("a, button, input, select, summary").first
    assert first.evaluate("element => element === document.activeElement")
