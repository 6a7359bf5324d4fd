"""Links are asked politely, and nothing that is not public is ever asked. Against a real server."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries as MaxQueries
from pytest_django import Settings

from directory.models import ContactCheck, Organization, Phone, ProblemReport, Service
from directory.stewardship import visiting
from directory.stewardship.addresses import Unreachable, is_public, vetted
from directory.stewardship.links import check_links, record, waiting
from directory.stewardship.numbers import check_numbers, mark_bouncing, wrong_with
from directory.stewardship.told import told
from directory.stewardship.visiting import Visit, Visitor
from tests.directory.listings import make_place, make_service

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
REAL = "303-534-2345"


class Site(BaseHTTPRequestHandler):
    """Answers by path; remembers what it was asked and by whom."""

    asked: ClassVar[list[str]] = []
    agents: ClassVar[list[str]] = []
    robots: ClassVar[str] = ""
    elsewhere: ClassVar[str] = ""

    def _answer(self) -> None:
        Site.asked.append(f"{self.command} {self.path}")
        Site.agents.append(self.headers["User-Agent"])
        status, location = 200, ""
        match self.path.split("/")[1]:
            case "robots.txt":
                status = 200 if Site.robots else 404
            case "head-refused":
                status = 405 if self.command == "HEAD" else 200
            case "status":
                status = int(self.path.split("/")[2])
            case "moved":
                status, location = 302, "/fine"
            case "away":
                status, location = 302, Site.elsewhere
            case "round":
                status, location = 302, "/round"
            case "nowhere":
                status, location = 302, "http://[::1"
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        body = Site.robots.encode() if self.path == "/robots.txt" else b"x" * 10
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_GET = do_HEAD = _answer  # noqa: N815  # the names that http.server calls

    def log_message(self, *args: object) -> None:
        """The test's own output stays readable."""


@pytest.fixture
def server() -> Iterator[str]:
    """Where a real web server answers."""
    Site.asked, Site.agents, Site.robots, Site.elsewhere = [], [], "", ""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=running.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()


def visitor(server: str, pause: float = 0) -> Visitor:
    return Visitor("https://directory.example", pause=pause, allowed={server})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/fine", Visit(200)),
        ("/fine?q=a b&c=ü#part", Visit(200)),
        ("/head-refused", Visit(200)),
        ("/moved", Visit(200)),
        ("/status/404", Visit(404)),
        ("/status/503", Visit(503)),
        ("/round", Visit(None, "redirects")),
        ("/nowhere", Visit(None, "address")),
    ],
)
def test_what_a_site_answers(server: str, path: str, expected: Visit) -> None:
    assert visitor(server).visit(f"http://{server}{path}") == expected


def test_head_comes_first_and_our_name_says_who_asks(server: str) -> None:
    visitor(server).visit(f"http://{server}/head-refused")
    assert Site.asked == ["GET /robots.txt", "HEAD /head-refused", "GET /head-refused"]
    assert set(Site.agents) == {"OpenDoorLinkCheck/1.0 (+https://directory.example)"}


def test_robots_txt_is_heeded_and_read_once(server: str) -> None:
    Site.robots = "User-agent: OpenDoorLinkCheck\nDisallow: /private\n"
    asking = visitor(server)
    assert asking.visit(f"http://{server}/private/page") == Visit(None, "robots")
    assert asking.visit(f"http://{server}/fine").status == 200
    assert Site.asked == ["GET /robots.txt", "HEAD /fine"]


def test_a_host_is_left_in_peace_between_two_requests(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(visiting.time, "sleep", slept.append)
    visitor(server, pause=5).visit(f"http://{server}/fine")
    assert [round(seconds) for seconds in slept] == [0, 5]


def test_nothing_answers(server: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"127.0.0.1:{free.getsockname()[1]}"
        found = Visitor("https://directory.example", 0, {closed}).visit(f"http://{closed}/")
    assert found == Visit(None, "refused")


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = f"127.0.0.1:{silent.getsockname()[1]}"
        found = Visitor("https://directory.example", 0, {where}).visit(f"http://{where}/")
    assert found == Visit(None, "timeout")


def test_what_is_not_tls_is_no_website(server: str) -> None:
    assert visitor(server).visit(f"https://{server}/fine") == Visit(None, "tls")


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("http://127.0.0.1/", "private"),
        ("http://localhost/", "private"),
        ("http://2130706433/", "private"),
        ("http://0x7f.1/", "private"),
        ("http://10.0.0.1/", "private"),
        ("http://192.168.1.1/", "private"),
        ("http://172.16.0.1/", "private"),
        ("http://100.64.0.1/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("http://0.0.0.0/", "private"),
        ("http://224.0.0.1/", "private"),
        ("http://[::1]/", "private"),
        ("http://[::]/", "private"),
        ("http://[fe80::1]/", "private"),
        ("http://[fec0::1]/", "private"),
        ("http://[fd00:ec2::254]/", "private"),
        ("http://[::ffff:127.0.0.1]/", "private"),
        ("http://[64:ff9b::7f00:1]/", "private"),
        ("http://[2002:7f00:1::]/", "private"),
        ("http://127.0.0.1:5432/", "port"),
        ("https://example.org:8443/", "port"),
        ("http://user:password@example.org/", "address"),
        ("ftp://example.org/", "address"),
        ("file:///etc/passwd", "address"),
        ("gopher://127.0.0.1:70/", "address"),
        ("http://", "address"),
        ("http://[broken/", "address"),
        ("http://example.org:99999/", "address"),
        ("http://example.org/a\r\nHost: x", "address"),
        ("http://no-such-host.invalid/", "dns"),
    ],
)
def test_only_public_websites_are_ever_asked(link: str, code: str) -> None:
    with pytest.raises(Unreachable) as refused:
        vetted(link)
    assert refused.value.code == code


def test_public_addresses_are_public() -> None:
    assert is_public("8.8.8.8") and is_public("2606:4700::1111")
    assert not is_public("fe80::1%eth0")


def test_a_redirect_into_our_own_network_is_not_followed(server: str) -> None:
    for inside in ("http://169.254.169.254/", "http://127.0.0.1:22/", "http://localhost/"):
        Site.elsewhere = inside
        assert visitor(server).visit(f"http://{server}/away").code in ("private", "port")


def test_the_connection_goes_to_the_address_that_was_vetted(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers with a private address the second time gains nothing."""
    port = int(server.split(":")[1])
    answers: list[str] = []

    def resolve(host: str, *args: object, **options: object) -> list[tuple[object, ...]]:
        answers.append(host)
        address = "127.0.0.1" if len(answers) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    target = vetted(f"http://{server}/fine", {server})
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert target.address == "127.0.0.1"
    named = vetted(f"http://rebinding.example:{port}/", {f"rebinding.example:{port}"})
    assert (named.address, answers) == ("127.0.0.1", ["rebinding.example"])


def test_another_host_is_noted(server: str) -> None:
    port = server.split(":")[1]
    other = f"localhost:{port}"
    Site.elsewhere = f"http://{other}/fine"
    asking = Visitor("https://directory.example", 0, {server, other})
    assert asking.visit(f"http://{server}/away") == Visit(200, host="localhost")


@pytest.fixture
def service(db: None) -> Service:
    return make_service(url="https://lantern.example/")


def state(service: Service) -> tuple[str, int, str]:
    kept = ContactCheck.objects.get(service=service)
    return kept.state, kept.failures, kept.detail


def test_a_link_is_broken_after_three_failures_on_three_days(service: Service) -> None:
    def fail(days: int, hours: int = 0) -> tuple[str, int, str]:
        when = NOW + timedelta(days=days, hours=hours)
        record(service.pk, service.url, Visit(None, "dns"), when)
        return state(service)

    assert fail(0) == ("unsure", 1, "dns")
    assert fail(0, 2) == ("unsure", 1, "dns")
    assert fail(1) == ("unsure", 2, "dns")
    assert fail(2) == ("broken", 3, "dns")
    assert ContactCheck.objects.get().broken_since == NOW
    record(service.pk, service.url, Visit(200, host="new.example"), NOW + timedelta(days=3))
    assert state(service) == ("works", 0, "moved:new.example")
    assert ContactCheck.objects.get().broken_since is None


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        (Visit(403), ("unsure", 0, "guarded")),
        (Visit(429), ("unsure", 0, "guarded")),
        (Visit(None, "robots"), ("unsure", 0, "robots")),
        (Visit(404), ("unsure", 1, "http:404")),
        (Visit(500), ("unsure", 1, "http:500")),
        (Visit(200), ("works", 0, "")),
    ],
)
def test_a_site_that_turns_machines_away_has_not_failed(
    service: Service, visit: Visit, expected: tuple[str, int, str]
) -> None:
    record(service.pk, service.url, visit, NOW)
    assert state(service) == expected
    assert told(expected[2]) not in ("", expected[2])


def test_a_link_that_was_corrected_starts_anew(service: Service) -> None:
    record(service.pk, "https://old.example/", Visit(404), NOW)
    record(service.pk, service.url, Visit(200), NOW)
    assert ContactCheck.objects.get().value == service.url


@pytest.mark.django_db
def test_those_looked_at_longest_ago_come_first_and_only_so_many() -> None:
    old, older, never, today = (
        make_service(name, url=f"https://{name}.example/")
        for name in ("old", "older", "never", "today")
    )
    make_service("none")
    make_service("closed", url="https://closed.example/", status="defunct")
    for service, days in ((old, 2), (older, 9), (today, 0)):
        record(service.pk, service.url, Visit(200), NOW - timedelta(days=days))
    asked: list[str] = []

    def visit(link: str) -> Visit:
        asked.append(link)
        return Visit(200)

    assert check_links(visit, NOW, most=2).works == 2
    assert asked == [never.url, older.url]


@pytest.mark.django_db
def test_a_website_that_many_listings_share_is_asked_once() -> None:
    organization = Organization.objects.create(name="Harbor", website="https://harbor.example/")
    for number in range(3):
        service = make_service(f"Talk {number}")
        Service.objects.filter(pk=service.pk).update(organization=organization)
    asked: list[str] = []

    def visit(link: str) -> Visit:
        asked.append(link)
        return Visit(404)

    assert check_links(visit, NOW, most=10).unsure == 3
    assert asked == ["https://harbor.example/"]
    assert ContactCheck.objects.count() == 3


@pytest.mark.django_db
def test_waiting_is_one_query(django_assert_max_num_queries: MaxQueries) -> None:
    for number in range(5):
        make_service(f"{number}", url="https://a.example/")
    with django_assert_max_num_queries(1):
        assert len(waiting(NOW, 9)) == 5


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (REAL, ""),
        ("(303) 534-2345 x12", ""),
        ("988", ""),
        ("211", ""),
        ("+44 20 7946 0018", ""),
        ("303-555-0123", "fictional"),
        ("1-800-555-0199", "fictional"),
        ("000-000-0000", "unassigned"),
        ("123-456-7890", "unassigned"),
        ("303-53", "impossible"),
        ("call us", "impossible"),
    ],
)
def test_what_can_be_said_of_a_number_without_calling_it(number: str, expected: str) -> None:
    assert wrong_with(number) == expected
    assert told(expected)


@pytest.fixture
def listed(db: None) -> Service:
    service = make_service()
    service.phones.all().delete()
    Phone.objects.create(service=service, number=REAL)
    return service


def numbers() -> dict[str, tuple[str, str]]:
    kept = ContactCheck.objects.filter(kind="phone")
    return {check.value: (check.state, check.detail) for check in kept}


def test_only_numbers_with_something_against_them_are_kept(listed: Service) -> None:
    place = make_place(listed)
    Phone.objects.create(location=place.location, number="303-555-0123")
    assert check_numbers(NOW) == 1
    assert numbers() == {"303-555-0123": ("broken", "fictional")}
    Phone.objects.filter(location=place.location).update(number="303-534-9999")
    check_numbers(NOW)
    assert numbers() == {}


def test_what_a_visitor_reports_counts_until_it_is_closed(listed: Service) -> None:
    report = ProblemReport.objects.create(service=listed, kind="phone")
    ProblemReport.objects.create(service=listed, kind="hours")
    check_numbers(NOW)
    assert numbers() == {REAL: ("unsure", "reported")}
    report.state = "dismissed"
    report.save()
    check_numbers(NOW)
    assert numbers() == {}


def test_what_a_steward_found_stays_until_the_number_goes(listed: Service) -> None:
    mark_bouncing(listed, NOW)
    check_numbers(NOW)
    assert numbers() == {REAL: ("broken", "bounces")}
    Phone.objects.update(number="303-534-0001")
    check_numbers(NOW)
    assert numbers() == {}


def test_numbers_are_read_in_a_bounded_number_of_queries(
    listed: Service, django_assert_max_num_queries: MaxQueries
) -> None:
    for number in range(8):
        make_place(make_service(f"{number}"))
    with django_assert_max_num_queries(20):
        assert check_numbers(NOW) == 8


def test_the_command_asks_a_real_site(
    listed: Service, server: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.OPENDOOR_CONTACT_CHECKS_ALLOWED = (server,)
    Service.objects.update(url=f"http://{server}/status/410")
    call_command("check_contacts", "--pause=0")
    assert state(listed) == ("unsure", 1, "http:410")
    assert "0 work, 1 unsure, 0 broken" in capsys.readouterr().out


def test_it_can_be_switched_off(
    listed: Service, server: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.OPENDOOR_CONTACT_CHECKS = False
    settings.OPENDOOR_CONTACT_CHECKS_ALLOWED = (server,)
    Service.objects.update(url=f"http://{server}/fine")
    call_command("check_contacts", "--pause=0")
    assert (Site.asked, ContactCheck.objects.count()) == ([], 0)
    assert "switched off" in capsys.readouterr().out
