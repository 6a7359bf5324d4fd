"""The directory's freshness as a dataset: counted here, published through the record's own door."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from directory.models import ContactCheck, ProblemReport
from opendoor.freshness.publication import SLUG, publish_freshness
from tests.directory.listings import make_service
from transparency.models import Dataset
from transparency.release import figure_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def listings() -> None:
    """Four public listings: one fresh, one of this year, one old, one never checked."""
    for name, days in (("A", 10), ("B", 300), ("C", 800)):
        make_service(name, assured_date=TODAY - timedelta(days=days))
    never = make_service("D", assured_date=None)
    make_service("E", assured_date=TODAY, status="inactive")
    report = ProblemReport.objects.create(service=never, kind="phone", state="fixed")
    came = datetime(2026, 11, 1, 12, tzinfo=UTC)
    ProblemReport.objects.filter(pk=report.pk).update(
        created_at=came, closed_at=came + timedelta(days=3)
    )
    for number, state in enumerate(("works", "works", "broken")):
        ContactCheck.objects.create(
            service=never,
            kind="link",
            value=f"https://{number}.example",
            state=state,
            checked_at=timezone.now(),
        )


def cells(slug: str = SLUG) -> list[dict[str, str]]:
    release = Dataset.objects.get(slug=slug).latest()
    assert release is not None
    rows = figure_of(release).rows
    return [{name: cell.text for name, cell in row.items()} for row in rows]


def test_the_month_is_counted_and_small_counts_of_listings_are_shown(listings: None) -> None:
    assert publish_freshness(TODAY) is not None
    assert cells() == [
        {
            "month": "2026-11",
            "listings": "4",
            "checked_180": "1",
            "checked_180_share": "25.0",
            "checked_365": "2",
            "checked_365_share": "50.0",
            "problems_fixed": "1",
            "days_to_fix": "3.0",
            "links": "3",
            "dead_links": "1",
            "dead_links_share": "33.3",
        }
    ]


def test_a_month_is_published_once_and_the_next_goes_behind_it(listings: None) -> None:
    assert publish_freshness(TODAY) is not None
    first = cells()
    assert publish_freshness(TODAY + timedelta(days=3)) is None
    december = publish_freshness(date(2026, 12, 1))
    assert december is not None
    assert december.number == 2
    found = cells()
    assert found[:1] == first
    assert [row["month"] for row in found] == ["2026-11", "2026-12"]
    assert all(a["month"] < b["month"] for a, b in pairwise(found))


def test_an_empty_directory_says_so_and_the_page_reads_in_both_languages(client: Client) -> None:
    assert publish_freshness(TODAY) is not None
    (row,) = cells()
    assert (row["listings"], row["checked_180_share"], row["days_to_fix"]) == ("0", "", "")
    assert client.get("/directory/freshness/").headers["Location"] == f"/transparency/{SLUG}/"
    english, spanish = (client.get(f"{way}/transparency/{SLUG}/").text for way in ("", "/es"))
    assert "How fresh the directory is" in english
    assert "al día está el directorio" in spanish
    assert "this site&#x27;s own directory." in english
    assert "el directorio de este mismo sitio." in spanish
    assert ".." not in re.sub("<[^>]*>", "", english + spanish)


def test_before_the_first_count_a_page_says_so(client: Client) -> None:
    page = client.get("/directory/freshness/")
    assert page.status_code == 200
    assert "Nothing has been counted yet." in page.text
    assert "Median days from a report to its fix" in page.text
    assert "Fichas revisadas en los 180 días" in client.get("/es/directory/freshness/").text


def test_each_figure_has_its_definition_beside_it(client: Client, listings: None) -> None:
    assert publish_freshness(TODAY) is not None
    page = client.get(f"/transparency/{SLUG}/").text
    for definition in (
        "Listings checked in 180 days, of all listings.",
        "Listings checked in 365 days, of all listings.",
        "Median days from a report to its fix",
        "Links that failed on three different days.",
    ):
        assert definition in page
    for figure in ("25.0", "50.0", "33.3"):
        assert figure in page
