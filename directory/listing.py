"""A service as its page shows it: an answer, not a dump of the record.

`listing(service)` reads a service fetched with `ServiceQuerySet.with_listing` and asks the database
nothing more. Of a confidential place it takes nothing but that there is one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlsplit

from django.utils import timezone

from directory.facts import Facts, facts_of
from directory.models import Address, Language, Location, Phone, Service, ServiceAtLocation
from directory.taxonomies import slug_of, terms_of
from directory.timetable import Timetable, timetable
from directory.wording import ages, language, phone_link, phone_text

FIRST_TEXTS = 240  # characters of the description that stand under the name


@dataclass(frozen=True)
class PhoneLine:
    """A number to call or to text; `href` is empty when it cannot be dialled (a fax)."""

    text: str
    href: str
    kind: str
    note: str
    dialled: str


@dataclass(frozen=True)
class Place:
    """Where the service is given. A confidential place has neither address nor point."""

    name: str
    confidential: bool
    address: tuple[str, ...]
    note: str
    transportation: str
    hours: Timetable
    phones: tuple[PhoneLine, ...]
    access: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Listing:
    """All that the page of a service says, in the reader's language."""

    service: Service
    name: str
    summary: str
    description: str
    hours: Timetable
    places: tuple[Place, ...]
    phones: tuple[PhoneLine, ...]
    website: str
    terms: dict[str, tuple[str, ...]]
    languages: tuple[tuple[str, str], ...]
    facts: Facts

    @property
    def site_name(self) -> str:
        """Where the link to the website leads, for people to see before they follow it."""
        return urlsplit(self.website).hostname or ""

    @property
    def ages(self) -> str:
        return ages(self.service.minimum_age, self.service.maximum_age)

    @property
    def email(self) -> str:
        return self.service.email or self.service.organization.email

    @property
    def call(self) -> PhoneLine | None:
        """The number to try first."""
        return next((p for p in self.phones if p.href and p.kind == Phone.Type.VOICE), None)

    @property
    def other_phones(self) -> tuple[PhoneLine, ...]:
        return tuple(p for p in self.phones if p is not self.call)

    @property
    def what_happens(self) -> str:
        return self.service.text("what_happens")

    @property
    def eligibility(self) -> str:
        return self.service.text("eligibility_description")

    @property
    def fees(self) -> str:
        return self.service.text("fees_description")

    @property
    def how_to_start(self) -> str:
        return self.service.text("application_process")

    @cached_property
    def same_hours(self) -> bool:
        """Whether one timetable holds for all places, so that it is shown once."""
        return all(place.hours == self.hours for place in self.places)

    @property
    def checked(self) -> date | None:
        return self.service.assured_date


def listing(service: Service, now: datetime | None = None) -> Listing:
    """Reads a service into what its page shows."""
    moment = now or timezone.now()
    places = [_place(service, at, moment) for at in service.service_at_locations.all()]
    own = timetable(service, None, moment)
    description = service.text("description").strip()
    summary = first_sentence(description)
    return Listing(
        service=service,
        name=service.text("name"),
        summary=summary,
        description=description.removeprefix(summary).strip(),
        hours=places[0].hours if places else own,
        places=tuple(places),
        phones=phones_of(service),
        website=service.url or service.organization.website,
        terms=_terms(service),
        languages=_spoken(service.languages.all()),
        facts=facts_of(service, timezone.localdate(moment)),
    )


def first_sentence(text: str) -> str:
    """The one line under the name: the first sentence, or as many whole words as fit."""
    first_line = text.split("\n", 1)[0].strip()
    sentence, dot, _ = first_line.partition(". ")
    candidate = sentence + dot.strip()
    if len(candidate) <= FIRST_TEXTS:
        return candidate
    return candidate[:FIRST_TEXTS].rsplit(" ", 1)[0] + "…"


def phones_of(service: Service) -> tuple[PhoneLine, ...]:
    """Every number once: the service's own first, then its places', then the organization's."""
    lines = list(phone_lines(service.phones.all()))
    for at in service.service_at_locations.all():
        name = "" if at.location.confidential else at.location.name
        lines += phone_lines([*at.phones.all(), *at.location.phones.all()], name)
    lines += phone_lines(service.organization.phones.all(), service.organization.name)
    return _once(lines)


def phone_lines(phones: Iterable[Phone], whose: str = "") -> tuple[PhoneLine, ...]:
    """Numbers as people read and dial them, each once; `whose` says so where no note does."""
    return _once(_phone_line(phone, whose) for phone in phones)


def _once(lines: Iterable[PhoneLine]) -> tuple[PhoneLine, ...]:
    found: dict[tuple[str, str], PhoneLine] = {}
    for line in lines:
        found.setdefault((line.kind, line.dialled or line.text), line)
    return tuple(found.values())


def _phone_line(phone: Phone, whose: str) -> PhoneLine:
    scheme = "sms" if phone.type == Phone.Type.TEXT else "tel"
    link = phone_link(phone.number, phone.extension, scheme)
    text = phone_text(phone.number, phone.extension)
    href = "" if phone.type == Phone.Type.FAX else link
    return PhoneLine(text, href, phone.type, phone.description or whose, link)


def _place(service: Service, at: ServiceAtLocation, now: datetime) -> Place:
    """One place; the branch for a confidential one reads nothing of the location but its phones."""
    where = at.location
    hours = timetable(service, at, now)
    phones = phone_lines([*at.phones.all(), *where.phones.all()])
    if where.confidential:
        return Place("", True, (), "", "", hours, phones)
    note = at.description or where.description
    address = address_lines(where)
    return Place(
        where.name,
        False,
        address,
        note,
        where.transportation,
        hours,
        phones,
        tuple(_access(where)),
        _spoken(where.languages.all()),
    )


def _access(location: Location) -> Iterator[str]:
    """How people get in and around; details where the description does not say them."""
    for row in location.accessibility.all():
        parts = dict.fromkeys((row.description, row.details))
        yield ": ".join(part for part in parts if part)


def _spoken(rows: Iterable[Language]) -> tuple[tuple[str, str], ...]:
    """Names of languages and what is noted about each; one without a code by its own name."""
    named = ((language(row.code) if row.code else row.name, row.note) for row in rows)
    return tuple(dict.fromkeys(pair for pair in named if pair[0]))


def address_lines(location: Location) -> tuple[str, ...]:
    """The address to visit, line by line as on an envelope."""
    physical = [a for a in location.addresses.all() if a.address_type == "physical"]
    return _lines(physical[0]) if physical else ()


def _lines(address: Address) -> tuple[str, ...]:
    state_zip = f"{address.state_province} {address.postal_code}".strip()
    town = ", ".join(part for part in (address.city, state_zip) if part)
    return tuple(line for line in (address.address_1, address.address_2, town) if line)


def _terms(service: Service) -> dict[str, tuple[str, ...]]:
    """Labels of the taxonomy terms that hold, by taxonomy."""
    found: dict[str, list[str]] = {}
    for term in sorted(terms_of(service), key=lambda t: (t.position, t.code)):
        found.setdefault(slug_of(term), []).append(term.label)
    return {slug: tuple(labels) for slug, labels in found.items()}
