"""The public pages: what they say, what they cost, and that they leave no trace."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from transparency.descriptor import define
from transparency.models import Dataset, Release
from transparency.release import publish

MOST_QUERIES = 6


@pytest.fixture
def release(teams: Dataset, rows: bytes) -> Release:
    return publish(teams, rows, notes="First figures.")


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_the_list_shows_the_newest_finding(client: Client, release: Release) -> None:
    page = text(client, "/transparency/")
    assert "6,000 (provisional) calls got a team in 2024" in page
    assert "Denver, Colorado" in page


def test_the_list_is_a_page_before_anything_is_published(client: Client, teams: Dataset) -> None:
    page = text(client, "/transparency/")
    assert "No figures are published yet." in page
    assert "Calls that got a team" not in page


def test_a_dataset_page_says_all_that_gives_figures_meaning(
    client: Client, release: Release
) -> None:
    page = text(client, "/transparency/teams/")
    for needed in (
        "Counted from dispatch records.",
        "It cannot say what happened later.",
        "Counted: responded. Out of: eligible.",
        "https://example.org/star",
        "Public domain",
        release.sha256,
        "http://testserver/transparency/teams/v/1/",
        "First figures.",
        "Hidden, because it is small",
        "A true zero",
        'data-state="suppressed">suppressed<',
        'data-state="zero">0<',
        'data-state="missing">missing<',
        'data-state="not-applicable">not applicable<',
    ):
        assert needed in page
    assert page.count("<h1") == 1
    assert '<link rel="canonical" href="http://testserver/transparency/teams/">' in page


def test_in_spanish(client: Client, release: Release) -> None:
    page = text(client, "/es/transparency/teams/")
    assert "Llamadas con equipo" in page
    assert "6,000" in page


def test_every_version_stays_at_its_address(client: Client, release: Release, rows: bytes) -> None:
    publish(release.dataset, rows.replace(b"3000", b"3100"), notes="A district was late.")
    old = text(client, "/transparency/teams/v/1/")
    assert "3,000" in old
    assert "This is version 1" in old
    assert "A district was late." in old
    newest = text(client, "/transparency/teams/")
    assert "3,100" in newest
    assert "This is version" not in newest
    assert '<link rel="canonical" href="http://testserver/transparency/teams/">' in old


def test_an_override_is_said_in_public(client: Client, db: None, b_heard: dict[str, Any]) -> None:
    content = b"period,calls,ineligible,eligible,unserved\nFY22-24,96291,59178,37113,13042\n"
    publish(define(b_heard), content, allow_totals="All is public already.")
    page = text(client, "/transparency/b-heard-funnel/")
    assert "All is public already." in page
    assert "35.1% of those eligible, 13.5% of all 96,291 calls" in page


def test_files(client: Client, release: Release) -> None:
    for base in ("/transparency/teams/", "/transparency/teams/v/1/"):
        table = client.get(f"{base}data.csv")
        assert table.content == bytes(release.content)
        assert table["ETag"] == f'"{release.sha256}"'
        assert "teams-v1.csv" in table["Content-Disposition"]
        again = client.get(f"{base}data.csv", headers={"If-None-Match": table["ETag"]})
        assert again.status_code == 304
        assert json.loads(text(client, f"{base}data.json"))["sha256"] == release.sha256
        drawing = client.get(f"{base}chart.svg")
        assert drawing["Content-Type"] == "image/svg+xml"
        assert release.sha256.encode() in drawing.content


@pytest.mark.parametrize(
    "path",
    ["nothing/", "teams/v/2/", "teams/v/2/data.csv", "nothing/data.json", "nothing/data.csv"],
)
def test_what_is_not_there(client: Client, release: Release, path: str) -> None:
    assert client.get(f"/transparency/{path}").status_code == 404


def test_what_is_held_is_nowhere(client: Client, teams: Dataset, rows: bytes) -> None:
    publish(teams, rows, embargo=timezone.now() + timedelta(days=1))
    assert "Calls that got a team" not in text(client, "/transparency/")
    for path in ("", "data.csv", "data.json", "chart.svg", "v/1/", "v/1/data.csv"):
        assert client.get(f"/transparency/teams/{path}").status_code == 404
    assert not Dataset.objects.public().exists()


def test_a_page_is_asked_again_by_its_tag(client: Client, release: Release) -> None:
    for path in ("/transparency/", "/transparency/teams/", "/transparency/teams/data.json"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_queries_are_bounded(
    client: Client,
    release: Release,
    descriptor: dict[str, Any],
    django_assert_max_num_queries: Any,
) -> None:
    header = b"year,calls,eligible,responded,arrests,minutes\n"
    for n in range(4):
        many = b"".join(b"%d,%d,50000,40000,0,5\n" % (1900 + y, 90000 + n) for y in range(120))
        publish(define(descriptor | {"name": f"teams-{n}"}), header + many)
        publish(release.dataset, header + many)
    paths = ("", "teams/", "teams/v/1/", "teams/data.csv", "teams/data.json", "teams/chart.svg")
    for path in paths:
        client.get(f"/transparency/{path}")  # what a process learns once
        with django_assert_max_num_queries(MOST_QUERIES):
            text(client, f"/transparency/{path}")
