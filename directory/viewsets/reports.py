"""Problem reports in the CMS: read, then marked fixed or dismissed."""

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
        HelpPanel(template="directory/admin/problem_report.html"),
        FieldPanel("state"),
        FieldPanel("assigned_to"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [url for url in super().get_urlpatterns() if url.name != "add"]
