"""A file is taken in."""

from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from directory.imports.readers.opening import READERS
from directory.models import SourceRow
from directory.viewsets.imports import kept
from directory.viewsets.imports.background import SMALL_FILE, start
from directory.viewsets.imports.kept import State
from directory.viewsets.imports.progress import follow

MOST_UPLOAD = 50_000_000  # bytes; larger files come in by the command
MOST_SOURCES = 200
ENDINGS = ",".join(suffix for suffix in READERS if suffix)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A table (CSV, TSV or Excel) or HSDS data (ZIP or JSON), up to 50 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "Where the rows come from. Give the same source each time; empty: the file's name."
        ),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    part = forms.BooleanField(
        label=gettext_lazy("This file is only a part of the source"),
        required=False,
        help_text=gettext_lazy("Listings that are not in the file then stay as they are."),
    )
    check = forms.BooleanField(
        label=gettext_lazy("Show me how the columns are read"),
        required=False,
        help_text=gettext_lazy("A file with columns that are not known yet is shown in any case."),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_UPLOAD:
            raise forms.ValidationError(_("This file is larger than 50 MB."))
        return file


def upload(request: HttpRequest) -> HttpResponse:
    """Stages a file that a steward sends; nothing public changes."""
    if not request.user.has_perm("directory.add_importbatch"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = _taken_in(request, form)
        if done:
            return done
    context = {
        "form": form,
        "header_icon": "download",
        "sources": SourceRow.objects.order_by("source")
        .values_list("source", flat=True)
        .distinct()[:MOST_SOURCES],
    }
    return render(request, "directory/admin/upload.html", context)


@require_POST
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Gives up a file that no import holds yet."""
    if not request.user.has_perm("directory.add_importbatch"):
        raise PermissionDenied
    waiting = {work.token: work for work in kept.not_yet_read()}
    if token in waiting:
        waiting[token].drop()
        messages.success(request, _("The file was given up. Nothing changed."))
    return redirect("directory_imports:index")


def _taken_in(request: HttpRequest, form: UploadForm) -> HttpResponse | None:
    """Where to go next; None when the file is at fault, which the form then says."""
    given = form.cleaned_data
    file: UploadedFile[bytes] = given["file"]
    work = kept.keep(
        file,
        source=given["source"] or Path(file.name or "upload").stem[:100],
        whole=not given["part"],
        check=given["check"],
        user=request.user.pk,
    )
    work = start(work, "read", small=(file.size or 0) <= SMALL_FILE)
    if work.state == State.FAILED:
        work.drop()
        form.add_error("file", work.fault or _("This file could not be read."))
        return None
    if work.state == State.COLUMNS and not work.check:
        messages.info(request, _("These columns are new: say how they are read."))
    return follow(work)
