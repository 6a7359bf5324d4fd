"""The page of a service: an answer for someone who is about to call."""

import json
import re
import uuid
from datetime import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.listing import first_sentence
from directory.models import Phone, Schedule, Service, ServiceAtLocation
from tests.directory.listings import (
    make_confidential,
    make_place,
    make_service,
    open_daily,
    speak,
    tag,
    translate,
)

pytestmark = pytest.mark.django_db
CANARY = "1313 Hidden Lane"
MOST_QUERIES = 45


def page(client: Client, service: Service, prefix: str = "") -> str:
    response = client.get(prefix + reverse("directory:service", args=[service.pk]))
    assert response.status_code == 200 and not response.cookies
    return str(response.content.decode())


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")].replace("<wbr>", "")


def test_it_answers_what_one_asks_before_calling(client: Client) -> None:
    service = make_service(
        what_happens="A person answers and asks your first name.",
        eligibility_description="Anyone in the county.",
        fees_description="Ten dollars a visit.",
        application_process="Walk in on Tuesdays.",
        url="https://lantern.example/help",
        minimum_age=12,
        maximum_age=25,
    )
    make_place(service)
    tag(service, "insurance", "medicaid", "Medicaid")
    speak(service, "vi")
    html = main_of(page(client, service))
    for words in (
        "Lantern Counselling",
        "From Lantern Counselling Inc.",
        "Talking therapy for adults.",
        "A person answers and asks your first name.",
        "Anyone in the county.",
        "Ages 12 to 25",
        "Ten dollars a visit.",
        "Insurance it takes: Medicaid",
        "Walk in on Tuesdays.",
        "Vietnamese",
        "100 Main Street",
        "goes to lantern.example",
        "Sept. 1, 2026",
        "directory steward",
        reverse("directory:report", args=[service.pk]),
    ):
        assert words in html


def test_what_is_not_known_is_said_to_be_unknown(client: Client) -> None:
    service = make_service(description="", assured_date=None, assurer_role="")
    html = main_of(page(client, service))
    assert html.count("Not said.") == 4
    assert "Hours not known" in html and "call first" in html
    assert "This listing does not say." in html
    assert "Nobody has checked this listing yet." in html
    assert "closed" not in html.lower()


def test_the_first_sentence_is_said_once(client: Client) -> None:
    html = main_of(page(client, make_service()))
    assert html.count("Talking therapy for adults.") == 1 and html.count("Evening hours.") == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("One line", "One line"),
        ("One. Two.", "One."),
        ("First\nsecond", "First"),
        ("word " * 100, "word " * 47 + "word…"),
    ],
)
def test_the_one_line_under_the_name(text: str, expected: str) -> None:
    assert first_sentence(text.strip()) == expected


def test_phones_stand_in_order_and_each_once(client: Client) -> None:
    service = make_service()
    at = make_place(service)
    Phone.objects.create(organization=service.organization, number="303-555-0103")
    Phone.objects.create(location=at.location, number="303-555-0102", extension="12")
    Phone.objects.create(organization=service.organization, number="(303) 555-0101")
    Phone.objects.create(service=service, number="303-555-0104", type="text", priority=2)
    Phone.objects.create(service=service, number="303-555-0105", type="fax", priority=3)
    html = main_of(page(client, service))
    contact = html[html.index('id="contact"') : html.index("</aside>")]
    assert re.findall(r'href="((?:tel|sms):[^"]*)"', contact) == [
        "tel:+13035550101",
        "sms:+13035550104",
        "tel:+13035550102;ext=12",
        "tel:+13035550103",
    ]
    assert contact.count(service.organization.name) == 1  # names whose number the last one is
    assert "Fax 303-555-0105" in contact and "303-555-0102, extension 12" in contact


def test_the_week_marks_today_and_nights(client: Client) -> None:
    service = make_service()
    open_daily(service, time(20), time(6))
    html = main_of(page(client, service))
    assert html.count("8 p.m. to 6 a.m. the next day") == 7
    assert html.count('<tr class="today">') == 1
    assert "Open now" in html or "Closed" in html


def test_two_places_with_other_hours_are_told_apart(client: Client) -> None:
    service = make_service()
    open_daily(service)
    make_place(service)
    other = make_place(service, address="2 Far Road")
    Schedule.objects.create(
        service_at_location=other, byday="SA", opens_at=time(10), closes_at=time(12)
    )
    html = main_of(page(client, service))
    assert "not the same at every place" in html
    assert html.count("<table") == 2
    assert html.index("2 Far Road") < html.index("10 a.m. to noon")


def test_hours_elsewhere_name_their_time_zone(client: Client) -> None:
    service = make_service()
    open_daily(service)
    make_place(service, time_zone="America/New_York")
    assert "In the time of America/New York" in page(client, service)


def test_a_confidential_place_is_absent_whatever_the_record_holds(client: Client) -> None:
    service = make_service("Safe Harbor")
    at = make_place(service, address=CANARY, transportation=CANARY)
    assert CANARY in page(client, service)
    at.location.confidential = True
    at.location.save()
    ServiceAtLocation.objects.filter(pk=at.pk).update(description=CANARY)
    html = page(client, service)
    assert "The address is private." in html
    assert CANARY not in html and "Main office" not in html


def test_imported_text_is_escaped_everywhere(client: Client) -> None:
    bad = "</script><script>alert(1)</script>"
    service = make_service(f"Bad {bad}", description=f"Text {bad}", what_happens=bad)
    html = page(client, service)
    assert "<script>alert" not in html
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert json.loads(blocks[0])["name"] == f"Bad {bad}"


def test_structured_data_says_what_the_page_says(client: Client) -> None:
    service = make_service()
    make_place(service)
    make_confidential(service)
    html = page(client, service)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert block
    data = json.loads(block[1])
    assert data["@type"] == "Service" and data["provider"]["name"] == "Lantern Counselling Inc."
    places = [channel.get("serviceLocation") for channel in data["availableChannel"]]
    assert [place["address"] for place in places if place] == ["100 Main Street, Denver, CO 80203"]


@pytest.mark.parametrize(
    ("status", "code", "named"),
    [
        ("inactive", 410, False),
        ("defunct", 410, True),
        ("temporarily closed", 404, True),
    ],
)
def test_a_listing_that_is_gone(client: Client, status: str, code: int, named: bool) -> None:
    service = make_service("Lantern", status=status)
    response = client.get(reverse("directory:service", args=[service.pk]))
    html = response.content.decode()
    assert response.status_code == code
    assert ("Lantern" in main_of(html)) is named
    assert reverse("directory:search") in main_of(html) and 'href="tel:988"' in html
    assert "303-555-0101" not in html


def test_a_listing_that_its_source_no_longer_has_is_gone_and_may_come_back(client: Client) -> None:
    service = make_service("Lantern", set_aside_at="2026-11-01T00:00Z")
    path = reverse("directory:service", args=[service.pk])
    response = client.get(path)
    html = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (410, "no-cache")
    assert client.get(f"/hsds/services/{service.pk}").status_code == 410
    assert "This listing is no longer here" in main_of(html) and "Lantern" not in main_of(html)
    assert html.index('href="tel:988"') < html.index("<main") < html.index('role="search"')
    Service.objects.update(set_aside_at=None)
    assert client.get(path).status_code == 200


def test_a_listing_that_never_was(client: Client) -> None:
    assert client.get(reverse("directory:service", args=[uuid.uuid4()])).status_code == 404


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    service = make_service()
    make_place(service)
    tag(service, "need", "code")
    speak(service, "es")
    page(client, service)  # the first page of a process fills caches of the frame
    counts = []
    for more in (0, 49):
        for n in range(more):
            Phone.objects.create(service=service, number=f"303-555-{1000 + n}")
            Phone.objects.create(
                location=make_place(service).location, number=f"303-556-{1000 + n}"
            )
            tag(service, "need", f"code-{n}")
        with CaptureQueriesContext(connection) as queries:
            page(client, service)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_in_spanish_the_provider_s_own_words(client: Client) -> None:
    service = make_service()
    translate(service, "es", name="La Linterna", what_happens="Contesta una persona.")
    html = main_of(page(client, service, "/es"))
    assert "La Linterna" in html and "Contesta una persona." in html
