"""The database itself knows whether a service can be reached, whoever writes and however."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from directory.models import (
    Address,
    Location,
    Organization,
    Phone,
    Service,
    ServiceAtLocation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return Service.objects.create(organization=Organization.objects.create(name="Harbor"), name="A")


def public(service: Service) -> bool:
    return Service.objects.public().filter(pk=service.pk).exists()


def place(service: Service, **fields: Any) -> Location:
    location = Location.objects.create(name="Office", **fields)
    ServiceAtLocation.objects.create(service=service, location=location)
    return location


def test_a_name_alone_reaches_nobody(service: Service) -> None:
    assert not public(service)
    service.reachable = True
    service.save()
    Service.objects.update(reachable=True)
    assert not public(service)
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.update(name="")


@pytest.mark.parametrize("field", ["url", "email", "application_process"])
def test_its_own_words_reach_it(service: Service, field: str) -> None:
    for value, expected in (("https://a.example", True), ("", False)):
        Service.objects.filter(pk=service.pk).update(**{field: value})
        assert public(service) is expected


@pytest.mark.parametrize("owner", ["service", "organization", "location", "service_at_location"])
def test_a_phone_reaches_it_as_long_as_it_is_there(service: Service, owner: str) -> None:
    location = place(service)
    owners = {
        "service": service,
        "organization": service.organization,
        "location": location,
        "service_at_location": service.service_at_locations.get(),
    }
    (phone,) = Phone.objects.bulk_create([Phone(number="988", **{owner: owners[owner]})])
    assert public(service)
    other = Organization.objects.create(name="Other")
    Phone.objects.filter(pk=phone.pk).update(**{owner: None, "organization": other})
    assert not public(service)
    Phone.objects.filter(pk=phone.pk).update(**{"organization": None, owner: owners[owner]})
    assert public(service)
    Phone.objects.all().delete()
    assert not public(service)


def test_a_place_reaches_it_unless_it_is_confidential(service: Service) -> None:
    location = place(service)
    assert not public(service)
    Address.objects.create(location=location, address_1="1 Main Street")
    assert public(service)
    location.confidential = True
    location.save()
    assert not public(service)
    place(service, latitude=39.7, longitude=-105.0)
    assert public(service)
    ServiceAtLocation.objects.all().delete()
    assert not public(service)


def test_the_organization_reaches_it(service: Service) -> None:
    Organization.objects.update(website="https://a.example")
    assert public(service)
    service.organization = Organization.objects.create(name="Other")
    service.save()
    assert not public(service)


def test_what_its_source_no_longer_has_is_not_public(service: Service) -> None:
    Service.objects.update(url="https://a.example")
    assert public(service)
    Service.objects.update(set_aside_at="2026-11-24T00:00Z")
    assert not public(service)
