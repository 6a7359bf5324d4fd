"""Releases in the CMS: a list to read. Nobody changes or deletes one."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from transparency.models import Release, ReleaseQuerySet


class ReadOnlyPolicy(ModelPermissionPolicy):
    """May be viewed by those with a right on releases; what the database refuses is not offered."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        rights = ("transparency.view_release", "transparency.add_release")
        return action == "view" and any(user.has_perm(right) for right in rights)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(Release, ReadOnlyPolicy(Release))


class ReleaseIndexView(generic.IndexView):
    def get_base_queryset(self) -> ReleaseQuerySet:
        return Release.objects.light().select_related("dataset")

    def get_edit_url(self, instance: Release) -> None:
        """A release is never edited."""

    def get_delete_url(self, instance: Release) -> None:
        """A release is never deleted."""


class ReleaseViewSet(ModelViewSet):
    model = Release
    icon = "history"
    menu_label = _("Releases")
    add_to_admin_menu = False
    copy_view_enabled = False
    index_view_class = ReleaseIndexView
    exclude_form_fields: list[str] = []
    default_ordering = "-published_at"
    list_display = [
        TitleColumn("dataset", label=_("Dataset"), get_url=Release.get_absolute_url),
        Column("number", label=_("Version")),
        DateColumn("published_at", label=_("Published")),
        Column("role", label=_("Published by")),
        Column("notes", label=_("Notes")),
    ]
