"""What load balancers and robots ask."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

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


def test_robots_stay_out_of_a_demonstration(client: Client) -> None:
    from opendoor.pages.models import SiteProfile

    assert "Disallow: /cms/" in client.get("/robots.txt").content.decode()
    SiteProfile.objects.update(demonstration=True)
    if not SiteProfile.objects.exists():
        from wagtail.models import Site

        SiteProfile.objects.create(site=Site.objects.get(), demonstration=True)
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
