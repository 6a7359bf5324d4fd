"""A month of events around the day of loading, so that the demonstration never looks dead."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.models import Locale

from opendoor.demo.blocks import Blocks
from opendoor.demo.content import read
from opendoor.demo.entries import County, PlaceEntry
from opendoor.demo.errors import DemoError
from opendoor.demo.publishing import PagePlan
from opendoor.events.models import EventPage
from opendoor.pages.models import ProgrammePage

ZONE = ZoneInfo("America/Denver")
WORDS = {  # key in the data file → field
    "title": "title",
    "lead": "lead",
    "audience": "audience",
    "languages": "languages_spoken",
    "cost": "cost",
    "access": "accessibility",
    "note": "status_note",
}


class Happenings:
    """Makes the plans of all events. Programmes must be there before."""

    def __init__(self, county: County, locales: dict[str, Locale], today: date) -> None:
        self.places = {place.key: place for o in county.organizations for place in o.places}
        self.locales = locales
        self.today = today

    def plans(self) -> Iterator[PagePlan]:
        for given in read("events/events")["event"]:
            days = given.get("weeks") or [given["day"]]
            for number, day in enumerate(days, start=1):
                slug = f"{given['slug']}-{number}" if len(days) > 1 else given["slug"]
                yield self._plan(slug, given, self.today + timedelta(days=day))

    def _plan(self, slug: str, given: dict[str, Any], day: date) -> PagePlan:
        try:
            shared = self._when(given, day) | self._where(slug, given)
            values = {
                code: {**shared, **_words(slug, code, given), **self._programme(given, code)}
                for code in self.locales
            }
        except (KeyError, ValueError) as error:
            raise DemoError(f"event “{slug}”: missing or not understood: {error}") from error
        return PagePlan(EventPage, slug, values, parent="events")

    def _when(self, given: dict[str, Any], day: date) -> dict[str, Any]:
        all_day = given.get("all_day", False)
        return {
            "start": _moment(day, "00:00" if all_day else given["from"]),
            "end": _moment(day, "23:59" if all_day else given["to"]),
            "all_day": all_day,
            "status": given.get("status", EventPage.Status.SCHEDULED),
            "organizer": given["organizer"],
        }

    def _where(self, slug: str, given: dict[str, Any]) -> dict[str, str]:
        place = self._place(slug, given["at"]) if "at" in given else None
        return {
            "online_url": given.get("online", ""),
            "place_name": place.name if place else "",
            "address": f"{place.street}, {place.town}, CO {place.zip}" if place else "",
        }

    def _place(self, slug: str, key: str) -> PlaceEntry:
        place = self.places.get(key)
        if place is None or place.confidential:
            raise DemoError(f"event “{slug}”: “{key}” is no place that may be named")
        return place

    def _programme(self, given: dict[str, Any], code: str) -> dict[str, Any]:
        if "programme" not in given:
            return {"programme_id": None}
        found = ProgrammePage.objects.get(slug=given["programme"], locale=self.locales[code])
        return {"programme_id": found.pk}


def _words(slug: str, code: str, given: dict[str, Any]) -> dict[str, Any]:
    words = {field: given[code].get(key, "") for key, field in WORDS.items()}
    body = Blocks(f"event/{slug}/{code}", {}).body([{"text": given[code]["text"]}])
    return {**words, "body": body}


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)
