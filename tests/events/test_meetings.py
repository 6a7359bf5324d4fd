"""One meeting in two languages: both pages say when it is and whether it takes place."""

import datetime as dt

import pytest
from django.test import Client
from icalendar import Calendar

from opendoor.events.models import EventPage
from tests.pages import trees

pytestmark = pytest.mark.django_db


@pytest.fixture
def english() -> EventPage:
    return trees.add_event("Open house")


@pytest.fixture
def spanish(english: EventPage) -> EventPage:
    return trees.add_event(
        "Puertas abiertas",
        "es",
        translation_key=english.translation_key,
        start=english.start,
        end=english.end,
    )


def publish(page: EventPage, **values: object) -> None:
    page = EventPage.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def in_file(client: Client, page: EventPage) -> object:
    file = client.get(f"{page.url.rstrip('/')}.ics")
    return Calendar.from_ical(file.content).events[0]


def test_cancelled_in_english_is_cancelled_in_spanish(
    client: Client, english: EventPage, spanish: EventPage
) -> None:
    before = in_file(client, spanish)
    publish(english, status="cancelled", start=english.start + dt.timedelta(hours=1))
    assert "Este evento está cancelado" in client.get(spanish.url).content.decode()
    after = in_file(client, spanish)
    assert after["STATUS"] == "CANCELLED"
    assert after["SEQUENCE"] >= before["SEQUENCE"]
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt
    spanish.refresh_from_db()
    assert spanish.start == english.start + dt.timedelta(hours=1)
    assert (spanish.title, spanish.has_unpublished_changes) == ("Puertas abiertas", False)
    publish(english, status="scheduled")
    assert "cancelado" not in client.get(spanish.url).content.decode()


def test_a_translation_of_before_does_not_bring_it_back(
    english: EventPage, spanish: EventPage
) -> None:
    publish(english, status="cancelled")
    publish(spanish, status="scheduled", lead="Venga.")
    spanish.refresh_from_db()
    assert (spanish.lead, spanish.status) == ("Venga.", "cancelled")
    assert EventPage.objects.get(pk=english.pk).status == "cancelled"


def test_a_draft_in_spanish_stays_a_draft(english: EventPage, spanish: EventPage) -> None:
    spanish.lead = "Todavía no."
    spanish.save_revision()
    publish(english, status="cancelled")
    spanish = EventPage.objects.get(pk=spanish.pk)
    assert (spanish.status, spanish.lead, spanish.has_unpublished_changes) == (
        "cancelled",
        "",
        True,
    )
    draft = spanish.get_latest_revision_as_object()
    assert (draft.status, draft.lead) == ("cancelled", "Todavía no.")
