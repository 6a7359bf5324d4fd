"""Which rows a steward wants published. Whatever leads to another page of the import is a button of
the same form, so that no tick is lost on the way, with or without JavaScript.
"""

from itertools import islice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from directory.duplicates.twins import Decision, decide
from directory.models import ImportBatch
from directory.viewsets.imports.asked import DECIDED, Asked, counts_of
from directory.viewsets.imports.review import batch_to_decide

CHUNK = 500
LONGEST_NUMBER = 18  # digits
SAVED = ("save", "page", "all", "none")
TOLD = {
    Decision.SAME: gettext_lazy("This one is left out, and will be in the next file too."),
    Decision.APART: gettext_lazy("Both are kept, and you will not be asked about them again."),
}


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the ticks of the page, or chooses all rows that are looked at, then goes on to where
    the button led.
    """
    batch = batch_to_decide(request, pk)
    given, asked = request.POST, Asked.of(request.POST, counts_of(batch))
    if batch.state == ImportBatch.State.STAGED:
        _choose(batch, asked, given)
        _decide(request, batch)
        if given.get("do") in SAVED:
            messages.success(request, _told(chosen_of(batch)))
    address = reverse("directory_imports:inspect", args=[pk])
    return redirect(f"{address}?{asked.towards(given).query}")


def _decide(request: HttpRequest, batch: ImportBatch) -> None:
    """What a steward says of a row that resembles another of the file."""
    for decision, told in TOLD.items():
        pk = request.POST.get(decision, "")
        row = batch.rows.filter(pk=pk).first() if _is_number(pk) else None
        if row and row.like_row is not None:
            decide(row, decision, request.user)
            messages.success(request, told)


def chosen_of(batch: ImportBatch) -> int:
    return batch.rows.filter(chosen=True, action__in=DECIDED).count()


def _told(count: int) -> str:
    told = ngettext("%(count)s row is chosen.", "%(count)s rows are chosen.", count)
    return told % {"count": f"{count:,}"}


def _choose(batch: ImportBatch, asked: Asked, given: QueryDict) -> None:
    what = given.get("do", "")
    if what in ("all", "none"):
        asked.rows(batch).filter(action__in=DECIDED).update(chosen=what == "all")
    elif what == "page":
        _mark(batch, _numbers(given, "shown") | _numbers(given, "mixed"), chosen=True)
    else:
        keep_ticks(batch, given)


def keep_ticks(batch: ImportBatch, given: QueryDict) -> None:
    """A box that is not ticked lets its rows go, but for one of whose rows only some are chosen:
    it begins without a tick, and leaving it alone changes none of them.
    """
    shown, mixed = _numbers(given, "shown"), _numbers(given, "mixed")
    ticked = _numbers(given, "row")
    _mark(batch, shown - ticked, chosen=False)
    _mark(batch, (shown | mixed) & ticked, chosen=True)


def _mark(batch: ImportBatch, numbers: set[int], *, chosen: bool) -> None:
    """In chunks: a listing may have more rows than a database takes numbers at once."""
    remaining = iter(numbers)
    while chunk := list(islice(remaining, CHUNK)):
        batch.rows.filter(action__in=DECIDED, pk__in=chunk).update(chosen=chosen)


def _numbers(given: QueryDict, name: str) -> set[int]:
    """Each box stands for one listing, which may be several rows."""
    boxes = given.getlist(name)
    return {int(one) for some in boxes for one in some.split(",") if _is_number(one)}


def _is_number(text: str) -> bool:
    """One that a row can have: a database takes no longer ones."""
    return text.isdecimal() and len(text) <= LONGEST_NUMBER
