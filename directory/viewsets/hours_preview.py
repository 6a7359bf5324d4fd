"""The coming week as people will read it, from hours that are not saved yet."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_POST
from wagtail.admin.panels import Panel

from directory.models import (
    HolidayCalendar,
    Location,
    Schedule,
    ScheduleException,
    Service,
    ServiceAtLocation,
)
from directory.timetable import Timetable, timetable
from directory.viewsets.days import DaysWidget
from directory.viewsets.hours_editor import (
    EXCEPTION_FIELDS,
    HOURS_FIELDS,
    ExceptionForm,
    ScheduleForm,
)

MOST_ROWS = 100
FRAGMENT = "directory/admin/hours_preview.html"
PAGE = "directory/admin/hours_preview_page.html"

Preview = tuple[str, str, Timetable]  # language, its name, the hours


def previews(service: Service, at: ServiceAtLocation | None = None) -> list[Preview]:
    """The hours in each of the site's languages, at this place or else the service's first."""
    at = at or next(iter(service.service_at_locations.all()), None)
    return [_preview(code, str(name), service, at) for code, name in settings.LANGUAGES]


def _preview(code: str, name: str, service: Service, at: ServiceAtLocation | None) -> Preview:
    with translation.override(code):
        return code, name, timetable(service, at, timezone.now())


class PreviewPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/hours_preview_panel.html"

        @property
        def media(self) -> forms.Media:
            return forms.Media(js=["js/hours-editor.js"], css={"all": ["cms/listing-editor.css"]})

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if isinstance(self.instance, ServiceAtLocation):
                address = reverse("directory_places:hours_preview", args=[self.instance.pk])
                shown = previews(*_kept(self.instance))
            else:
                address = reverse("directory_services:hours_preview")
                kept = Service.objects.with_listing().filter(pk=self.instance.pk).first()
                shown = previews(kept or self.instance)
            return context | {"previews": shown, "faults": [], "address": address}


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Of the form as it stands: a part of the page for its script, or a page of its own."""
    if not request.user.has_perm("directory.change_service"):
        raise PermissionDenied
    service, faults = read_hours(request.POST)
    return _shown(request, previews(service), faults)


@require_POST
def preview_at(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same of the form of one place."""
    if not request.user.has_perm("directory.change_service"):
        raise PermissionDenied
    service, at = _kept(get_object_or_404(ServiceAtLocation, pk=pk))
    faults = _read_rows(request.POST, at)
    return _shown(request, previews(service, at), faults)


def _kept(place: ServiceAtLocation) -> tuple[Service, ServiceAtLocation]:
    """A place as it is kept, with its service, prefetched."""
    service = Service.objects.with_listing().get(pk=place.service_id)
    return service, next(at for at in service.service_at_locations.all() if at.pk == place.pk)


def _shown(request: HttpRequest, shown: list[Preview], faults: list[str]) -> HttpResponse:
    context = {"previews": shown, "faults": faults}
    scripted = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return render(request, FRAGMENT if scripted else PAGE, context)


def read_hours(data: QueryDict) -> tuple[Service, list[str]]:
    """A service that is nowhere kept, with the rows that can be read; and what the others lack."""
    service = Service(name="…", availability=data.get("availability") or "unknown")
    service.holidays = _found(HolidayCalendar, data.get("holidays"))
    faults = _read_rows(data, service)
    location = _found(Location, data.get("service_at_locations-0-location"))
    if location is not None:
        service.service_at_locations.set([ServiceAtLocation(location=location)])
    return service, faults


def _read_rows(data: QueryDict, owner: Service | ServiceAtLocation) -> list[str]:
    """Gives `owner` the hours that stand in a form; returns what the rows lack that cannot be read.
    Nothing is kept.
    """
    faults: list[str] = []
    hours = forms.modelform_factory(
        Schedule, form=ScheduleForm, fields=HOURS_FIELDS, widgets={"byday": DaysWidget}
    )
    others = forms.modelform_factory(ScheduleException, ExceptionForm, fields=EXCEPTION_FIELDS)
    owner.schedules.set(list(_rows(data, "schedules", hours, faults)))
    owner.schedule_exceptions.set(list(_rows(data, "schedule_exceptions", others, faults)))
    return faults


def _rows(
    data: QueryDict, prefix: str, form_class: type[forms.ModelForm[Any]], faults: list[str]
) -> Iterator[Any]:
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    count = min(int(total), MOST_ROWS) if total.isdecimal() else 0
    for number in range(count):
        name = f"{prefix}-{number}"
        if data.get(f"{name}-DELETE"):
            continue
        model = form_class._meta.model
        kept = _found(model, data.get(f"{name}-id")) or model()
        form = form_class(data, instance=kept, prefix=name)
        if form.is_valid():
            yield form.instance
        elif form.has_changed():
            faults += [
                f"{number + 1}: {error}" for errors in form.errors.values() for error in errors
            ]


def _found(model: Any, key: str | None) -> Any:
    """The record of an id that a form sent; None for none and for what is no id."""
    if not key:
        return None
    try:
        wanted = UUID(key) if model._meta.pk.get_internal_type() == "UUIDField" else int(key)
    except ValueError:
        return None
    return model.objects.filter(pk=wanted).first()
