"""What the search form offers, in the reader's language, with counts where known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from directory.folding import fold
from directory.search.interface import FILTERS, Facet, Term
from directory.wording import radius

MILES = (2, 5, 10, 15, 25, 50, 100)
DEFAULT_KM = "24.14"
RADII_KM = tuple(f"{miles * 1.609344:.3f}".rstrip("0").rstrip(".") for miles in MILES)


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    count: int | None


@dataclass(frozen=True)
class NeedGroup:
    """A need and the needs under it."""

    head: Choice
    children: tuple[Choice, ...]


@dataclass(frozen=True)
class Choices:
    """Terms of the index, read into what a form shows."""

    terms: tuple[Term, ...]
    language: str
    facets: Mapping[str, tuple[Facet, ...]] = field(default_factory=dict)

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """(filter, code) → label."""
        return {(t.filter, t.code): t.label(self.language) for t in self.terms}

    @cached_property
    def counts(self) -> dict[tuple[str, str], int]:
        return {(name, f.code): f.count for name, facets in self.facets.items() for f in facets}

    def label(self, name: str, code: str) -> str:
        """The label; of a code nobody knows the code."""
        return self.labels.get((name, code), code)

    def of(self, name: str) -> tuple[Choice, ...]:
        """The choices of one filter, in the taxonomy's order."""
        return tuple(self._choice(name, t.code) for t in self.terms if t.filter == name)

    @cached_property
    def filters(self) -> dict[str, tuple[Choice, ...]]:
        """The choices of every filter but need."""
        return {name: self.of(name) for name in FILTERS if name != "need"}

    @cached_property
    def languages(self) -> tuple[Choice, ...]:
        """The languages that services speak, by name."""
        offered = self.of("language")
        return tuple(sorted(offered, key=lambda choice: fold(choice.label)))

    @cached_property
    def needs(self) -> tuple[NeedGroup, ...]:
        """Needs as the taxonomy groups them."""
        needs = [t for t in self.terms if t.filter == "need"]
        return tuple(
            NeedGroup(
                self._choice("need", head.code),
                tuple(self._choice("need", t.code) for t in needs if t.parent == head.code),
            )
            for head in needs
            if head.parent is None
        )

    def _choice(self, name: str, code: str) -> Choice:
        count = self.counts.get((name, code), 0) if name in self.facets else None
        return Choice(code, self.label(name, code), count)


def radii(chosen: str) -> list[tuple[str, str]]:
    """Values in kilometres and their words in miles; the one asked for is always among them."""
    offered = list(RADII_KM)
    if chosen and chosen not in offered:
        offered = sorted([*offered, chosen], key=float)
    return [(km, radius(float(km))) for km in offered]
