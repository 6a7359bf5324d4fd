"""A provider answers for one listing by a signed link: no account, no cookie, nothing public."""

import logging
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory import guard
from directory.ceiling import Ceiling
from directory.guard import TOKEN, TRAP
from directory.models import (
    CostOption,
    Phone,
    ProviderAnswer,
    ProviderLink,
    Schedule,
    Service,
    Verification,
)
from directory.stewardship import answers
from directory.stewardship.accepting import (
    BY_HAND,
    DECLINE,
    DONE,
    TAKE,
    CannotTake,
    Decision,
    accept,
    can_take,
    confirmed,
    decline,
)
from directory.stewardship.provider_links import make_link, path_of, revoke, token_of
from directory.stewardship.shown import shown
from opendoor.logs import DropQuery
from tests.directory.listings import make_confidential, make_place, make_service, open_daily, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    service = make_service(
        email="office@lantern.example",
        url="https://lantern.example",
        fees_description="Free",
        eligibility_description="Adults",
    )
    make_place(service)
    return service


@pytest.fixture
def link(service: Service) -> ProviderLink:
    return make_link(service, service.email)


@pytest.fixture(autouse=True)
def fresh_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = guard.Guard("provider-answer", Ceiling(3, 5, 3600), hides_origin=True)
    monkeypatch.setattr(answers, "GUARD", counted)
    monkeypatch.setattr("directory.views.providers.GUARD", counted)


def token(age: float = 60) -> str:
    class Past(TimestampSigner):
        def timestamp(self) -> str:
            return b62_encode(int(time.time() - age))

    return Past(salt="directory.guard.provider-answer").sign("provider-answer")


def send(client: Client, link: ProviderLink, headers: Any = None, **fields: Any) -> Any:
    data = {TOKEN: token(), TRAP: ""} | fields
    return client.post(path_of(link, "en"), data, headers=headers or {})


def html(client: Client, link: ProviderLink, language: str = "en") -> str:
    return client.get(path_of(link, language)).content.decode()


def test_the_page_shows_the_listing_without_cookie_or_account(
    client: Client, link: ProviderLink
) -> None:
    page = client.get(path_of(link, "en"))
    text = page.content.decode()
    assert page.status_code == 200 and not page.cookies
    for shown_text in ("303-555-0101", "100 Main Street", "Adults", "Free", "lantern.example"):
        assert shown_text in text
    assert "csrfmiddlewaretoken" not in text
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]


def test_hours_read_the_same_on_every_day_of_the_week(service: Service) -> None:
    open_daily(service)
    told = {field.name: field.text for field in shown(_whole(service))}["hours"].splitlines()
    assert told[0] == "Monday: 9 a.m. to 5 p.m." and told[6].startswith("Sunday: ")


def test_the_page_speaks_spanish(client: Client, link: ProviderLink) -> None:
    assert path_of(link, "es").startswith("/es/directory/provider/")
    assert 'lang="es"' in html(client, link, "es")


def test_a_private_address_is_neither_shown_nor_asked_for(client: Client) -> None:
    service = make_service(email="a@shelter.example")
    make_confidential(service)
    link = make_link(service, service.email)
    text = html(client, link)
    assert "address_text" not in text and "100 Main" not in text
    assert "address" not in {field.name for field in shown(_whole(service))}
    send(client, link, address_text="12 Elm Street", phone_is="right")
    assert "Elm" not in str(ProviderAnswer.objects.values_list("values", "before").get())


def _whole(service: Service) -> Service:
    return Service.objects.with_details().get(pk=service.pk)


def test_what_they_send_waits_and_changes_nothing(client: Client, link: ProviderLink) -> None:
    before = html(client, link)
    response = send(
        client, link, phone_is="right", cost_is="wrong", cost_text="$5", hours_text="Mon-Fri 9-5"
    )
    assert response.status_code == 302 and not response.cookies
    thanks = client.get(response["Location"])
    assert thanks.status_code == 200 and thanks["Referrer-Policy"] == "no-referrer"
    kept = ProviderAnswer.objects.get()
    assert kept.state == "waiting" and not kept.confirmed and not kept.closed
    assert kept.values == {"cost": "$5", "hours": "Mon-Fri 9-5"}
    assert set(kept.before) == {"phone", "cost", "hours"} and kept.before["cost"] == "Free"
    assert confirmed(kept) == ("phone",)
    assert ProviderLink.objects.get().used_at is not None
    public = client.get(reverse("directory:service", args=[link.service_id])).content.decode()
    assert "$5" not in public
    assert html(client, link).count("Free") == before.count("Free")
    assert not Verification.objects.exists()


def test_all_right_is_a_confirmation(client: Client, link: ProviderLink) -> None:
    fields = {f"{field.name}_is": "right" for field in shown(_whole(link.service))}
    send(client, link, **fields)
    assert ProviderAnswer.objects.get().confirmed


def test_it_says_that_it_has_closed(client: Client, link: ProviderLink) -> None:
    send(client, link, closed="on", note="Since <b>May</b>")
    kept = ProviderAnswer.objects.get()
    assert (kept.closed, kept.confirmed, kept.note) == (True, False, "Since May")
    assert Service.objects.get().status == "active"


@pytest.mark.parametrize(
    ("headers", "fields", "status", "words"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, {"phone_is": "right"}, 403, "another website"),
        ({"Origin": "https://evil.example"}, {"phone_is": "right"}, 403, "another website"),
        ({}, {"phone_is": "right", TRAP: "x"}, 400, "Leave this empty"),
        ({}, {"phone_is": "right", TOKEN: "x"}, 400, "open for too long"),
        ({}, {}, 400, "at least one thing"),
        ({}, {"cost_is": "wrong"}, 400, "Tell us how it is."),
        ({}, {"cost_is": "right", "cost_text": "$5"}, 400, "Choose one."),
        ({}, {"cost_is": "maybe"}, 400, "Select a valid choice"),
        ({}, {"cost_text": "x" * 2001}, 400, "2,000 characters or fewer"),
    ],
)
def test_what_is_turned_away_says_why(
    client: Client,
    link: ProviderLink,
    headers: dict[str, str],
    fields: dict[str, str],
    status: int,
    words: str,
) -> None:
    response = send(client, link, headers, **fields)
    text = response.content.decode()
    assert response.status_code == status and words in text and "error-summary" in text
    assert not ProviderAnswer.objects.exists()


@pytest.mark.parametrize("headers", [{"Origin": "null"}, {"Sec-Fetch-Site": "same-origin"}, {}])
def test_browsers_that_hide_the_origin_of_this_page_are_taken(
    client: Client, link: ProviderLink, headers: dict[str, str]
) -> None:
    assert send(client, link, headers, phone_is="right").status_code == 302


def test_one_address_may_send_only_so_much(link: ProviderLink) -> None:
    sent = [send(Client(), link, phone_is="right").status_code for _ in range(4)]
    assert sent == [302, 302, 302, 429]


def test_links_end(client: Client, link: ProviderLink) -> None:
    assert timedelta(days=29) < link.expires_at - timezone.now() <= timedelta(days=30)
    ProviderLink.objects.update(expires_at=timezone.now())
    ended = client.get(path_of(link, "en"))
    assert ended.status_code == 410 and "Lantern" not in ended.content.decode()
    assert ended["Referrer-Policy"] == "no-referrer" and "no-store" in ended["Cache-Control"]
    assert send(client, link, phone_is="right").status_code == 410
    assert not ProviderAnswer.objects.exists()


def test_a_steward_takes_a_link_back(client: Client, link: ProviderLink) -> None:
    revoke(link)
    assert client.get(path_of(link, "en")).status_code == 410


@pytest.mark.parametrize("status", ["inactive", "defunct"])
def test_a_listing_that_was_taken_off_has_no_page(
    client: Client, link: ProviderLink, status: str
) -> None:
    Service.objects.update(status=status)
    assert client.get(path_of(link, "en")).status_code == 410


def test_a_link_cannot_be_made_up(client: Client, link: ProviderLink, service: Service) -> None:
    other = make_link(make_service("Other"), "b@other.example")
    mine, theirs = token_of(link), token_of(other)
    forged = theirs.split(".")[0] + "." + mine.split(".")[1]
    for wrong in (forged, mine[:-1], mine + "x", link.pk.hex, str(link.pk), "x"):
        response = client.get(reverse("directory:provider", args=[wrong]))
        assert response.status_code == 404
        assert "Lantern" not in response.content.decode()
    link.delete()
    assert client.get(reverse("directory:provider", args=[mine])).status_code == 404


def test_the_secret_is_in_no_log(
    client: Client, link: ProviderLink, caplog: pytest.LogCaptureFixture
) -> None:
    secret = token_of(link)
    with caplog.at_level(logging.INFO):
        client.get(f"/directory/provider/{secret}x/")
        client.get(f"/es/directory/provider/{secret}x/?a=b")
        client.get(f"/directory/provider/{secret}/nowhere/")
        send(client, link, {"Sec-Fetch-Site": "cross-site"})
    assert len(caplog.records) >= 4
    for record in caplog.records:
        DropQuery().filter(record)
        assert secret[:20] not in logging.Formatter().format(record)
        assert "/directory/provider/…" in record.getMessage()


def answer(service: Service, **values: str) -> ProviderAnswer:
    said = {field.name: field.text for field in shown(_whole(service))}
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


def test_what_stands_in_fields_of_its_own_is_shown_too(client: Client, link: ProviderLink) -> None:
    CostOption.objects.create(service=link.service, option="Visit", amount=25)
    tag(link.service, "insurance", "medicaid")
    values = {"minimum_age": 18, "gender": "women", "residence": "Aurora", "referral_needed": True}
    Service.objects.update(**values)
    said = {field.name: field for field in shown(_whole(link.service))}
    who, cost = said["eligibility"], said["cost"]
    assert who.text.splitlines()[1:] == [
        "For women",
        "For people who live here: Aurora",
        "You need a referral: someone has to send you.",
        "Adults",
    ]
    assert "18" in who.text.splitlines()[0] and who.replaced == "Adults"
    assert cost.text.startswith("Visit: $25\nInsurance it takes: ") and cost.replaced == "Free"
    page = html(client, link)
    assert "For women<br>" in page and "Visit: $25<br>" in page
    assert ">\nAdults</textarea>" in page and ">\nFree</textarea>" in page


def test_a_box_left_as_it_was_corrects_nothing(client: Client, link: ProviderLink) -> None:
    Service.objects.update(minimum_age=18, gender="women")
    wrong = send(client, link, eligibility_is="wrong", eligibility_text="Adults")
    assert wrong.status_code == 400 and "Tell us how it is." in wrong.content.decode()
    send(client, link, eligibility_is="right", eligibility_text="Adults", cost_text="$5")
    kept = ProviderAnswer.objects.get()
    assert kept.values == {"cost": "$5"} and confirmed(kept) == ("eligibility",)
    assert "For women" in kept.before["eligibility"]


def test_what_changed_since_the_provider_saw_it_is_not_confirmed(
    service: Service, steward: Any
) -> None:
    kept = answer(service)
    kept.before = {f.name: f.text for f in shown(_whole(service)) if f.name in ("phone", "cost")}
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
