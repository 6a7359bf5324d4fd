"""Looks at the phone numbers of listings: whether each can be one, and who says it does not work.

No number is called. Whether one works is for people to say, so no check calls a number good: only
those with something against them are kept.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from uuid import UUID

import phonenumbers

from directory.imports.phones import clean_phone
from directory.models import ContactCheck, Phone, ProblemReport, Service
from directory.stewardship.told import BOUNCES, REPORTED

State = ContactCheck.State
Key = tuple[UUID, str]
MANY = 500
PHONES = (
    "phones",
    "service_at_locations__phones",
    "service_at_locations__location__phones",
    "organization__phones",
)


def check_numbers(now: datetime) -> int:
    """Brings what is known against numbers up to date; how many there is something against."""
    found = dict(_against())
    kept = {(c.service_id, c.value): c for c in _checks()}
    gone = [c.pk for key, c in kept.items() if key not in found and c.detail != BOUNCES]
    ContactCheck.objects.filter(pk__in=[*gone, *_of_dropped_numbers(kept)]).delete()
    ContactCheck.objects.bulk_create(
        (_check(key, detail, now) for key, detail in found.items() if key not in kept),
        batch_size=MANY,
    )
    for key, detail in found.items():
        check = kept.get(key)
        if check is not None and check.detail not in (detail, BOUNCES):
            ContactCheck.objects.filter(pk=check.pk).update(
                detail=detail, state=_state(detail), checked_at=now
            )
    return len(found)


def wrong_with(number: str) -> str:
    """Why this cannot be a number to call ("" when it can): a code of told.py."""
    cleaned = clean_phone(number)
    if cleaned is None:
        return "unassigned" if _possible(number) else "impossible"
    digits = "".join(c for c in cleaned.number if c.isdecimal())
    return "fictional" if len(digits) == 10 and digits[3:8] == "55501" else ""


def mark_bouncing(service: Service, now: datetime) -> ContactCheck | None:
    """A steward found that the number to try first does not work."""
    number = _first(service)
    if number is None:
        return None
    check, _made = ContactCheck.objects.update_or_create(
        service=service,
        kind=ContactCheck.Kind.PHONE,
        value=number,
        defaults={
            "state": State.BROKEN,
            "detail": BOUNCES,
            "failures": 1,
            "checked_at": now,
            "broken_since": now,
        },
    )
    return check


def _checks() -> Iterator[ContactCheck]:
    return ContactCheck.objects.filter(kind=ContactCheck.Kind.PHONE).iterator()


def _against() -> Iterator[tuple[Key, str]]:
    """Numbers with something against them; what visitors report counts until it is closed."""
    reported = set(
        ProblemReport.objects.filter(
            state=ProblemReport.State.NEW, kind=ProblemReport.Kind.PHONE
        ).values_list("service_id", flat=True)
    )
    for service in _services():
        if service.pk in reported and (number := _first(service)):
            yield (service.pk, number), REPORTED
        for phone in _phones(service):
            if detail := wrong_with(phone.number):
                yield (service.pk, phone.number), detail


def _services() -> Iterator[Service]:
    services = Service.objects.public().select_related("organization")
    return services.prefetch_related(*PHONES).iterator(chunk_size=MANY)


def _phones(service: Service) -> Iterator[Phone]:
    """Every number that the listing shows, its own first."""
    places = service.service_at_locations.all()
    return chain(
        service.phones.all(),
        *(chain(at.phones.all(), at.location.phones.all()) for at in places),
        service.organization.phones.all(),
    )


def _first(service: Service) -> str | None:
    voice = (p.number for p in _phones(service) if p.type == Phone.Type.VOICE)
    return next(voice, None)


def _of_dropped_numbers(kept: dict[Key, ContactCheck]) -> list[int]:
    """Checks of numbers that a steward found dead and that the listing no longer shows."""
    bouncing = [c for c in kept.values() if c.detail == BOUNCES]
    services = Service.objects.filter(pk__in={c.service_id for c in bouncing})
    shown = {
        (service.pk, phone.number)
        for service in services.select_related("organization").prefetch_related(*PHONES)
        for phone in _phones(service)
    }
    return [c.pk for c in bouncing if (c.service_id, c.value) not in shown]


def _possible(number: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, "US"))
    except phonenumbers.NumberParseException:
        return False


def _state(detail: str) -> str:
    return State.UNSURE if detail == REPORTED else State.BROKEN


def _check(key: Key, detail: str, now: datetime) -> ContactCheck:
    service_id, number = key
    state = _state(detail)
    return ContactCheck(
        service_id=service_id,
        kind=ContactCheck.Kind.PHONE,
        value=number,
        state=state,
        detail=detail,
        failures=int(state == State.BROKEN),
        checked_at=now,
        broken_since=now if state == State.BROKEN else None,
    )
