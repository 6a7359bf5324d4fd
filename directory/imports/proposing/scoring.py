"""How well a column fits each target: what its heading says and what its values say, together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from directory.imports.proposing.evidence import (
    CODES,
    Evidence,
    all_terms,
    evidence,
    speaks_alone,
)
from directory.imports.proposing.geography import agreement
from directory.imports.proposing.headings import read_heading, words_of
from directory.imports.proposing.profile import Profile
from directory.imports.proposing.targets import TARGETS, UNUSED
from directory.imports.proposing.vocabulary import PAID_BESIDE

SUREST = 0.99
PAID = ("fees", "costs")
AGREED = {"postal_code": 0.93, "city": 0.92, "county": 0.88}  # a county seat's name is a city first
DISAGREED = 0.4
SPEAKS = 0.5  # a heading that fits something better than so weighs against values
MOST_AGAINST = 0.9  # of what the values say, times how far above that it is


@dataclass(frozen=True)
class Score:
    sure: float
    heading: float
    evidence: Evidence


class Scorer:
    """Scores the columns of one file, which are looked at together first."""

    def __init__(
        self,
        profiles: Mapping[str, Profile],
        rows: Sequence[Mapping[str, str]],
        *,
        headings_speak: bool,
    ) -> None:
        self.profiles, self.headings_speak = profiles, headings_speak
        self.agreement = agreement(list(profiles.values()), rows)

    def scores(self, column: str) -> dict[str, Score]:
        told = read_heading(column) if self.headings_speak else {}
        against = 1 - MOST_AGAINST * max(0.0, max(told.values(), default=0.0) - SPEAKS)
        return {
            target: self._score(target, column, told.get(target, 0.0), against)
            for target in TARGETS
            if target != UNUSED
        }

    def _score(self, target: str, column: str, heading: float, against: float) -> Score:
        found = evidence(target, self.profiles[column])
        if target in CODES and all_terms(self.profiles[column], target):
            against = 1.0
        elif target in PAID and self.headings_speak and PAID_BESIDE & set(words_of(column)):
            return Score(0.0, 0.0, found)
        agreed = self.agreement.of(target, column)
        if agreed is not None:
            found = _with_agreement(target, found, agreed)
        if not heading:
            return Score(found.support * against if speaks_alone(target) else 0.0, 0.0, found)
        sure = (1 - (1 - heading) * (1 - found.support)) * found.fits
        return Score(min(sure, SUREST), heading, found)


def _with_agreement(target: str, found: Evidence, agreed: float) -> Evidence:
    if agreed >= 0.6:
        return replace(
            found,
            support=max(found.support, AGREED[target] * agreed),
            fits=max(found.fits, agreed),
            share=max(found.share, agreed),
        )
    return replace(found, support=found.support * max(DISAGREED, agreed))
