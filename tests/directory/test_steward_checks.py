"""What counts as checked, until when, and what is due."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from directory.lasting import DAYS, LifetimesError, Subject, read_lifetimes
from directory.models import ContactCheck, ProblemReport, Service, Verification
from directory.stewardship.checks import checks, overdue
from directory.stewardship.clock import clock, deadline
from directory.stewardship.due import due
from directory.stewardship.freshness import freshness
from directory.stewardship.standing import standing
from directory.stewardship.verifying import NotChecked, summarize, verify
from tests.directory.listings import make_confidential, make_place, make_service

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
WITHOUT_PLACE = ["phone", "hours", "eligibility", "cost"]
Read = Callable[[Service], Service]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def unchecked() -> Service:
    return make_service(assured_date=None, assurer_role="")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def check(service: Service, *fields: str, days: int = 0, role: str = "steward") -> None:
    verify(service, fields, "called", role, ago(days))


def summary(service: Service) -> tuple[date | None, str]:
    kept = Service.objects.get(pk=service.pk)
    return kept.assured_date, kept.assurer_role


def test_a_check_holds_as_long_as_the_field_s_lifetime(unchecked: Service) -> None:
    check(unchecked, *Subject)
    kept = {v.field: (v.valid_until - v.verified_on).days for v in Verification.objects.all()}
    assert kept == {"phone": 180, "hours": 180, "address": 365, "eligibility": 365, "cost": 180}


def test_a_setting_changes_lifetimes(settings: Settings, unchecked: Service) -> None:
    settings.OPENDOOR_LIFETIMES = "phone=30, hours = 60"
    check(unchecked, "phone", "cost")
    kept = {v.field: (v.valid_until - v.verified_on).days for v in Verification.objects.all()}
    assert kept == {"phone": 30, "cost": DAYS["cost"]}


@pytest.mark.parametrize("text", ["fax=3", "phone", "phone=0", "phone=-3", "phone=soon"])
def test_a_lifetime_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(LifetimesError, match="fields are phone"):
        read_lifetimes(text)


def test_a_day_to_come_is_no_check(unchecked: Service) -> None:
    with pytest.raises(NotChecked):
        verify(unchecked, ["phone"], "called", "steward", TODAY + timedelta(days=1))
    assert not Verification.objects.exists()


def test_the_summary_waits_until_every_needed_field_was_checked(unchecked: Service) -> None:
    check(unchecked, "phone", "hours", "eligibility")
    assert summary(unchecked) == (None, "")
    check(unchecked, "cost", days=40, role="provider")
    assert summary(unchecked) == (ago(40), "provider")


def test_an_address_that_is_shown_has_to_be_checked_too(unchecked: Service) -> None:
    make_place(unchecked)
    check(unchecked, *WITHOUT_PLACE)
    assert summary(unchecked) == (None, "")
    check(unchecked, "address", days=3)
    assert summary(unchecked) == (ago(3), "steward")


def test_a_private_address_is_nobody_s_to_check(unchecked: Service) -> None:
    make_confidential(unchecked)
    check(unchecked, *WITHOUT_PLACE)
    assert summary(unchecked) == (TODAY, "steward")


def test_the_summary_is_the_field_checked_longest_ago(unchecked: Service) -> None:
    check(unchecked, *WITHOUT_PLACE, days=90)
    check(unchecked, "phone", "hours", "eligibility")
    assert summary(unchecked) == (ago(90), "steward")
    check(unchecked, "cost", days=1, role="provider")
    assert summary(unchecked) == (ago(1), "provider")


def test_of_two_roles_on_one_day_the_farther_one_is_named(unchecked: Service) -> None:
    check(unchecked, "phone", "hours")
    check(unchecked, "eligibility", "cost", role="provider")
    assert summary(unchecked) == (TODAY, "provider")


def test_a_source_s_date_speaks_for_the_whole_listing_until_fields_are_newer() -> None:
    service = make_service(assured_date=ago(200), assurer_role="source")
    check(service, "phone")
    found = {c.subject.value: (c.on, c.role) for c in checks(service, service.verifications.all())}
    assert found["phone"] == (TODAY, "steward")
    assert found["hours"] == (ago(200), "source")
    assert summary(service) == (ago(200), "source")


def test_an_older_check_takes_nothing_back() -> None:
    service = make_service(assured_date=ago(10), assurer_role="steward")
    check(service, *WITHOUT_PLACE, days=50, role="provider")
    assert summary(service) == (ago(10), "steward")


def due_names() -> set[str]:
    return set(due(TODAY).values_list("name", flat=True))


def test_due_says_in_sql_what_the_checks_say_of_each() -> None:
    """Every mix of whole and single checks, on the days where they turn."""
    for number, whole in enumerate([None, 0, 180, 181, 365, 366]):
        for place in (None, make_place, make_confidential):
            for days in (None, 0, 180, 181):
                assured = None if whole is None else ago(whole)
                role = "source" if assured else ""
                name = f"{number} {place and place.__name__} {days}"
                service = make_service(name, assured_date=assured, assurer_role=role)
                if place:
                    place(service)
                if days is not None:
                    check(service, "phone", "hours", "cost", days=days)
    make_service("closed", status="inactive", assured_date=None)
    found = Service.objects.public().prefetch_related(
        "verifications", "service_at_locations__location"
    )
    expected = {s.name for s in found if overdue(checks(s, s.verifications.all()), TODAY)}
    assert due_names() == expected
    assert 0 < len(expected) < 72


def test_due_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(5):
        make_service(f"{number}", assured_date=None)
    with django_assert_num_queries(1):
        assert len(due(TODAY)) == 5


def test_a_summary_that_is_right_is_not_written_again(
    unchecked: Service, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    check(unchecked, *WITHOUT_PLACE)
    before = Service.objects.get().last_modified
    with django_assert_max_num_queries(4):
        summarize(unchecked)
    assert Service.objects.get().last_modified == before


def page(client: Client, service: Service) -> str:
    return client.get(reverse("directory:service", args=[service.pk])).content.decode()


def test_the_page_says_plainly_that_a_listing_is_stale(client: Client) -> None:
    service = make_service(assured_date=date(2025, 3, 9), assurer_role="source")
    html = page(client, service)
    assert "Last checked in March 2025: call before you go." in html
    assert "Phone: checked" not in html


def test_the_page_tells_fields_apart_only_when_they_differ(client: Client) -> None:
    service = make_service(assured_date=ago(20), assurer_role="provider")
    html = page(client, service)
    assert "Last checked on Nov. 4, 2026 by: the provider." in html
    assert "Hours: checked" not in html
    check(service, "phone")
    html = page(client, service)
    assert "Phone: checked in November 2026 (directory steward)" in html
    assert "Hours: checked in November 2026 (the provider)" in html


def test_the_page_does_not_call_a_listing_checked_of_which_a_part_was(
    client: Client, unchecked: Service
) -> None:
    assert "Nobody has checked this listing yet." in page(client, unchecked)
    check(unchecked, "phone")
    html = page(client, unchecked)
    assert "Not all of this listing has been checked." in html
    assert "Hours: not checked" in html and "Last checked" not in html
    assert standing(unchecked).checked is None


def report(created: datetime, kind: str = "phone", closed: datetime | None = None) -> ProblemReport:
    kept = ProblemReport(kind=kind, created_at=created, closed_at=closed)
    return kept


@pytest.mark.parametrize(
    ("kind", "created", "until"),
    [
        ("phone", datetime(2026, 11, 16, 17, tzinfo=UTC), datetime(2026, 11, 19, 17, tzinfo=UTC)),
        ("phone", datetime(2026, 11, 19, 17, tzinfo=UTC), datetime(2026, 11, 24, 17, tzinfo=UTC)),
        ("phone", datetime(2026, 11, 21, 17, tzinfo=UTC), datetime(2026, 11, 25, 17, tzinfo=UTC)),
        ("unsafe", datetime(2026, 11, 20, 17, tzinfo=UTC), datetime(2026, 11, 21, 17, tzinfo=UTC)),
    ],
)
def test_reports_wait_three_working_days_and_dangerous_ones_a_day(
    kind: str, created: datetime, until: datetime
) -> None:
    waiting = report(created, kind)
    assert deadline(waiting) == until
    assert not clock(waiting, until).late
    assert clock(waiting, until + timedelta(seconds=1)).late


def test_the_clock_stops_when_a_report_is_closed() -> None:
    came = datetime(2026, 11, 16, 17, tzinfo=UTC)
    done = clock(report(came, closed=came + timedelta(days=2)), came + timedelta(days=90))
    assert (done.late, done.text) == (False, "2 days")
    assert clock(report(came), came + timedelta(hours=5)).text == "5 hours"


def test_a_report_is_closed_by_the_decision_and_open_again_without() -> None:
    kept = ProblemReport.objects.create(service=make_service(), kind="phone")
    assert kept.closed_at is None
    kept.state = "fixed"
    kept.save()
    closed = kept.closed_at
    kept.save()
    assert closed is not None and kept.closed_at == closed
    kept.state = "new"
    kept.save()
    assert ProblemReport.objects.get().closed_at is None


def test_freshness_counts_listings_reports_and_links(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    fresh = make_service("fresh", assured_date=ago(180))
    make_service("old", assured_date=ago(365))
    make_service("older", assured_date=ago(366))
    never = make_service("never", assured_date=None)
    make_service("gone", status="defunct", assured_date=ago(1))
    check(never, "phone", days=200)
    now = timezone.now()
    for days, state in ((2, "fixed"), (4, "fixed"), (9, "fixed"), (30, "dismissed"), (5, "new")):
        kept = ProblemReport.objects.create(service=fresh, kind="phone", state=state)
        ProblemReport.objects.filter(pk=kept.pk).update(created_at=now - timedelta(days=days))
    for kind, state, value in (
        ("link", "broken", "https://a.example"),
        ("link", "works", "https://b.example"),
        ("link", "unsure", "https://c.example"),
        ("phone", "broken", "1"),
    ):
        ContactCheck.objects.create(
            service=fresh, kind=kind, state=state, value=value, checked_at=now
        )
    with django_assert_max_num_queries(25):
        found = freshness(timezone.now().date())
    assert (found.services, found.verified_180, found.verified_365) == (4, 1, 2)
    assert (found.never_verified, found.due) == (1, 3)
    phone = next(f for f in found.fields if f.field == "phone")
    assert (phone.verified_180, phone.verified_365) == (1, 3)
    assert (found.reports_open, found.reports_fixed) == (1, 3)
    assert found.median_days_report_to_fix == pytest.approx(4, abs=0.1)
    assert (found.links_checked, found.dead_links, found.dead_numbers) == (3, 1, 1)


def test_freshness_of_an_empty_directory_claims_nothing() -> None:
    found = freshness()
    assert (found.services, found.median_days_report_to_fix, found.dead_links) == (0, None, 0)
