"""Which rows of an import a steward looks at: a kind, a part of a name, a page."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from directory.models import ImportBatch, StagedRow

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
ALIKE = Q(duplicate_of__isnull=False) | Q(like_row__isnull=False)
DECIDED = (Action.CREATE, Action.UPDATE, Action.VANISH)


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
        return cls(kind, _name(given.get("q", "")), given.get("p", "1"))

    def towards(self, given: Any) -> "Asked":
        """Where a button of the page's form leads: a kind, a page, or another search."""
        if given.get("kind") in KINDS:
            return Asked(given["kind"], "", "1")
        if "page" in given:
            return replace(self, page=given["page"])
        wanted = _name(given.get("search", self.name))
        return self if wanted == self.name else Asked(self.kind, wanted, "1")

    @property
    def same_rows(self) -> str:
        """The address's query, but for the page."""
        return urlencode({"show": self.kind, "q": self.name})

    @property
    def query(self) -> str:
        return f"{self.same_rows}&{urlencode({'p': self.page})}"

    def rows(self, batch: ImportBatch) -> QuerySet[StagedRow]:
        found = batch.rows.all()
        if self.kind == DUPLICATE:
            found = found.filter(ALIKE)
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


def _name(text: str) -> str:
    return text.replace("\0", "").strip()[:100]  # PostgreSQL takes no NUL


def counts_of(batch: ImportBatch) -> dict[str, int]:
    """Rows by kind, in two queries."""
    counts = dict(batch.rows.order_by().values_list("action").annotate(Count("pk")))
    told = batch.rows.aggregate(
        duplicate=Count("pk", filter=ALIKE),
        warned=Count("pk", filter=~Q(problems=[]) & ~Q(action=Action.REJECT)),
    )
    return counts | {DUPLICATE: told["duplicate"], WARNED: told["warned"]}
