"""What a steward decides about a whole import: publish, discard, go on reading."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.hsds.objects import OBJECTS
from directory.imports.compare import LISTING
from directory.imports.faults import ImportFault, PublishRefused
from directory.imports.publish import discard
from directory.imports.rejected import rejected_csv
from directory.imports.vanish import refuse_many
from directory.models import ImportBatch, SavedMapping, SourceRow, StagedRow
from directory.viewsets.imports import kept
from directory.viewsets.imports.asked import DECIDED
from directory.viewsets.imports.background import FEW_ROWS, SMALL_FILE, start
from directory.viewsets.imports.choosing import chosen_of, keep_ticks
from directory.viewsets.imports.kept import State, Work
from directory.viewsets.imports.progress import follow
from directory.viewsets.imports.review import batch_to_decide, nothing_chosen


def publish_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Publishes what is chosen, the ticks of the page included, or all. When much would disappear,
    a person looks first."""
    batch = batch_to_decide(request, pk)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    if batch.state == ImportBatch.State.STAGED:
        _choose_to_publish(batch, request.POST)
    count = chosen_of(batch)
    if not count and batch.rows.filter(action__in=DECIDED).exists():
        messages.error(request, nothing_chosen())
        return redirect("directory_imports:inspect", pk)
    looked = request.POST.get("looked") == "yes"
    try:
        if not looked:
            refuse_many(batch)
    except PublishRefused:
        return _ask_about_vanished(request, batch)
    work = kept.new_work(batch=batch.pk, user=request.user.pk, check=looked, total=count)
    return finished(request, start(work, "publish", small=count <= FEW_ROWS), _("Published."))


def _choose_to_publish(batch: ImportBatch, given: QueryDict) -> None:
    if given.get("rows") == "all":
        batch.rows.filter(action__in=DECIDED, chosen=False).update(chosen=True)
    else:
        keep_ticks(batch, given)


def _ask_about_vanished(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    lost = batch.rows.filter(action=StagedRow.Action.VANISH, chosen=True)
    context = {
        "batch": batch,
        "lost": lost.count(),
        "had": _published_rows(batch),
        "header_icon": "download",
    }
    return render(request, "directory/admin/import_vanished.html", context)


def _published_rows(batch: ImportBatch) -> int:
    return SourceRow.objects.filter(source=batch.source, set_aside=False).count()


def finished(request: HttpRequest, work: Work, told: str) -> HttpResponse:
    """Small work is done already; the rest is followed on its own page."""
    if work.state == State.DONE:
        messages.success(request, told)
        work.drop()
    elif work.state == State.FAILED:
        messages.error(request, work.fault or _("This did not work. Try again."))
        work.drop()
        return redirect("directory_imports:inspect", work.batch)
    return follow(work)


@require_POST
def discard_batch(request: HttpRequest, pk: int) -> HttpResponse:
    batch = batch_to_decide(request, pk)
    held = kept.file_of(batch)
    if _tried(request, lambda: discard(batch), _("Discarded: nothing public changed.")) and held:
        held.drop()
    return redirect("directory_imports:inspect", pk)


@require_POST
def resume_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes on reading a file where it was stopped."""
    batch = batch_to_decide(request, pk)
    held = kept.file_of(batch)
    if batch.state != ImportBatch.State.READING or held is None:
        messages.error(
            request,
            _("The file is not kept any more. Bring the same file in again: it goes on there."),
        )
        return redirect("directory_imports:inspect", pk)
    held = held.noted(state=State.WAITING, user=request.user.pk, mapping=_saved(batch))
    return follow(start(held, "read", small=held.file.stat().st_size <= SMALL_FILE))


def _saved(batch: ImportBatch) -> str:
    """The name of the saved mapping that the file was being read by; "" for a shipped one."""
    return batch.mapping if SavedMapping.objects.filter(name=batch.mapping).exists() else ""


@require_safe
def rejected(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rejected rows as a file, with what is wrong and what to do."""
    if not request.user.has_perm("directory.view_importbatch"):
        raise PermissionDenied
    batch = get_object_or_404(ImportBatch, pk=pk)
    table = request.GET.get("table", LISTING)
    if table != LISTING and table not in OBJECTS:
        raise Http404
    response = StreamingHttpResponse(
        rejected_csv(batch, table), content_type="text/csv; charset=utf-8"
    )
    name = slugify(f"{batch.source} {table} rejected {pk}")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _tried(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    try:
        act()
    except ImportFault as fault:
        messages.error(request, str(fault))
        return False
    messages.success(request, done)
    return True
