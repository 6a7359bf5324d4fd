"""The page of one service."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.listing import listing
from directory.models import Service
from directory.structured import structured_data


@require_safe
def service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one wants to know before calling; for a service that is gone, where to look instead."""
    found = Service.objects.with_listing().filter(pk=pk).first()
    if found is None or found.status != Service.Status.ACTIVE:
        return _absent(request, found)
    shown = listing(found)
    address = request.build_absolute_uri(request.path)
    context = {"listing": shown, "structured": structured_data(shown, address)}
    return render(request, "directory/service.html", context)


def _absent(request: HttpRequest, found: Service | None) -> HttpResponse:
    """404 for what never was or is closed for now, 410 for what is gone. Only a closed service is
    named: an inactive one may have been taken off to keep someone safe.
    """
    state = found.status if found else None
    named = state in (Service.Status.DEFUNCT, Service.Status.TEMPORARILY_CLOSED)
    context = {"state": state, "name": found.text("name") if found and named else ""}
    gone = state in (Service.Status.DEFUNCT, Service.Status.INACTIVE)
    return render(request, "directory/service_gone.html", context, status=410 if gone else 404)
