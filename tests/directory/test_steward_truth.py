"""A verification does not outlive what was verified, whatever changes it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from directory.lasting import Subject
from directory.models import (
    Address,
    Location,
    Phone,
    ProviderAnswer,
    Schedule,
    ScheduleException,
    Service,
    Verification,
)
from directory.publishing import listings_changed
from directory.stewardship.accepting import TAKE, Decision, accept
from directory.stewardship.due import due
from directory.stewardship.freshness import freshness
from directory.stewardship.standing import standing
from directory.stewardship.verifying import verify
from tests.directory.importing import ROW, run, write
from tests.directory.listings import make_confidential, make_place, make_service, open_daily
from tests.directory.test_admin import empty, inline, service_form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
EVERY = {str(subject) for subject in Subject}


def check(service: Service, *fields: str, days: int = 0, role: str = "steward") -> None:
    on = timezone.localdate() - timedelta(days=days)
    verify(service, fields or sorted(EVERY), "called", role, on)


def holding() -> set[str]:
    return set(Verification.objects.current().values_list("field", flat=True))


def summary() -> tuple[date | None, str]:
    return Service.objects.values_list("assured_date", "assurer_role").get()


def checked(service: Service) -> None:
    """All of it, today, so that the listing has a date of its own."""
    Service.objects.filter(pk=service.pk).update(assured_date=None, assurer_role="")
    check(service)
    assert summary() == (timezone.localdate(), "steward")


@pytest.fixture
def listed() -> Service:
    service = make_service(fees_description="Free", assured_date=None, assurer_role="")
    make_place(service)
    open_daily(service)
    checked(service)
    return service


def post(steward: Client, service: Service, **changed: object) -> None:
    rows = empty("schedules", "attributes", "languages", "translations")
    kept = Service.objects.get()
    dated = {"assured_date": kept.assured_date or "", "assurer_role": kept.assurer_role}
    form = service_form(kept, **rows) | dated | changed
    response = steward.post(reverse("directory_services:edit", args=[service.pk]), form)
    assert response.status_code == 302, response.context["form"].errors


def post_place(steward: Client, **address: object) -> None:
    place, kept = Location.objects.get(), Address.objects.get()
    told = {"city": kept.city, "country": "US", "address_type": "physical", "id": kept.pk}
    form = {
        "name": place.name,
        "location_type": "physical",
        "latitude": "39.7",
        "longitude": "-104.9",
        **empty("accessibility", "languages", "contacts", "schedules", "phones"),
        **inline("addresses", told | {"address_1": kept.address_1} | address, initial=1),
    }
    response = steward.post(reverse("directory_locations:edit", args=[place.pk]), form)
    assert response.status_code == 302


def test_a_new_number_in_the_cms_ends_the_check_of_the_phone(
    steward: Client, service: Service
) -> None:
    post(steward, service)
    checked(service)
    post(steward, service, **{"phones-0-number": "(303) 555-0142"})
    assert holding() == EVERY - {"phone"}
    assert summary() == (None, "")
    page = steward.get(reverse("directory:service", args=[service.pk])).content.decode()
    assert "Phone: not checked" in page and "Hours: checked in" in page
    history = steward.get(reverse("directory_desk:verify", args=[service.pk])).content.decode()
    assert history.count(", ended ") == 1


def test_an_edit_of_something_else_ends_nothing(steward: Client, service: Service) -> None:
    post(steward, service)
    checked(service)
    post(steward, service, description="Talking helps.", **{"phones-0-number": "303.555.0199"})
    assert Phone.objects.get().number == "303.555.0199"
    assert holding() == EVERY and summary() == (timezone.localdate(), "steward")


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("eligibility", {"minimum_age": 18}),
        ("eligibility", {"eligibility_description": "Adults"}),
        ("cost", {"fees_description": "$5"}),
    ],
)
def test_texts_of_the_form(
    steward: Client, service: Service, field: str, changed: dict[str, object]
) -> None:
    post(steward, service)
    checked(service)
    post(steward, service, **changed)
    assert holding() == EVERY - {field}


def test_other_hours_end_the_check_of_the_hours(steward: Client, service: Service) -> None:
    row = {"byday": ["MO", "TU"], "opens_at": "09:00", "closes_at": "17:00"}
    post(steward, service, **inline("schedules", row))
    checked(service)
    same = row | {"id": Schedule.objects.get().pk}
    post(steward, service, **inline("schedules", same, initial=1))
    assert holding() == EVERY
    post(steward, service, **inline("schedules", same | {"closes_at": "16:00"}, initial=1))
    assert holding() == EVERY - {"hours"}


def test_a_day_off_leaves_the_weekly_hours_checked(listed: Service) -> None:
    day = timezone.localdate()
    ScheduleException.objects.create(service=listed, kind="closed", first_day=day, last_day=day)
    listings_changed([listed.pk])
    assert holding() == EVERY


def test_another_address_ends_the_check_of_the_address(steward: Client, service: Service) -> None:
    checked(service)
    post_place(steward)
    assert holding() == EVERY
    post_place(steward, address_1="2 Elm St")
    assert holding() == EVERY - {"address"}


def test_an_import_ends_what_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW))
    checked(Service.objects.get())
    run(write(path, ROW | {"website": "https://harbor.example"}))
    assert Service.objects.get().url and holding() == EVERY
    run(write(path, ROW | {"phone": "860-276-3999"}))
    assert holding() == EVERY - {"phone"} and summary() == (None, "")
    run(write(path, ROW | {"phone": "860-276-3999", "street1": "5 Elm Street"}))
    assert holding() == EVERY - {"phone", "address"}


def test_a_source_s_own_date_stays_the_source_s(listed: Service) -> None:
    given = timezone.localdate() - timedelta(days=30)
    Service.objects.update(assured_date=given, assurer_role="source")
    Phone.objects.update(number="303-555-0155")
    listings_changed([listed.pk])
    assert holding() == EVERY - {"phone"} and summary() == (given, "source")


def test_an_older_check_of_the_same_words_is_not_left_to_speak(listed: Service) -> None:
    """Neither one made before digests were kept, nor one that a newer one had replaced."""
    check(listed, "phone", days=90)
    Verification.objects.filter(field__in=["phone", "cost"]).update(digest="")
    check(listed, "phone")
    Phone.objects.update(number="303-555-0155")
    Service.objects.update(fees_description="$5")
    listings_changed([listed.pk])
    assert holding() == EVERY - {"phone"}  # of the cost nothing is known: it is left alone
    check(listed, "phone", days=3, role="provider")
    assert summary() == (timezone.localdate() - timedelta(days=3), "provider")


def test_what_is_taken_over_from_a_provider_is_checked_by_the_provider(listed: Service) -> None:
    texts = {"phone": "303-534-2345", "hours": "Mon-Fri 9am-5pm"}
    answer = ProviderAnswer.objects.create(service=listed, values=texts, before=texts)
    ProviderAnswer.objects.update(created_at=timezone.now() - timedelta(days=3))
    answer.refresh_from_db()
    decided = {field: Decision(TAKE, text) for field, text in texts.items()}
    accept(answer, decided, get_user_model().objects.create_user("someone"))
    current = Verification.objects.current().filter(field__in=texts)
    said_on = timezone.localdate() - timedelta(days=3)
    assert {(v.field, v.method, v.verified_on) for v in current} == {
        (field, "provider", said_on) for field in texts
    }
    assert Verification.objects.exclude(ended_on=None).count() == 2
    assert holding() == EVERY and summary() == (said_on, "provider")


def test_due_standing_and_freshness_follow(listed: Service) -> None:
    today = timezone.localdate()

    def numbers() -> tuple[int, int, dict[str, int]]:
        found = freshness()
        return found.due, found.never_verified, {f.field: f.verified_180 for f in found.fields}

    assert numbers() == (0, 0, dict.fromkeys(EVERY, 1))
    Phone.objects.update(number="303-555-0155")
    listings_changed([listed.pk])
    assert numbers() == (1, 1, dict.fromkeys(EVERY, 1) | {"phone": 0})
    assert list(due(today)) == [listed]
    said = standing(Service.objects.get())
    assert [c.subject.value for c in said.fields if c.on is None] == ["phone"]
    check(listed, "phone")
    assert numbers() == (0, 0, dict.fromkeys(EVERY, 1))


def test_a_digest_tells_nothing_of_a_place(listed: Service, settings: Settings) -> None:
    hidden = make_service("Shelter")
    make_confidential(hidden)
    check(hidden)
    digests = dict(hidden.verifications.values_list("field", "digest"))
    assert len(set(digests.values())) == 5 and {len(d) for d in digests.values()} == {32}
    addresses = Verification.objects.filter(service=listed, field="address").order_by("pk")
    before = addresses.get().digest
    check(listed, "address")
    assert [row.digest for row in addresses.all()] == [before, before]
    settings.SECRET_KEY = "another key of fifty letters, so that nothing can be guessed"
    check(listed, "address")
    assert [row.digest == before for row in addresses.all()] == [True, True, False]


def test_of_a_place_that_becomes_secret_no_digest_is_kept(listed: Service) -> None:
    place = Location.objects.get()
    place.confidential = True
    place.save()
    listings_changed([listed.pk])
    row = Verification.objects.get(field="address")
    assert (row.digest, row.ended_on) == ("", timezone.localdate())
    assert summary() == (timezone.localdate(), "steward")  # a secret address need not be checked


def test_many_services_take_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many: list[Any] = [make_service(f"{number}", assured_date=None) for number in range(6)]
    ids = [service.pk for service in many]
    with django_assert_num_queries(4):  # savepoint, one question, release; the date of change
        listings_changed(ids)
    for service in many:
        check(service)
    Phone.objects.update(number="303-555-0155")
    with django_assert_max_num_queries(25):
        listings_changed(ids)
    assert Verification.objects.exclude(ended_on=None).count() == 6
    assert not Service.objects.exclude(assured_date=None).exists()
