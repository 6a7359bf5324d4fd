"""Whether what someone typed says that they may be in danger now."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from directory.folding import fold

CRISIS_NEEDS = frozenset({"crisis", "crisis-line", "mobile-crisis", "walk-in-crisis"}) | {
    "crisis-stabilization",
    "suicide-prevention",
}


@cache
def phrases() -> tuple[str, ...]:
    """The phrases of all languages, folded: people write in either, whichever page they are on."""
    lists = tomllib.loads(Path(__file__).with_name("crisis_phrases.toml").read_text("utf-8"))
    return tuple(fold(phrase) for language in lists.values() for phrase in language)


def speaks_of_crisis(text: str, needs: Iterable[str] = ()) -> bool:
    """Whether `text` holds one of the phrases as whole words, or a crisis need is asked for."""
    said = f" {fold(text)} "
    return any(f" {phrase} " in said for phrase in phrases()) or not CRISIS_NEEDS.isdisjoint(needs)
