"""A published import taken back: what that does is shown first, and what stays all the same."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.imports.edited import edited_since
from directory.imports.undo import refusal
from directory.models import ImportBatch, Service
from directory.viewsets.imports import kept
from directory.viewsets.imports.background import FEW_ROWS, start
from directory.viewsets.imports.choosing import chosen_of
from directory.viewsets.imports.deciding import finished
from directory.viewsets.imports.review import batch_to_decide

MOST_LISTED = 200


@dataclass(frozen=True)
class Staying:
    """New listings that people have worked on. `listed`: as many as a page takes."""

    count: int
    listed: tuple[Service, ...]

    @classmethod
    def of(cls, batch: ImportBatch) -> "Staying":
        pks = sorted(edited_since(batch))
        found = Service.objects.filter(pk__in=pks[:MOST_LISTED]).select_related("organization")
        return cls(len(pks), tuple(found.order_by("name")))

    @property
    def more(self) -> int:
        return self.count - len(self.listed)


def undo_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes a published import back."""
    batch = batch_to_decide(request, pk)
    refused = refusal(batch)
    if refused:
        messages.error(request, str(refused))
        return redirect("directory_imports:inspect", pk)
    done, staying = chosen_of(batch), Staying.of(batch)
    if request.method != "POST":
        context = {"batch": batch, "done": done, "staying": staying, "header_icon": "download"}
        return render(request, "directory/admin/import_undo.html", context)
    aside = [pk for pk in request.POST.getlist("aside") if _is_one(pk, staying)]
    work = kept.new_work(batch=batch.pk, user=request.user.pk, total=done, aside=aside)
    small = done <= FEW_ROWS
    return finished(request, start(work, "undo", small=small), _told(staying.count - len(aside)))


def _is_one(pk: str, staying: Staying) -> bool:
    return pk in {str(service.pk) for service in staying.listed}


def _told(left: int) -> str:
    if not left:
        return _("Undone: the directory is as it was before this import.")
    told = ngettext(
        "Undone, but for %(count)s new listing that people have worked on: it stays.",
        "Undone, but for %(count)s new listings that people have worked on: they stay.",
        left,
    )
    return told % {"count": f"{left:,}"}
