"""What a provider is shown of their listing, field by field, in the listing's own words.

Of a confidential place nothing: its address is neither shown nor asked for. Who can come and what
it costs stand partly in fields of their own (ages, prices): these are shown before the free text,
and a correction, which is free text, takes the place of the free text alone.
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
    """One field of a listing; `text` is empty when the listing does not say.

    `facts` are the lines of `text` that stand in fields of their own: no correction replaces them.
    """

    name: str
    text: str
    facts: str = ""

    @property
    def replaced(self) -> str:
        """What a correction takes the place of."""
        return self.text.removeprefix(self.facts).strip()

    @property
    def label(self) -> str:
        return str(LABELS[self.name])


def shown(service: Service) -> tuple[Shown, ...]:
    """Reads a service fetched with `with_details`."""
    whole = listing(service)
    texts = {name: str(getattr(service, field)) for name, field in TEXTS.items()}
    texts["phone"] = "\n".join(_phones(whole))
    texts["hours"] = "\n".join(_hours(whole))
    texts["url"] = whole.website
    if any(not place.confidential for place in whole.places):
        texts["address"] = "\n".join(_addresses(whole))
    facts = {"eligibility": "\n".join(_who(whole)), "cost": "\n".join(_cost(whole))}
    return tuple(_field(name, texts[name], facts.get(name, "")) for name in LABELS if name in texts)


def _field(name: str, text: str, facts: str) -> Shown:
    return Shown(name, "\n".join(filter(None, (facts, text.strip()))), facts)


def _who(whole: Listing) -> Iterator[str]:
    """As the public page says it, but for the free text."""
    if whole.ages:
        yield whole.ages
    yield from whole.facts.who
    if whole.facts.areas:
        yield _("For people in: %(areas)s") % {"areas": ", ".join(whole.facts.areas)}
    if people := whole.terms.get("population"):
        yield ", ".join(people)


def _cost(whole: Listing) -> Iterator[str]:
    """As the public page says it, but for the free text."""
    if terms := whole.terms.get("cost"):
        yield ", ".join(terms)
    yield from whole.facts.prices
    if whole.facts.fees and whole.facts.fees != whole.fees:
        yield whole.facts.fees
    if insurance := whole.terms.get("insurance"):
        yield _("Insurance it takes: %(names)s") % {"names": ", ".join(insurance)}


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
