"""The point of a location in the CMS: found, compared, and changed only when a person says so."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.geocoding.interface import Place
from directory.models import Address, Location
from directory.viewsets.map_words import apart, nearby

pytestmark = pytest.mark.django_db
CAPITOL = (39.7392, -104.9847)
ZIP = Place("Denver, CO 80203", 39.7313, -104.9811, "zip", "CO")
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def location() -> Location:
    location = Location.objects.create(
        name="Harbor House", latitude=CAPITOL[0], longitude=CAPITOL[1]
    )
    Address.objects.create(
        location=location,
        address_1="1 Elm St",
        city="Denver",
        state_province="CO",
        postal_code="80203",
    )
    return location


def form_of(steward: Client, location: Location) -> dict[str, str]:
    """The fields of the location's form, as a browser without JavaScript sends them."""
    page = steward.get(reverse("directory_locations:edit", args=[location.pk]))
    form = page.context["form"]
    data: dict[str, str] = {"place-of": str(location.pk)}
    forms = [form, *(f for formset in form.formsets.values() for f in formset.forms)]
    for one in [*forms, *(formset.management_form for formset in form.formsets.values())]:
        for field in one:
            value = field.value()
            data[field.html_name] = "" if value is None else str(value)
    data.pop("confidential")
    return {name: value for name, value in data.items() if not name.endswith("-DELETE")}


def hidden(html: str) -> dict[str, str]:
    form = re.search(r"<form method=\"post\" action=\"([^\"]+)\">(.*?)</form>", html, re.S)
    assert form
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[2]))
    return found | {"action": form[1]}


def test_what_was_found_stands_beside_the_present_point(
    steward: Client, location: Location
) -> None:
    data = form_of(steward, location)
    url = reverse("directory_locations:find_place")
    answer: dict[str, Any] = steward.post(url, data, headers=SCRIPT).json()
    (place,) = answer["places"]
    assert place["label"] == "Denver, CO 80203"
    assert place["apart"] == "0.6 miles south of the point in the form."
    assert place["exact"].startswith("Only the middle of a ZIP")
    assert "only when you choose" in answer["message"]
    none = steward.post(url, data | {"latitude": "", "longitude": "x"}, headers=SCRIPT).json()
    assert none["places"][0]["apart"] == "The form holds no point yet."


def test_without_javascript_the_point_changes_only_by_its_button(
    steward: Client, location: Location
) -> None:
    data = form_of(steward, location) | {"name": 'Harbor "Inn"'}
    page = steward.post(reverse("directory_locations:find_place"), data)
    html = page.content.decode()
    assert "0.6 miles south" in html and "Use this point and save" in html
    location.refresh_from_db()
    assert (float(location.latitude or 0), location.name) == (CAPITOL[0], "Harbor House")
    sent = {n: v.replace("&quot;", '"') for n, v in hidden(html).items()}
    address = sent.pop("action")
    assert address == reverse("directory_locations:edit", args=[location.pk])
    saved = steward.post(address, sent)
    assert saved.status_code == 302, saved.context["form"].errors
    location.refresh_from_db()
    assert (float(location.latitude or 0), location.name) == (ZIP.lat, 'Harbor "Inn"')
    assert location.addresses.count() == 1


def test_the_form_goes_nowhere_else(steward: Client, location: Location) -> None:
    data = form_of(steward, location) | {"place-of": "https://elsewhere.example/"}
    page = steward.post(reverse("directory_locations:find_place"), data)
    assert hidden(page.content.decode())["action"] == reverse("directory_locations:add")


def test_the_form_says_what_is_near_its_point(steward: Client, location: Location) -> None:
    page = steward.get(reverse("directory_locations:edit", args=[location.pk])).content.decode()
    assert "Near this point: the middle of Denver, CO 80" in page
    url = reverse("directory_locations:near_point")
    point = {"latitude": "40.0150", "longitude": "-105.2705"}
    assert "Boulder, CO" in steward.post(url, point).json()["near"]
    assert (
        "Check the two numbers" in steward.post(url, {"latitude": 0, "longitude": 0}).json()["near"]
    )
    for other in ({"latitude": "nan", "longitude": 0}, point | {"confidential": "on"}, {}):
        assert steward.post(url, other).json() == {"near": ""}
    assert Client().post(url, point).status_code == 302


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ((39.7392, -104.9848), "Less than 0.1 miles from"),
        ((39.9, -104.9847), "11 miles north of"),
        ((39.7392, -104.0), "52 miles east of"),
        ((39.6, -105.17), "14 miles south-west of"),
        ((39.7392, -106.0), "54 miles west of"),
    ],
)
def test_distance_and_direction(there: tuple[float, float], told: str) -> None:
    assert apart(Place("x", *there, "zip"), CAPITOL).startswith(told)


def test_over_the_date_line_east_is_east() -> None:
    assert " east of" in apart(Place("x", 52.0, -179.9, "zip"), (52.0, 179.9))


def test_near_the_pole_there_is_nothing() -> None:
    assert "Check the two numbers" in nearby((90.0, 0.0))
