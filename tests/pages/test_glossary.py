"""Words in the order in which readers look them up."""

import pytest
from django.test import Client

from opendoor.pages.glossary import by_letter
from tests.pages import trees


def words(*given: str) -> list[tuple[str, str]]:
    return [(word, "") for word in given]


def test_accents_and_case_do_not_move_a_word() -> None:
    letters = by_letter(words("ambulance", "Zone", "Ámbito", "autism"))
    assert [letter.letter for letter in letters] == ["A", "Z"]
    assert [term.word for term in letters[0].terms] == ["Ámbito", "ambulance", "autism"]


def test_figures_come_first_under_one_heading() -> None:
    letters = by_letter(words("Crisis", "988", "211"))
    assert [letter.letter for letter in letters] == ["#", "C"]
    assert [term.word for term in letters[0].terms] == ["211", "988"]
    assert letters[0].anchor == "letter-other"


def test_anchors_are_unique() -> None:
    (letter,) = by_letter(words("Co-responder", "co responder"))
    assert [term.anchor for term in letter.terms] == ["co-responder", "co-responder-2"]


@pytest.mark.django_db
def test_the_page_links_letters_and_words(client: Client) -> None:
    page = trees.fill_glossary({"Warm line": "<p>Talk.</p>", "Crisis": "<p>A hard hour.</p>"})
    html = client.get(page.url).content.decode()
    assert '<a href="#letter-c">C</a>' in html
    assert '<h2 id="letter-c">C</h2>' in html
    assert html.index('id="crisis"') < html.index('id="warm-line"')
