"""What each column of an unknown file is for: proposed from its heading and its values.

Heading and values are weighed together for each pair of column and target, then columns are
assigned so that the whole fits best: a target that takes one column gets one.
"""

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from directory.imports.columns import Mapping
from directory.imports.mapping_content import write_content, write_toml
from directory.imports.proposing.assignment import assign
from directory.imports.proposing.building import build, codes_of
from directory.imports.proposing.evidence import Evidence
from directory.imports.proposing.headless import is_data
from directory.imports.proposing.profile import Profile, profiles_of
from directory.imports.proposing.scoring import Score, Scorer
from directory.imports.proposing.shapes import shapes
from directory.imports.proposing.targets import ALL, TARGETS, UNUSED

LEAST = 0.5  # how sure we must be to propose a column for anything
MOST_UNKNOWN = 3  # that are told
NAMES = ("organization", "service")


@dataclass(frozen=True)
class ColumnProposal:
    """`confidence` of "unused" is how sure we are that the column is for nothing else."""

    column: str
    target: str
    confidence: float
    reasons: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()

    @property
    def label(self) -> Promise:
        return TARGETS[self.target].label


@dataclass(frozen=True)
class Proposal:
    """`without_headings`: the first row of the file is a listing and no headings."""

    columns: tuple[ColumnProposal, ...]
    without_headings: bool = False
    profiles: Table[str, Profile] = field(default_factory=dict, repr=False, compare=False)

    def choices(self) -> dict[str, str]:
        """Column → target, of the columns that are used."""
        return {c.column: c.target for c in self.columns if c.target != UNUSED}

    @property
    def sure_of_a_name(self) -> float:
        """How sure we are of the one thing that a listing must have."""
        return max((c.confidence for c in self.columns if c.target in NAMES), default=0.0)

    def as_mapping(self, name: str = "proposed") -> Mapping:
        """The mapping that the import takes. Raises MappingFault when no column is a name."""
        return build(name, _("Proposed from headings and values"), self.choices(), self.profiles)

    def to_dict(self) -> dict[str, Any]:
        """The mapping as a plain table, JSON-safe. Raises MappingFault as `as_mapping` does."""
        return write_content(self.as_mapping())

    def as_toml(self) -> str:
        """The mapping as a file that a person can go on writing."""
        return write_toml(self.to_dict())


def propose(headings: tuple[str, ...], sample: Sequence[Table[str, str]] = ()) -> Proposal:
    """What each column is for. `sample`: some rows, heading → cell. The order of the columns
    makes no difference."""
    ordered = sorted(set(headings))
    profiles = profiles_of(ordered, sample)
    headless = is_data(ordered, profiles)
    if headless:  # then what stands in the place of the headings is a row like the others
        profiles = profiles_of(ordered, [{column: column for column in ordered}, *sample])
    scorer = Scorer(profiles, sample, headings_speak=not headless)
    scores = {column: scorer.scores(column) for column in ordered}
    targets = _assigned(scores)
    columns = tuple(
        _column(profiles[column], targets[column], scores[column])
        for column in dict.fromkeys(headings)
    )
    return Proposal(columns, headless, profiles)


def _assigned(scores: Table[str, Table[str, Score]]) -> dict[str, str]:
    """The target of each column."""
    columns = list(scores)
    singles = [target.key for target in ALL if not target.many]
    targets = {column: _best_of_many(scores[column]) for column in columns}
    free = {
        column: max(LEAST, scores[column][targets[column]].sure if targets[column] != UNUSED else 0)
        for column in columns
    }
    gains = [
        [scores[column][single].sure - free[column] for column in columns] for single in singles
    ]
    for single, place in zip(singles, assign(gains), strict=True):
        if place is not None:
            targets[columns[place]] = single
    return targets


def _best_of_many(scores: Table[str, Score]) -> str:
    """The target that takes several columns which fits a column best; "unused" when none does."""
    many = [target.key for target in ALL if target.many and target.key != UNUSED]
    best = max(many, key=lambda target: scores[target].sure)
    return best if scores[best].sure >= LEAST else UNUSED


def _column(column: Profile, target: str, scores: Table[str, Score]) -> ColumnProposal:
    if target == UNUSED:
        best = max(scores, key=lambda key: scores[key].sure)
        sure = 1 - scores[best].sure
        reasons = (_taken(best),) if scores[best].sure >= LEAST else ()
        return ColumnProposal(column.column, target, round(sure, 2), reasons, column.samples())
    score = scores[target]
    told = (*_reasons(column, score.heading, score.evidence), *_unknown(column, target))
    return ColumnProposal(column.column, target, round(score.sure, 2), told, column.samples())


def _taken(target: str) -> str:
    return _("Another column fits “%(target)s” better.") % {"target": TARGETS[target].label}


def _unknown(column: Profile, target: str) -> tuple[str, ...]:
    """The values that no term of the taxonomy is called by, but for a typing error."""
    taxonomy = TARGETS[target].taxonomy
    if not taxonomy or not column.share(taxonomy):
        return ()
    others = [v for v in dict.fromkeys(column.values) if taxonomy not in shapes(v)]
    mistyped = dict(codes_of(taxonomy, others))
    values = [value for value in others if value.casefold() not in mistyped]
    if not values:
        return ()
    named = ", ".join(f"“{value[:60]}”" for value in values[:MOST_UNKNOWN])
    return (_("Not known here: %(values)s.") % {"values": named},)


def _reasons(column: Profile, heading: float, evidence: Evidence) -> list[str]:
    reasons = []
    if heading and column.column:
        reasons.append(_("The heading says so: “%(heading)s”.") % {"heading": column.column[:60]})
    elif heading:
        reasons.append(_("The column has no heading, as the numbers of rows often have."))
    if evidence.what is not None and evidence.share > 0:
        told = {"share": f"{evidence.share:.0%}", "what": evidence.what}
        reasons.append(_("%(share)s of the values look like %(what)s.") % told)
    return reasons
