"""The history of a listing in plain words, and its versions compared and brought back in part."""

import re
from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import strip_tags
from pytest_django import DjangoCaptureOnCommitCallbacks as Callbacks
from wagtail.log_actions import LogContext
from wagtail.users.models import UserProfile

from directory.logbook import ANSWERED, STATUS
from directory.models import (
    DuplicatePair,
    Language,
    Location,
    Phone,
    Schedule,
    Service,
    Verification,
)
from directory.rhythm import weekdays
from directory.stewardship.history import keep_as_it_stands, remembered
from directory.stewardship.verifying import verify
from directory.viewsets.happenings import DEEDS
from tests.directory.listings import make_place, make_service, open_daily, speak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


@pytest.fixture
def service() -> Service:
    service = make_service(fees_description="Free", status="active")
    make_place(service)
    open_daily(service)
    return service


def page(steward: Client, way: str, record: Any, *args: Any) -> str:
    """The main text of a page of a record's history, without its marks."""
    area = f"directory_{record._meta.model_name}s"
    html = steward.get(reverse(f"{area}:{way}", args=[record.pk, *args])).content.decode()
    return re.sub(r"\s+", " ", strip_tags(html[html.index("<main") :]))


def compared(steward: Client, record: Any) -> str:
    return page(steward, "revisions_compare", record, "earliest", "latest")


def change(service: Service, user: Any) -> None:
    with remembered(service, user):
        Service.objects.update(fees_description="$5", status="temporarily closed", telehealth=True)
        Phone.objects.update(number="303-534-2345", type="text")
        Schedule.objects.update(byday="MO,1TU", closes_at=time(12), interval=2, freq="MONTHLY")
        speak(service, "es")


def test_versions_are_compared_in_words(steward: Client, service: Service, user: Any) -> None:
    change(service, user)
    text = compared(steward, service)
    for said in ("active", "temporarily closed", "text message", "Monday, first Tuesday"):
        assert said in text
    for said in ("noon", "5 p.m.", "Spanish", "every month", "Added", "Changed", "yes"):
        assert said in text
    for code in ("MO", "17:00", "12:00:00", "MONTHLY", "True", "None"):
        assert code not in text.replace("MOnday", "")


def test_versions_are_compared_in_the_readers_language(
    steward: Client, service: Service, user: Any
) -> None:
    change(service, user)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "es"
    profile.save()
    text = compared(steward, service)
    with translation.override("es"):
        assert weekdays("MO,1TU") in text
    assert "lunes" in text.lower()


def test_a_location_is_compared_in_words_too(steward: Client, service: Service, user: Any) -> None:
    location = Location.objects.get()
    with remembered(location, user):
        Location.objects.update(location_type="virtual")
        Language.objects.create(location=location, code="vi")
    text = compared(steward, location)
    assert "a place to visit" in text and "online or by phone" in text and "Vietnamese" in text


def test_days_that_nobody_can_read_stand_as_they_are() -> None:
    assert weekdays("MO,XX") == "MO,XX"
    assert weekdays("-1FR") == "Last Friday"


def test_phones_languages_and_hours_show_what_comes_back_and_come_back(
    steward: Client,
    service: Service,
    user: Any,
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    change(service, user)
    first = service.revisions.order_by("pk")[0]
    back = reverse("directory_services:revisions_revert", args=[service.pk, first.pk])
    text = page(steward, "revisions_revert", service, first.pk)
    assert "303-555-0101" in text and "303-534-2345" in text and "Removed" in text
    assert "Friday" in text and "5 p.m." in text and "Spanish" in text
    with django_capture_on_commit_callbacks(execute=True):
        steward.post(back, {"part": ["status", "phones", "schedules"]})
    fresh = Service.objects.get()
    assert fresh.fees_description == "$5" and fresh.languages.get().code == "es"
    assert str(fresh.phones.get()) == "303-555-0101"
    assert str(fresh.schedules.get()) == "MO,TU,WE,TH,FR,SA,SU 09:00–17:00"
    public = Client().get(f"/directory/services/{service.pk}/").content.decode()
    assert "303-555-0101" in public and "303-534-2345" not in public
    assert "9 a.m. to 5 p.m." in public
    (hit,) = Client().get("/api/search", {"q": "lantern"}).json()["hits"]
    assert hit["phone"] == "303-555-0101"
    assert "Partly put back to the version of" in page(steward, "history", service)


def test_a_part_leaves_checks_of_what_did_not_change(service: Service, user: Any) -> None:
    keep_as_it_stands(service)
    first = service.revisions.get()
    verify(service, ["phone"], "called", "steward", timezone.localdate(), user)
    Service.objects.update(fees_description="$5")
    client = Client()
    client.force_login(user)
    back = reverse("directory_services:revisions_revert", args=[service.pk, first.pk])
    client.post(back, {"part": ["fees_description"]})
    assert Service.objects.get().fees_description == "Free"
    assert Verification.objects.current().get().field == "phone"


def test_a_check_says_what_holds_until_when(steward: Client, service: Service, user: Any) -> None:
    verify(service, ["phone"], "called", "steward", timezone.localdate(), user)
    until = Verification.objects.get().valid_until
    text = page(steward, "history", service)
    assert f"Checked (called them): phone until {until:%B} {until.day}, {until.year}" in text


def test_each_of_many_listings_keeps_its_own_entry(
    steward: Client, service: Service, user: Any
) -> None:
    """One request, two listings: Wagtail shows of entries with one id only the last."""
    other = make_service("Talk line")
    with LogContext(user=user):
        for one in (service, other):
            with remembered(one, user, STATUS, {"status": "inactive"}):
                Service.objects.filter(pk=one.pk).update(status="inactive")
    for one in (service, other):
        assert "Status set: inactive" in page(steward, "history", one)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"taken": 2}, "Provider’s answer accepted: 2 corrections"),
        ({"taken": 0, "closed": False}, "Provider’s answer accepted: all is right"),
        ({"taken": 1, "closed": True}, "Provider’s answer accepted: closed for good"),
        ({}, "Provider’s answer accepted: all is right"),
    ],
)
def test_an_answer_says_what_was_taken_over(data: dict[str, Any], said: str) -> None:
    assert DEEDS[ANSWERED][1](data) == said


@pytest.mark.parametrize("action", DEEDS)
def test_an_entry_whose_data_is_gone_still_says_what_was_done(action: str) -> None:
    assert DEEDS[action][1]({})


def test_a_merge_stands_in_both_histories_and_can_be_compared(
    steward: Client, service: Service
) -> None:
    other = make_service("Talk line", email="talk@example.org")
    first, second = sorted([service, other], key=lambda one: one.pk)
    pair = DuplicatePair.objects.create(first=first, second=second, score=0.9)
    url = reverse("directory_duplicates:decide", args=[pair.pk])
    side = "left" if first == service else "right"
    steward.post(url, {"do": side, "take-email": "right" if side == "left" else "left"})
    assert Service.objects.get(pk=other.pk).merged_into == service
    assert "Merged with “Talk line”" in page(steward, "history", service)
    assert "Merged with “Lantern Counselling”" in page(steward, "history", other)
    assert "talk@example.org" in compared(steward, service)
    steward.post(url, {"do": "back"})
    assert "Made a listing apart from “Talk line” again" in page(steward, "history", service)
