"""What one import changed of a listing, field by field, and the way back, for a steward."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from modelcluster.fields import ParentalKey

from directory.imports.journal import value_of
from directory.models import ImportBatch, Location, Service, ServiceAtLocation
from directory.stewardship.import_changes import ADDED, CHANGED, ImportChanges, Part
from directory.viewsets.compared import Cell, Change, Row, difference, words

OWNERS = {"service_at_location", "contact", "phone", "of_id", "link_type"}


@dataclass(frozen=True)
class Line:
    """A part as the page shows it. `key` is empty when somebody changed it since."""

    key: str
    change: Change


class ImportChangesView(TemplateView):
    template_name = "directory/admin/import_changes.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("directory.change_service"):
            raise PermissionDenied
        self.service = get_object_or_404(Service, pk=kwargs["pk"])
        self.batch = get_object_or_404(ImportBatch, pk=kwargs["batch"])
        self.changes = ImportChanges(self.batch, self.service)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "page_title": _("What the import changed"),
            "header_title": f"{_('What the import changed')}: {self.service}",
            "page_subtitle": str(self.service),
            "header_icon": "history",
            "service": self.service,
            "batch": self.batch,
            "history_url": reverse("directory_services:history", args=[self.service.pk]),
            "groups": [
                (group, [self._line(part) for part in parts])
                for group, parts in groupby(self.changes.parts, key=_group)
            ],
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        count = self.changes.put_back(request.POST.getlist("part"), request.user)
        if not count:
            messages.error(request, _("Tick what is to come back."))
            return redirect(request.path)
        text = ngettext("%(count)s change put back.", "%(count)s changes put back.", count)
        messages.success(request, text % {"count": count})
        return redirect("directory_services:history", self.service.pk)

    def _line(self, part: Part) -> Line:
        key = part.key if part.stands else ""
        if part.model is not ServiceAtLocation or part.kind != CHANGED:
            return Line(key, _shown(part))
        was, became = (self.changes.place(pk) for pk in (part.before, part.after))
        return Line(key, Change(part.column, _("Place"), difference(was, became)))


def _group(part: Part) -> str:
    """What it is a part of: the listing itself, or a kind of row, or a place."""
    return capfirst(str(part.model._meta.verbose_name))


def _shown(part: Part) -> Change:
    if part.kind == CHANGED:
        column = _column(part, part.column)
        was, became = (_words(part, column, value) for value in (part.before, part.after))
        return Change(part.column, capfirst(str(column.verbose_name)), difference(was, became))
    if part.kind == ADDED:
        return _row(part, _("Take away"), "addition", _("Added"))
    return _row(part, _("Bring back"), "deletion", _("Removed"))


def _row(part: Part, label: str, kind: str, word: str) -> Change:
    return Change("", label, difference("", ""), (Row(kind, word, _cells(part)),))


def _column(part: Part, name: str) -> Any:
    return next(f for f in part.model._meta.concrete_fields if f.attname == name)


def _words(part: Part, column: Any, kept: Any) -> str:
    return words(column, value_of(part.model, column.attname, kept))


def _cells(part: Part) -> tuple[Cell, ...]:
    """What the row says; not where it hangs."""
    cells = []
    for column in part.model._meta.concrete_fields:
        hangs = isinstance(column, ParentalKey) and column.related_model in (Service, Location)
        if column.editable and not hangs and column.attname in (part.row or {}):
            said = _words(part, column, (part.row or {})[column.attname])
            if said and column.name not in OWNERS:
                label = capfirst(str(column.verbose_name))
                cells.append(Cell(label, difference(said, said)))
    return tuple(cells)
