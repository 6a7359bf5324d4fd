"""What a package changed of a listing is shown and put back whole, whatever it hangs on."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from directory.models import ImportBatch, Phone, Schedule, Service
from directory.stewardship.import_changes import ImportChanges
from tests.directory.hsds_packages import uid, write_package
from tests.directory.importing import run

pytestmark = pytest.mark.django_db
CARRIERS = ("service", "location", "service_at_location")


@pytest.fixture(autouse=True)
def own_index(settings: Settings, tmp_path: Path) -> None:
    settings.OPENDOOR_INDEX_DIR = tmp_path / "index"


def rows(of: str, number: int, said: str) -> dict[str, list[dict[str, Any]]]:
    """A contact with a phone, and a phone that speaks a language, on one carrier."""
    owner = {f"{of}_id": uid(of)}
    return {
        "contact": [{"id": uid(f"contact {of}"), **owner, "name": said}],
        "phone": [
            {"id": uid(f"phone {of}"), **owner, "number": f"303-555-010{number}", "extension": "1"},
            {"id": uid(f"desk {of}"), "contact_id": uid(f"contact {of}"), "number": said},
        ],
        "language": [
            {"id": uid(f"spoken {of}"), "phone_id": uid(f"phone {of}"), "code": "es", "note": said}
        ],
        "schedule": [{"id": uid(f"hours {of}"), **owner, "byday": "MO", "description": said}],
    }


def package(folder: Path, said: str) -> Path:
    tables: dict[str, list[dict[str, Any]]] = {
        "organization": [{"id": uid("org"), "name": "Harbor", "description": "Help"}],
        "service": [
            {
                "id": uid("service"),
                "organization_id": uid("org"),
                "name": "Talk",
                "status": "active",
            }
        ],
        "location": [{"id": uid("location"), "location_type": "physical", "name": "House"}],
        "service_at_location": [
            {
                "id": uid("service_at_location"),
                "service_id": uid("service"),
                "location_id": uid("location"),
            }
        ],
    }
    for number, of in enumerate(CARRIERS):
        for name, found in rows(of, number, said).items():
            tables.setdefault(name, []).extend(found)
    return write_package(folder, tables)


def test_all_that_hangs_on_a_listing_is_shown_and_put_back(tmp_path: Path) -> None:
    run(package(tmp_path / "one", "303-555-0150"), "--source", "county")
    gone = Phone.objects.get(pk=uid("phone location"))
    run(without(package(tmp_path / "two", "303-555-0199"), gone), "--source", "county")
    service = Service.objects.get()
    changes = ImportChanges(ImportBatch.objects.order_by("-pk")[0], service)
    told = {(part.model._meta.model_name, part.pk, part.kind) for part in changes.parts}
    for of in CARRIERS:
        assert ("contact", uid(f"contact {of}"), "changed") in told, of
        assert ("phone", uid(f"desk {of}"), "changed") in told, of
        assert ("schedule", uid(f"hours {of}"), "changed") in told, of
    assert ("phone", str(gone.pk), "removed") in told
    changes.put_back([part.key for part in changes.parts], None)
    assert set(Phone.objects.filter(contact__isnull=False).values_list("number", flat=True)) == {
        "303-555-0150"
    }
    assert set(Schedule.objects.values_list("description", flat=True)) == {"303-555-0150"}
    assert Phone.objects.get(pk=gone.pk).extension == "1"


def test_nothing_of_another_listing_at_the_same_place_is_shown(tmp_path: Path) -> None:
    run(package(tmp_path / "one", "303-555-0150"), "--source", "county")
    run(package(tmp_path / "two", "303-555-0199"), "--source", "county")
    other = Service.objects.create(organization=Service.objects.get().organization, name="Other")
    other.service_at_locations.create(location_id=uid("location"))
    changes = ImportChanges(ImportBatch.objects.order_by("-pk")[0], other)
    told = {part.pk for part in changes.parts}
    assert uid("desk location") in told
    assert told.isdisjoint({uid(f"desk {of}") for of in ("service", "service_at_location")})


def without(folder: Path, phone: Phone) -> Path:
    """The package, but for a phone and the language spoken there."""
    for file in folder.glob("*.csv"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if str(phone.pk) not in line]
        file.write_text("".join(kept), encoding="utf-8")
    return folder
