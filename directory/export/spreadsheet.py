"""One row a service and place, for people with a spreadsheet.

The columns are those of the mapping `plain`, which reads the file back. HSDS tells more; what one
cell cannot hold (a second phone, hours that differ from week to week in two ways) is not here.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from directory.daybook import schedules_for
from directory.export.opening_hours import opening_hours
from directory.export.whole import whole_file
from directory.hsds.cells import defused
from directory.models import Address, Location, Phone, Service, ServiceAtLocation
from directory.querysets import ServiceQuerySet
from directory.records.rows import plain
from directory.records.shown import EXPORTED

CHUNK = 200
TERMS = {
    "needs": "need",
    "populations": "population",
    "costs": "cost",
    "insurances": "insurance",
    "accessibility": "accessibility",
}
SERVICE = {
    "name": "name",
    "also_known_as": "alternate_name",
    "description": "description",
    "website": "url",
    "email": "email",
    "status": "status",
    "how_to_start": "application_process",
    "what_happens": "what_happens",
    "fees": "fees_description",
    "who_can_come": "eligibility_description",
    "from_age": "minimum_age",
    "to_age": "maximum_age",
    "interpreters": "interpretation_services",
    "hours": "availability",
    "accepts_drop_off": "accepts_drop_off",
    "telehealth": "telehealth",
    "checked_on": "assured_date",
    "checked_by": "assurer_role",
}
ADDRESS = {
    "street": "address_1",
    "suite": "address_2",
    "city": "city",
    "county": "region",
    "state": "state_province",
    "zip": "postal_code",
}
POINT = ("latitude", "longitude", "time_zone")
COLUMNS = (
    *("id", "name", "organization", "also_known_as", "phone", "extension", "text_line"),
    *(*ADDRESS, *POINT, "confidential", "hours", "opening_hours", "languages", *TERMS),
    *(column for column in SERVICE if column not in ("name", "also_known_as", "hours")),
)
Row = dict[str, str]


def write_spreadsheet(path: Path) -> None:
    """Raises ExportFault."""
    with whole_file(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for row in _rows():
            writer.writerow({column: defused(text) for column, text in row.items()})


def _rows() -> Iterator[Row]:
    services = cast("ServiceQuerySet", EXPORTED.of("service"))
    for service in services.with_listing().iterator(CHUNK):
        own = _of_service(service)
        places = list(service.service_at_locations.all())
        for at in places:
            yield own | _of_place(service, at) | {"id": str(at.pk)}
        if not places:
            hours = opening_hours(schedules_for(service, None))
            yield own | {"id": str(service.pk), "opening_hours": hours}


def _of_service(service: Service) -> Row:
    row = {column: _text(getattr(service, field)) for column, field in SERVICE.items()}
    row["organization"] = service.organization.name
    spoken = [language.code or language.name for language in service.languages.all()]
    row["languages"] = ";".join(spoken)
    row |= _phones([*service.phones.all(), *service.organization.phones.all()])
    for column, taxonomy in TERMS.items():
        row[column] = ";".join(sorted(_codes(service, taxonomy)))
    return row


def _codes(service: Service, taxonomy: str) -> Iterator[str]:
    for attribute in service.attributes.all():
        term = attribute.taxonomy_term
        if term and term.taxonomy and term.taxonomy.slug == taxonomy:
            yield term.code


def _of_place(service: Service, at: ServiceAtLocation) -> Row:
    """Of a confidential place nothing but that there is one, and its phone."""
    location = at.location
    phones = [*service.phones.all(), *at.phones.all(), *location.phones.all()]
    row = _phones([*phones, *service.organization.phones.all()])
    row["opening_hours"] = opening_hours(schedules_for(service, at))
    return row | ({"confidential": "yes"} if location.confidential else _where(location))


def _where(location: Location) -> Row:
    row = {name: _text(getattr(location, name)) for name in POINT}
    addresses = list(location.addresses.all())
    physical = [found for found in addresses if found.address_type == "physical"]
    for address in (physical or addresses)[:1]:
        row |= {column: _text(getattr(address, field)) for column, field in ADDRESS.items()}
        row["zip"] = _zip(address)
    return row


def _zip(address: Address) -> str:
    return "-".join(part for part in (address.postal_code, address.zip4) if part)


def _phones(phones: list[Phone]) -> Row:
    """The number to try first, and the one to write to."""
    voice = next((phone for phone in phones if phone.type == Phone.Type.VOICE), None)
    text = next((phone for phone in phones if phone.type == Phone.Type.TEXT), None)
    return {
        "phone": voice.number if voice else "",
        "extension": voice.extension if voice else "",
        "text_line": text.number if text else "",
    }


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    cell = plain(value)
    return "" if cell is None else str(cell)
