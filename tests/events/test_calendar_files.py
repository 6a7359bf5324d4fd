"""Calendar files: written, read back, and what a calendar program makes of them."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Locale

from opendoor.events.models import EventPage
from tests.pages import trees

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def at(*parts: int) -> dt.datetime:
    """A moment of the county."""
    return dt.datetime(*parts, tzinfo=DENVER)  # type: ignore[misc,arg-type]


def read(client: Client, url: str = "/events/calendar.ics") -> Calendar:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies
    return Calendar.from_ical(response.content)


def only(client: Client, url: str = "/events/calendar.ics") -> Any:
    (event,) = read(client, url).walk("VEVENT")
    return event


def test_an_event_comes_back_as_it_was_written(client: Client) -> None:
    page = trees.add_event(
        "Open house; all welcome, really",
        start=at(2026, 12, 1, 18),
        end=at(2026, 12, 1, 20, 30),
        lead="Meet the team.\nCoffee, cake; and time.",
        place_name="Library",
        address="100 Main Street, Aurora",
        organizer="Office of Behavioral Health",
    )
    event = only(client)
    assert event["UID"] == str(page.translation_key)
    assert event["SUMMARY"] == "Open house; all welcome, really"
    assert event.start == page.start
    assert event.end == page.end
    assert event["LOCATION"] == "Library, 100 Main Street, Aurora"
    assert event["STATUS"] == "CONFIRMED"
    assert event["CONTACT"] == "Office of Behavioral Health"
    assert event["URL"] == f"http://testserver{page.url}"
    assert "Meet the team.\nCoffee, cake; and time." in event["DESCRIPTION"]
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
    assert abs(event["DTSTAMP"].dt - page.last_published_at) < dt.timedelta(seconds=1)


def test_lines_end_with_crlf_and_are_folded(client: Client) -> None:
    trees.add_event("Ñandú " * 30, lead="Palabras con acentos: áéíóú. " * 10)
    content = client.get("/events/calendar.ics").content
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert only(client)["SUMMARY"] == ("Ñandú " * 30)


def test_times_carry_their_zone_across_a_change_of_the_clock(client: Client) -> None:
    for day in (7, 8):  # clocks go forward on March 8, 2026
        trees.add_event(f"On {day}", start=at(2026, 3, day, 18), end=at(2026, 3, day, 19))
    calendar = read(client)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "America/Denver"
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    starts = [event["DTSTART"] for event in calendar.walk("VEVENT")]
    assert [start.params["TZID"] for start in starts] == ["America/Denver"] * 2
    assert [start.dt.hour for start in starts] == [18, 18]
    assert starts[1].dt.astimezone(dt.UTC) - starts[0].dt.astimezone(dt.UTC) == dt.timedelta(
        hours=23
    )


def test_an_event_through_the_night_the_clocks_go_back_keeps_its_length(client: Client) -> None:
    start, end = at(2026, 10, 31, 22), at(2026, 11, 1, 4)
    page = trees.add_event(start=start, end=end)
    event = only(client)
    length = event.end.astimezone(dt.UTC) - event.start.astimezone(dt.UTC)
    assert length == dt.timedelta(hours=7) == page.end - page.start


def test_a_whole_day_has_dates_and_ends_the_day_after(client: Client) -> None:
    trees.add_event(all_day=True, start=at(2026, 12, 5), end=at(2026, 12, 6, 23, 59))
    event = only(client)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event.start, event.end) == (dt.date(2026, 12, 5), dt.date(2026, 12, 7))


def test_a_cancelled_event_stays_and_says_so(client: Client) -> None:
    page = trees.add_event(status=EventPage.Status.CANCELLED, status_note="The hall is flooded.")
    event = only(client)
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "Cancelled: Open house"
    assert "The hall is flooded." in event["DESCRIPTION"]
    assert event["UID"] == str(page.translation_key)


def test_each_publication_raises_the_sequence_and_keeps_the_uid(client: Client) -> None:
    page = trees.add_event()
    EventPage.objects.update(first_published_at=timezone.now() - dt.timedelta(days=2))
    page.refresh_from_db()
    page.save_revision().publish()
    first = only(client)
    EventPage.objects.update(first_published_at=timezone.now() - dt.timedelta(days=3))
    page.refresh_from_db()
    page.status = EventPage.Status.MOVED
    page.save_revision().publish()
    second = only(client)
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"] > 0
    assert second["LAST-MODIFIED"].dt >= first["LAST-MODIFIED"].dt


def test_past_events_stay_in_the_calendar(client: Client) -> None:
    trees.add_event("Long ago", start=at(2020, 1, 1, 10), end=at(2020, 1, 1, 11))
    trees.add_event("To come")
    assert [str(e["SUMMARY"]) for e in read(client).walk("VEVENT")] == ["Long ago", "To come"]


def test_one_meeting_in_two_languages_has_one_uid(client: Client) -> None:
    page = trees.add_event()
    copy = page.copy_for_translation(Locale.objects.get(language_code="es"))
    copy.title = "Puertas abiertas"
    copy.save_revision().publish()
    english, spanish = only(client), only(client, "/es/events/calendar.ics")
    assert spanish["SUMMARY"] == "Puertas abiertas"
    assert spanish["UID"] == english["UID"]
    assert str(spanish["URL"]).startswith("http://testserver/es/events/")


def test_one_event_alone(client: Client) -> None:
    page, _ = trees.add_event("Mine"), trees.add_event("Not mine")
    assert only(client, f"/events/{page.slug}.ics")["SUMMARY"] == "Mine"


def test_drafts_and_private_events_are_in_no_file(client: Client) -> None:
    draft, private = trees.add_event("Draft"), trees.add_event("Private")
    draft.unpublish()
    private.view_restrictions.create(restriction_type="login")
    assert not read(client).walk("VEVENT")
    for page in (draft, private):
        assert client.get(f"/events/{page.slug}.ics").status_code == 404
    assert client.get("/events/nothing.ics").status_code == 404


def test_no_events_is_a_calendar_too(client: Client) -> None:
    assert read(client)["VERSION"] == "2.0"


def test_the_feed_holds_what_is_coming(client: Client) -> None:
    trees.add_event("Over", start=at(2020, 1, 1, 10), end=at(2020, 1, 1, 11))
    page = trees.add_event(
        "Next", status=EventPage.Status.CANCELLED, status_note="The hall is flooded."
    )
    response = client.get("/events/feed.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(response.content)  # noqa: S314  # our own output
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Next"
    assert entry.findtext("a:id", namespaces=ATOM) == f"urn:uuid:{page.translation_key}"
    summary = entry.findtext("a:summary", namespaces=ATOM) or ""
    assert summary.startswith("Cancelled")
    assert "The hall is flooded." in summary
