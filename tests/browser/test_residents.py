"""What a resident does: finds help, reads a listing, reports a problem."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.services.site import RunningSite


def _search(page: Page, place: str) -> None:
    page.goto("/directory/")
    page.locator("main [name=place]").fill(place)
    page.locator("main [name=place]").press("Enter")
    page.wait_for_selector("main article")


@pytest.fixture
def plain_page(chromium: Browser, site: RunningSite) -> Page:
    """A visitor on an old phone: 320 px, no JavaScript."""
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 320, "height": 568}, java_script_enabled=False
    )
    return context.new_page()


@pytest.mark.parametrize("path", ["/", "/directory/", "/events/", "/transparency/", "/nowhere/"])
def test_help_stands_first_on_every_page(plain_page: Page, path: str) -> None:
    plain_page.goto(path)
    links = plain_page.locator("a[href^='tel:'], a[href^='sms:']")
    found = [links.nth(n).get_attribute("href") for n in range(links.count())]
    assert {"tel:988", "sms:988", "tel:911", "tel:3035550199"} <= set(found)
    box = plain_page.locator("a[href='tel:988']").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 200


def test_finding_help_without_javascript(plain_page: Page) -> None:
    _search(plain_page, "80203")
    expect(plain_page.locator("h1")).to_contain_text(re.compile(r"\d+"))
    assert plain_page.locator("main article").count() > 5
    first = plain_page.locator("main article").first
    assert first.locator("a[href^='tel:']").count() == 1
    first.locator("a[href^='/directory/services/']").first.click()
    expect(plain_page.locator("main")).to_contain_text(re.compile("hours", re.I))
    expect(plain_page.locator("main")).to_contain_text(re.compile("checked", re.I))


def test_an_ambiguous_place_is_offered_not_guessed(plain_page: Page) -> None:
    plain_page.goto("/directory/?place=Springfield")
    choices = plain_page.get_by_role("button", name=re.compile("Springfield, [A-Z]{2}"))
    assert choices.count() > 2
    choices.first.click()
    expect(plain_page.locator("main")).to_contain_text(re.compile("Springfield, [A-Z]{2}"))


def test_reporting_a_problem_sets_no_cookie(plain_page: Page, site: RunningSite) -> None:
    plain_page.goto("/directory/?place=Denver%2C+CO")
    link = plain_page.locator("main a[href^='/directory/services/']").first.get_attribute("href")
    plain_page.goto(f"{link}report/")
    plain_page.locator("input[type=radio][name=kind]").first.check()
    plain_page.locator("[name=message]").fill("The line plays a fax tone. Code 7319.")
    plain_page.wait_for_timeout(3_500)  # a person takes longer than a machine
    plain_page.locator("main form button[type=submit], main form button:not([type])").last.click()
    expect(plain_page).to_have_url(re.compile("thanks"))
    assert plain_page.context.cookies() == []
    query = "from directory.models import ProblemReport as P; print(P.objects.first().message)"
    assert "Code 7319" in site.manage("shell", "-c", query)


def test_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/directory/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "place":
            break
    page.keyboard.type("Denver, CO")
    page.keyboard.press("Enter")
    page.wait_for_selector("main article")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(outline) != "none", page.evaluate("document.activeElement.outerHTML")
        href = page.evaluate("document.activeElement.getAttribute('href') || ''")
        if href.startswith("/directory/services/"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/directory/services/"))


def test_the_list_and_the_map_are_the_same_set(page: Page) -> None:
    page.goto("/directory/?place=Boulder%2C+CO&radius_km=25")
    listed = page.locator("h1").inner_text()
    page.get_by_role("button", name=re.compile("map", re.I)).first.click()
    page.wait_for_selector(".leaflet-container")
    assert page.locator("h1").inner_text() == listed
    names = page.locator("main article h2, main article h3").all_inner_texts()
    assert len(names) == len(set(names)) > 0
