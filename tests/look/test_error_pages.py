"""The way to help stands first, even when nothing else works (rule 1 of docs/architecture.md)."""

import re

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.utils import translation

from opendoor.errors import server_error

STRICT = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LINES = ["tel:988", "sms:988", "tel:911", "tel:3035550100"]


def text_before(html: str, mark: str) -> str:
    """What a reader meets before a mark."""
    return re.sub(r"<[^>]+>", " ", html.partition("<body>")[2].partition(mark)[0])


@override_settings(STORAGES=STRICT, DEBUG=False)
def test_a_failed_page_needs_no_database_and_no_manifest() -> None:
    response = server_error(HttpRequest())  # the test may not touch a database: none is set up
    html = response.content.decode()
    assert response.status_code == 500
    assert all(line in html for line in LINES)
    assert "988" in text_before(html, "<main")
    assert re.search(r'href="/static/css/opendoor\.css"', html)


def test_a_failed_page_speaks_the_readers_language() -> None:
    with translation.override("es"):
        html = server_error(HttpRequest()).content.decode()
    assert '<html lang="es">' in html


@pytest.mark.django_db
def test_a_missing_page_offers_the_search_and_the_lines_first(client: Client) -> None:
    response = client.get("/no-such-page/")
    html = response.content.decode()
    assert response.status_code == 404
    assert all(line in html for line in LINES)
    assert html.index("tel:988") < html.index("<header") < html.index("<main")
    assert 'role="search"' in html
    assert not response.cookies


@pytest.mark.django_db
def test_the_frame_says_which_language_and_offers_the_other(client: Client) -> None:
    html = client.get("/es/no-such-page/").content.decode()
    assert '<html lang="es">' in html
    assert re.search(r'<a href="/no-such-page/" lang="en" hreflang="en">', html)
