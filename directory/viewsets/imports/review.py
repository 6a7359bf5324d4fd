"""What an import would change, row by row, for a steward to look through."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic

from directory.imports.rejected import rejected_tables
from directory.imports.report import Report
from directory.imports.undo import refusal
from directory.models import ImportBatch
from directory.viewsets.imports import kept
from directory.viewsets.imports.asked import DECIDED, KINDS, Action, Asked, counts_of
from directory.viewsets.imports.groups import Told, groups_of, tell

MOST_NOTES = 50


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
        working = kept.going_on(batch)
        waits = batch.state == ImportBatch.State.STAGED and not working
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
            "working": working,
            "no_undo": refusal(batch) if batch.state == ImportBatch.State.PUBLISHED else None,
            "choosing": waits and may_decide(self.request),
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


def batch_to_decide(request: HttpRequest, pk: int) -> ImportBatch:
    """An import for whom may decide about it."""
    if not may_decide(request):
        raise PermissionDenied
    return get_object_or_404(ImportBatch, pk=pk)


def nothing_chosen() -> str:
    return _("Nothing is chosen. Choose at least one row.")
