"""What the pages and the CMS preview show of a figure; no number is made here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from transparency import charts
from transparency.figure import Cell, Figure, State
from transparency.models import Release
from transparency.release import figure_of
from transparency.schema import Column
from transparency.sentence import sentence
from transparency.words import meanings, shown

MOST_ROWS = 500  # of the table on a page
RHYTHM_WORDS: dict[str, Promise] = {
    "once": gettext_lazy("Published once"),
    "yearly": gettext_lazy("New figures every year"),
    "quarterly": gettext_lazy("New figures every quarter"),
    "monthly": gettext_lazy("New figures every month"),
    "weekly": gettext_lazy("New figures every week"),
    "irregular": gettext_lazy("New figures when the source gives them"),
}


@dataclass(frozen=True)
class Finding:
    """A dataset on a card."""

    title: str
    sentence: str
    place: str
    coverage: str
    url: str
    published_at: datetime

    @classmethod
    def of(cls, release: Release) -> "Finding":
        schema = release.schema
        return cls(
            str(schema.title),
            sentence(figure_of(release)),
            schema.place,
            str(schema.coverage),
            release.dataset.get_absolute_url(),
            release.published_at,
        )


def by_place(findings: Iterable[Finding]) -> list[Finding]:
    """Those of one place together; first the place with the latest news."""
    newest = sorted(findings, key=lambda finding: finding.published_at, reverse=True)
    places = list(dict.fromkeys(finding.place for finding in newest))
    return sorted(newest, key=lambda finding: places.index(finding.place))


@dataclass(frozen=True)
class TableCell:
    """A cell of the table: words for people, value and state for tests and scripts."""

    text: str
    value: str
    state: State
    heading: bool
    numeric: bool


@dataclass(frozen=True)
class Definition:
    """A column's meaning, with what it is a share of."""

    title: str
    definition: str
    unit: str
    numerator: str
    denominator: str
    within: str


@dataclass(frozen=True)
class Reading:
    """A version as it reads: on its page, and in the preview before it is published."""

    figure: Figure
    sentence: str
    drawings: tuple[charts.Drawing, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    definitions: tuple[Definition, ...]
    meanings: list[tuple[str, Promise]]
    rhythm: str

    @property
    def rows_left_out(self) -> int:
        """How many rows only the files have."""
        return len(self.figure.rows) - len(self.rows)

    @classmethod
    def of(cls, release: Release) -> "Reading":
        return cls.of_figure(figure_of(release))

    @classmethod
    def of_figure(cls, figure: Figure) -> "Reading":
        schema = figure.schema
        return cls(
            figure=figure,
            sentence=sentence(figure),
            drawings=charts.inline(figure),
            columns=schema.columns,
            rows=tuple(_cells(figure)),
            definitions=tuple(_definition(figure, column) for column in schema.columns),
            meanings=meanings(figure.states),
            rhythm=str(RHYTHM_WORDS[schema.rhythm]),
        )


def _cells(figure: Figure) -> Iterator[tuple[TableCell, ...]]:
    headings = set(figure.schema.primary_key)
    for row in figure.rows[:MOST_ROWS]:
        yield tuple(
            _cell(row[column.name], column, column.name in headings)
            for column in figure.schema.columns
        )


def _cell(cell: Cell, column: Column, heading: bool) -> TableCell:
    return TableCell(shown(cell, column), cell.text, cell.state, heading, not column.is_dimension)


def _definition(figure: Figure, column: Column) -> Definition:
    known = figure.schema.by_name

    def title(name: str) -> str:
        return str(known[name].title) if name else ""

    return Definition(
        str(column.title),
        str(column.definition),
        _("percent") if column.type == "percent" else str(column.unit),
        title(column.numerator),
        title(column.denominator or column.base),
        title(column.within),
    )
