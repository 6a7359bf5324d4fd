"""The search page: one form, its results on the same address, nothing kept."""

import gzip
import re
from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.directory.listings import (
    Index,
    make_confidential,
    make_place,
    make_service,
    open_daily,
    speak,
    tag,
    translate,
)

pytestmark = pytest.mark.django_db
BOULDER = (40.015, -105.2705)


def page(client: Client, method: str = "get", **asked: Any) -> str:
    response = getattr(client, method)(reverse("directory:search"), asked)
    assert response.status_code == 200
    return str(response.content.decode())


def found(html: str) -> list[str]:
    """Names of the services found, in their order."""
    return [name.strip() for name in re.findall(r"<h2><a [^>]*>([^<]*)</a></h2>", html)]


def number(html: str) -> int:
    match = re.search(r'<h1 class="found">(\d+) service', html)
    assert match, "The page does not say how many were found"
    return int(match[1])


def test_the_bare_page_offers_the_form_and_every_need(client: Client, index: Index) -> None:
    index()
    html = page(client)
    assert '<h1 class="found">' not in html
    for code in ("outpatient-therapy", "food", "crisis-line"):
        assert f'<option value="{code}">' in html
        assert f'name="need" value="{code}"' in html


def test_post_and_get_find_the_same(client: Client, index: Index) -> None:
    for n in range(3):
        make_place(make_service(f"Lantern {n}"), (39.74 + n / 100, -104.98))
    make_place(make_service("Boulder House"), BOULDER)
    index()
    asked = {"q": "therapy", "place": "80203", "radius_km": "16.093", "sort": "distance"}
    got, posted = page(client, **asked), page(client, "post", **asked)
    assert found(got) == found(posted) == ["Lantern 0", "Lantern 1", "Lantern 2"]
    assert number(got) == number(posted) == 3


def test_no_cookie_and_the_strict_policy(client: Client, index: Index) -> None:
    make_place(make_service())
    index()
    address = reverse("directory:search")
    answers = [
        client.get(address),
        client.post(address, {"q": "therapy"}),
        client.post(address, {"place": "80203", "view": "map"}),
        client.get(address, {"radius_km": "far"}),
    ]
    for response in answers:
        assert not response.cookies
        assert "no-store" not in response["Cache-Control"]
        policy = response["Content-Security-Policy"]
        assert "script-src 'self';" in f"{policy};" and "unsafe" not in policy
        html = response.content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
        for kind, body in re.findall(r"<script([^>]*)>([^<]*)", html):
            assert "src=" in kind or "application/" in kind, f"an inline script: {body}"


def test_neither_need_nor_place_stands_in_title_or_action(client: Client, index: Index) -> None:
    make_place(make_service())
    index()
    html = page(client, "post", q="therapy", place="80203")
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    assert title and "therapy" not in title[1] and "80203" not in title[1]
    for action in re.findall(r'(?:form)?action="([^"]*)"', html):
        assert "?" not in action


def test_a_card_says_what_one_wants_to_know(client: Client, index: Index) -> None:
    service = make_service(availability="always", minimum_age=18)
    make_place(service)
    tag(service, "cost", "free", "Free")
    speak(service, "es")
    index()
    html = page(client, place="80203")
    card = html[html.index('<article class="result"') : html.index("</article>")]
    for words in ("Open day and night", "miles", "Free", "Spanish", "Ages 18 and over"):
        assert words in card
    assert 'href="tel:+13035550101"' in card and "303-555-0101" in card
    assert "Checked Sep 2026" in card


def test_unknown_hours_are_not_shown_as_closed(client: Client, index: Index) -> None:
    make_place(make_service())
    index()
    html = page(client, place="80203")
    assert "Hours not known" in html and "Closed" not in html


def test_set_hours_say_open_or_closed(client: Client, index: Index) -> None:
    always_on = make_service("Day and Night")
    open_daily(always_on, time(0), time(0))
    index()
    html = page(client, q="Day and Night")
    assert found(html) == ["Day and Night"] and "Open now" in html


def test_a_card_tells_hours_in_the_places_own_time(client: Client, index: Index) -> None:
    """The site's zone is Denver's, two hours behind: there it would say 7 or 3."""
    service = make_service()
    make_place(service, time_zone="America/New_York")
    open_daily(service, time(9), time(17))
    index()
    assert re.search(r"(opens [^<]*9 a\.m\.|until 5 p\.m\.)", page(client, q="Lantern"))


def test_an_ambiguous_place_is_offered_not_guessed(client: Client, index: Index) -> None:
    make_place(make_service())
    index()
    html = page(client, "post", place="Springfield")
    offered = re.findall(r'name="place" value="(Springfield, [A-Z]{2})"', html)
    assert len(offered) > 2 and len(set(offered)) == len(offered)
    assert "Near <b>" not in html and number(html) == 1


def test_choosing_one_of_the_places_searches_there(client: Client, index: Index) -> None:
    make_place(make_service())
    index()
    # A browser sends the hidden field first, then the button that was pressed.
    response = client.post(
        reverse("directory:search"), {"place": ["Springfield", "Springfield, IL"]}
    )
    assert "<b>Springfield, IL</b>" in response.content.decode()


def test_an_unknown_place_is_said_to_be_unknown(client: Client, index: Index) -> None:
    make_place(make_service())
    index()
    html = page(client, place="Qwxyzzy")
    assert "We do not know a place called “Qwxyzzy”" in html and "ZIP code" in html


def test_far_away_shows_the_nearest_and_says_so(client: Client, index: Index) -> None:
    make_place(make_service("Denver House"))
    index()
    html = page(client, place="10001", radius_km="16.093")
    assert "Nothing within 10 miles" in html and found(html) == ["Denver House"]


def test_words_of_danger_pin_the_way_to_help(client: Client, index: Index) -> None:
    make_place(make_service("Grief Group"))
    crisis = make_service("County Crisis Line")
    tag(crisis, "need", "crisis-line")
    index()
    calm = page(client, q="grief")
    assert "crisis-first" not in calm and found(calm) == ["Grief Group"]
    danger = page(client, "post", q="I want to kill myself")
    assert danger.index('href="tel:988"', danger.index("<main")) < danger.index("<article")
    assert found(danger) == ["County Crisis Line"]


def test_nothing_found_says_what_to_do(client: Client, index: Index) -> None:
    make_place(make_service())
    index()
    html = page(client, q="zzqqxx", place="80203", radius_km="16.093")
    assert number(html) == 0 and "We found nothing" in html
    assert 'name="q" value=""' in html and "Look within 25 miles" in html


def test_the_pressed_button_drops_a_filter(client: Client, index: Index) -> None:
    free = make_service("Free House")
    tag(free, "cost", "free", "Free")
    make_service("Paid House")
    index()
    narrow = page(client, "post", cost="free")
    assert found(narrow) == ["Free House"] and 'value="cost:free"' in narrow
    assert number(page(client, "post", cost="free", drop="cost:free")) == 2


def test_pages_are_buttons_that_keep_the_search(client: Client, index: Index) -> None:
    for n in range(25):
        make_service(f"Lantern {n:02d}")
    index()
    first = page(client, "post", q="lantern", sort="name")
    assert 'form="again" name="page" value="2"' in first
    assert '<input type="hidden" name="q" value="lantern">' in first
    second = page(client, "post", q="lantern", sort="name", page="2")
    assert len(found(first)) == 20 and len(found(second)) == 5
    assert not set(found(first)) & set(found(second))


def test_what_was_typed_is_escaped(client: Client, index: Index) -> None:
    index()
    html = page(client, q='"><script>alert(1)</script>')
    assert "<script>alert" not in html and "&lt;script&gt;" in html


def test_a_bad_value_is_named_and_the_form_kept(client: Client, index: Index) -> None:
    index()
    response = client.get(reverse("directory:search"), {"radius_km": "far", "q": "grief"})
    assert response.status_code == 400
    html = response.content.decode()
    assert "error-summary" in html and 'value="grief"' in html


def test_no_index_still_shows_whom_to_call(client: Client, index: Index) -> None:
    for answer in (client.get(reverse("directory:search")), client.post("/directory/", {"q": "x"})):
        assert answer.status_code == 503 and answer["Retry-After"] == "60"
        html = answer.content.decode()
        assert "not working right now" in html
        assert html.count('href="tel:988"') >= 2 and "303-555-0100" in html


def test_a_search_asks_the_database_little(client: Client, index: Index) -> None:
    make_place(make_service("Lantern"))
    index()
    page(client, place="80203")  # the first request of a process fills caches of the frame
    counts = []
    for more in (0, 25):
        for n in range(more):
            make_place(make_service(f"Lantern {n}"))
        index()
        with CaptureQueriesContext(connection) as queries:
            page(client, place="80203")
        counts.append(len(queries))
        assert not any("directory_" in query["sql"] for query in queries)
    assert counts[0] == counts[1]


def test_twenty_results_weigh_little(client: Client, index: Index) -> None:
    for n in range(25):
        service = make_service(f"Lantern {n}", description="Help for grown people. " * 8)
        make_place(service, (39.74 + n / 1000, -104.98))
        tag(service, "cost", "free", "Free")
        tag(service, "population", "veterans", "Veterans")
        speak(service, "es")
    index()
    html = page(client, place="80203")
    assert html.count("<article") == 20
    assert len(gzip.compress(html.encode())) < 20 * 1024


def test_a_confidential_place_is_nowhere(client: Client, index: Index) -> None:
    shelter = make_service("Safe Harbor")
    make_confidential(shelter)
    make_place(make_service("Lantern"))
    index()
    html = page(client, place="80203", view="map")
    at = html.index("Safe Harbor")
    card = html[html.rindex("<article", 0, at) : html.index("</article>", at)]
    assert "Private address" in card
    assert "data-lat" not in card and "miles" not in card and "Denver" not in card


def test_in_spanish_too(client: Client, index: Index) -> None:
    service = make_service("Lantern")
    tag(service, "need", "grief")
    translate(service, "es", name="La Linterna")
    index()
    html = client.get("/es/directory/", {"need": "grief"}).content.decode()
    assert found(html) == ["La Linterna"] and "Duelo y pérdida" in html
