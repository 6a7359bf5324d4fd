"""A provider answers for one listing by a signed link: no account, no cookie, nothing public."""

import logging
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from directory import guard
from directory.ceiling import Ceiling
from directory.guard import TOKEN, TRAP
from directory.models import CostOption, ProviderAnswer, ProviderLink, Service, Verification
from directory.stewardship import receiving
from directory.stewardship.accepting import confirmed
from directory.stewardship.provider_links import make_link, path_of, revoke, token_of
from directory.stewardship.shown import shown
from opendoor.logs import DropQuery
from tests.directory.lanterns import lantern, whole
from tests.directory.listings import make_confidential, make_service, open_daily, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return lantern()


@pytest.fixture
def link(service: Service) -> ProviderLink:
    return make_link(service, service.email)


@pytest.fixture(autouse=True)
def fresh_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = guard.Guard("provider-answer", Ceiling(3, 5, 3600), hides_origin=True)
    monkeypatch.setattr(receiving, "GUARD", counted)
    monkeypatch.setattr("directory.views.providers.GUARD", counted)
    monkeypatch.setattr(receiving, "OF_A_LINK", Ceiling(4, 9, 3600))


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
    told = {field.name: field.text for field in shown(whole(service))}["hours"].splitlines()
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
    assert "address" not in {field.name for field in shown(whole(service))}
    send(client, link, address_text="12 Elm Street", phone_is="right")
    assert "Elm" not in str(ProviderAnswer.objects.values_list("values", "before").get())


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
    fields = {f"{field.name}_is": "right" for field in shown(whole(link.service))}
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


def test_what_stands_in_fields_of_its_own_is_shown_too(client: Client, link: ProviderLink) -> None:
    CostOption.objects.create(service=link.service, option="Visit", amount=25)
    tag(link.service, "insurance", "medicaid")
    values = {"minimum_age": 18, "gender": "women", "residence": "Aurora", "referral_needed": True}
    Service.objects.update(**values)
    said = {field.name: field for field in shown(whole(link.service))}
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


def test_what_is_sent_later_takes_the_place_of_what_waits(
    client: Client, link: ProviderLink
) -> None:
    assert "You sent this on" not in html(client, link)
    send(client, link, phone_is="right", cost_is="wrong", cost_text="$5", note="Soon $6")
    page = html(client, link)
    assert "You sent this on" in page and "until someone here has read it" in page
    assert ">\n$5</textarea>" in page and ">\nSoon $6</textarea>" in page
    assert re.search(r'name="phone_is" value="right"[^>]* checked', page)
    assert re.search(r'name="cost_is" value="wrong"[^>]* checked', page)
    send(client, link, cost_is="wrong", cost_text="$6")
    kept = ProviderAnswer.objects.get()
    assert (kept.values, confirmed(kept), kept.note) == ({"cost": "$6"}, (), "")


def test_what_waits_is_withdrawn_when_nothing_is_left_of_it(
    client: Client, link: ProviderLink
) -> None:
    send(client, link, cost_is="wrong", cost_text="$5")
    assert send(client, link, no_reminders="on").status_code == 302
    assert not ProviderAnswer.objects.exists()
    assert ProviderLink.objects.get().no_reminders


def test_what_changed_since_they_sent_it_is_asked_again(client: Client, link: ProviderLink) -> None:
    send(client, link, cost_is="right")
    Service.objects.update(fees_description="$900")
    assert " checked" not in html(client, link)


def test_what_a_steward_has_read_stays(client: Client, link: ProviderLink) -> None:
    send(client, link, cost_is="wrong", cost_text="$5")
    ProviderAnswer.objects.update(state="declined")
    page = html(client, link)
    assert "Someone here has read what you sent on" in page and "$5" not in page
    send(client, link, cost_is="right")
    assert {kept.state for kept in ProviderAnswer.objects.all()} == {"declined", "waiting"}


def test_answers_by_another_link_stay(client: Client, link: ProviderLink) -> None:
    other = make_link(link.service, "board@lantern.example")
    for one in (link, other):
        send(client, one, phone_is="right")
    assert {kept.link for kept in ProviderAnswer.objects.all()} == {link, other}


def test_one_link_may_be_used_only_so_often(link: ProviderLink, settings: Settings) -> None:
    settings.OPENDOOR_TRUSTED_PROXIES = 1
    froms = [{"X-Forwarded-For": f"198.51.100.{number}"} for number in range(5)]
    sent = [send(Client(), link, headers, phone_is="right") for headers in froms]
    assert [response.status_code for response in sent] == [302, 302, 302, 302, 429]
    assert "This link was used too often" in sent[-1].content.decode()
