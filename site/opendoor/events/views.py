"""Calendar files. The pages of events are Wagtail's."""

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opendoor.context import profile_for
from opendoor.events.calendars import calendar
from opendoor.events.models import EventPage


def all_events(request: HttpRequest) -> HttpResponse:
    """To subscribe to: every event, past ones too, so that none vanishes from a calendar."""
    place = profile_for(request).place_name
    name = _("Events, %(place)s") % {"place": place} if place else _("Events")
    events = EventPage.objects.for_visitors().order_by("start", "pk")
    return _file(name, events, request, "events.ics")


def one_event(request: HttpRequest, slug: str) -> HttpResponse:
    """To put one event into one's own calendar."""
    event = EventPage.objects.for_visitors().filter(slug=slug).first()
    if event is None:
        raise Http404
    return _file(event.title, [event], request, f"{slug}.ics")


def _file(
    name: str, events: Iterable[EventPage], request: HttpRequest, file_name: str
) -> HttpResponse:
    response = HttpResponse(
        calendar(name, events, _addresses(request)), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response


def _addresses(request: HttpRequest) -> Callable[[EventPage], str]:
    def address(event: EventPage) -> str:
        return request.build_absolute_uri(event.get_url(request))

    return address
