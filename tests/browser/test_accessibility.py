"""axe finds nothing, nothing overflows, on each kind of page, narrow and wide, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.places import KINDS, go_to
from tests.services.site import RunningSite

LOOKS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(chromium: Browser, site: RunningSite, kind: str) -> None:
    for width, scheme in LOOKS:
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            bypass_csp=True,  # axe itself is an injected script
        )
        page = context.new_page()
        go_to(page, kind)
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, (
            f"{kind} {width} {scheme}: {results.generate_report()}"
        )
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{kind} at {width} px is {overflow} px too wide"
        context.close()
