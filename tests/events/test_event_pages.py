"""The list of events, one event, and how its time is put into words."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from opendoor.events.models import EventPage
from opendoor.events.wording import span
from tests.pages import trees

DENVER = ZoneInfo("America/Denver")


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=DENVER)  # type: ignore[misc,arg-type]


def days(count: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=count)


@pytest.mark.parametrize(
    ("start", "end", "all_day", "words"),
    [
        (
            at(2026, 12, 1, 18),
            at(2026, 12, 1, 20, 30),
            False,
            "Tuesday, Dec. 1, 2026, 6 p.m. to 8:30 p.m.",
        ),
        (at(2026, 12, 1, 18), at(2026, 12, 1, 18), False, "Tuesday, Dec. 1, 2026, 6 p.m."),
        (at(2026, 12, 1), at(2026, 12, 1, 23, 59), True, "Tuesday, Dec. 1, 2026, all day"),
        (
            at(2026, 12, 1, 9),
            at(2026, 12, 2, 17),
            False,
            "Tuesday, Dec. 1, 2026, 9 a.m. to Wednesday, Dec. 2, 2026, 5 p.m.",
        ),
        (
            at(2026, 12, 1),
            at(2026, 12, 2, 12),
            True,
            "Tuesday, Dec. 1, 2026 to Wednesday, Dec. 2, 2026",
        ),
        # 1 a.m. in the county, though already the next morning in Greenwich
        (
            dt.datetime(2026, 12, 2, 1, tzinfo=dt.UTC),
            dt.datetime(2026, 12, 2, 2, tzinfo=dt.UTC),
            False,
            "Tuesday, Dec. 1, 2026, 6 p.m. to 7 p.m.",
        ),
    ],
)
def test_when_in_words(start: dt.datetime, end: dt.datetime, all_day: bool, words: str) -> None:
    assert span(start, end, all_day) == words


def test_when_in_spanish() -> None:
    with translation.override("es"):
        words = span(at(2026, 12, 1, 18), at(2026, 12, 1, 20), False)
    assert words.startswith("martes, 1 de diciembre de 2026, 6:00 p.m.")


@pytest.mark.django_db
def test_the_list_has_what_is_coming_by_month_and_keeps_the_past(client: Client) -> None:
    trees.add_event("Later", start=days(40))
    trees.add_event("Sooner", start=days(2))
    trees.add_event("Now", start=days(-0.01), end=days(0.01))
    trees.add_event("Over", start=days(-3))
    html = client.get("/events/").content.decode()
    assert html.index("Now") < html.index("Sooner") < html.index("Later")
    assert "Over" not in html
    months = re.findall(r'<h2 id="m\d+">(.*?)</h2>', html)
    assert len(months) == len(set(months)) >= 2
    past = client.get("/events/?when=past").content.decode()
    assert "Over" in past
    assert "Sooner" not in past


@pytest.mark.django_db
def test_a_long_list_is_paged_and_a_wrong_page_is_the_nearest(client: Client) -> None:
    for number in range(22):
        trees.add_event(f"Meeting {number:02}", start=days(number + 1))
    first = client.get("/events/").content.decode()
    assert first.count("Meeting ") == 20
    assert "page=2" in first
    for page in ("2", "99"):
        html = client.get("/events/", {"page": page}).content.decode()
        assert re.findall(r"Meeting \d\d", html) == ["Meeting 20", "Meeting 21"]
    assert "Meeting 00" in client.get("/events/?page=nonsense").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "words"),
    [("cancelled", "This event is cancelled."), ("moved", "This event has moved")],
)
def test_a_change_is_said_first_and_plainly(client: Client, status: str, words: str) -> None:
    page = trees.add_event(
        status=status, status_note="The hall is flooded.", registration_url="https://example.org/"
    )
    html = client.get(page.url).content.decode()
    assert html.index(words) < html.index("At a glance")
    assert "The hall is flooded." in html
    assert (">Sign up<" in html) is (status == "moved")
    listed = client.get("/events/").content.decode()
    assert re.search(r'class="tag tag-closed".*?(Cancelled|Moved)', listed, re.S)


@pytest.mark.django_db
def test_an_event_that_is_over_says_so(client: Client) -> None:
    page = trees.add_event(start=days(-3), registration_url="https://example.org/")
    html = client.get(page.url).content.decode()
    assert "This event is over." in html
    assert ">Sign up<" not in html


@pytest.mark.django_db
def test_an_event_tells_all_that_one_wants_to_know(client: Client) -> None:
    programme = trees.add_programme()
    page = trees.add_event(
        place_name="Library",
        address="100 Main Street",
        online_url="https://example.org/meet",
        audience="Families",
        languages_spoken="English and Spanish",
        cost="Free",
        accessibility="Step-free",
        registration_url="https://example.org/sign-up",
        organizer="Office of Behavioral Health",
        programme=programme,
    )
    html = client.get(page.url).content.decode()
    for words in (
        *("Library", "100 Main Street", "Families", "English and Spanish", "Free", "Step-free"),
        *('href="https://example.org/meet"', 'href="https://example.org/sign-up"'),
        *("Office of Behavioral Health", f'href="{programme.url}"'),
        f'href="/events/{page.slug}.ics"',
    ):
        assert words in html, words


@pytest.mark.django_db
def test_an_event_cannot_end_before_it_starts() -> None:
    page = trees.add_event()
    page.end = page.start - dt.timedelta(minutes=1)
    with pytest.raises(ValidationError, match="cannot end before it starts"):
        page.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=page.pk).update(end=page.end)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/", "mailto:a@b.co"])
def test_a_sign_up_address_is_a_web_address(address: str) -> None:
    page = trees.add_event()
    page.registration_url = address
    with pytest.raises(ValidationError):
        page.full_clean()
