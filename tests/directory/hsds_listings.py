"""A service with something of every object of HSDS, for tests of export and API."""

from datetime import UTC, date, datetime, time

from directory.models import (
    Accessibility,
    Attribute,
    Contact,
    CostOption,
    Funding,
    Language,
    Metadata,
    OrganizationIdentifier,
    Phone,
    Program,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    TaxonomyTerm,
    Unit,
    Url,
)
from tests.directory.listings import make_place, make_service, tag

NOWHERE = "af69894e-7bed-11ef-a85c-07e0918a608c"
GIVEN = {"timezone": "3", "until": "the end of May", "service_at_location_id": NOWHERE}


def make_full_service(name: str = "Lantern Counselling") -> Service:
    service = make_service(name, url="https://example.org/lantern", minimum_age=12)
    program = Program.objects.create(organization=service.organization, name=f"{name} group")
    Service.objects.filter(pk=service.pk).update(program=program, wait_time="a week")
    at = make_place(service)
    tag(service, "need", "grief", "Grief")
    _of_organization(service)
    _of_service(service)
    _of_place(at)
    _about(service, at)
    return Service.objects.select_related("organization").get(pk=service.pk)


def _of_organization(service: Service) -> None:
    owner = service.organization
    Url.objects.create(organization=owner, label="More", url="https://example.org/more")
    Funding.objects.create(organization=owner, funding_source="The county")
    OrganizationIdentifier.objects.create(organization=owner, identifier="12-345")
    contact = Contact.objects.create(organization=owner, name="Front desk")
    phone = Phone.objects.create(contact=contact, number="303-555-0103", extension="012")
    Language.objects.create(phone=phone, code="so")


def _of_service(service: Service) -> None:
    CostOption.objects.create(service=service, option="Adults", amount="35.50")
    RequiredDocument.objects.create(service=service, document="A card with your name")
    ServiceArea.objects.create(service=service, name="The county")
    Language.objects.create(service=service, code="es")
    Schedule.objects.create(service=service, byday="MO", opens_at=time(9), as_given=GIVEN)
    counted = datetime(2026, 11, 1, 12, tzinfo=UTC)
    beds = Unit.objects.create(name="Beds")
    ServiceCapacity.objects.create(service=service, unit=beds, available=3, updated=counted)
    ServiceCapacity.objects.create(service=service, available=4)  # of what, nobody said


def _of_place(at: ServiceAtLocation) -> None:
    place = at.location
    place.as_given = {"latitude": "100", "url": "javascript:alert(1)"}
    place.latitude = place.longitude = None
    place.external_identifier = "UPRN-1"
    place.save()
    Phone.objects.create(location=place, number="303-555-0104", extension="12")
    Accessibility.objects.create(location=place, description="A ramp at the side door")
    Schedule.objects.create(service_at_location=at, byday="TU", opens_at=time(10))
    Contact.objects.create(location=place, name="The porter")


def _about(service: Service, at: ServiceAtLocation) -> None:
    term = TaxonomyTerm.objects.filter(code="grief").get()
    address = at.location.addresses.get()
    Attribute.objects.create(of="address", of_id=address.pk, taxonomy_term=term, value="behind")
    for of, pk in (("service", service.pk), ("location", at.location_id)):
        Metadata.objects.create(
            of=of, of_id=pk, field_name="name", last_action_date=date(2026, 1, 2)
        )
    Metadata.objects.create(of="service", of_id=service.pk, field_name="fees")
