"""Another source's row about a shelter whose place is confidential: nobody publishes it unasked."""

from pathlib import Path

import pytest

from directory.imports.publish import publish
from directory.models import Address, ImportBatch, Location, Service, ServiceAtLocation
from tests.directory.hsds_packages import uid, write_package
from tests.directory.importing import ROW, run, write
from tests.directory.listings import make_confidential, make_service

pytestmark = pytest.mark.django_db
PHONE = "860-276-3000"
OPEN = ROW | {"": "8", "name1": "Birch House", "name2": "", "phone": "860-276-4111"}


@pytest.fixture
def shelter() -> Service:
    service = make_service("Harbor Health Outpatient Clinic", organization="Harbor Health")
    service.phones.update(number=PHONE)
    make_confidential(service)
    return service


def test_a_row_waits_for_a_person(shelter: Service, tmp_path: Path) -> None:
    outcome = run(write(tmp_path / "state.csv", ROW, OPEN))
    held = ImportBatch.objects.get().rows.get(duplicate_of=shelter)
    assert not held.chosen
    assert (1, None, "beside-secret") in outcome.codes()
    assert not Address.objects.filter(address_1=ROW["street1"], location__name="").exists()
    assert [s.name for s in Service.objects.exclude(pk=shelter.pk)] == ["Birch House"]


def test_a_person_may_choose_it(shelter: Service, tmp_path: Path) -> None:
    run(write(tmp_path / "state.csv", ROW), publish=False)
    batch = ImportBatch.objects.get()
    batch.rows.update(chosen=True)
    publish(batch)
    assert Service.objects.count() == 2


def test_no_part_of_an_hsds_listing_goes_ahead(shelter: Service, tmp_path: Path) -> None:
    there = {"service_id": uid("service"), "location_id": uid("house")}
    package = write_package(
        tmp_path / "state",
        {
            "organization": [{"id": uid("owner"), "name": "Harbor Health", "description": "Help."}],
            "service": [
                {
                    "id": uid("service"),
                    "organization_id": uid("owner"),
                    "name": shelter.name,
                    "status": "active",
                }
            ],
            "location": [
                {
                    "id": uid("house"),
                    "location_type": "physical",
                    "latitude": 41.5,
                    "longitude": -73,
                }
            ],
            "service_at_location": [{"id": uid("there"), **there}],
            "phone": [{"id": uid("phone"), "service_id": uid("service"), "number": PHONE}],
            "address": [
                {
                    "id": uid("address"),
                    "location_id": uid("house"),
                    "address_1": "1 Elm Street",
                    "city": "Waterbury",
                    "state_province": "CT",
                    "postal_code": "06708",
                    "country": "US",
                    "address_type": "physical",
                }
            ],
        },
    )
    outcome = run(package)
    assert (1, None, "beside-secret") in outcome.codes()
    assert not Service.objects.filter(pk=uid("service")).exists()
    assert not Location.objects.filter(pk=uid("house")).exists()
    assert not Address.objects.exists()


def test_what_waited_before_the_place_became_confidential_waits_for_a_person_too(
    tmp_path: Path,
) -> None:
    service = make_service("Harbor Health Outpatient Clinic", organization="Harbor Health")
    service.phones.update(number=PHONE)
    location = Location.objects.create(name="The house")
    ServiceAtLocation.objects.create(service=service, location=location)
    run(write(tmp_path / "state.csv", ROW), publish=False)
    held = ImportBatch.objects.get().rows.get(duplicate_of=service)
    assert held.chosen
    location.confidential = True
    location.save()
    held.refresh_from_db()
    assert not held.chosen
