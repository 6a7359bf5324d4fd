"""From a service to its search documents. Only what the public may see goes in.

One document a service_at_location; a service without any (a phone line) has one of its own. Of a
confidential location nothing goes in that tells where it is.
"""

from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from directory import wording
from directory.daybook import availability_for
from directory.hours import intervals_for
from directory.lasting import Ends, ends_of, fresh_until
from directory.search.gathered import GatheredLocation, GatheredPlace, GatheredService
from directory.search.gathering import gathered
from directory.search.interface import FILTERS, Document

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
SUMMARY_LENGTH = 200
ANY = UUID(int=0)  # stands for a service whose page is asked for


def documents_of(ids: Collection[UUID | str], today: date | None = None) -> Iterator[Document]:
    """The documents of those services that are public; a fixed number of queries."""
    day, page = today or timezone.localdate(), _page_of(ANY)
    ends = ends_of(ids)
    for service in gathered(ids):
        url = page.replace(str(ANY), str(service.id))
        fresh = _fresh_until(service, ends[service.id])
        places: list[GatheredPlace | None] = [*service.places] or [None]
        for place in places:
            yield _document(service, place, day, url, fresh)


def _fresh_until(service: GatheredService, ends: Ends) -> str | None:
    shows_place = any(not place.location.confidential for place in service.places)
    until = fresh_until(service.assured_date, ends, shows_place=shows_place)
    return until.isoformat() if until else None


def _document(
    service: GatheredService, place: GatheredPlace | None, today: date, url: str, fresh: str | None
) -> Document:
    location = place.location if place else None
    shown = location if location and not location.confidential else None
    filters = _filters(service)
    return Document(
        id=str(place.id if place else service.id),
        service_id=str(service.id),
        location_id=str(location.id) if location else None,
        name=service.name,
        organization=service.organization.name,
        texts=_texts(service, shown),
        summary={code: _summary(service.text("description", code)) for code in LANGUAGES},
        names={code: service.text("name", code) for code in LANGUAGES},
        codes=_own(service, "need"),
        filters=filters,
        telehealth=bool(service.telehealth),
        accepts_drop_off=bool(service.accepts_drop_off),
        lat=shown.latitude if shown else None,
        lon=shown.longitude if shown else None,
        city=_city(shown),
        confidential=location is not None and location.confidential,
        phone=_phone(service, place),
        url=url,
        availability=availability_for(service, place),
        intervals=intervals_for(service, place, today),
        time_zone=shown.time_zone if shown else "",
        languages=filters["language"],
        costs=_own(service, "cost"),
        ages=(service.minimum_age, service.maximum_age),
        verified_on=service.assured_date.isoformat() if service.assured_date else None,
        fresh_until=fresh,
    )


def _own(service: GatheredService, slug: str) -> tuple[str, ...]:
    """The codes of a filter as given."""
    return tuple(sorted(own.code for own, *_above in service.terms if own.slug == slug))


def _filters(service: GatheredService) -> dict[str, tuple[str, ...]]:
    """Codes and those above them, filter by filter."""
    found: dict[str, set[str]] = {name: set() for name in FILTERS}
    found["language"] = set(_codes(service))
    for lineage in service.terms:
        if lineage[0].slug in found:
            found[lineage[0].slug].update(term.code for term in lineage)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def _texts(service: GatheredService, shown: GatheredLocation | None) -> dict[str, str]:
    """What words are looked for in, by how much a match there says."""
    family = {term.id: term for lineage in service.terms for term in lineage}.values()
    long = ("description", "what_happens", "eligibility_description", "application_process")
    return {
        "name": _said(service, "name"),
        "also": service.alternate_name,
        "organization": _joined(service.organization.name, service.organization.alternate_name),
        "needs": _joined(*(name for term in family for name in (term.name, term.name_es))),
        "description": _joined(
            *(_said(service, field) for field in (*long, "fees_description")),
            *(own.description for own, *_above in service.terms),
            _spoken(service),
        ),
        "place": _place(shown),
    }


def _said(service: GatheredService, field: str) -> str:
    """One field in all languages."""
    return _joined(*(service.text(field, code) for code in LANGUAGES))


def _codes(service: GatheredService) -> list[str]:
    """Of the languages spoken."""
    return list(dict.fromkeys(spoken.code for spoken in service.languages if spoken.code))


def _spoken(service: GatheredService) -> str:
    """The names of the languages spoken there: people type "Spanish counselor"."""
    known = [names_of_language(code) for code in _codes(service)]
    names = [spoken.name for spoken in service.languages if not spoken.code]
    return _joined(*names, *(told[language] for language in LANGUAGES for told in known))


@lru_cache(maxsize=512)
def names_of_language(code: str) -> dict[str, str]:
    """What a language is called, in each of the site's."""
    names = {}
    for language in LANGUAGES:
        with translation.override(language):
            names[language] = wording.language(code)
    return names


def _joined(*parts: str) -> str:
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _place(shown: GatheredLocation | None) -> str:
    if shown is None:
        return ""
    parts = [shown.name]
    for a in shown.addresses:
        parts += [a.address_1, a.city, a.region, a.state_province, a.postal_code]
    return _joined(*parts)


def _city(shown: GatheredLocation | None) -> str:
    addresses = shown.addresses if shown else []
    physical = [a.city for a in addresses if a.address_type == "physical"]
    return next(iter(physical or [a.city for a in addresses]), "")


def _summary(text: str) -> str:
    """The first sentences, on one line."""
    line = " ".join(text.split())
    if len(line) <= SUMMARY_LENGTH:
        return line
    return line[: SUMMARY_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def _phone(service: GatheredService, place: GatheredPlace | None) -> str:
    """The number to call first: the nearest to this service at this place."""
    here = (place.phone, place.location.phone) if place else ()
    return next(filter(None, (*here, service.phone, service.organization.phone)), "")


def _page_of(service: UUID) -> str:
    """A service's page, in the site's own language."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse("directory:service", args=[service])
