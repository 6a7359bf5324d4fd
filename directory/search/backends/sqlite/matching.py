"""From a query to FTS5's own language. What people typed goes in as quoted words, not as syntax."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory.folding import words
from directory.search.backends.sqlite.cells import NO_POINT, cells_of_box, cells_of_circle
from directory.search.backends.sqlite.schema import TEXT_COLUMNS, code_token, name_token
from directory.search.interface import SearchQuery

MOST_WORDS = 12
LONGEST_WORD = 40
PREFIX_FROM = 4  # letters: a longer word also finds words that begin with it

ALL = " ".join(TEXT_COLUMNS)
NAME = "name"
NEED = "name also organization needs"


@cache
def small_words() -> frozenset[str]:
    """Words that say nothing about a need."""
    text = Path(__file__).with_name("small_words.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if line[:1] != "#" for word in line.split())


def query_words(text: str) -> tuple[str, ...]:
    """The words to look for: small ones only when there are no others."""
    found = list(dict.fromkeys(word[:LONGEST_WORD] for word in words(text[:1000])))
    return tuple([w for w in found if w not in small_words()] or found)[:MOST_WORDS]


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    """Beginnings of words as one country spells them and as the other does, both ways round."""
    lines = Path(__file__).with_name("spellings.txt").read_text("utf-8").splitlines()
    pairs = [line.split() for line in lines if line[:1] != "#"]
    return tuple(pair for here, there in pairs for pair in ((here, there), (there, here)))


def spellings(word: str) -> tuple[str, ...]:
    """`word`, and how it is spelt elsewhere: people type center, the listing says centre."""
    others = (other + word[len(one) :] for one, other in _spellings() if word.startswith(one))
    return tuple(dict.fromkeys((word, *others)))


def term(word: str) -> str:
    """One word in FTS5's language."""
    found = [f'"{w}"*' if len(w) >= PREFIX_FROM else f'"{w}"' for w in spellings(word)]
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


@dataclass(frozen=True)
class Matching:
    """The words of a query and the tags that all its documents carry, as groups of alternatives."""

    words: tuple[str, ...]
    tags: tuple[tuple[str, ...], ...]

    def expression(self, columns: str = ALL, any_word: bool = False) -> str:
        """What documents must match, their words within `columns`; "" when nothing is asked."""
        parts = [_tags(self.tags)] if self.tags else []
        if self.words:
            joined = (" OR " if any_word else " AND ").join(term(word) for word in self.words)
            parts.append(f"{{{columns}}} : ({joined})")
        return " AND ".join(parts)

    def with_word(self, word: str) -> str:
        """What documents must match that hold this one word."""
        return Matching((word,), self.tags).expression()

    def exact_name(self, text: str) -> str:
        """What documents must match that are called `text`."""
        return Matching((), (*self.tags, (name_token(text),))).expression()


def _tags(groups: tuple[tuple[str, ...], ...]) -> str:
    """The rarest tags first would be best; FTS5 finds that out itself."""
    joined = " AND ".join(f"({' OR '.join(group)})" for group in groups)
    return f"tags : ({joined})"


def matching(query: SearchQuery, without: str = "") -> Matching:
    """Of a query, leaving the filter `without` aside."""
    groups = [
        tuple(code_token(name, code) for code in codes)
        for name, codes in query.filters.items()
        if codes and name != without
    ]
    groups += [("telehealth0",)] if query.telehealth else []
    groups += [("dropoff0",)] if query.accepts_drop_off else []
    return Matching(query_words(query.text), (*groups, *_place(query)))


def _place(query: SearchQuery) -> list[tuple[str, ...]]:
    """Cells of circle and box; beside a centre also what has no point."""
    groups = []
    if query.centre:
        cells = cells_of_circle(query.centre, query.radius_km)
        groups += [(*cells, NO_POINT)] if cells is not None else []
    if query.bbox:
        cells = cells_of_box(query.bbox)
        beside = (NO_POINT,) if query.centre else ()
        groups += [(*cells, *beside)] if cells is not None else []
    return groups
