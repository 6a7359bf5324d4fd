"""From the entries of the data files to rows of the directory's models, not yet saved."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from directory.models import (
    Address,
    Attribute,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTranslation,
    TaxonomyTerm,
)
from opendoor.demo.entries import County, OrganizationEntry, PlaceEntry, ServiceEntry
from opendoor.demo.identity import SOURCE, spread, uid
from opendoor.demo.opening import Opening
from opendoor.demo.points import point_of

INTERPRETERS = "in person or by video, free"
REGION = "Juniper County"
# How long ago listings were checked, in days: most lately, some long ago, a few never.
CHECKS = ((6, None), (14, (400, 900)), (38, (181, 365)), (100, (4, 180)))
ROLES = (Service.AssurerRole.STEWARD, Service.AssurerRole.PROVIDER, Service.AssurerRole.SOURCE)


class RowMaker:
    """Makes rows. Parents come before their children."""

    def __init__(self, county: County, terms: dict[tuple[str, str], TaxonomyTerm], today: date):
        self.county = county
        self.terms = terms
        self.today = today
        self.sites = {o.key: o.site for o in county.organizations}
        self.emails = {o.key: _email(o) for o in county.organizations}

    def rows(self) -> Iterator[Model]:
        for organization in self.county.organizations:
            yield from _organization(organization)
        for service in self.county.services:
            yield from self._service(service)

    def _service(self, entry: ServiceEntry) -> Iterator[Model]:
        service = _record(Service, entry.id, **self._facts(entry))
        yield service
        yield ServiceTranslation(service=service, language="es", **entry.texts["es"])
        for code in entry.languages:
            yield Language(service=service, code=code)
        for taxonomy, codes in entry.terms.items():
            for code in codes:
                yield Attribute(service=service, taxonomy_term=self.terms[taxonomy, code])
        if entry.phone:
            yield _record(Phone, f"{entry.id}/voice", service=service, number=entry.phone)
        if entry.sms:
            yield _record(
                Phone,
                f"{entry.id}/text",
                service=service,
                number=entry.sms,
                type="text",
                priority=2,
            )
        yield from _schedules(entry.id, entry.opening, service=service)
        yield from _at_places(entry, service)

    def _facts(self, entry: ServiceEntry) -> dict[str, Any]:
        checked, role = _checked(entry.id, self.today)
        site = self.sites[entry.org]
        return {
            "organization_id": uid("organization", entry.org),
            **entry.texts["en"],
            "url": f"https://{site}/{entry.id}",
            "email": self.emails[entry.org],
            "minimum_age": entry.ages[0],
            "maximum_age": entry.ages[1],
            "interpretation_services": INTERPRETERS if entry.interpreters else "",
            "availability": entry.opening.availability,
            "accepts_drop_off": entry.drop_off,
            "telehealth": entry.telehealth,
            "assured_date": checked,
            "assurer_role": role,
        }


def _record(model: type[Model], key: str, **values: Any) -> Any:
    name = model.__name__.lower()
    return model(id=uid(name, key), source=SOURCE, source_id=key, **values)


def _email(entry: OrganizationEntry) -> str:
    """None for whoever runs a shelter: an abuser may read the mail of a person who writes."""
    hidden = any(place.confidential for place in entry.places)
    return "" if hidden else f"hello@{entry.site}"


def _organization(entry: OrganizationEntry) -> Iterator[Model]:
    organization = _record(
        Organization,
        entry.key,
        name=entry.name,
        description=entry.about,
        email=_email(entry),
        website=f"https://{entry.site}/",
    )
    yield organization
    yield _record(Phone, f"{entry.key}/main", organization=organization, number=entry.phone)
    for place in entry.places:
        yield from _place(place, organization)


def _place(entry: PlaceEntry, organization: Organization) -> Iterator[Model]:
    if entry.confidential:
        yield _record(
            Location, entry.key, organization=organization, name=entry.name, confidential=True
        )
        return
    latitude, longitude = point_of(entry.key, entry.zip)
    location = _record(
        Location,
        entry.key,
        organization=organization,
        name=entry.name,
        transportation=entry.how,
        latitude=latitude,
        longitude=longitude,
        time_zone="America/Denver",
    )
    yield location
    yield _record(
        Address,
        entry.key,
        location=location,
        address_1=entry.street,
        city=entry.town,
        region=REGION,
        state_province="CO",
        postal_code=entry.zip,
    )


def _at_places(entry: ServiceEntry, service: Service) -> Iterator[Model]:
    for place in entry.places:
        key = f"{entry.id}@{place}"
        at = _record(ServiceAtLocation, key, service=service, location_id=uid("location", place))
        yield at
        if place in entry.hours_at:
            yield from _schedules(key, entry.hours_at[place], service_at_location=at)


def _schedules(key: str, opening: Opening, **owner: Model) -> Iterator[Model]:
    for number, rule in enumerate(opening.rules):
        yield _record(
            Schedule,
            f"{key}/{number}",
            byday=rule.byday,
            opens_at=rule.opens_at,
            closes_at=rule.closes_at,
            **owner,
        )


def _checked(key: str, today: date) -> tuple[date | None, str]:
    """When a listing was last checked, and by whom; a few were never checked."""
    luck = spread(f"checked/{key}", 100)
    span = next(days for below, days in CHECKS if luck < below)
    if span is None:
        return None, ""
    days = span[0] + spread(f"days/{key}", span[1] - span[0])
    return today - timedelta(days=days), ROLES[spread(f"role/{key}", len(ROLES))]
