"""A found document as the card that a results page shows (at most 320 × 200 px)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from directory.hours import opening_at, zone_named
from directory.search.interface import Hit
from directory.wording import Status, ages, language, miles, phone_link, phone_text, status

MOST_NAMED = 3  # languages or costs named on a card; the page of the service names all


@dataclass(frozen=True)
class Card:
    """One service as found. `away` is empty when no place was asked for."""

    service_id: str
    name: str
    organization: str
    summary: str
    status: Status
    away: str
    town: str
    by_phone: bool
    private: bool
    others: int
    costs: tuple[str, ...]
    languages: tuple[str, ...]
    people: tuple[str, ...]
    phone: str
    phone_href: str
    checked: date | None
    stale: bool
    point: tuple[float, float] | None


def card(hit: Hit, reader: str, now: datetime, labels: Mapping[tuple[str, str], str]) -> Card:
    """`reader` is the reader's language, `labels` names (filter, code)."""
    found = hit.document
    opening = opening_at(found.availability, found.intervals, now)
    age = ages(*found.ages)
    today = timezone.localdate(now).isoformat()
    checked = date.fromisoformat(found.verified_on) if found.verified_on else None
    groups = [labels.get(("population", code), "") for code in found.filters.get("population", ())]
    return Card(
        service_id=found.service_id,
        name=found.names.get(reader) or found.name,
        organization=found.organization,
        summary=found.summary.get(reader) or found.summary.get("en", ""),
        status=status(opening, now, zone_named(found.time_zone)),
        away=miles(hit.distance_km),
        town=found.city,
        by_phone=found.location_id is None,
        private=found.confidential,
        others=hit.others,
        costs=tuple(labels.get(("cost", code), code) for code in found.costs[:MOST_NAMED]),
        languages=tuple(language(code) for code in found.languages[:MOST_NAMED]),
        people=tuple(word for word in (age, *groups) if word)[:MOST_NAMED],
        phone=phone_text(found.phone) if found.phone else "",
        phone_href=phone_link(found.phone) if found.phone else "",
        checked=checked,
        stale=checked is not None and (found.fresh_until or "") < today,
        point=None if found.lat is None or found.lon is None else (found.lat, found.lon),
    )
