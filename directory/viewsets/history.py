"""The history of a service, an organization or a location: what changed, field by field, and back.

Wagtail's own history, comparison and log; the way back is ours, because it must leave alone what is
no text (who tends the listing) and what was checked since, and never bring a secret place back.
"""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, re_path, reverse
from django.urls.converters import get_converters
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.actions.create import CreateAction
from wagtail.actions.edit import EditAction
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import ActionColumn
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import RevisionMixin

from directory.publishing import listings_changed, services_of
from directory.stewardship.history import CannotRestore, keep_as_it_stands, restore
from directory.viewsets.compared import Change, changes
from directory.viewsets.happenings import SHOWS_CHANGES, moment


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


class HistoryView(generic.HistoryView):
    """Beside each import that changed a listing: what it changed, and the way back."""

    @cached_property
    def columns(self) -> list[Any]:
        first, *others = super().columns
        column = _Deeds(
            first.name,
            label=first.label,
            object=first.object,
            url_names=first.url_names,
            user_can_unschedule=first.user_can_unschedule,
        )
        return [column, *others]


class _Deeds(ActionColumn):
    def get_actions(self, instance: Any, parent_context: Any) -> list[dict[str, str]]:
        actions: list[dict[str, str]] = super().get_actions(instance, parent_context)
        batch = instance.data.get("batch")
        if batch and instance.action in SHOWS_CHANGES:
            url = reverse("directory_services:import_changes", args=[self.object.pk, batch])
            actions.append({"url": url, "label": _("What the import changed")})
        return actions


class CompareView(PermissionCheckedMixin, generic.RevisionsCompareView):
    """Two versions side by side, in words (`compared.py`)."""

    permission_required = "change"
    template_name = "directory/admin/history_compare.html"

    def _get_comparison(self, revision_a: Any, revision_b: Any) -> list[Change]:
        handler = self.get_edit_handler()
        panel = handler.get_bound_panel(instance=self.object, request=self.request, form=None)
        return list(changes(panel, revision_a, revision_b))

    def _get_revision_and_heading(self, revision_id: str) -> tuple[Any, str]:
        version, heading = super()._get_revision_and_heading(revision_id)
        if revision_id == "live":  # read as a version is, so that rows have ids of one type
            return self._read(json.loads(version.to_json())), _("as it stands now")
        if revision_id.isdecimal():
            revision = self.object.revisions.get(id=revision_id)
            return self._read(revision.content), moment(revision.created_at)
        return version, heading

    def _read(self, content: Any) -> Any:
        """All that a version says, the rows of something that is no longer there too."""
        return self.model.from_serializable_data(content, check_fks=False)


class RestoreView(CompareView):
    """Shows what would change, then brings back what is ticked of the earlier version."""

    template_name = "directory/admin/history_restore.html"
    page_title = gettext_lazy("Go back to this version")

    def setup(self, request: HttpRequest, pk: Any, revision_id: int, **kwargs: Any) -> None:
        super().setup(request, pk, "live", str(revision_id), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        revision = get_object_or_404(self.object.revisions, id=self.revision_id_b)
        ticked = set(request.POST.getlist("part"))
        if not ticked:
            messages.error(request, _("Tick what is to come back."))
            return redirect(request.path)
        try:
            restore(self.object, revision, request.user, self._parts(revision, ticked))
            messages.success(request, _("The earlier version is back."))
        except CannotRestore as error:
            messages.error(request, str(error))
        return redirect(reverse(self.history_url_name, args=[self.object.pk]))

    def _parts(self, revision: Any, ticked: set[str]) -> set[str] | None:
        """None: the whole version, with what no form shows of it."""
        earlier = revision.as_object()
        offered = self._get_comparison(self.object, earlier) if earlier is not None else []
        names = {change.name for change in offered}
        return None if names <= ticked else names & ticked


def history_urls(viewset: Any) -> list[URLPattern]:
    """Where versions are compared and brought back, for a viewset of something that keeps them."""
    known = get_converters()[viewset.pk_path_converter].regex
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
            rf"history/(?P<pk>{known})/revisions/compare/"
            r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$",
            CompareView.as_view(**views),
            name="revisions_compare",
        ),
    ]
