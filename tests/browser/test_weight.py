"""Bytes over the wire, as an old phone pays for them: the first visit, with styles and scripts."""

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.services.site import RunningSite

LIMIT = 30 * 1024
WITH_MAP = 90 * 1024


def _count(page: Page) -> tuple[CDPSession, list[int]]:
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    return session, received


@pytest.mark.parametrize("path", ["/", "/es/", "/directory/?place=Denver%2C+CO&radius_km=40"])
def test_home_and_results_are_light(chromium: Browser, site: RunningSite, path: str) -> None:
    context = chromium.new_context(base_url=site.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    _, received = _count(page)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    if "directory" in path:
        assert page.locator("main article").count() == 20
    assert 2_000 < sum(received) <= LIMIT, f"{path} weighs {sum(received)} bytes"
    context.close()


def test_results_with_the_map_are_light_enough(chromium: Browser, site: RunningSite) -> None:
    context = chromium.new_context(base_url=site.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    _, received = _count(page)
    page.goto("/directory/?place=Denver%2C+CO&radius_km=40&view=map")
    page.wait_for_selector(".leaflet-container")
    page.wait_for_load_state("networkidle")
    assert LIMIT < sum(received) <= WITH_MAP, f"the map page weighs {sum(received)} bytes"
    context.close()
