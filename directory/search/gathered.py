"""What a search document is made of: a service's rows as plain columns, not as models."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from directory.models import HolidayCalendar, Schedule, ScheduleException

Row = TypeVar("Row")
TEXTS = (  # what a translation may have
    *("name", "description", "what_happens", "application_process"),
    *("fees_description", "eligibility_description"),
)


class Rows(list[Row]):
    """Asked for as a model's manager is (`directory.timed`)."""

    def all(self) -> "Rows[Row]":
        return self


class GatheredAddress(NamedTuple):
    address_type: str
    address_1: str
    city: str
    region: str
    state_province: str
    postal_code: str


class GatheredLanguage(NamedTuple):
    """One spoken there; an imported one may have a name alone."""

    code: str
    name: str


class GatheredTerm(NamedTuple):
    """A taxonomy term; `slug` names the filter that it belongs to, if one."""

    id: UUID
    parent_id: UUID | None
    slug: str
    code: str
    name: str
    name_es: str
    description: str


Lineage = tuple[GatheredTerm, ...]  # a term, then those above it


@dataclass(frozen=True)
class GatheredLocation:
    """A confidential one has no addresses. `phone` is the number to call first, "" without one."""

    id: UUID
    confidential: bool
    name: str
    latitude: float | None
    longitude: float | None
    time_zone: str
    schedules: Rows[Schedule]
    addresses: list[GatheredAddress]
    phone: str


@dataclass(frozen=True)
class GatheredPlace:
    """A service at a location."""

    id: UUID
    location: GatheredLocation
    schedules: Rows[Schedule]
    schedule_exceptions: Rows[ScheduleException]
    phone: str


@dataclass(frozen=True)
class GatheredOrganization:
    name: str
    alternate_name: str
    phone: str


@dataclass(frozen=True)
class GatheredService:
    """Holds only what the public may see."""

    id: UUID
    name: str
    alternate_name: str
    description: str
    what_happens: str
    application_process: str
    fees_description: str
    eligibility_description: str
    minimum_age: int | None
    maximum_age: int | None
    availability: str
    accepts_drop_off: bool | None
    telehealth: bool | None
    assured_date: date | None
    organization: GatheredOrganization
    holidays: HolidayCalendar | None
    translated: dict[tuple[str, str], str]  # (language, one of TEXTS) → text
    languages: list[GatheredLanguage]
    terms: list[Lineage]
    schedules: Rows[Schedule]
    schedule_exceptions: Rows[ScheduleException]
    phone: str
    places: list[GatheredPlace]

    def text(self, field: str, language: str) -> str:
        """One of TEXTS in `language`, else as it was first written."""
        return self.translated.get((language, field)) or str(getattr(self, field))
