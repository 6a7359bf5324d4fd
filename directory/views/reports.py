"""Pages on which a visitor reports a problem with a listing. No cookie: see directory.guard."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory.guard import TOKEN, TRAP
from directory.models import Service
from directory.report import GUARD, ReportForm, receive


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form; when it was sent and taken, thanks on a page of its own."""
    service = get_object_or_404(Service.objects.public().prefetch_related("translations"), pk=pk)
    form, status = ReportForm(), 200
    if request.method == "POST":
        form = ReportForm(request.POST)
        status = receive(request, form, service)
        if status == 302:
            return redirect("directory:report-thanks", pk=pk)
    context = {
        "service": service,
        "name": service.text("name"),
        "form": form,
        "token_name": TOKEN,
        "token": GUARD.token(request),
        "trap_name": TRAP,
    }
    return render(request, "directory/report.html", context, status=status)


@require_safe
def thanks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says that the report arrived and what happens now."""
    service = get_object_or_404(Service.objects.public().prefetch_related("translations"), pk=pk)
    return render(
        request, "directory/report_thanks.html", {"service": service, "name": service.text("name")}
    )
