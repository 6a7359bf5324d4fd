"""How far the work on an import is: a page that looks again by itself, without JavaScript."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.models import ImportBatch
from directory.viewsets.imports import kept
from directory.viewsets.imports.kept import State, Work

SECONDS = 3


def follow(work: Work) -> HttpResponse:
    """To where the work stands: the import, the columns, or the bar."""
    if work.state == State.DONE and work.batch:
        return redirect("directory_imports:inspect", work.batch)
    if work.state == State.COLUMNS:
        return redirect("directory_imports:columns", work.token)
    return redirect("directory_imports:progress", work.token)


def progress(request: HttpRequest, token: str) -> HttpResponse:
    """The bar; when the work is done, what came of it."""
    if not request.user.has_perm("directory.view_importbatch"):
        raise PermissionDenied
    work = kept.found(token)
    if work is None:
        messages.info(request, _("This work is done, or was given up."))
        return redirect("directory_imports:index")
    if work.state in (State.DONE, State.COLUMNS):
        return follow(work)
    batch = _batch(work)
    context = {
        "work": work,
        "done": batch.rows_read if batch else work.done,
        "total": (batch.rows_in_file if batch else 0) or work.total,
        "failed": work.state == State.FAILED or work.stopped,
        "header_icon": "download",
    }
    response = render(request, "directory/admin/import_progress.html", context)
    if not context["failed"]:
        response["Refresh"] = str(SECONDS)
    return response


def _batch(work: Work) -> ImportBatch | None:
    """The import that is being read just now; its publishing is counted in the note."""
    if work.batch or not work.sha256:
        return None
    reading = ImportBatch.objects.filter(state=ImportBatch.State.READING)
    return reading.filter(sha256=work.sha256, source=work.source).order_by("-pk").first()
