"""What an import says about itself, in the shape that the design gives."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.faults import ImportFault
from directory.imports.listing import Problem

MOST_PROBLEMS = 5_000  # of each kind, so that a file that is wrong throughout stays readable


@dataclass
class Report:
    """created + updated + unchanged + rejected = rows, always."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    warnings: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=lambda: {"warnings": 0, "errors": 0})

    @property
    def rows(self) -> int:
        return self.created + self.updated + self.unchanged + self.rejected

    def add(self, problems: Iterable[Problem], *, rejected: bool) -> None:
        kind = "errors" if rejected else "warnings"
        kept: list[dict[str, Any]] = getattr(self, kind)
        for problem in problems:
            if len(kept) < MOST_PROBLEMS:
                kept.append(problem.as_report())
            else:
                self.left_out[kind] += 1

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "warnings": self.warnings + self._more("warnings"),
            "errors": self.errors + self._more("errors"),
        }

    def _more(self, kind: str) -> list[dict[str, Any]]:
        count = self.left_out[kind]
        if not count:
            return []
        message = _("%(count)s more are not listed.") % {"count": f"{count:,}"}
        return [Problem(None, None, "more", message).as_report()]


def fault_report(fault: ImportFault) -> dict[str, Any]:
    """The report of an import that changed nothing."""
    problem = Problem(None, None, fault.code, str(fault))
    return Report(errors=[problem.as_report()]).as_json()
