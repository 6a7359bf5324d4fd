"""Every kind of page, in both languages, as an anonymous visitor gets it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from opendoor.events.models import EventIndexPage
from opendoor.pages.models import NewsIndexPage, ProgrammeIndexPage
from tests.pages import trees

pytestmark = pytest.mark.django_db

BODY = [
    ("heading", "What we do"),
    ("text", "<p>We listen. <b>Always.</b></p><ul><li>Day</li></ul>"),
    ("callout", {"kind": "warning", "title": "Take care", "text": "Ice on the steps."}),
    ("steps", [{"who": "Clinician", "title": "Asks how you are", "text": "<p>Quietly.</p>"}]),
    ("link", {"text": "Read more", "page": None, "url": "https://example.org/"}),
]
KINDS: dict[str, Callable[[str], Any]] = {
    "home": trees.home,
    "programmes": lambda language: trees.index(ProgrammeIndexPage, language),
    "programme": lambda language: trees.add_programme(language=language, body=BODY),
    "news list": lambda language: trees.index(NewsIndexPage, language),
    "news": lambda language: trees.add_news(language=language, body=BODY),
    "glossary": lambda language: trees.fill_glossary({"Crisis": "<p>A hard hour.</p>"}, language),
    "plain page": lambda language: trees.add_content(language=language, body=BODY),
    "events": lambda language: trees.index(EventIndexPage, language),
    "event": lambda language: trees.add_event(language=language, body=BODY),
}


@pytest.mark.parametrize("language", trees.LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_and_leaves_no_trace(client: Client, kind: str, language: str) -> None:
    page = KINDS[kind](language)
    response = client.get(page.url)
    html = response.content.decode()
    assert response.status_code == 200
    assert page.url.startswith(f"{trees.PREFIX[language]}/")
    assert f'<html lang="{language}"' in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert not response.cookies
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_blocks_of_a_body_are_drawn(client: Client) -> None:
    html = client.get(trees.add_content(body=BODY).url).content.decode()
    assert "<h2>What we do</h2>" in html
    assert "<b>Always.</b>" in html
    assert "alert-warning" in html
    assert "Ice on the steps." in html
    assert re.search(r'<ol class="steps">.*Asks how you are.*Clinician.*Quietly', html, re.S)
    assert '<a class="button" href="https://example.org/">Read more</a>' in html


def test_what_staff_type_is_escaped(client: Client) -> None:
    page = trees.add_news(title="<script>alert(1)</script>", lead='"><img src=x>')
    html = client.get(page.url).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_description_is_the_lead_unless_staff_wrote_one(client: Client) -> None:
    page = trees.add_news(lead="It starts on Monday.")
    assert '<meta name="description" content="It starts on Monday.">' in fetch(client, page)
    page.search_description = "Said for search engines."
    page.save_revision().publish()
    assert 'content="Said for search engines."' in fetch(client, page)


def test_home_has_the_search_the_doors_and_what_is_new(client: Client) -> None:
    trees.add_event("Open house")
    trees.add_event("Noche abierta", "es")
    trees.add_news("A new team")
    trees.show_on_home(trees.add_dataset())
    html = client.get("/").content.decode()
    assert re.search(r'<form[^>]*method="post"[^>]*action="/directory/"', html)
    assert re.search(r'name="q".*name="place"', html, re.S)
    for address in ("/directory/", "/transparency/", "/events/"):
        assert re.search(rf'class="door">\s*<h3><a href="{address}">', html)
    assert "Open house" in html
    assert "Noche abierta" not in html
    assert "A new team" in html
    assert "In 2024 the team answered 1,204 calls." in html
    assert "Eugene, Oregon" in html


def test_a_door_says_what_staff_wrote_or_our_own_words(client: Client) -> None:
    own = "What the programmes do and achieve, in figures that you can check."
    assert own in client.get("/").content.decode()
    home = trees.home()
    home.record_text = "Count with us."
    home.save_revision().publish()
    html = client.get("/").content.decode()
    assert "Count with us." in html
    assert own not in html


def test_a_programme_says_how_it_is_reached(client: Client) -> None:
    html = fetch(client, trees.add_programme())
    assert '<a class="button button-phone" href="tel:+13035550123">' in html
    assert "Through 911" in html
    assert "You may ask for it yourself" not in html
    assert "Co-responder team" in html
    assert re.search(r"Asks three questions.*Dispatcher", html, re.S)


def test_a_programme_leads_to_its_partners_services(client: Client) -> None:
    programme = trees.add_programme()
    organization = trees.add_partner(programme, "Lighthouse", services=7)
    closed = organization.services.first()
    assert closed is not None
    closed.status = closed.Status.INACTIVE
    closed.save()
    html = fetch(client, programme)
    assert "Lighthouse" in html
    assert "Sends clinicians." in html
    assert f"/directory/services/{closed.pk}/" not in html
    assert len(re.findall(r'href="/directory/services/[0-9a-f-]+/"', html)) == 5
    assert "and 1 more service" in html


def test_a_programme_shows_the_sentence_of_its_figure_and_its_events(client: Client) -> None:
    programme, other = trees.add_programme(), trees.add_programme("Day team")
    trees.show_on_programme(programme, trees.add_dataset())
    trees.add_event("Meet the night team", programme=programme)
    html = fetch(client, programme)
    assert "In 2024 the team answered 1,204 calls." in html
    assert 'href="/transparency/calls/"' in html
    assert "Meet the night team" in html
    assert "Meet the night team" not in fetch(client, other)


def test_a_dataset_without_a_public_release_is_not_shown(client: Client) -> None:
    dataset = trees.add_dataset()
    unpublished = type(dataset).objects.create(
        slug="waiting", title="Waiting", place="Eugene", descriptor=dataset.descriptor
    )
    trees.show_on_home(unpublished)
    assert "Waiting" not in client.get("/").content.decode()


def test_a_figure_in_a_body(client: Client) -> None:
    page = trees.add_content(body=[("figure", trees.add_dataset())])
    html = fetch(client, page)
    assert "In 2024 the team answered 1,204 calls." in html


def test_drafts_and_private_pages_are_not_listed(client: Client) -> None:
    news = trees.add_news("Not yet")
    news.unpublish()
    private = trees.add_news("For members")
    private.view_restrictions.create(restriction_type="login")
    for url in ("/", "/news/"):
        html = client.get(url).content.decode()
        assert "Not yet" not in html
        assert "For members" not in html


def test_a_picture_says_what_it_shows_and_comes_in_sizes(client: Client) -> None:
    image = Image.objects.create(title="file 1", file=get_test_image_file(size=(1200, 800)))
    picture = {"image": {"image": image.pk, "alt_text": "The team’s van", "decorative": False}}
    block = {"type": "picture", "value": {**picture, "caption": "Our van"}}
    page = trees.add_content()
    page.body = page.body.stream_block.to_python([block])
    page.save_revision().publish()
    html = fetch(client, page)
    tag = re.search(r"<img[^>]+>", html)
    assert tag
    assert 'alt="The team’s van"' in tag[0]
    assert re.search(r'srcset="[^"]+480w, [^"]+960w"', tag[0])
    assert re.search(r'width="\d+"', tag[0])
    assert re.search(r"\.webp", tag[0])
    assert "Our van" in html


def fetch(client: Client, page: Any) -> str:
    return client.get(page.url).content.decode()
