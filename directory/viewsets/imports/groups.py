"""A page of an import's listings, each with what happens to it and what is said of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Min, QuerySet

from directory.imports.messages import remedy, shown
from directory.models import ImportBatch, StagedRow
from directory.viewsets.imports.asked import DECIDED, Action, Asked
from directory.viewsets.imports.facts import (
    Difference,
    Fact,
    TermNames,
    differences,
    facts_of,
    table_name,
    title_of,
)

PAGE = 25
MOST_SHOWN = 40  # rows of one listing: an HSDS one may have many parts


@dataclass(frozen=True)
class Told:
    """Something about a row, in the reader's language, and what to do about it."""

    code: str
    column: str
    message: str
    value: str
    remedy: str


@dataclass(frozen=True)
class ShownRow:
    """`cells`: as read, of a rejected row. `twin`: another new row that it resembles."""

    row: StagedRow
    title: str
    table: str
    differences: tuple[Difference, ...] = ()
    facts: tuple[Fact, ...] = ()
    told: tuple[Told, ...] = ()
    cells: tuple[Fact, ...] = ()
    twin: StagedRow | None = None

    @property
    def likeness(self) -> str:
        return f"{self.row.likeness:.0%}" if self.row.likeness else ""

    @property
    def twin_likeness(self) -> str:
        return f"{self.row.like_score:.0%}" if self.row.like_score else ""

    @property
    def twin_title(self) -> str:
        return title_of(self.twin.table, self.twin.values) if self.twin else ""


@dataclass(frozen=True)
class Group:
    """The rows that make up one listing; of a flat file one row. `more`: how many are not shown.
    `deciding`: those of all of them that can be chosen, id → whether it is; an unchanged one
    beside them does not untick them.
    """

    title: str
    rows: tuple[ShownRow, ...]
    deciding: dict[int, bool]
    more: int = 0

    @property
    def ids(self) -> str:
        return ",".join(map(str, self.deciding))

    @property
    def count(self) -> int:
        return len(self.deciding)

    @property
    def chosen(self) -> int:
        return sum(self.deciding.values())

    @property
    def mixed(self) -> bool:
        return 0 < self.chosen < self.count


def groups_of(batch: ImportBatch, asked: Asked) -> tuple[Page[Any], list[Group]]:
    """A page of listings with what happens to each."""
    rows = asked.rows(batch).select_related("duplicate_of__organization")
    names = TermNames()
    if batch.kind == ImportBatch.Kind.TABLE:
        page = Paginator(rows.order_by("number"), PAGE).get_page(asked.page)
        twins = _twins(batch, page)
        return page, [_group("", [row], [_row(row, names, twins)]) for row in page]
    roots = rows.order_by().values("root").annotate(first=Min("number")).order_by("first")
    places = Paginator(roots, PAGE).get_page(asked.page)
    wanted = [found["root"] for found in places]
    listings = _listings(rows, wanted)
    parts = _first_of_each(rows, listings)
    titles, twins = _titles(batch, wanted), _twins(batch, parts)
    shown: defaultdict[str, list[ShownRow]] = defaultdict(list)
    for part in parts:
        shown[part.root].append(_row(part, names, twins))
    return places, [_group(titles.get(root, root), listings[root], shown[root]) for root in wanted]


def _group(title: str, rows: list[StagedRow], shown: list[ShownRow]) -> Group:
    deciding = {row.pk: row.chosen for row in rows if row.action in DECIDED}
    return Group(title, tuple(shown), deciding, len(rows) - len(shown))


def _listings(rows: QuerySet[StagedRow], roots: list[str]) -> dict[str, list[StagedRow]]:
    """All rows of these listings, but only what is needed to choose them."""
    found: dict[str, list[StagedRow]] = {root: [] for root in roots}
    bare = rows.select_related(None).only("batch", "root", "action", "chosen")
    for row in bare.filter(root__in=roots).order_by("number"):
        found[row.root].append(row)
    return found


def _first_of_each(
    rows: QuerySet[StagedRow], listings: dict[str, list[StagedRow]]
) -> list[StagedRow]:
    first = [row.pk for same in listings.values() for row in same[:MOST_SHOWN]]
    return list(rows.filter(pk__in=first).order_by("number"))


def _titles(batch: ImportBatch, roots: Iterable[str]) -> dict[str, str]:
    """What the listings are called, by the row that names each."""
    found = {}
    for row in batch.rows.filter(root__in=list(roots)).only(
        "batch", "table", "source_id", "root", "values", "before"
    ):
        if row.root == f"{row.table}:{row.source_id}"[:240]:
            name = title_of(row.table, row.values or row.before)
            found[row.root] = name or row.source_id
    return found


def _twins(batch: ImportBatch, rows: Iterable[StagedRow]) -> dict[int | None, StagedRow]:
    """The rows that these resemble, by their numbers."""
    wanted = [row.like_row for row in rows if row.like_row is not None]
    return {row.number: row for row in batch.rows.filter(number__in=wanted)}


def _row(row: StagedRow, names: TermNames, twins: dict[int | None, StagedRow]) -> ShownRow:
    values = row.values or row.before
    title = title_of(row.table, values)
    facts = () if row.action == Action.UPDATE else facts_of(row.table, values, names)
    rejected = row.action == Action.REJECT
    return ShownRow(
        row=row,
        title=title,
        table=table_name(row.table),
        differences=differences(row, names) if row.action == Action.UPDATE else (),
        facts=tuple(fact for fact in facts if fact.text != title),
        told=tuple(tell(problem) for problem in row.problems),
        twin=twins.get(row.like_row),
        cells=tuple(Fact(k, v) for k, v in row.given.items() if v) if rejected else (),
    )


def tell(problem: dict[str, Any]) -> Told:
    return Told(
        code=problem.get("code", ""),
        column=problem.get("column") or "",
        message=shown(problem),
        value=problem.get("value", ""),
        remedy=remedy(problem.get("code", "")),
    )
