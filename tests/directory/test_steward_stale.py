"""Whatever tells that a listing is stale tells the same of it."""

import random
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from directory.cards import card
from directory.lasting import DAYS, Subject, fresh_until, holds_until
from directory.models import Service, Verification
from directory.search.documents import documents_of
from directory.search.interface import Hit
from directory.stewardship.checks import checks, overdue
from directory.stewardship.due import due
from directory.stewardship.reminders import to_remind
from directory.stewardship.standing import standing
from tests.directory.listings import Index, make_confidential, make_place, make_service

DAY = date(2026, 11, 24)


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def test_a_field_holds_as_long_as_the_latest_of_its_checks() -> None:
    assert holds_until("phone", None, []) is None
    assert holds_until("phone", DAY, []) == DAY + timedelta(days=180)
    assert holds_until("address", DAY, [DAY]) == DAY + timedelta(days=365)
    assert holds_until("phone", DAY, [DAY + timedelta(days=500), DAY]) == DAY + timedelta(days=500)


def test_a_listing_is_fresh_as_long_as_its_first_field_to_run_out() -> None:
    ends = {subject: [DAY + timedelta(days=days)] for subject, days in DAYS.items()}
    assert fresh_until(None, ends, shows_place=True) == DAY + timedelta(days=180)
    ends[Subject.ADDRESS] = [DAY]
    assert fresh_until(None, ends, shows_place=True) == DAY
    assert fresh_until(None, ends, shows_place=False) == DAY + timedelta(days=180)
    ends[Subject.ADDRESS] = []
    assert fresh_until(None, ends, shows_place=True) is None


def some_listings(count: int) -> None:
    """Checked as a whole, field by field, or not; with a place, a secret one, or none."""
    chance = random.Random(7)
    for number in range(count):
        whole = chance.choice([None, ago(100), ago(179), ago(180), ago(181), ago(366)])
        service = make_service(f"L{number:02}", assured_date=whole, email=f"l{number}@a.example")
        chance.choice([make_place, make_confidential, lambda _service: None])(service)
        for field in Subject.values:
            if chance.random() < 0.6:
                check(service, field, chance.choice([0, 150, 179, 180, 181, 364, 365, 366]))
        if chance.random() < 0.3:
            Verification.objects.filter(service=service, field="phone").update(ended_on=ago(0))


def check(service: Service, field: str, days: int) -> None:
    Verification.objects.create(
        service=service,
        field=field,
        verified_on=ago(days),
        method="called",
        role="steward",
        valid_until=ago(days) + timedelta(days=DAYS[field]),
    )


@pytest.mark.django_db
def test_page_card_ranking_desk_and_reminders_agree() -> None:
    some_listings(60)
    today, now = timezone.localdate(), timezone.now()
    on_the_desk = set(due(today))
    services = Service.objects.with_listing().prefetch_related("verifications")
    assert 5 < len(on_the_desk) < 55
    for service in services:
        stale = service in on_the_desk
        assert bool(overdue(checks(service, service.verifications.all()), today)) is stale
        assert standing(service).stale is stale
        document = next(documents_of([service.pk]))
        assert ((document.fresh_until or "") < today.isoformat()) is stale
        told = card(Hit(document, None), "en", now, {}).stale
        assert told is (stale and service.assured_date is not None)
    reminded = {service for mailbox in to_remind(now - timedelta(days=30)) for service in mailbox}
    assert reminded == on_the_desk


@pytest.mark.django_db
def test_a_card_says_what_the_page_says(client: Client, index: Index) -> None:
    make_service("Old lantern", assured_date=ago(200))
    make_service("New lantern", assured_date=ago(20))
    index()
    found = client.get("/directory/", {"q": "lantern"}).content.decode()
    assert f"Not checked since {told(ago(200))}" in found
    assert f"Checked {told(ago(20))}" in found
    for service in Service.objects.all():
        page = client.get(f"/directory/services/{service.pk}/").content.decode()
        assert ("call before you go" in page) is service.name.startswith("Old")


def told(day: date) -> str:
    return f"{day:%b} {day.year}"


@pytest.mark.django_db
def test_a_stale_listing_ranks_a_little_lower(client: Client, index: Index) -> None:
    """A phone that was checked half a year ago is enough."""
    for name, days in (("A stale lantern", 200), ("B fresh lantern", 20)):
        make_place(make_service(name, assured_date=ago(days)))
    index()
    hits = client.get("/api/search", {"q": "lantern", "place": "80202"}).json()["hits"]
    assert [hit["name"] for hit in hits] == ["B fresh lantern", "A stale lantern"]
