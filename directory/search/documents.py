"""From a service to its search documents. Only what the public may see goes in.

One document a service_at_location; a service without any (a phone line) has one of its own. Of a
confidential location nothing goes in that tells where it is.
"""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from directory import wording
from directory.daybook import availability_for
from directory.hours import intervals_for
from directory.models import Location, Phone, Service, ServiceAtLocation, TaxonomyTerm
from directory.search.interface import FILTERS, Document
from directory.taxonomies import slug_of, terms_of

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
SUMMARY_LENGTH = 200


def documents_of(service: Service, today: date | None = None) -> Iterator[Document]:
    """The documents of a service that `with_listing` has prefetched."""
    places: list[ServiceAtLocation | None] = list(service.service_at_locations.all())
    for place in places or [None]:
        yield _document(service, place, today or timezone.localdate())


def _document(service: Service, place: ServiceAtLocation | None, today: date) -> Document:
    location = place.location if place else None
    shown = location if location and not location.confidential else None
    terms = terms_of(service)
    return Document(
        id=str(place.id if place else service.id),
        service_id=str(service.id),
        location_id=str(location.id) if location else None,
        name=service.name,
        organization=service.organization.name,
        texts=_texts(service, shown, terms),
        summary={code: _summary(service.text("description", code)) for code in LANGUAGES},
        names={code: service.text("name", code) for code in LANGUAGES},
        codes=tuple(sorted(t.code for t in terms if slug_of(t) == "need")),
        filters=_filters(service, terms),
        telehealth=bool(service.telehealth),
        accepts_drop_off=bool(service.accepts_drop_off),
        lat=shown.latitude if shown else None,
        lon=shown.longitude if shown else None,
        city=_city(shown),
        confidential=location is not None and location.confidential,
        phone=_phone(service, place),
        url=_address(service),
        availability=availability_for(service, place),
        intervals=intervals_for(service, place, today),
        time_zone=shown.time_zone if shown else "",
        languages=tuple(sorted(_codes(service))),
        costs=tuple(sorted(t.code for t in terms if slug_of(t) == "cost")),
        ages=(service.minimum_age, service.maximum_age),
        verified_on=service.assured_date.isoformat() if service.assured_date else None,
    )


def _filters(service: Service, terms: list[TaxonomyTerm]) -> dict[str, tuple[str, ...]]:
    """Codes and those above them, filter by filter."""
    found: dict[str, set[str]] = {name: set() for name in FILTERS}
    found["language"] = set(_codes(service))
    for term in terms:
        if slug_of(term) in found:
            found[slug_of(term)].update(t.code for t in _upwards(term))
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def _upwards(term: TaxonomyTerm) -> Iterator[TaxonomyTerm]:
    above: TaxonomyTerm | None = term
    for _ in range(10):  # a ring of parents, were there one, ends here
        if above is None:
            return
        yield above
        above = above.parent


def _texts(service: Service, shown: Location | None, terms: list[TaxonomyTerm]) -> dict[str, str]:
    """What words are looked for in, by how much a match there says."""
    family = {t.pk: t for term in terms for t in _upwards(term)}.values()
    long = ("description", "what_happens", "eligibility_description", "application_process")
    return {
        "name": _said(service, "name"),
        "also": service.alternate_name,
        "organization": _joined(service.organization.name, service.organization.alternate_name),
        "needs": _joined(*(name for t in family for name in (t.name, t.name_es))),
        "description": _joined(
            *(_said(service, field) for field in (*long, "fees_description")),
            *(term.description for term in terms),
            _spoken(service),
        ),
        "place": _place(shown),
    }


def _said(service: Service, field: str) -> str:
    """One field in all languages."""
    return _joined(*(service.text(field, code) for code in LANGUAGES))


def _codes(service: Service) -> list[str]:
    """Of the languages spoken; an imported one may have a name alone."""
    return list(dict.fromkeys(row.code for row in service.languages.all() if row.code))


def _spoken(service: Service) -> str:
    """The names of the languages spoken there: people type "Spanish counselor"."""
    codes = _codes(service)
    names = [row.name for row in service.languages.all() if not row.code]
    for language in LANGUAGES:
        with translation.override(language):
            names += [wording.language(code) for code in codes]
    return _joined(*names)


def _joined(*parts: str) -> str:
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _place(shown: Location | None) -> str:
    if shown is None:
        return ""
    parts = [shown.name]
    for a in shown.addresses.all():
        parts += [a.address_1, a.city, a.region, a.state_province, a.postal_code]
    return _joined(*parts)


def _city(shown: Location | None) -> str:
    addresses = list(shown.addresses.all()) if shown else []
    physical = [a.city for a in addresses if a.address_type == "physical"]
    return next(iter(physical or [a.city for a in addresses]), "")


def _summary(text: str) -> str:
    """The first sentences, on one line."""
    line = " ".join(text.split())
    if len(line) <= SUMMARY_LENGTH:
        return line
    return line[: SUMMARY_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def _phone(service: Service, place: ServiceAtLocation | None) -> str:
    """The number to call first: the nearest to this service at this place."""
    owners = [place, place.location if place else None, service, service.organization]
    for owner in owners:
        for phone in owner.phones.all() if owner else ():
            if phone.type == Phone.Type.VOICE:
                return str(phone)
    return ""


def _address(service: Service) -> str:
    """The service's page, in the site's own language."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse("directory:service", args=[service.pk])
