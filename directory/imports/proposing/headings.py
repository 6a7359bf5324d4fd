"""What a heading says: how well it fits each target.

Words are looked up whole, as an abbreviation (a beginning, or the consonants alone), with a typing
error, or run together ("streetaddress").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.folding import words
from directory.imports.proposing.vocabulary import (
    HEAD_WORDS,
    KNOWN,
    LIGHT_WORDS,
    SETS,
    WHOSE,
    WORDS,
)

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
DOTS = re.compile(r"(?<=\b\w)\.(?=\w\b)")  # of "C.P."
DIGITS = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
VOWELS = str.maketrans("", "", "aeiou")
SHORTEST_TYPED = 4  # letters: shorter words have too many neighbours
LEAST_LIKE = 0.75
LONGEST_WORD = 14
SHORTEST_PART = 3
JOINED_SHORT = {"id", "no", "cp", "st", "ph"}
EXTRA_CONCEPT, EXTRA_HEAD, EXTRA_WORD, EXTRA_DIGIT, EXTRA_LIGHT = 0.55, 0.35, 0.75, 0.8, 0.99
EXTRA_WHOSE = 0.87
NO_HEADING = {"source_id": 0.5}  # spreadsheets give the numbers of their rows none


@dataclass(frozen=True)
class Meaning:
    """A word of a heading: the concepts it may stand for and how sure that is."""

    word: str
    concepts: frozenset[str]
    sure: float = 1.0

    @property
    def weight(self) -> float:
        """What is left of a reading that has no use for this word."""
        if self.word.isdigit():
            return EXTRA_LIGHT if self.word.strip("0") in ("", "1") else EXTRA_DIGIT
        if self.word in LIGHT_WORDS:
            return EXTRA_LIGHT
        if self.word in HEAD_WORDS:
            return EXTRA_HEAD
        if self.concepts & WHOSE:
            return EXTRA_WHOSE
        return EXTRA_CONCEPT if self.concepts else EXTRA_WORD


def read_heading(heading: str) -> dict[str, float]:
    """Target → how well the heading fits it, above 0 to 0.95."""
    meanings = _meanings(heading)
    if not meanings:
        return dict(NO_HEADING)
    concepts = frozenset().union(*(meaning.concepts for meaning in meanings))
    found: dict[str, float] = {}
    for target, patterns in SETS.items():
        fits = [sure * _fit(meanings, wanted) for sure, wanted in patterns if wanted <= concepts]
        if fits and max(fits) > 0:
            found[target] = max(fits)
    return found


def _fit(meanings: tuple[Meaning, ...], wanted: frozenset[str]) -> float:
    """Each wanted concept is told by a word of its own; what is left over takes away."""
    left = set(wanted)
    fit = 1.0
    for meaning in sorted(meanings, key=lambda meaning: len(meaning.concepts)):
        told = meaning.concepts & left
        if told:
            left.discard(min(told))
            fit *= meaning.sure
        elif not meaning.concepts & wanted:
            fit *= meaning.weight
    return 0.0 if left else fit


def _meanings(heading: str) -> tuple[Meaning, ...]:
    apart = DIGITS.sub(" ", CAMEL.sub(" ", DOTS.sub("", heading.replace("#", " number "))))
    return tuple(meaning for word in words(apart) for meaning in _read(word))


@lru_cache(maxsize=4096)
def _read(word: str) -> tuple[Meaning, ...]:
    if word.isdigit():
        return (Meaning(word, frozenset({word.lstrip("0") or "0"})),)
    if word in KNOWN:
        return (Meaning(word, WORDS.get(word, frozenset())),)
    parts = _parts(word)
    if parts:
        return tuple(Meaning(part, WORDS.get(part, frozenset()), 0.97) for part in parts)
    told = _shortened(word) or _mistyped(word)
    return (told,) if told else _loosely_joined(word) or (Meaning(word, frozenset()),)


def _parts(word: str) -> tuple[str, ...]:
    """Known words that run together, the fewest; () when it is none."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(2, len(word) + 1):
        ways = [
            (*best[start], word[start:end])
            for start in range(max(0, end - LONGEST_WORD), end - 1)
            if start in best and _may_join(word[start:end])
        ]
        if ways:
            best[end] = min(ways, key=len)
    return best.get(len(word), ())


def _may_join(part: str) -> bool:
    return part in KNOWN and (len(part) > 2 or part in JOINED_SHORT)


def _loosely_joined(word: str) -> tuple[Meaning, ...]:
    """A known word and, run together with it, one that is shortened or mistyped."""
    for size in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        for known, other in ((word[:size], word[size:]), (word[-size:], word[:-size])):
            told = known in KNOWN and (_shortened(other) or _mistyped(other))
            if told:
                return Meaning(known, WORDS.get(known, frozenset()), 0.95), told
    return ()


def _shortened(word: str) -> Meaning | None:
    """The words that begin so, or whose consonants are these."""
    if len(word) < SHORTEST_PART:
        return None
    found = [known for known in _long_words() if known.startswith(word)]
    if not found:
        bare = _consonants(word)
        found = [known for known in _long_words() if len(bare) > 1 and _consonants(known) == bare]
    if not found:
        return None
    return Meaning(word, frozenset().union(*(WORDS[known] for known in found)), 0.85)


def _mistyped(word: str) -> Meaning | None:
    if len(word) < SHORTEST_TYPED:
        return None
    near = process.extractOne(
        word, _long_words(), scorer=OSA.normalized_similarity, score_cutoff=LEAST_LIKE
    )
    return Meaning(word, WORDS[near[0]], 0.7 + 0.3 * near[1]) if near else None


@lru_cache(maxsize=1)
def _long_words() -> tuple[str, ...]:
    return tuple(sorted(word for word in WORDS if len(word) >= SHORTEST_TYPED))


@lru_cache(maxsize=1024)
def _consonants(word: str) -> str:
    return word[0] + word[1:].translate(VOWELS)


def words_of(heading: str) -> Iterator[str]:
    """The words of a heading, for telling which headings speak of the same."""
    return (meaning.word for meaning in _meanings(heading))
