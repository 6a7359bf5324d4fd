"""From a page to the same page in the other language."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale

from opendoor.pages.models import NewsIndexPage
from tests.pages import trees

pytestmark = pytest.mark.django_db


def translated(page: Any, parent: Any, title: str, slug: str) -> Any:
    """The page in Spanish, as the CMS makes it."""
    copy = page.copy_for_translation(Locale.objects.get(language_code="es"))
    copy.title, copy.slug = title, slug
    copy.save_revision().publish()
    copy.refresh_from_db()
    assert copy.get_parent().pk == parent.pk
    return copy


def languages_of(client: Client, url: str) -> dict[str, str]:
    """The language switch of a page: language to address."""
    html = client.get(url).content.decode()
    switch = re.search(r'<ul class="languages".*?</ul>', html, re.S)
    assert switch
    return dict(re.findall(r'<a href="([^"]+)" lang="(\w+)"', switch[0]))


def test_a_page_leads_to_its_translation_wherever_that_stands(client: Client) -> None:
    page = trees.add_news("A new team")
    spanish = translated(page, trees.index(NewsIndexPage, "es"), "Un equipo nuevo", "equipo-nuevo")
    assert languages_of(client, page.url) == {"/es/news/equipo-nuevo/": "es"}
    assert languages_of(client, spanish.url) == {"/news/a-new-team/": "en"}
    assert 'hreflang="es"' in client.get(page.url).content.decode().partition("<body>")[0]


def test_a_page_without_translation_leads_home(client: Client) -> None:
    page = trees.add_news("Only in English")
    assert languages_of(client, page.url) == {"/es/": "es"}
    head = client.get(page.url).content.decode().partition("<body>")[0]
    assert 'hreflang="en"' in head
    assert 'hreflang="es"' not in head


def test_a_draft_translation_is_not_offered(client: Client) -> None:
    page = trees.add_news("A new team")
    spanish = translated(page, trees.index(NewsIndexPage, "es"), "Un equipo nuevo", "equipo-nuevo")
    spanish.unpublish()
    assert languages_of(client, page.url) == {"/es/": "es"}


@pytest.mark.parametrize("path", ["/", "/programmes/", "/events/", "/news/", "/glossary/"])
def test_the_first_pages_are_translations_of_each_other(client: Client, path: str) -> None:
    trees.home()
    assert languages_of(client, path) == {f"/es{path}": "es"}
    assert client.get(f"/es{path}").status_code == 200


def test_an_english_browser_setting_does_not_move_a_spanish_page(client: Client) -> None:
    trees.home()
    html = client.get("/es/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="es"' in html
