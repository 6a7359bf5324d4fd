"""Words sorted as a reader of English or Spanish looks them up, with an anchor each."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.text import slugify


@dataclass(frozen=True)
class Term:
    """A word, its explanation (rich text), its anchor on the page."""

    word: str
    definition: Any
    anchor: str


@dataclass(frozen=True)
class Letter:
    """A first letter, and the words under it."""

    letter: str
    terms: tuple[Term, ...]

    @property
    def anchor(self) -> str:
        return f"letter-{slugify(self.letter) or 'other'}"


def sort_key(word: str) -> str:
    """Without accents and case: "ámbito" stands beside "ambulance"."""
    plain = unicodedata.normalize("NFKD", word.strip())
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def first_letter(word: str) -> str:
    """The letter a word stands under; figures and signs share one heading."""
    first = sort_key(word)[:1].upper()
    return first if first.isalpha() else "#"


def by_letter(words: Iterable[tuple[str, Any]]) -> list[Letter]:
    """The words from A to Z, in groups. Two words that would share an anchor get a number."""
    seen: dict[str, int] = {}
    terms = []
    for word, definition in sorted(words, key=lambda pair: sort_key(pair[0])):
        anchor = slugify(word) or "term"
        seen[anchor] = seen.get(anchor, 0) + 1
        number = f"-{seen[anchor]}" if seen[anchor] > 1 else ""
        terms.append(Term(word, definition, anchor + number))
    ordered = sorted(terms, key=lambda term: first_letter(term.word) != "#")
    return [
        Letter(letter, tuple(group))
        for letter, group in groupby(ordered, key=lambda term: first_letter(term.word))
    ]
