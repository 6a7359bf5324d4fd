"""Finding help in a real browser: Back, the map, the keyboard, and no JavaScript at all."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.services.site import RunningSite


def search(page: Page, place: str = "Denver, CO") -> str:
    """Searches by the form, as a visitor does; returns how many it says were found."""
    page.goto("/directory/")
    page.locator("main [name=place]").fill(place)
    page.locator("form.finder button").click()
    page.wait_for_selector("main article")
    return page.locator("h1").inner_text()


def show_map(page: Page) -> None:
    search(page)
    page.get_by_role("button", name="Show map").click()
    page.wait_for_selector(".map-place")


@pytest.fixture
def phone_without_scripts(chromium: Browser, site: RunningSite) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 320, "height": 640}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_back_shows_the_results_again(page: Page) -> None:
    found = search(page)
    name = page.locator("main article h2 a").first
    title = name.inner_text()
    name.click()
    page.wait_for_selector(".listing")
    assert page.locator("h1").inner_text() == title
    page.go_back()
    page.wait_for_selector("main article")
    assert page.locator("h1").inner_text() == found


def test_the_next_page_and_back(page: Page) -> None:
    search(page)
    first = page.locator("main article h2").first.inner_text()
    page.get_by_role("button", name="Next page").click()
    page.wait_for_selector("text=Page 2 of")
    assert page.locator("main article h2").first.inner_text() != first
    page.go_back()
    page.wait_for_selector("text=Page 1 of")
    assert page.locator("main article h2").first.inner_text() == first


def test_the_map_works_by_keyboard_alone(page: Page) -> None:
    show_map(page)
    page.locator(".leaflet-control-zoom-in").focus()
    for _ in range(4):  # until single places stand apart
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
    page.wait_for_load_state("networkidle")
    marker = page.locator(".map-place:not(.map-group)").first
    assert marker.get_attribute("aria-label") and marker.get_attribute("role") == "button"
    marker.focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup a[href*='/directory/services/']").first
    link.wait_for()
    page.wait_for_function("document.activeElement.closest('.leaflet-popup')")
    page.keyboard.press("Escape")
    page.wait_for_selector(".leaflet-popup", state="detached")
    assert page.evaluate("document.activeElement.classList.contains('map-place')")


def test_the_list_follows_the_map(page: Page) -> None:
    show_map(page)
    before = page.locator("h1").inner_text()
    for _ in range(3):
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(400)
    page.get_by_role("button", name="Search this area").click()
    page.wait_for_selector(".chip")
    page.wait_for_selector(".leaflet-container")
    assert "In the area of the map" in page.locator(".chips").inner_text()
    assert page.locator("h1").inner_text() != before
    assert "?" not in page.url


def test_a_phone_without_scripts_finds_a_number_to_call(phone_without_scripts: Page) -> None:
    page = phone_without_scripts
    search(page, "80203")
    box = page.locator("main article").first.bounding_box()
    assert box and box["width"] <= 320 and box["height"] <= 200
    page.get_by_role("button", name="Show map").click()
    page.wait_for_selector("text=The map needs JavaScript.")
    page.locator("main article h2 a").first.click()
    number = page.locator(".call a[href^='tel:']").first
    assert re.fullmatch(r"tel:\+?\d+(;ext=\d+)?", number.get_attribute("href") or "")


def test_every_card_fits_a_small_phone(chromium: Browser, site: RunningSite) -> None:
    context = chromium.new_context(base_url=site.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    search(page, "80203")
    script = "cards => cards.map(card => Math.round(card.getBoundingClientRect().height))"
    heights = page.locator("main article").evaluate_all(script)
    assert len(heights) == 20 and max(heights) <= 200
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wider)
    context.close()


def test_a_problem_is_reported_without_a_cookie(page: Page) -> None:
    search(page)
    page.locator("main article h2 a").first.click()
    page.get_by_role("link", name="Report a problem with this listing").click()
    page.get_by_label("The opening hours are wrong").check()
    page.get_by_label("What should we know?").fill("They open at nine.")
    page.wait_for_timeout(3500)  # faster is taken for a machine
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("h1:has-text('Thank you')")
    assert page.url.endswith("/report/thanks/") and page.context.cookies() == []
