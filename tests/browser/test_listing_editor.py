"""A steward enters hours and picks a place, and the public page says the same."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.services.site import RunningSite

PASSWORD = "a-long-password"
MAKE = """
from django.contrib.auth import get_user_model
from directory.models import Address, Location, Organization, Phone, Service, ServiceAtLocation
users = get_user_model().objects
users.filter(username="editor").exists() or users.create_superuser("editor", "", "%s")
owner = Organization.objects.create(name="Night Lamp House")
service = Service.objects.create(organization=owner, name="Night Lamp", description="Talk.")
Phone.objects.create(service=service, number="303-555-0177")
place = Location.objects.create(organization=owner, name="Lamp house")
Address.objects.create(location=place, city="Denver", state_province="CO", postal_code="80203")
ServiceAtLocation.objects.create(service=service, location=place)
print("ids", service.pk, place.pk)
"""


@pytest.fixture
def ids(site: RunningSite) -> tuple[str, str]:
    found = re.search(r"ids (\S+) (\S+)", site.manage("shell", "-c", MAKE % PASSWORD))
    assert found
    return found[1], found[2]


@pytest.fixture
def steward(chromium: Browser, site: RunningSite, ids: tuple[str, str]) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 1600})
    page = context.new_page()
    page.goto("/cms/login/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", PASSWORD)
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/cms/")
    yield page
    context.close()


def test_hours_are_entered_previewed_saved_and_read_the_same(
    steward: Page, ids: tuple[str, str]
) -> None:
    outside: list[str] = []
    steward.on("request", lambda request: outside.append(request.url))
    steward.goto(f"/cms/directory/services/edit/{ids[0]}/")
    steward.get_by_role("tab", name="Places and hours").click()
    steward.locator("[name=availability]").select_option("schedule")
    steward.get_by_role("button", name="Add Hours").click()
    row = "[name='schedules-0-{}']"
    expect(steward.locator(row.format("nths")).first).to_be_hidden()
    assert steward.locator(row.format("opens_at")).get_attribute("type") == "time"
    for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU"):
        steward.locator(row.format("byday") + f"[value={day}]").check()
    steward.locator(row.format("opens_at")).fill("09:00")
    steward.locator(row.format("closes_at")).fill("17:00")
    steward.locator(row.format("closes_at")).press("Tab")
    preview = steward.locator("[data-hours-words]")
    preview.get_by_text("9 a.m. to 5 p.m.").first.wait_for()
    spanish = preview.locator("section[lang=es] table")
    assert "9 a.m. a 5 p.m." in spanish.inner_text() or "9:00" in spanish.inner_text()
    told = preview.locator("section[lang=en] table").inner_text()
    steward.get_by_role("button", name="Save", exact=True).first.click()
    steward.wait_for_url("**/cms/directory/services/")
    steward.goto(f"/directory/services/{ids[0]}/")
    assert words(steward.locator("table.week").first.inner_text()) == words(told)
    assert told.count("9 a.m. to 5 p.m.") == 7
    assert all(url.startswith(steward.url.split("/directory")[0]) for url in outside)


def test_hours_and_a_contacts_phone_at_one_place_are_entered_by_key(
    steward: Page, site: RunningSite, ids: tuple[str, str]
) -> None:
    steward.goto(f"/cms/directory/services/edit/{ids[0]}/")
    steward.get_by_role("tab", name="Places and hours").click()
    steward.get_by_role("link", name="Hours, phones and contacts at this place").press("Enter")
    steward.wait_for_url("**/cms/directory/places/edit/**")
    steward.get_by_role("button", name="Add Hours").press("Enter")
    row = "[name='schedules-0-{}']"
    for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU"):
        steward.locator(row.format("byday") + f"[value={day}]").press("Space")
    steward.locator(row.format("opens_at")).fill("13:00")
    steward.locator(row.format("closes_at")).fill("18:00")
    steward.locator(row.format("closes_at")).press("Tab")
    steward.locator("[data-hours-words]").get_by_text("1 p.m. to 6 p.m.").first.wait_for()
    steward.get_by_role("tab", name="Hours", exact=True).press("ArrowRight")
    steward.get_by_role("button", name="Add Contact").press("Enter")
    steward.locator("[name='contacts-0-department']").fill("Side door")
    steward.locator("#id_contacts-0-phones-ADD").press("Enter")
    steward.locator("[name='contacts-0-phones-0-number']").fill("303-555-0178")
    steward.locator("[name='contacts-0-phones-0-spoken']").fill("Spanish")
    steward.get_by_role("button", name="Save", exact=True).first.press("Enter")
    steward.wait_for_url("**/cms/directory/services/edit/**")
    steward.goto(f"/directory/services/{ids[0]}/")
    page = steward.inner_text("main")
    assert page.count("1 p.m. to 6 p.m.") >= 7
    assert "Side door" in page and "555-0178" in page


def words(text: str) -> list[str]:
    return text.lower().split()


def test_the_preview_is_a_page_without_scripts(steward: Page, ids: tuple[str, str]) -> None:
    """The cookies of the session are kept; scripts are not run."""
    browser = steward.context.browser
    assert browser
    state = steward.context.storage_state()
    plain = browser.new_context(storage_state=state, java_script_enabled=False)
    page = plain.new_page()
    page.goto(steward.url.split("/cms/")[0] + f"/cms/directory/services/edit/{ids[0]}/")
    with plain.expect_page() as opened:
        page.locator("[data-hours-preview] button").evaluate(
            "button => button.form.requestSubmit(button)"
        )
    assert "Hours not known" in opened.value.inner_text("body")
    plain.close()


def test_a_place_is_found_moved_by_key_and_saved(steward: Page, ids: tuple[str, str]) -> None:
    steward.goto(f"/cms/directory/locations/edit/{ids[1]}/")
    steward.locator(".place-map.leaflet-container").wait_for()
    given = steward.locator("[name=latitude]").input_value()
    steward.get_by_role("button", name="Find this address").click()
    use = steward.get_by_role("button", name="Use this point")
    use.wait_for()
    assert steward.locator("[name=latitude]").input_value() == given  # until it is chosen
    use.press("Enter")
    steward.get_by_text("The form now holds this point").wait_for()
    pin = steward.locator(".place-pin")
    before = float(steward.locator("[name=latitude]").input_value())
    pin.press("ArrowUp")
    after = float(steward.locator("[name=latitude]").input_value())
    assert before < after < before + 0.1
    steward.locator(".place-map").click(position={"x": 200, "y": 200})
    latitude = steward.locator("[name=latitude]").input_value()
    assert float(latitude) != after
    steward.locator("[name=confidential]").check()
    assert not steward.locator(".place-map").is_visible()
    steward.locator("[name=confidential]").uncheck()
    steward.get_by_role("button", name="Save", exact=True).first.click()
    steward.wait_for_url("**/cms/directory/locations/")
    steward.goto(f"/cms/directory/locations/edit/{ids[1]}/")
    assert steward.locator("[name=latitude]").input_value() == latitude.rstrip("0")
