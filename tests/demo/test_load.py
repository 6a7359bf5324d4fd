"""Loading again, on another day, on a directory that is in use."""

import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from directory.models import Location, Organization, Schedule, Service
from opendoor.demo import staff
from opendoor.demo.identity import uid
from opendoor.demo.load import load
from opendoor.events.models import EventPage
from opendoor.pages.models import ContentPage
from transparency.models import Release

pytestmark = pytest.mark.django_db


def _again(**options: bool) -> str:
    said = StringIO()
    call_command("load_demo", stdout=said, **options)
    return said.getvalue()


def test_it_ends_with_addresses_to_try(loaded: str) -> None:
    assert "/directory/?" in loaded
    assert "/transparency/" in loaded.partition("To try:")[2]


def test_a_second_load_changes_nothing(loaded: str) -> None:
    assert "Loaded" in loaded
    before = _state()
    assert "Nothing changed" in _again()
    assert _state() == before


def _state() -> tuple[object, ...]:
    return (
        set(Service.objects.values_list("pk", "last_modified")),
        set(Schedule.objects.values_list("pk", flat=True)),
        set(Page.objects.values_list("pk", "last_published_at")),
        Revision.objects.count(),
        Release.objects.count(),
    )


def test_what_was_changed_is_put_back(loaded: str) -> None:
    service = Service.objects.get(pk=uid("service", "county-crisis-line"))
    name = service.name
    Service.objects.filter(pk=service.pk).update(name="Something else")
    service.languages.all().delete()
    about = ContentPage.objects.get(slug="about", locale__language_code="en")
    about.title = "Other"
    about.save_revision().publish()
    said = _again()
    assert "1 added, 1 changed" in said
    service.refresh_from_db()
    about.refresh_from_db()
    assert (service.name, service.languages.count()) == (name, 1)
    assert about.title == "About this site"


def test_listings_of_others_stay(loaded: str) -> None:
    clinic = Organization.objects.create(name="A clinic of our own")
    ours = Service.objects.create(organization=clinic, name="Ours")
    _again()
    assert Service.objects.filter(pk=ours.pk).exists()


def test_what_left_the_data_leaves_the_directory(loaded: str) -> None:
    organization = Organization.objects.get(pk=uid("organization", "obh"))
    gone = Service.objects.create(
        organization=organization, name="Gone", source="demonstration", source_id="gone"
    )
    assert "1 deleted" in _again()
    assert not Service.objects.filter(pk=gone.pk).exists()


def test_on_another_day_the_events_move_on(loaded: str) -> None:
    event = EventPage.objects.get(slug="crisis-campus-open-house", locale__language_code="en")
    today = timezone.localdate()
    assert timezone.localtime(event.start).date() == today + timedelta(days=4)
    load(today + timedelta(days=30), lambda line: None)
    event.refresh_from_db()
    assert timezone.localtime(event.start).date() == today + timedelta(days=34)
    assert timezone.localtime(event.start).hour == 10


def test_if_empty_leaves_a_used_directory_alone(loaded: str) -> None:
    Service.objects.exclude(pk=uid("service", "county-crisis-line")).delete()
    assert "1 services are here" in _again(if_empty=True)
    assert Service.objects.count() == 1


def test_a_fault_in_the_last_file_changes_nothing(
    loaded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here an event that would tell where a shelter is."""
    Service.objects.filter(pk=uid("service", "county-crisis-line")).update(name="To be put back")
    event = {"slug": "tour", "day": 1, "from": "09:00", "to": "10:00", "at": "larkhaven-shelter"}
    monkeypatch.setattr(
        "opendoor.demo.happenings.read", lambda name: {"event": [{**event, "organizer": "Us"}]}
    )
    before = _state()
    with pytest.raises(CommandError, match=r"Nothing was changed\. event “tour”: .* may be named"):
        _again()
    assert _state() == before
    assert Service.objects.filter(name="To be put back").exists()


def test_the_first_administrator_can_sign_in_and_is_made_once(loaded: str) -> None:
    path = Path(settings.DATA_DIR) / staff.FILE
    password = path.read_text(encoding="utf-8").strip()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert password in loaded
    assert authenticate(username=staff.USERNAME, password=password) is not None
    assert staff.first_administrator() is None
    assert get_user_model().objects.filter(is_superuser=True).count() == 1


def test_addresses_stay(loaded: str) -> None:
    """Links that people kept lead to the same listing after every loading."""
    kept = "66b42eaa-63c0-5a7f-a474-1caeb0ddefab"
    assert str(Service.objects.get(pk=kept).name) == "Cottonwood Walk-In Crisis Centre"
    assert Location.objects.filter(pk=uid("location", "cottonwood-campus")).exists()
