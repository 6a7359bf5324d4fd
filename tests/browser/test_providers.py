"""A provider checks a listing by a link, on an old phone; a steward takes over what they say."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_accessibility import LOOKS, RULES
from tests.services.site import RunningSite

MAKE_LINK = """
from directory.models import Service
from directory.stewardship.provider_links import make_link, path_of
service = Service.objects.public().exclude(service_at_locations=None).order_by("name").first()
print(path_of(make_link(service, "office@provider.example"), "en"))
"""
MAKE_STEWARD = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
users = get_user_model().objects
user = users.filter(username="desk").first() or users.create_user("desk", password="{password}")
user.groups.add(Group.objects.get(name="Directory stewards"))
"""
MAKE_REPORT = """
from directory.models import ProblemReport, Service
ProblemReport.objects.create(service=Service.objects.public().first(), kind="phone")
"""
PASSWORD = "quiet-river-and-lantern"


@pytest.fixture(scope="module")
def link(site: RunningSite) -> str:
    return site.manage("shell", "-c", MAKE_LINK).strip().splitlines()[-1]


@pytest.fixture
def old_phone(chromium: Browser, site: RunningSite) -> Iterator[BrowserContext]:
    """320 px, no JavaScript."""
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 320, "height": 568}, java_script_enabled=False
    )
    yield context
    context.close()


@pytest.fixture
def steward(chromium: Browser, site: RunningSite) -> Iterator[Page]:
    site.manage("shell", "-c", MAKE_STEWARD.format(password=PASSWORD))
    context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/cms/login/")
    page.locator("[name=username]").fill("desk")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"/cms/$"))
    yield page
    context.close()


def test_a_provider_corrects_and_a_steward_takes_over(
    old_phone: BrowserContext, steward: Page, link: str
) -> None:
    page = old_phone.new_page()
    page.goto(link)
    page.locator("[name=phone_is][value=right]").check()
    page.locator("[name=cost_is][value=wrong]").check()
    page.locator("[name=cost_text]").fill("Five dollars, or nothing.")
    page.wait_for_timeout(3500)  # nobody reads and fills in a form faster
    page.get_by_role("button", name="Send").last.click()
    expect(page.locator("h1")).to_have_text("Thank you")
    assert old_phone.cookies() == []

    steward.goto("/cms/directory/desk/answers/")
    steward.locator("tbody a b").first.click()
    expect(steward.locator("main")).to_contain_text("Five dollars, or nothing.")
    for choice in steward.locator("fieldset label:has([type=radio])").all():
        box = choice.bounding_box()
        assert box is not None and box["height"] >= 44
    steward.get_by_role("button", name="Take over").click()
    expect(steward.locator("body")).to_contain_text("Taken over.")


def test_the_page_tells_no_other_site_where_it_is(
    chromium: Browser, site: RunningSite, link: str
) -> None:
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    asked: list[tuple[str, str]] = []
    page.on("request", lambda r: asked.append((r.url, r.headers.get("referer", ""))))
    page.goto(link)
    secret = link.rstrip("/").split("/")[-1]
    assert len(asked) > 2
    assert all(url.startswith(site.url) for url, _referrer in asked)
    assert not any(secret in referrer for _url, referrer in asked)
    page.locator("main").get_by_role("button", name="Send").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    context.close()


@pytest.mark.parametrize("language", ["", "/es"])
def test_axe_finds_nothing_on_the_provider_s_page(
    chromium: Browser, site: RunningSite, link: str, language: str
) -> None:
    for width, scheme in LOOKS:
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            bypass_csp=True,
        )
        page = context.new_page()
        page.goto(language + link)
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, f"{width} {scheme}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        context.close()


@pytest.mark.parametrize("tab", ["due", "reports", "contacts", "answers"])
def test_the_desk_is_usable_and_nothing_hides(steward: Page, tab: str) -> None:
    for width in (1280, 320):
        steward.set_viewport_size({"width": width, "height": 900})
        steward.goto(f"/cms/directory/desk/{tab}/")
        expect(steward.locator("h1")).to_contain_text("Desk")
        results = Axe().run(steward, context="main", options=RULES)
        assert results.violations_count == 0, f"{tab} {width}: {results.generate_report()}"


def test_the_enter_key_on_a_tick_closes_no_report(steward: Page, site: RunningSite) -> None:
    site.manage("shell", "-c", MAKE_REPORT)
    steward.goto("/cms/directory/desk/reports/")
    tick = steward.locator("input[name=row]").first
    tick.focus()
    steward.keyboard.press("Space")
    steward.keyboard.press("Enter")
    expect(steward.locator("body")).to_contain_text("press one of the buttons below")
    expect(steward.locator("input[name=row]").first).to_be_checked()
    steward.get_by_role("button", name="Nothing to mend").click()
    expect(steward.locator("body")).to_contain_text("Done for 1 row.")
