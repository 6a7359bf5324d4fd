"""What load balancers and robots ask."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Site

from opendoor.pages.models import SiteProfile
from tests.directory.listings import Index

pytestmark = pytest.mark.django_db


def test_alive(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_when_all_parts_are(client: Client, index: Index) -> None:
    index()
    response = client.get("/readyz")
    assert response.json() == {"database": True, "index": True, "geocoder": True}
    assert response.status_code == 200


def test_not_ready_says_what_is_missing(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.OPENDOOR_INDEX_DIR = tmp_path / "none"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "index": False, "geocoder": True}


def test_robots_stay_out_of_searches(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /cms/", "Disallow: /api/", "Disallow: /directory/?"} <= set(lines)
    assert "Disallow: /" not in lines


def test_robots_stay_out_of_a_demonstration(client: Client) -> None:
    site = Site.objects.get(is_default_site=True)
    SiteProfile.objects.update_or_create(site=site, defaults={"demonstration": True})
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
