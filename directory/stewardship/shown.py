"""What a provider is shown of their listing, field by field, in the listing's own words.

Of a confidential place nothing: its address is neither shown nor asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.listing import Listing, listing
from directory.models import Service, Verification
from directory.timetable import Timetable

Subject = Verification.Subject
LABELS: dict[str, Promise] = {
    "phone": gettext_lazy("Phone"),
    "hours": gettext_lazy("Opening hours"),
    "address": gettext_lazy("Address"),
    "eligibility": gettext_lazy("Who can come"),
    "cost": gettext_lazy("What it costs"),
    "url": gettext_lazy("Website"),
    "description": gettext_lazy("What it is"),
    "what_happens": gettext_lazy("What happens when people call"),
}
TEXTS = {
    "eligibility": "eligibility_description",
    "cost": "fees_description",
    "url": "url",
    "description": "description",
    "what_happens": "what_happens",
}
CRITICAL = frozenset(Subject.values)


@dataclass(frozen=True)
class Shown:
    """One field of a listing; `text` is empty when the listing does not say."""

    name: str
    text: str

    @property
    def label(self) -> str:
        return str(LABELS[self.name])


def shown(service: Service) -> tuple[Shown, ...]:
    """Reads a service fetched with `with_listing`."""
    whole = listing(service)
    texts = {name: str(getattr(service, field)) for name, field in TEXTS.items()}
    texts["phone"] = "\n".join(_phones(whole))
    texts["hours"] = "\n".join(_hours(whole))
    texts["url"] = whole.website
    if any(not place.confidential for place in whole.places):
        texts["address"] = "\n".join(_addresses(whole))
    return tuple(Shown(name, texts[name].strip()) for name in LABELS if name in texts)


def _phones(whole: Listing) -> Iterator[str]:
    for phone in whole.phones:
        yield f"{phone.text} ({phone.note})" if phone.note else phone.text


def _addresses(whole: Listing) -> Iterator[str]:
    for place in whole.places:
        if not place.confidential and place.address:
            yield ", ".join(place.address)


def _hours(whole: Listing) -> Iterator[str]:
    if whole.same_hours:
        yield from _week(whole.hours)
        return
    for place in whole.places:
        yield _("At a private address") if place.confidential else place.name
        yield from _week(place.hours)


def _week(hours: Timetable) -> Iterator[str]:
    if not hours.week:
        yield " ".join(filter(None, (hours.status.label, hours.status.until)))
    names = [str(name) for name in WEEKDAYS.values()]  # from Monday on, on whichever day it is
    for day in sorted(hours.week, key=lambda day: names.index(day.name)):
        closed = _("closed") if day.known else _("not known")
        yield f"{day.name}: {', '.join(day.spans) or closed}"
    yield from (*hours.rules, *hours.notes)
