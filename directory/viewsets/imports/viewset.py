"""The list of imports, and the addresses of all that is done with them."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from directory.models import ImportBatch
from directory.viewsets.imports import deciding, kept
from directory.viewsets.imports.choosing import choose
from directory.viewsets.imports.columns import columns
from directory.viewsets.imports.progress import progress
from directory.viewsets.imports.review import ImportView
from directory.viewsets.imports.undoing import undo_batch
from directory.viewsets.imports.uploading import delete, upload


class ImportIndexView(generic.IndexView):
    template_name = "directory/admin/imports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        may_add = self.request.user.has_perm("directory.add_importbatch")
        return context | {"waiting": kept.not_yet_read() if may_add else []}

    def get_edit_url(self, instance: ImportBatch) -> None:
        """An import is looked at, not edited."""

    def get_delete_url(self, instance: ImportBatch) -> None:
        """An import is discarded: what was brought in, and when, stays."""


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
            path("work/<str:token>/", progress, name="progress"),
            path("work/<str:token>/columns/", columns, name="columns"),
            path("work/<str:token>/delete/", delete, name="delete_file"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/choose/", choose, name="choose"),
            path("<int:pk>/publish/", deciding.publish_batch, name="publish"),
            path("<int:pk>/undo/", undo_batch, name="undo"),
            path("<int:pk>/discard/", deciding.discard_batch, name="discard"),
            path("<int:pk>/resume/", deciding.resume_batch, name="resume"),
            path("<int:pk>/rejected/", deciding.rejected, name="rejected"),
        ]
