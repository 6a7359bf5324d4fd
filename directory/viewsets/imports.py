"""Imports in the CMS: what each would change, then publish or discard."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from directory.imports.faults import ImportFault
from directory.imports.mapping import choose, sample_of
from directory.imports.publish import discard, publish
from directory.imports.readers import open_table
from directory.imports.report import Report
from directory.imports.stage import stage
from directory.models import ImportBatch, StagedRow

SAMPLE = 25
LONGEST_NAME = 60  # characters: a file system counts bytes, of which one may take four
MOST_UPLOAD = 50_000_000  # bytes; larger files come in by the command


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("A CSV file in UTF-8, up to 50 MB.")
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "Where the rows come from. Give the same source each time; empty: the file's name."
        ),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_UPLOAD:
            raise forms.ValidationError(_("This file is larger than 50 MB."))
        return file


def stage_upload(file: "UploadedFile[bytes]", source: str) -> ImportBatch:
    """Stages an uploaded file under its own name. Raises ImportFault."""
    name = Path(file.name or "upload.csv")
    with TemporaryDirectory() as folder:
        kept = Path(folder) / (name.stem[:LONGEST_NAME] + name.suffix[:10])
        with kept.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        table = open_table(kept)
        mapping = choose(table.headings, sample_of(table)).mapping
        return stage(table, mapping, source or name.stem[:100], lambda count: None)


class ImportIndexView(generic.IndexView):
    def get_edit_url(self, instance: ImportBatch) -> None:
        """An import is looked at, not edited."""

    def get_delete_url(self, instance: ImportBatch) -> None:
        """An import is discarded: what was brought in, and when, stays."""


class ImportView(generic.InspectView):
    template_name = "directory/admin/import.html"
    page_title = gettext_lazy("Import")

    def get_edit_url(self) -> None:
        """An import is looked at, not edited."""

    def get_delete_url(self) -> None:
        """An import is discarded, not deleted."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        action = self.request.GET.get("action")
        rows = self.object.rows.all()
        report = self.object.report or Report().as_json()  # not read to its end
        if action in StagedRow.Action.values:
            rows = rows.filter(action=action)
        return context | {
            "batch": self.object,
            "report": report,
            "problems": (report["errors"] + report["warnings"])[:100],
            "actions": StagedRow.Action.choices,
            "action": action,
            "page_obj": Paginator(rows, SAMPLE).get_page(self.request.GET.get("p")),
            "may_decide": may_publish(self.request) and self.object.state == "staged",
        }


class ImportViewSet(ModelViewSet):
    model = ImportBatch
    icon = "download"
    menu_label = gettext_lazy("Imports")
    index_view_class = ImportIndexView
    inspect_view_enabled = True
    inspect_view_class = ImportView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "__str__",
        Column("file_name", label=gettext_lazy("File")),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        Column("created", label=gettext_lazy("New"), accessor="report.created"),
        Column("updated", label=gettext_lazy("Changed"), accessor="report.updated"),
        Column("rejected", label=gettext_lazy("Rejected"), accessor="report.rejected"),
        DateColumn("created_at", label=gettext_lazy("Brought in"), sort_key="created_at"),
    ]
    list_filter = ["state", "source"]
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", upload, name="add"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/publish/", publish_batch, name="publish"),
            path("<int:pk>/discard/", discard_batch, name="discard"),
        ]


def may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm("directory.change_importbatch")


def upload(request: HttpRequest) -> HttpResponse:
    """Stages a file that a steward sends; nothing public changes."""
    if not request.user.has_perm("directory.add_importbatch"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = stage_upload(form.cleaned_data["file"], form.cleaned_data["source"])
            return redirect("directory_imports:inspect", batch.pk)
        except ImportFault as fault:
            form.add_error("file", str(fault))
    return render(request, "directory/admin/upload.html", {"form": form, "header_icon": "download"})


@require_POST
def publish_batch(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda batch: publish(batch, by=request.user), _("Published."))


@require_POST
def discard_batch(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, discard, _("Discarded: nothing public changed."))


def _act(request: HttpRequest, pk: int, act: Any, done: str) -> HttpResponse:
    if not may_publish(request):
        raise PermissionDenied
    batch = get_object_or_404(ImportBatch, pk=pk)
    try:
        act(batch)
        messages.success(request, done)
    except ImportFault as fault:
        messages.error(request, str(fault))
    return redirect(reverse("directory_imports:inspect", args=[pk]))
