"""Uploads in the CMS: what waits, what is wrong with a file, and the page as it will read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from transparency.errors import InvalidTable, RecordError
from transparency.models import Draft, Release
from transparency.release import build, decide, drop, stage
from transparency.views import page_context
from transparency.viewsets.forms import UploadForm

UPLOAD = "transparency.add_release"
APPROVE = "transparency.approve_release"


def may_decide(user: Any, draft: Draft) -> bool:
    """Whether this person may publish the draft: where two are wanted, not who uploaded it."""
    if draft.dataset.needs_approval:
        return bool(user.has_perm(APPROVE) and user.pk != draft.made_by_id)
    return bool(user.has_perm(UPLOAD))


def index(request: HttpRequest) -> HttpResponse:
    """The upload form above what waits."""
    if not (request.user.has_perm(UPLOAD) or request.user.has_perm(APPROVE)):
        return permission_denied(request)  # type: ignore[no-any-return]
    form = UploadForm(request.POST or None, request.FILES or None)
    error: RecordError | None = None
    if request.method == "POST":
        if not request.user.has_perm(UPLOAD):
            raise PermissionDenied
        if form.is_valid():
            try:
                return _staged(request, form)
            except RecordError as fault:
                error = fault
    waiting = Draft.objects.filter(state=Draft.State.WAITING).select_related("dataset", "made_by")
    context = {
        "form": form,
        "error": error,
        "cells": error.errors if isinstance(error, InvalidTable) else [],
        "waiting": waiting.defer("content", "schema_content"),
    }
    return render(request, "transparency/admin/upload.html", context)


def _staged(request: HttpRequest, form: UploadForm) -> HttpResponse:
    given = form.cleaned_data
    draft, prepared = stage(
        given["dataset"],
        given["file"].read(),
        notes=given["notes"],
        by=request.user,  # type: ignore[arg-type]  # signed in: the CMS asks for it
        embargo=given["embargo"],
        allow_totals=given["allow_totals"],
    )
    hidden = len(prepared.controlled.hidden)
    rows = len(prepared.figure.rows)
    messages.success(
        request,
        _("Rows read: %(rows)s. Figures suppressed: %(hidden)s. Look at the page below.")
        % {"rows": rows, "hidden": hidden},
    )
    return redirect("record_drafts:inspect", draft.pk)


def _draft(request: HttpRequest, pk: int) -> Draft:
    if not (request.user.has_perm(UPLOAD) or request.user.has_perm(APPROVE)):
        raise PermissionDenied
    drafts = Draft.objects.filter(state=Draft.State.WAITING).select_related("dataset", "made_by")
    return get_object_or_404(drafts, pk=pk)


@require_safe
def inspect(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft beside what may be done with it."""
    draft = _draft(request, pk)
    context = {"draft": draft, "may_decide": may_decide(request.user, draft)}
    return render(request, "transparency/admin/draft.html", context)


@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page as it will read."""
    draft = _draft(request, pk)
    published = list(Release.objects.filter(dataset=draft.dataset).light())
    release = build(draft, published[0] if published else None)
    context = page_context(request, release, [release, *published])
    return render(request, "transparency/dataset.html", context)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish or drop."""
    draft = _draft(request, pk)
    dropping = request.POST.get("action") == "drop"
    if not dropping and not may_decide(request.user, draft):
        raise PermissionDenied
    try:
        if dropping:
            drop(draft, request.user)  # type: ignore[arg-type]
            messages.success(request, _("The draft was dropped."))
            return redirect("record_drafts:index")
        release = decide(draft, request.user)  # type: ignore[arg-type]
    except RecordError as error:
        messages.error(request, str(error))
        return redirect("record_drafts:index")
    messages.success(request, _("Version %(number)s is published.") % {"number": release.number})
    return redirect("record_releases:index")


class UploadMenuItem(MenuItem):
    """Shown to those who may upload or approve."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(UPLOAD) or request.user.has_perm(APPROVE))


class DraftViewSet(ViewSet):
    icon = "upload"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", index, name="index"),
            path("<int:pk>/", inspect, name="inspect"),
            path("<int:pk>/page/", preview, name="preview"),
            path("<int:pk>/act/", act, name="act"),
        ]

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return UploadMenuItem(
            gettext_lazy("Upload and approve"),
            reverse("record_drafts:index"),
            icon_name=self.icon,
            order=order or 1,
        )
