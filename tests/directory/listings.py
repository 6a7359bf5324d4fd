"""Listings for tests: real rows, written the way an import writes them."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

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
    Taxonomy,
    TaxonomyTerm,
)

Index = Callable[[], None]
DENVER = (39.7392, -104.9847)


def term(taxonomy: str, code: str, name: str = "") -> TaxonomyTerm:
    """A term of a filter, made when it is not there."""
    owner, _ = Taxonomy.objects.get_or_create(slug=taxonomy, defaults={"name": taxonomy})
    found, _ = TaxonomyTerm.objects.get_or_create(
        taxonomy=owner, code=code, defaults={"name": name or code}
    )
    return found


def make_service(name: str = "Lantern Counselling", **fields: Any) -> Service:
    """A service of an organization of its own, with a phone."""
    organization = Organization.objects.create(name=fields.pop("organization", f"{name} Inc."))
    defaults: dict[str, Any] = {
        "description": "Talking therapy for adults. Evening hours.",
        "assured_date": date(2026, 9, 1),
        "assurer_role": "steward",
    }
    service = Service.objects.create(name=name, organization=organization, **(defaults | fields))
    Phone.objects.create(service=service, number="303-555-0101")
    return service


def make_place(
    service: Service, point: tuple[float, float] | None = DENVER, **fields: Any
) -> ServiceAtLocation:
    """A place where the service is given; `point` None: not known."""
    lat, lon = point or (None, None)
    address = fields.pop("address", "100 Main Street")
    location = Location.objects.create(name="Main office", latitude=lat, longitude=lon, **fields)
    if not location.confidential:
        Address.objects.create(
            location=location,
            address_1=address,
            city="Denver",
            state_province="CO",
            postal_code="80203",
        )
    return ServiceAtLocation.objects.create(service=service, location=location)


def make_confidential(service: Service) -> ServiceAtLocation:
    """A shelter: its place is kept nowhere."""
    return make_place(service, None, confidential=True)


def tag(service: Service, taxonomy: str, code: str, name: str = "") -> None:
    """Says that a term holds for the service."""
    Attribute.objects.create(service=service, taxonomy_term=term(taxonomy, code, name))


def speak(service: Service, code: str) -> None:
    Language.objects.create(service=service, code=code)


def translate(service: Service, language: str, **texts: str) -> None:
    ServiceTranslation.objects.create(service=service, language=language, **texts)


def open_daily(service: Service, opens: time = time(9), closes: time = time(17)) -> None:
    """Open every day at the same hours."""
    Service.objects.filter(pk=service.pk).update(availability="schedule")
    days = "MO,TU,WE,TH,FR,SA,SU"
    Schedule.objects.create(service=service, byday=days, opens_at=opens, closes_at=closes)
