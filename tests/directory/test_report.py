"""Reporting a problem: no cookie, nothing about the visitor, no machines."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from directory import guard, report
from directory.ceiling import Ceiling, network
from directory.guard import OLDEST, TOKEN, TRAP
from directory.models import ProblemReport, Service
from tests.directory.listings import make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return make_service()


@pytest.fixture(autouse=True)
def fresh_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of one test do not reach the next."""
    counted = guard.Guard("problem-report", Ceiling(each=3, all=5, seconds=3600))
    monkeypatch.setattr(report, "GUARD", counted)
    monkeypatch.setattr("directory.views.reports.GUARD", counted)


def token(age: float = 60, purpose: str = "problem-report") -> str:
    """A token as the form would have carried it `age` seconds ago."""

    class Past(TimestampSigner):
        def timestamp(self) -> str:
            return b62_encode(int(time.time() - age))

    return Past(salt=f"directory.guard.{purpose}").sign(purpose)


def signed(age: float, purpose: str = "problem-report") -> Callable[[], str]:
    """A token that is made when the test runs, not when it is collected."""
    return lambda: token(age, purpose)


def send(
    client: Client, service: Service, headers: dict[str, str] | None = None, **fields: Any
) -> Any:
    data = {"kind": "phone", "message": "It rings in a bakery.", TOKEN: token(), TRAP: ""} | fields
    return client.post(reverse("directory:report", args=[service.pk]), data, headers=headers or {})


def test_a_report_reaches_the_stewards_without_a_cookie(client: Client, service: Service) -> None:
    form = client.get(reverse("directory:report", args=[service.pk]))
    assert form.status_code == 200 and not form.cookies
    response = send(client, service)
    assert response.status_code == 302 and not response.cookies
    assert response["Location"] == reverse("directory:report-thanks", args=[service.pk])
    thanks = client.get(response["Location"])
    assert thanks.status_code == 200 and not thanks.cookies
    kept = ProblemReport.objects.get()
    assert (kept.service, kept.kind, kept.message) == (service, "phone", "It rings in a bakery.")
    assert kept.state == "new"


def test_no_field_could_hold_who_reported() -> None:
    names = {field.name for field in ProblemReport._meta.get_fields()}
    of_stewards = {"state", "created_at", "closed_at", "assigned_to"}
    assert names == {"id", "service", "kind", "message", *of_stewards}


def test_the_form_s_own_token_is_taken_once_it_is_old_enough(
    client: Client, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = client.get(reverse("directory:report", args=[service.pk])).context
    assert send(client, service, **{TOKEN: form["token"]}).status_code == 400
    monkeypatch.setattr(guard, "YOUNGEST", -1)
    assert send(client, service, **{TOKEN: form["token"]}).status_code == 302


@pytest.mark.parametrize(
    ("headers", "fields", "status", "words"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, {}, 403, "another website"),
        ({"Sec-Fetch-Site": "same-site"}, {}, 403, "another website"),
        ({"Origin": "https://evil.example"}, {}, 403, "another website"),
        ({"Origin": "null"}, {}, 403, "another website"),
        ({}, {TRAP: "buy now"}, 400, "Leave this empty"),
        ({}, {TOKEN: ""}, 400, "open for too long"),
        ({}, {TOKEN: "problem-report:abc:def"}, 400, "open for too long"),
        ({}, {TOKEN: signed(60, "other")}, 400, "open for too long"),
        ({}, {TOKEN: signed(OLDEST + 60)}, 400, "open for too long"),
        ({}, {TOKEN: signed(0)}, 400, "very fast"),
        ({}, {"kind": ""}, 400, "Choose what is wrong."),
        ({}, {"kind": "nonsense"}, 400, "Select a valid choice"),
        ({}, {"kind": "other", "message": " "}, 400, "Tell us what is wrong"),
        ({}, {"message": "x" * 2001}, 400, "2,000 characters or fewer"),
    ],
)
def test_what_is_turned_away_says_why_and_keeps_what_was_typed(
    client: Client,
    service: Service,
    headers: dict[str, str],
    fields: dict[str, Any],
    status: int,
    words: str,
) -> None:
    sent = {name: value() if callable(value) else value for name, value in fields.items()}
    response = send(client, service, headers, **sent)
    html = response.content.decode()
    assert response.status_code == status and not response.cookies
    assert "error-summary" in html and words in html
    assert fields.get("message", "It rings in a bakery.").strip() in html
    assert ProblemReport.objects.count() == 0


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://testserver"}, {}],
)
def test_our_own_page_is_taken_from_any_browser(
    client: Client, service: Service, headers: dict[str, str]
) -> None:
    assert send(client, service, headers).status_code == 302


def test_one_address_may_send_a_few_and_all_together_a_few_more(service: Service) -> None:
    def status(address: str) -> int:
        return int(send(Client(REMOTE_ADDR=address), service).status_code)

    assert [status("192.0.2.1") for _ in range(4)] == [302, 302, 302, 429]
    assert [status("192.0.2.2") for _ in range(3)] == [302, 302, 429]
    assert ProblemReport.objects.count() == 5


def test_a_ceiling_forgets_all_when_its_window_ends() -> None:
    ceiling = Ceiling(each=1, all=9, seconds=0)
    assert ceiling.admits("192.0.2.1") and ceiling.admits("192.0.2.1")
    lasting = Ceiling(each=1, all=9, seconds=60)
    assert lasting.admits("192.0.2.1") and not lasting.admits("192.0.2.1")
    assert "192.0.2.1" not in repr(lasting)


def test_a_home_s_many_ipv6_addresses_count_as_one() -> None:
    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9")
    assert network("2001:db8:1:2::1") != network("2001:db8:1:3::1")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: Settings, proxies: int, forwarded: str, expected: str
) -> None:
    settings.OPENDOOR_TRUSTED_PROXIES = proxies
    request = RequestFactory().post("/", headers={"X-Forwarded-For": forwarded})
    assert guard.client_address(request) == expected


@pytest.mark.parametrize("status", ["inactive", "defunct"])
def test_there_is_no_form_for_a_listing_that_is_gone(client: Client, status: str) -> None:
    service = make_service(status=status)
    assert client.get(reverse("directory:report", args=[service.pk])).status_code == 404
    assert send(client, service).status_code == 404
