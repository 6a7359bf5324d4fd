"""A steward decides on what a provider sent: what is written, and what that checks."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from directory.models import Phone, ProviderAnswer, Schedule, Service, Verification
from directory.stewardship.accepting import (
    BY_HAND,
    DECLINE,
    DONE,
    TAKE,
    CannotTake,
    Decision,
    NotWaiting,
    accept,
    can_take,
    decline,
)
from directory.stewardship.shown import shown
from tests.directory.lanterns import lantern, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return lantern()


def answer(service: Service, **values: str) -> ProviderAnswer:
    said = {field.name: field.text for field in shown(whole(service))}
    kept = ProviderAnswer.objects.create(
        service=service, values=values, before={"eligibility": said["eligibility"]} | values
    )
    ProviderAnswer.objects.update(created_at=timezone.now() - timedelta(days=3))
    kept.refresh_from_db()
    return kept


@pytest.fixture
def steward() -> Any:
    return get_user_model().objects.create_user("steward")


def take(**texts: str) -> dict[str, Decision]:
    return {field: Decision(TAKE, text) for field, text in texts.items()}


def test_a_steward_takes_corrections_over(service: Service, steward: Any) -> None:
    texts = {
        "phone": "303-534-2345 ext. 7",
        "hours": "Mon-Fri 9am-5pm",
        "cost": "$5 a visit",
        "url": "new.example",
        "what_happens": "A nurse answers.",
    }
    kept = answer(service, **texts)
    accept(kept, take(**texts), steward)
    fresh = Service.objects.get()
    assert (fresh.fees_description, fresh.url) == ("$5 a visit", "https://new.example")
    assert (fresh.what_happens, fresh.availability) == ("A nurse answers.", "schedule")
    phone = Phone.objects.get(service=service)
    assert (phone.number, phone.extension) == ("(303) 534-2345", "7")
    assert [str(s) for s in Schedule.objects.all()] == ["MO,TU,WE,TH,FR 09:00–17:00"]
    kept.refresh_from_db()
    assert (kept.state, kept.decided_by) == ("accepted", steward)


def test_what_is_taken_over_counts_as_checked_when_they_said_it(
    service: Service, steward: Any
) -> None:
    kept = answer(service, cost="$5", hours="call us", phone="303-534-2345", description="x")
    decisions = take(cost="$5", description="x") | {
        "hours": Decision(DONE),
        "phone": Decision(DECLINE),
    }
    accept(kept, decisions, steward)
    found = {v.field: v for v in Verification.objects.all()}
    assert set(found) == {"eligibility", "cost", "hours"}
    said_on = timezone.localdate() - timedelta(days=3)
    assert {(v.method, v.role, v.verified_on, v.verified_by) for v in found.values()} == {
        ("provider", "provider", said_on, steward)
    }
    assert Phone.objects.get().number == "303-555-0101"
    assert Service.objects.get().assured_date == date(2026, 9, 1)


def test_an_answer_stays_open_until_all_is_put_in(service: Service, steward: Any) -> None:
    kept = answer(service, cost="$5", hours="call us")
    with pytest.raises(CannotTake) as refused:
        accept(kept, take(cost="$5") | {"hours": Decision(BY_HAND)}, steward)
    assert refused.value.field == "hours"
    kept.refresh_from_db()
    assert (kept.state, Service.objects.get().fees_description) == ("waiting", "Free")
    assert not Verification.objects.exists()


def test_what_changed_since_the_provider_saw_it_is_not_confirmed(
    service: Service, steward: Any
) -> None:
    kept = answer(service)
    kept.before = {f.name: f.text for f in shown(whole(service)) if f.name in ("phone", "cost")}
    kept.save()
    Service.objects.update(fees_description="$900")
    accept(kept, {}, steward)
    found = set(Verification.objects.values_list("field", flat=True))
    assert "phone" in found and "cost" not in found


def test_the_history_has_what_stood_before(service: Service, steward: Any) -> None:
    accept(answer(service, cost="$5"), take(cost="$5"), steward)
    costs = [r.content["fees_description"] for r in service.revisions.order_by("pk")]
    assert costs == ["Free", "$5"]


def test_what_cannot_be_taken_over_changes_nothing(service: Service, steward: Any) -> None:
    kept = answer(service, cost="$5", phone="ask for Ann")
    with pytest.raises(CannotTake) as refused:
        accept(kept, take(cost="$5", phone="ask for Ann"), steward)
    assert refused.value.field == "phone"
    kept.refresh_from_db()
    assert (kept.state, Service.objects.get().fees_description) == ("waiting", "Free")
    assert not service.revisions.exists()


@pytest.mark.parametrize(
    ("field", "text", "possible"),
    [
        ("phone", "303-534-2345", True),
        ("phone", "303-534-2345 or 303-534-2346", False),
        ("hours", "Mon-Fri 9am-5pm", True),
        ("hours", "24/7", True),
        ("hours", "mornings mostly", False),
        ("url", "javascript:alert(1)", False),
        ("url", "mailto:a@new.example", False),
        ("url", f"new.example/{'x' * 500}", False),
        ("url", "new.example", True),
        ("address", "12 Elm St, Denver, CO 80203", False),
        ("cost", "Free", True),
    ],
)
def test_what_can_be_written_without_guessing(
    service: Service, field: str, text: str, possible: bool
) -> None:
    assert can_take(service, field, text) is possible


def test_hours_of_a_place_are_put_in_by_hand(service: Service) -> None:
    at = service.service_at_locations.get()
    Schedule.objects.create(service_at_location=at, byday="MO", opens_at="09:00", closes_at="12:00")
    assert not can_take(service, "hours", "Mon-Fri 9am-5pm")


def test_a_closed_service_is_closed_when_the_steward_believes_it(
    service: Service, steward: Any
) -> None:
    kept = answer(service)
    accept(kept, {}, steward, closed=True)
    assert Service.objects.get().status == "defunct"


def test_declined_changes_nothing(service: Service, steward: Any) -> None:
    kept = answer(service, cost="$5")
    decline(kept, steward)
    assert (kept.state, Service.objects.get().fees_description) == ("declined", "Free")
    assert not Verification.objects.exists()


def test_an_address_they_sent_is_forgotten_when_the_place_becomes_secret(
    service: Service,
) -> None:
    kept = answer(service, address="12 Elm Street", cost="$5")
    location = service.service_at_locations.get().location
    location.confidential = True
    location.save()
    kept.refresh_from_db()
    assert kept.values == {"cost": "$5"} and "address" not in kept.before


def test_an_answer_that_another_has_replaced_is_not_decided_on(
    service: Service, steward: Any
) -> None:
    kept = answer(service, cost="$5")
    ProviderAnswer.objects.all().delete()
    for late in (lambda: accept(kept, take(cost="$5"), steward), lambda: decline(kept, steward)):
        with pytest.raises(NotWaiting):
            late()
    assert Service.objects.get().fees_description == "Free"
    assert not service.revisions.exists() and not Verification.objects.exists()
