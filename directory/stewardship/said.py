"""What a listing says in each critical field, as a keyed digest.

It tells whether what was verified still stands there, and nothing else: without the site's key
nobody can try addresses on it. How a value is written does not matter ("303-555-0100" is
"(303) 555-0100"), nor the language of the page. A day off, a holiday and a day with other hours
leave the hours as they were: they pass.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.crypto import salted_hmac

from directory.daybook import schedules_for
from directory.lasting import Subject
from directory.listing import address_lines
from directory.models import Phone, Schedule, Service, ServiceAtLocation
from directory.querysets import ServiceQuerySet
from directory.taxonomies import slug_of, terms_of
from directory.wording import phone_link

RULE = (
    *("valid_from", "valid_to", "dtstart", "until", "count", "byweekno", "bymonthday"),
    *("byyearday", "opens_at", "closes_at", "description"),
)
PRICE = ("valid_from", "valid_to", "option", "currency", "amount", "amount_description")
WHO = ("eligibility_description", "minimum_age", "maximum_age", "gender", "residence")


def with_said(services: ServiceQuerySet) -> ServiceQuerySet:
    """All that `digests` reads, prefetched."""
    return services.with_listing().prefetch_related("cost_options")


def digests(service: Service) -> dict[str, str]:
    """By field; reads a service fetched with `with_said` and asks the database nothing more."""
    said: dict[str, Any] = {
        Subject.PHONE: _each(_phones(service)),
        Subject.HOURS: [service.availability, _each(_hours(service))],
        Subject.ADDRESS: _each(_addresses(service)),
        Subject.ELIGIBILITY: [_columns(service, WHO), _terms(service, "population")],
        Subject.COST: [
            (service.fees_description, service.fees),
            _each(_columns(option, PRICE) for option in service.cost_options.all()),
            _terms(service, "cost", "insurance"),
        ],
    }
    return {str(field): _digest(service, field, value) for field, value in said.items()}


def _digest(service: Service, field: str, value: Any) -> str:
    text = json.dumps([str(service.pk), field, value])
    return salted_hmac("directory.stewardship.said", text, algorithm="sha256").hexdigest()[:32]


def _each(found: Iterable[Any]) -> list[Any]:
    """Each once, whatever the order in which they are kept."""
    return sorted({json.dumps(one) for one in found})


def _columns(record: Any, names: Iterable[str]) -> list[str]:
    return [_plain(getattr(record, name)) for name in names]


def _plain(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _phones(service: Service) -> Iterator[Any]:
    phones: list[Phone] = [*service.phones.all(), *service.organization.phones.all()]
    for at in service.service_at_locations.all():
        phones += [*at.phones.all(), *at.location.phones.all()]
    for phone in phones:
        dialled = phone_link(phone.number, phone.extension) or phone.number
        yield dialled, phone.type, _plain(phone.description)


def _hours(service: Service) -> Iterator[Any]:
    """The rules of each place; those of the service where it has none."""
    places: list[ServiceAtLocation | None] = [*service.service_at_locations.all()]
    for at in places or [None]:
        yield _each(_rule(schedule) for schedule in schedules_for(service, at))


def _rule(schedule: Schedule) -> list[Any]:
    """What a form fills in where an import left it empty says the same."""
    rhythm = (schedule.freq or Schedule.Frequency.WEEKLY, schedule.interval or 1)
    return [rhythm, sorted(schedule.byday.split(",")), _columns(schedule, RULE)]


def _addresses(service: Service) -> Iterator[Any]:
    for at in service.service_at_locations.all():
        if not at.location.confidential:
            yield [_plain(line) for line in address_lines(at.location)]


def _terms(service: Service, *taxonomies: str) -> list[Any]:
    return _each(
        (slug_of(term), term.code) for term in terms_of(service) if slug_of(term) in taxonomies
    )
