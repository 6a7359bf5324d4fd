"""What sources say of anything that hangs on a confidential place stays out of the API."""

import pytest
from django.test import Client

from directory.models import Attribute, Contact, Language, Metadata, Phone, Schedule, ServiceArea
from directory.models.record import Record
from tests.directory.listings import make_confidential, make_service

pytestmark = pytest.mark.django_db
TOLD = "zz 7781 Nightjar Hollow"


def hanging() -> dict[str, Record]:
    """One of each object that may hang on a place; a contact and an area name the service too."""
    service = make_service("Refuge")
    at = make_confidential(service)
    contact = Contact.objects.create(service=service, location=at.location, email="a@b.example")
    phone = Phone.objects.create(contact=contact, number="303-555-0199")
    return {
        "service_at_location": at,
        "location": at.location,
        "contact": contact,
        "phone": phone,
        "language": Language.objects.create(phone=phone, code="es"),
        "schedule": Schedule.objects.create(service_at_location=at, opens_at="09:00"),
        "service_area": ServiceArea.objects.create(service=service, service_at_location=at),
    }


def test_what_is_said_of_what_hangs_there_is_in_no_answer(client: Client) -> None:
    found = hanging()
    service = found["service_at_location"].service_id  # type: ignore[attr-defined]
    for name, record in found.items():
        attribute = Attribute.objects.create(of=name, of_id=record.pk, label=TOLD, value=TOLD)
        for of, pk in ((name, record.pk), ("attribute", attribute.pk)):
            if name != "location":  # the database itself refuses it
                Metadata.objects.create(of=of, of_id=pk, previous_value=TOLD)
    Attribute.objects.create(of="service", of_id=service, value="Said of the service")
    asked = [
        f"services/{service}",
        "services?full=true",
        "services?full=true&format=ndjson",
        "organizations?full=true&full_service=true",
        "service_at_locations?full=true",
        f"service_at_locations/{found['service_at_location'].pk}",
    ]
    for address in asked:
        response = client.get(f"/hsds/{address}")
        text = (response.getvalue() if response.streaming else response.content).decode()
        assert response.status_code == 200 and "Refuge" in text, address
        assert "Nightjar" not in text, address
    assert "Said of the service" in client.get(f"/hsds/services/{service}").content.decode()
