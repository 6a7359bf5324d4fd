"""On the first page of the CMS: what of the directory waits for a steward."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from directory.models import DuplicatePair, ImportBatch, ProblemReport

WAITING = (ImportBatch.State.STAGED, ImportBatch.State.READING)


@dataclass(frozen=True)
class Waiting:
    text: str
    url: str


class WaitingPanel(Component):
    name = "directory_waiting"
    template_name = "directory/admin/waiting_panel.html"
    order = 120

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"waiting": list(_waiting(parent_context["request"].user))}


def _waiting(user: Any) -> Iterator[Waiting]:
    """Only what this person may see, and of that only what there is."""
    if user.has_perm("directory.view_importbatch"):
        count = ImportBatch.objects.filter(state__in=WAITING).count()
        text = ngettext("%(count)s import waits", "%(count)s imports wait", count)
        yield from _line(text, count, "directory_imports:index", "state=staged&state=reading")
    if user.has_perm("directory.view_problemreport"):
        count = ProblemReport.objects.filter(state=ProblemReport.State.NEW).count()
        text = ngettext("%(count)s problem report", "%(count)s problem reports", count)
        yield from _line(text, count, "directory_reports:index", "state=new")
    if user.has_perm("directory.change_service"):
        count = DuplicatePair.objects.filter(decision=DuplicatePair.Decision.OPEN).count()
        text = ngettext("%(count)s likely duplicate", "%(count)s likely duplicates", count)
        yield from _line(text, count, "directory_duplicates:index", "decision=open")


def _line(text: str, count: int, address: str, query: str) -> Iterator[Waiting]:
    if count:
        yield Waiting(text % {"count": f"{count:,}"}, f"{reverse(address)}?{query}")
