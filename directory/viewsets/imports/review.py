"""What an import would change, row by row, for a steward to look through."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic

from directory.imports.messages import remedy, shown
from directory.imports.rejected import rejected_tables
from directory.imports.report import Report
from directory.models import ImportBatch, StagedRow
from directory.viewsets.imports import kept
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
MOST_OF_A_PAGE = 500  # rows: an HSDS listing may have many parts
MOST_NOTES = 50
Action = StagedRow.Action
DUPLICATE, WARNED = "duplicate", "warned"
KINDS: dict[str, Promise] = {
    Action.CREATE: gettext_lazy("New"),
    Action.UPDATE: gettext_lazy("Changed"),
    Action.VANISH: gettext_lazy("No longer in the file"),
    Action.REJECT: gettext_lazy("Rejected"),
    DUPLICATE: gettext_lazy("Likely duplicates"),
    WARNED: gettext_lazy("With warnings"),
    Action.UNCHANGED: gettext_lazy("Unchanged"),
}
DECIDED = (Action.CREATE, Action.UPDATE, Action.VANISH)


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
    """`cells`: as read, of a rejected row."""

    row: StagedRow
    title: str
    table: str
    differences: tuple[Difference, ...] = ()
    facts: tuple[Fact, ...] = ()
    told: tuple[Told, ...] = ()
    cells: tuple[Fact, ...] = ()

    @property
    def likeness(self) -> str:
        return f"{self.row.likeness:.0%}" if self.row.likeness else ""


@dataclass(frozen=True)
class Group:
    """The rows that make up one listing; of a flat file one row."""

    title: str
    rows: tuple[ShownRow, ...]

    @property
    def ids(self) -> str:
        return ",".join(str(shown.row.pk) for shown in self.rows)

    @property
    def chosen(self) -> bool:
        """Of the rows that can be: an unchanged one beside them does not untick them."""
        return all(shown.row.chosen for shown in self.rows if shown.row.action in DECIDED)

    @property
    def may_choose(self) -> bool:
        return any(shown.row.action in DECIDED for shown in self.rows)


@dataclass(frozen=True)
class Asked:
    """Which rows are looked at: a kind, and a part of a name."""

    kind: str
    name: str
    page: str

    @classmethod
    def of(cls, given: Any, counts: dict[str, int]) -> "Asked":
        """Without a kind, the first that has rows."""
        kind = given.get("show", "")
        if kind not in KINDS:
            kind = next((name for name in KINDS if counts.get(name)), Action.CREATE)
        return cls(kind, given.get("q", "").strip()[:100], given.get("p", "1"))

    @property
    def query(self) -> str:
        return urlencode({"show": self.kind, "q": self.name})

    def rows(self, batch: ImportBatch) -> QuerySet[StagedRow]:
        found = batch.rows.all()
        if self.kind == DUPLICATE:
            found = found.filter(duplicate_of__isnull=False)
        elif self.kind == WARNED:
            found = found.exclude(problems=[]).exclude(action=Action.REJECT)
        else:
            found = found.filter(action=self.kind)
        return self._named(batch, found) if self.name else found

    def _named(self, batch: ImportBatch, found: QuerySet[StagedRow]) -> QuerySet[StagedRow]:
        """By the name, or the organization's, of the row or of the listing that it is part of."""
        said = Q(source_id__iexact=self.name)
        for values in ("values", "before"):
            for path in ("texts__name", "organization", "name"):
                said |= Q(**{f"{values}__{path}__icontains": self.name})
        if batch.kind == ImportBatch.Kind.TABLE:
            return found.filter(said)
        roots = batch.rows.filter(said).exclude(root="").values("root")
        return found.filter(said | Q(root__in=roots))


def counts_of(batch: ImportBatch) -> dict[str, int]:
    """Rows by kind, in two queries."""
    counts = dict(batch.rows.order_by().values_list("action").annotate(Count("pk")))
    told = batch.rows.aggregate(
        duplicate=Count("pk", filter=Q(duplicate_of__isnull=False)),
        warned=Count("pk", filter=~Q(problems=[]) & ~Q(action=Action.REJECT)),
    )
    return counts | {DUPLICATE: told["duplicate"], WARNED: told["warned"]}


def groups_of(batch: ImportBatch, asked: Asked) -> tuple[Page[Any], list[Group]]:
    """A page of listings with what happens to each."""
    rows = asked.rows(batch).select_related("duplicate_of__organization")
    names = TermNames()
    if batch.kind == ImportBatch.Kind.TABLE:
        page = Paginator(rows.order_by("number"), PAGE).get_page(asked.page)
        groups = [Group("", (_row(row, names),)) for row in page]
        return page, groups
    roots = rows.order_by().values("root").annotate(first=Min("number")).order_by("first")
    places = Paginator(roots, PAGE).get_page(asked.page)
    wanted = [found["root"] for found in places]
    parts = list(rows.filter(root__in=wanted).order_by("root", "number")[:MOST_OF_A_PAGE])
    titles = _titles(batch, wanted)
    groups = [
        Group(titles.get(root, root), tuple(_row(row, names) for row in same))
        for root, same in groupby(parts, key=lambda row: row.root)
    ]
    return places, sorted(groups, key=lambda group: wanted.index(group.rows[0].row.root))


def _titles(batch: ImportBatch, roots: Iterable[str]) -> dict[str, str]:
    """What the listings are called, by the row that names each."""
    found = {}
    for row in batch.rows.filter(root__in=list(roots)).only(
        "table", "source_id", "root", "values", "before"
    ):
        if row.root == f"{row.table}:{row.source_id}"[:240]:
            name = title_of(row.table, row.values or row.before)
            found[row.root] = name or row.source_id
    return found


def _row(row: StagedRow, names: TermNames) -> ShownRow:
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


class ImportView(generic.InspectView):
    template_name = "directory/admin/import.html"
    page_title = gettext_lazy("Import")

    def get_edit_url(self) -> None:
        """An import is looked at, not edited."""

    def get_delete_url(self) -> None:
        """An import is discarded, not deleted."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        batch: ImportBatch = self.object
        counts = counts_of(batch)
        asked = Asked.of(self.request.GET, counts)
        page, groups = groups_of(batch, asked)
        report = batch.report or Report().as_json()  # not read to its end
        return context | {
            "batch": batch,
            "kinds": [(kind, label, counts.get(kind, 0)) for kind, label in KINDS.items()],
            "asked": asked,
            "page_obj": page,
            "groups": groups,
            "chosen": batch.rows.filter(chosen=True, action__in=DECIDED).count(),
            "deciding": sum(counts.get(action, 0) for action in DECIDED),
            "notes": list(_file_notes(report)),
            "rejected_tables": rejected_tables(batch) if counts.get(Action.REJECT) else [],
            "working": kept.going_on(batch),
            "file": kept.file_of(batch) if batch.state == ImportBatch.State.READING else None,
            "may_decide": may_decide(self.request),
            "may_add": self.request.user.has_perm("directory.add_importbatch"),
        }


def _file_notes(report: dict[str, Any]) -> Iterator[Told]:
    """What is said of the file as a whole; what is said of a row stands with the row."""
    whole = [p for p in report["warnings"] if p.get("row") is None and p.get("code") != "more"]
    return (tell(problem) for problem in whole[:MOST_NOTES])


def may_decide(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("directory.change_importbatch"))


def nothing_chosen() -> str:
    return _("Nothing is chosen. Choose at least one row.")
