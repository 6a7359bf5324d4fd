"""The demonstration as a visitor sees it."""

import json
import re

import pytest
from django.test import Client
from wagtail.models import Page

from directory.models import Service
from opendoor.demo.content import DATA
from opendoor.events.models import EventPage
from opendoor.pages.models import GlossaryPage, NewsPage, ProgrammePage, SiteProfile
from transparency.models import Dataset, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
LANGUAGES = ("en", "es")
FICTION = re.compile(r"(303|720)-555-01\d\d")


def test_every_page_answers_and_is_kept_out_of_search_engines(client: Client) -> None:
    pages = Page.objects.live().filter(depth__gt=1)
    assert pages.count() > 80
    for page in pages:
        response = client.get(page.get_url())
        assert response.status_code == 200, page.get_url()
        assert response["X-Robots-Tag"] == "noindex", page.get_url()


def test_every_page_is_there_in_both_languages() -> None:
    for page in Page.objects.live().filter(depth__gt=1, locale__language_code="en"):
        (other,) = page.get_translations()
        assert other.live
        assert other.slug == page.slug or page.depth == 2
        assert page.title != "" != other.title


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_listings_and_datasets_answer(client: Client, prefix: str) -> None:
    paths = [f"/directory/services/{pk}/" for pk in Service.objects.values_list("pk", flat=True)]
    paths = paths[::25]
    paths += [f"/transparency/{slug}/" for slug in Dataset.objects.values_list("slug", flat=True)]
    assert len(paths) > 20
    for path in paths:
        response = client.get(prefix + path)
        assert response.status_code == 200, path
        assert response["X-Robots-Tag"] == "noindex", path


def test_numbers_in_pages_are_fiction(client: Client) -> None:
    number = re.compile(r"\b\d{3}-\d{3}-\d{4}\b")
    found = set()
    for page in ProgrammePage.objects.live():
        found |= set(number.findall(client.get(page.get_url()).content.decode()))
    assert len(found) >= 3
    assert all(FICTION.fullmatch(one) for one in found)


def test_programmes_say_who_how_and_with_whom() -> None:
    for code in LANGUAGES:
        programmes = ProgrammePage.objects.live().filter(locale__language_code=code)
        assert {p.kind for p in programmes} == set(ProgrammePage.Kind.values)
        for programme in programmes:
            assert len(programme.protocol) >= 4
            assert programme.partners.count() >= 3
            assert programme.figures.count() >= 2
            assert programme.who_responds
            assert programme.hours
            assert programme.area


def test_there_is_a_month_of_events() -> None:
    for code in LANGUAGES:
        events = EventPage.objects.live().filter(locale__language_code=code)
        assert events.upcoming().count() >= 24
        assert events.past().count() >= 2
        assert set(events.values_list("status", flat=True)) == set(EventPage.Status.values)
        assert not events.exclude(status="scheduled").filter(status_note="").exists()
        assert events.exclude(online_url="").filter(address="").exists()


def test_news_and_words() -> None:
    for code in LANGUAGES:
        assert 4 <= NewsPage.objects.live().filter(locale__language_code=code).count() <= 6
        assert len(GlossaryPage.objects.get(locale__language_code=code).terms) >= 25


def test_the_site_says_that_it_is_a_demonstration(client: Client) -> None:
    profile = SiteProfile.objects.get()
    assert profile.demonstration
    assert "(fictional)" in profile.publisher
    assert "does not exist" in client.get("/about/").content.decode()


def test_real_figures_name_a_real_place_and_invented_ones_say_so() -> None:
    assert Release.objects.count() == Dataset.objects.count() >= 10
    for dataset in Dataset.objects.all():
        descriptor = dataset.descriptor
        invented = dataset.slug.startswith("invented-")
        assert ("Juniper" in json.dumps(descriptor)) == invented, dataset.slug
        assert ("(invented)" in dataset.place) == invented
        assert dataset.title.startswith("Invented example") == invented
        assert all(source["title"] for source in descriptor["sources"])
        for text in ("title", "description", "coverage", "method", "limits", "sentence"):
            assert set(descriptor[text]) == set(LANGUAGES), (dataset.slug, text)


def test_states_can_be_seen(client: Client) -> None:
    page = client.get("/transparency/invented-responses-by-district/data.csv").content.decode()
    assert {"suppressed", "missing", "zero", "provisional", "value"} <= set(
        re.split(r"[,\r\n]", page)
    )
    assert ",7," not in page


def test_no_figure_file_is_left_unpublished() -> None:
    files = {path.stem for path in (DATA / "datasets").glob("*.csv")}
    assert files == set(Dataset.objects.values_list("slug", flat=True))
