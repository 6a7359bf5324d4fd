"""What is kept of links and numbers that were looked at, and the job that looks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries as MaxQueries
from pytest_django import Settings

from directory.models import ContactCheck, Organization, Phone, ProblemReport, Service
from directory.stewardship.links import check_links, record, waiting
from directory.stewardship.numbers import check_numbers, mark_bouncing, wrong_with
from directory.stewardship.told import told
from directory.stewardship.visiting import Visit
from tests.directory.listings import make_place, make_service
from tests.directory.websites import Site, serving

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
REAL = "303-534-2345"


@pytest.fixture
def server() -> Iterator[str]:
    with serving() as where:
        yield where


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
