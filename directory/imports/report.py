"""What an import says about itself, in the shape that the design gives."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from directory.imports.faults import ImportFault
from directory.imports.listing import Problem
from directory.imports.messages import said as _
from directory.imports.messages import shown
from directory.models import ImportBatch, StagedRow

MOST_PROBLEMS = 5_000  # of each kind, so that a file that is wrong throughout stays readable
COUNTED = {
    StagedRow.Action.CREATE: "created",
    StagedRow.Action.UPDATE: "updated",
    StagedRow.Action.UNCHANGED: "unchanged",
    StagedRow.Action.REJECT: "rejected",
    StagedRow.Action.VANISH: "vanished",
}
SHAPE = ("row", "column", "code", "message", "value", "table")


@dataclass
class Report:
    """created + updated + unchanged + rejected = rows, always. What vanished is no row of it."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    vanished: int = 0
    warnings: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=lambda: {"warnings": 0, "errors": 0})

    @classmethod
    def of(cls, batch: ImportBatch) -> "Report":
        """What a batch's rows add up to."""
        report = cls()
        for action, count in batch.rows.values_list("action").annotate(Count("pk")).order_by():
            report.count(action, count)
        told = batch.rows.exclude(problems=[]).order_by("number")
        for action, problems in told.values_list("action", "problems").iterator(1_000):
            report.tell(action, problems)
        return report

    @property
    def rows(self) -> int:
        return self.created + self.updated + self.unchanged + self.rejected

    def count(self, action: str, count: int = 1) -> None:
        name = COUNTED[StagedRow.Action(action)]
        setattr(self, name, getattr(self, name) + count)

    def tell(self, action: str, problems: Iterable[dict[str, Any]]) -> None:
        """Adds what is said of a row."""
        self._add("errors" if action == StagedRow.Action.REJECT else "warnings", problems)

    def note(self, problems: Iterable[Problem]) -> None:
        """Puts what is said of the whole file before all else."""
        self.warnings = [problem.as_report() for problem in problems] + self.warnings

    def _add(self, kind: str, problems: Iterable[dict[str, Any]]) -> None:
        kept: list[dict[str, Any]] = getattr(self, kind)
        for problem in problems:
            if len(kept) < MOST_PROBLEMS:
                kept.append(problem)
            else:
                self.left_out[kind] += 1

    def as_json(self) -> dict[str, Any]:
        return {"rows": self.rows} | {
            **{name: getattr(self, name) for name in COUNTED.values()},
            "warnings": self.warnings + self._more("warnings"),
            "errors": self.errors + self._more("errors"),
        }

    def _more(self, kind: str) -> list[dict[str, Any]]:
        count = self.left_out[kind]
        if not count:
            return []
        message = _("%(count)s more are not listed.") % {"count": f"{count:,}"}
        return [Problem(None, None, "more", message).as_report()]


def in_words(report: dict[str, Any]) -> dict[str, Any]:
    """A stored report as it is handed on: in the reader's language, and in the design's shape."""
    return report | {kind: [_in_words(p) for p in report[kind]] for kind in ("warnings", "errors")}


def _in_words(problem: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in problem.items() if k in SHAPE} | {"message": shown(problem)}


def fault_report(fault: ImportFault) -> dict[str, Any]:
    """The report of an import that changed nothing."""
    return Report(errors=[fault_as_problem(fault)]).as_json()


def fault_as_problem(fault: ImportFault) -> dict[str, Any]:
    return Problem(None, None, fault.code, str(fault)).as_report()
