"""Events as iCalendar (RFC 5545), for one's own calendar or to subscribe to."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from opendoor.events.models import EventPage

PRODUCT = "-//Open Door//Events//EN"
REFRESH = timedelta(hours=12)
STATUS = {
    EventPage.Status.SCHEDULED: "CONFIRMED",
    EventPage.Status.MOVED: "CONFIRMED",
    EventPage.Status.CANCELLED: "CANCELLED",
}


def calendar(name: str, events: Iterable[EventPage], address: Callable[[EventPage], str]) -> bytes:
    """A calendar file. `address` gives the full address of an event's page."""
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        file.add_component(_component(event, address(event)))
    file.add_missing_timezones()
    return file.to_ical()


def _component(event: EventPage, address: str) -> Event:
    """One event. The same meeting has one UID in all languages, so it never stands twice."""
    changed = event.last_published_at or event.start
    values: dict[str, Any] = {
        "uid": str(event.translation_key),
        "dtstamp": changed,
        "last-modified": changed,
        "sequence": _sequence(event),
        "status": STATUS[EventPage.Status(event.status)],
        "summary": _summary(event),
        "description": "\n\n".join(filter(None, [event.status_note, event.lead, address])),
        "url": address,
        "location": event.where or event.online_url,
        "contact": event.organizer,
    }
    component = Event()
    for name, value in {**values, **_times(event)}.items():
        if value not in ("", None):
            component.add(name, value)
    return component


def _times(event: EventPage) -> dict[str, Any]:
    """Local times with their zone; for a whole day the dates, the end being the day after."""
    start, end = timezone.localtime(event.start), timezone.localtime(event.end)
    if event.all_day:
        return {"dtstart": start.date(), "dtend": end.date() + timedelta(days=1)}
    return {"dtstart": start, "dtend": end}


def _summary(event: EventPage) -> str:
    """Many calendars do not show STATUS, so the title says it too."""
    if event.status == EventPage.Status.CANCELLED:
        return _("Cancelled: %(title)s") % {"title": event.title}
    return str(event.title)


def _sequence(event: EventPage) -> int:
    """Seconds from the first to the latest publication: grows each time, and needs no counter."""
    if not event.first_published_at or not event.last_published_at:
        return 0
    return int((event.last_published_at - event.first_published_at).total_seconds())
