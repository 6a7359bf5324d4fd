"""The record's own part of the CMS menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from transparency.viewsets.datasets import DatasetViewSet
from transparency.viewsets.drafts import DraftViewSet
from transparency.viewsets.releases import ReleaseViewSet


class RecordGroup(ViewSetGroup):
    menu_label = _("Record")
    menu_icon = "table"
    menu_order = 220
    items = (
        DraftViewSet("record_drafts", url_prefix="record/drafts"),
        ReleaseViewSet("record_releases", url_prefix="record/releases"),
        DatasetViewSet("record_datasets", url_prefix="record/datasets"),
    )
