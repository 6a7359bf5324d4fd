"""The page of one service."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.listing import listing
from directory.models import Service
from directory.stewardship.standing import standing
from directory.structured import structured_data


@require_safe
def service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one wants to know before calling; for a service that is gone, where to look instead."""
    found = Service.objects.with_details().filter(pk=pk).first()
    if found and found.merged_into_id:
        return _merged(request, found)
    if found is None or not Service.objects.public().filter(pk=pk).exists():
        return _absent(request, found)
    shown = listing(found)
    address = request.build_absolute_uri(request.path)
    context = {
        "listing": shown,
        "standing": standing(found),
        "structured": structured_data(shown, address),
    }
    return render(request, "directory/service.html", context)


def _merged(request: HttpRequest, found: Service) -> HttpResponse:
    """To the listing that this one became part of, which may have become part of another."""
    kept, met = found, {found.pk}
    while kept.merged_into and kept.merged_into.pk not in met:
        kept = kept.merged_into
        met.add(kept.pk)
    if kept.merged_into_id:  # each is part of the other: an edit past the CMS
        return _absent(request, None, status=410)
    return HttpResponsePermanentRedirect(reverse("directory:service", args=[kept.pk]))


def _absent(request: HttpRequest, found: Service | None, status: int | None = None) -> HttpResponse:
    """404 for what never was or is closed for now; 410 for what is gone, as the API says it (its
    source no longer has it, or it was taken off). Only a closed service is named: an inactive one
    may have been taken off to keep someone safe.
    """
    state = found.status if found else None
    named = state in (Service.Status.DEFUNCT, Service.Status.TEMPORARILY_CLOSED)
    name = found.text("name") if found and named else ""
    gone = state in (Service.Status.DEFUNCT, Service.Status.INACTIVE)
    status = status or (410 if gone or (found and found.set_aside_at) else 404)
    context = {"state": state, "name": name, "gone": status == 410}
    response = render(request, "directory/service_gone.html", context, status=status)
    response["Cache-Control"] = "no-cache"  # its source may bring it back
    return response
