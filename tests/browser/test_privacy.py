"""What a visitor's browser is made to do: no third party, no cookie, no broken policy (rule 2)."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.places import KINDS, go_to
from tests.services.site import RunningSite


def _watch(page: Page) -> tuple[list[str], list[str]]:
    requested: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return requested, complaints


def _own(url: str, site: RunningSite) -> bool:
    return url.startswith((site.url, "data:", "blob:"))


@pytest.mark.parametrize("kind", KINDS)
def test_pages_ask_nobody_else_and_keep_nothing(page: Page, site: RunningSite, kind: str) -> None:
    requested, complaints = _watch(page)
    go_to(page, kind)
    page.wait_for_load_state("networkidle")
    assert requested
    assert [url for url in requested if not _own(url, site)] == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    expected = "404 (Not Found)" if kind == "missing" else "\0"
    assert [text for text in complaints if expected not in text] == []


def test_the_map_asks_nobody_else_and_breaks_no_policy(page: Page, site: RunningSite) -> None:
    requested, complaints = _watch(page)
    page.goto("/directory/?place=Denver%2C+CO")
    assert not any("leaflet" in url for url in requested)
    page.get_by_role("button", name=re.compile("map", re.I)).first.click()
    page.wait_for_selector(".leaflet-container")
    page.wait_for_load_state("networkidle")
    assert any("leaflet" in url for url in requested)
    assert [url for url in requested if not _own(url, site)] == []
    assert page.context.cookies() == []
    assert complaints == []


def test_a_need_does_not_stand_in_the_address(page: Page) -> None:
    page.goto("/directory/")
    page.locator("main [name=q]").fill("grief counselling")
    page.locator("main [name=place]").fill("80203")
    page.locator("main [name=place]").press("Enter")
    page.wait_for_selector("main article, main li")
    assert page.url.endswith("/directory/")
    assert "80203" in page.locator("main").inner_text()
