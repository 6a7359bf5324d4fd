"""Problem reports in the CMS: read, then marked fixed or dismissed."""

from typing import Any

from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from directory.models import ProblemReport
from directory.stewardship.clock import clock
from directory.viewsets.following import WholeIndexView


def _open_for(report: ProblemReport) -> str:
    return clock(report, timezone.now()).text


class ReportPanel(HelpPanel):
    """What was reported, and by when it wants an answer."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"clock": clock(self.instance, timezone.now())}


class ReportIndexView(WholeIndexView):
    joined = ("service", "assigned_to")

    def get_add_url(self) -> None:
        """Reports come from visitors."""


class ProblemReportViewSet(ModelViewSet):
    """What a visitor wrote is never changed; nobody writes one in the CMS."""

    model = ProblemReport
    index_view_class = ReportIndexView
    icon = "warning"
    menu_label = _("Problem reports")
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        Column("kind", label=_("What is wrong"), accessor="get_kind_display"),
        Column("service", label=_("Service")),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        Column("clock", label=_("Open for"), accessor=_open_for),
        Column("assigned_to", label=_("Steward")),
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
    ]
    list_filter = ["state", "kind"]
    search_fields = ["message", "service__name"]
    search_backend_name = None
    list_per_page = 50
    panels = [
        ReportPanel(template="directory/admin/problem_report.html"),
        FieldPanel("state"),
        FieldPanel("assigned_to"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [url for url in super().get_urlpatterns() if url.name != "add"]
