"""Words that must never be seen, planted in every way in which they can come in."""

import csv
import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    Language,
    Location,
    Metadata,
    OfficerDetails,
    Phone,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from tests.directory.hsds_listings import make_full_service
from tests.directory.importing import run, write
from tests.directory.listings import make_place, make_service

# Of a shelter. Nobody else in the tests is in such a place.
STREET, CITY, ZIP = "7781 Nightjar Hollow", "Quillfeather", "87031"
LATITUDE, LONGITUDE = 36.123457, -107.765431
BEFORE_WORD, AFTER_WORD = "Whinchat", "Stonechat"  # what hangs on it, told before and since
REGISTER, RAMP, BEFORE = "UPRN-555-KESTREL", "Ramp by the heron gate", "7779 Nightjar Hollow"
SECRETS = (
    "Nightjar",
    CITY,
    ZIP,
    "36.123",
    "107.765",
    "KESTREL",
    BEFORE_WORD,
    AFTER_WORD,
    "heron gate",
    "Behind the osprey mill",
)
# Of officers.
BACK_LINE, GATE, NOTES = "303-555-0977", "Sally port on Merlin Alley", "Ask for Sergeant Plover"
OFFICERS = ("555-0977", "5550977", "Merlin Alley", "Plover")
# Of a place that anybody may know: what finds the others finds this.
PUBLIC_STREET = "4410 Goldfinch Parade"
PUBLIC_WORD = "Greenfinch"
PUBLIC = ("Goldfinch",)
# Where words that hang on a place may stand: each is said with a word of its own.
WORDS = (
    "phone",
    "shared-phone",
    "desk-phone",
    "given-phone",
    "language",
    "note",
    "phone-note",
    "rule",
    "rule-notes",
    "rule-link",
    "attending",
    "place-rule",
    "given-rule",
    "closure",
    "name",
    "job",
    "department",
    "area",
    "area-text",
    "extent",
)


def plant() -> None:
    """By hand: a shelter that was an open place before, and what is written around it."""
    shelter = make_full_service("Harbor Shelter")
    at = shelter.service_at_locations.get()
    _tell(at)
    _hide(at.location)
    _tell_again(at)
    officers(shelter)
    open_place = make_service("Goldfinch Clinic")
    words_at(make_place(open_place, (39.74, -104.98), address=PUBLIC_STREET), PUBLIC_WORD)
    officers(open_place)


def officers(service: Service) -> None:
    OfficerDetails.objects.create(
        service=service, back_line=BACK_LINE, sally_port=GATE, notes=NOTES
    )


def said(word: str, where: str) -> str:
    """What is written in one of WORDS, so that it is told apart from the others."""
    return f"{word}-{where}."


def words_at(at: ServiceAtLocation, word: str) -> None:
    """Free text in everything that hangs on a place, or on a service there."""
    place, service = at.location, at.service
    number = {"number": "505-555-0133"}
    Phone.objects.create(location=place, description=said(word, "phone"), **number)
    Phone.objects.create(
        service=service,
        location=place,
        number="505-555-0134",
        description=said(word, "shared-phone"),
        as_given={"type": said(word, "given-phone")},
    )
    desk = Contact.objects.create(
        service=service,
        service_at_location=at,
        name=said(word, "name"),
        title=said(word, "job"),
        department=said(word, "department"),
    )
    phone = Phone.objects.create(
        contact=desk, number="505-555-0135", description=said(word, "desk-phone")
    )
    Language.objects.create(
        location=place, code="fr", name=said(word, "language"), note=said(word, "note")
    )
    Language.objects.create(phone=phone, code="ar", note=said(word, "phone-note"))
    _hours(at, word)
    ServiceArea.objects.create(
        service=service,
        service_at_location=at,
        name=said(word, "area"),
        description=said(word, "area-text"),
        extent=said(word, "extent"),
    )


def _hours(at: ServiceAtLocation, word: str) -> None:
    Service.objects.filter(pk=at.service_id).update(availability="schedule")
    times = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": time(8), "closes_at": time(16)}
    Schedule.objects.create(
        service_at_location=at,
        description=said(word, "rule"),
        notes=said(word, "rule-notes"),
        schedule_link=f"https://example.org/{said(word, 'rule-link')}",
        attending_type=said(word, "attending"),
        as_given={"timezone": said(word, "given-rule")},
        **times,
    )
    Schedule.objects.create(location=at.location, description=said(word, "place-rule"), **times)
    ScheduleException.objects.create(
        service_at_location=at,
        kind=ScheduleException.Kind.CLOSED,
        first_day=timezone.localdate() + timedelta(days=10),
        last_day=timezone.localdate() + timedelta(days=12),
        description=said(word, "closure"),
    )


def _tell(at: ServiceAtLocation) -> None:
    """Everything in which a source could write where the shelter is."""
    location = at.location
    Address.objects.filter(location=location).update(
        address_1=STREET, city=CITY, postal_code=ZIP, as_given={"attention": STREET}
    )
    location.latitude, location.longitude = LATITUDE, LONGITUDE
    location.external_identifier, location.description = REGISTER, STREET
    location.as_given = {"latitude": STREET}
    location.save()
    Accessibility.objects.create(location=location, description=RAMP)
    Contact.objects.create(location=location, name=f"Porter, {STREET}")
    words_at(at, BEFORE_WORD)
    ServiceAtLocation.objects.filter(pk=at.pk).update(description="Behind the osprey mill")
    address = location.addresses.get()
    for of, pk in (("location", location.pk), ("address", address.pk), *_at(at)):
        Metadata.objects.create(
            of=of,
            of_id=pk,
            field_name="address_1",
            previous_value=BEFORE,
            replacement_value=STREET,
            last_action_date=date(2026, 1, 1),
        )


def _tell_again(at: ServiceAtLocation) -> None:
    """What somebody writes around the place when it is a secret already."""
    ServiceAtLocation.objects.filter(pk=at.pk).update(description="Behind the osprey mill")
    Contact.objects.create(location=at.location, name=f"Porter, {STREET}")
    Contact.objects.create(service_at_location=at, name=f"Guard, {STREET}")
    words_at(at, AFTER_WORD)
    for of, pk in (("location", at.location_id), *_at(at)):
        Metadata.objects.create(of=of, of_id=pk, previous_value=BEFORE)
        Attribute.objects.create(of=of, of_id=pk, value=f"by {REGISTER}")


def _at(at: ServiceAtLocation) -> list[tuple[str, UUID]]:
    return [("service_at_location", at.pk)]


def _hide(location: Location) -> None:
    kept = Location.objects.get(pk=location.pk)
    kept.confidential = True
    kept.save()


def plant_by_files(folder: Path) -> None:
    """By imports: open at first, then confidential, then told again by the same files."""
    flat, package = _flat(folder), _package(folder)
    for path in (flat, package):
        assert run(path, "--source", path.stem).status == 0
    for service in Service.objects.filter(name__startswith="Imported Shelter"):
        for at in service.service_at_locations.all():
            _hide(at.location)
    for path in (flat, package):
        _touch(path)
        assert run(path, "--source", path.stem).status == 0


def _flat(folder: Path) -> Path:
    headings = ["id", "name", "organization", "street", "city", "state", "zip", "phone"]
    row = {
        "id": "shelter-1",
        "name": "Imported Shelter",
        "organization": "Imported Shelters",
        "street": STREET,
        "city": CITY,
        "state": "NM",
        "zip": ZIP,
        "phone": "505-555-0111",
    }
    headings += ["latitude", "longitude"]
    row |= {"latitude": str(LATITUDE), "longitude": str(LONGITUDE)}
    return write(folder / "flat.csv", row, headings=headings)


def _touch(path: Path) -> None:
    """The same again with another name, so that the row is not the one that is known."""
    files = [path] if path.is_file() else sorted(path.glob("*.csv"))
    for file in files:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Imported Shelter", "Imported Shelter now"), encoding="utf-8")


def _package(folder: Path) -> Path:
    ids = {name: str(uuid4()) for name in ("org", "service", "place", "at", "address", "ramp")}
    moment = datetime(2026, 1, 1, tzinfo=UTC).date().isoformat()
    tables: dict[str, dict[str, Any]] = {
        "organizations": {"id": ids["org"], "name": "Packaged Shelters", "description": "Safe"},
        "services": {
            "id": ids["service"],
            "organization_id": ids["org"],
            "name": "Imported Shelter in a package",
            "status": "active",
            "email": "shelter@example.org",
        },
        "locations": {
            "id": ids["place"],
            "location_type": "physical",
            "name": "The house",
            "description": STREET,
            "latitude": LATITUDE,
            "longitude": LONGITUDE,
            "external_identifier": REGISTER,
        },
        "service_at_location": {
            "id": ids["at"],
            "service_id": ids["service"],
            "location_id": ids["place"],
            "description": "Behind the osprey mill",
        },
        "addresses": {
            "id": ids["address"],
            "location_id": ids["place"],
            "address_1": STREET,
            "city": CITY,
            "state_province": "NM",
            "postal_code": ZIP,
            "country": "US",
            "address_type": "physical",
        },
        "accessibility": {"id": ids["ramp"], "location_id": ids["place"], "description": RAMP},
        "metadata": {
            "id": str(uuid4()),
            "resource_id": ids["address"],
            "resource_type": "address",
            "last_action_date": moment,
            "last_action_type": "update",
            "field_name": "address_1",
            "previous_value": BEFORE,
            "replacement_value": STREET,
            "updated_by": "Ann",
        },
    }
    package = folder / "package"
    package.mkdir()
    for name, row in tables.items():
        with (package / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(row))
            writer.writeheader()
            writer.writerow(row)
    description = {"resources": [{"name": name, "path": f"{name}.csv"} for name in tables]}
    (package / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    return package
