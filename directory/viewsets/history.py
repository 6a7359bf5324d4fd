"""The history of a service, an organization or a location: what changed, field by field, and back.

Wagtail's own history, comparison and log; the way back is ours, because it must leave alone what is
no text (who tends the listing) and what was checked since, and never bring a secret place back.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.actions.create import CreateAction
from wagtail.actions.edit import EditAction
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import RevisionMixin

from directory.publishing import listings_changed, services_of
from directory.stewardship.history import CannotRestore, keep_as_it_stands, restore


class _Unchecked:
    """Keeps a revision without judging fields that the form does not show: an import may have
    brought what a form would refuse, and a steward who mends a phone number need not mend that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"clean": False})


class KeptCreateAction(_Unchecked, CreateAction):
    pass


class KeptEditAction(_Unchecked, EditAction):
    pass


class FollowedCreateView(generic.CreateView):
    action_class = KeptCreateAction

    def save_instance(self) -> Any:
        instance = super().save_instance()
        listings_changed(services_of(instance))
        return instance


class FollowedEditView(generic.EditView):
    """What stood there before the edit is kept too, when something else than an edit wrote it."""

    action_class = KeptEditAction

    def save_instance(self) -> Any:
        if isinstance(self.object, RevisionMixin):
            keep_as_it_stands(self.object)
        instance = super().save_instance()
        listings_changed(services_of(instance))
        return instance


class CompareView(PermissionCheckedMixin, generic.RevisionsCompareView):
    permission_required = "change"


class RestoreView(CompareView):
    """Shows what would change, then brings the earlier version back."""

    template_name = "directory/admin/history_restore.html"
    page_title = gettext_lazy("Go back to this version")

    def setup(self, request: HttpRequest, pk: Any, revision_id: int, **kwargs: Any) -> None:
        super().setup(request, pk, "live", str(revision_id), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        revision = get_object_or_404(self.object.revisions, id=self.revision_id_b)
        try:
            restore(self.object, revision, request.user)
            messages.success(request, _("The earlier version is back."))
        except CannotRestore as error:
            messages.error(request, str(error))
        return redirect(reverse(self.history_url_name, args=[self.object.pk]))


def history_urls(viewset: Any) -> list[URLPattern]:
    """Where versions are compared and brought back, for a viewset of something that keeps them."""
    views = {
        "model": viewset.model,
        "edit_handler": viewset._edit_handler,
        "index_url_name": viewset.get_url_name("index"),
        "edit_url_name": viewset.get_url_name("edit"),
        "history_url_name": viewset.get_url_name("history"),
        "permission_policy": viewset.permission_policy,
    }
    return [
        path(
            f"history/<{viewset.pk_path_converter}:pk>/revisions/<int:revision_id>/revert/",
            RestoreView.as_view(**views),
            name="revisions_revert",
        ),
        re_path(
            r"history/(?P<pk>[^/]+)/revisions/compare/"
            r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$",
            CompareView.as_view(**views),
            name="revisions_compare",
        ),
    ]
