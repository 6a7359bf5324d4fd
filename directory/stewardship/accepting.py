"""A steward decides on what a provider sent, field by field.

What can be written without guessing is written: texts, a website, a number, hours that can be
read in one way. An address is put in by hand, where it is picked on a map; so is whatever cannot be
read. What is taken over counts as checked by the provider, on the day when they said so; so does
what they found right, as long as the listing still says what they saw. What is to be put in by hand
keeps the answer open until a steward says that it stands there; then it counts as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from directory.imports.hours_text import read_hours
from directory.imports.phones import clean_phone
from directory.imports.values import Unclear, read_value
from directory.logbook import ANSWERED
from directory.models import Phone, ProviderAnswer, Schedule, Service, Verification
from directory.publishing import listings_changed
from directory.stewardship.history import remembered
from directory.stewardship.shown import CRITICAL, TEXTS, shown
from directory.stewardship.verifying import verify

TAKE, BY_HAND, DONE, DECLINE = "take", "hand", "done", "decline"

NOT_PUT_IN = _("Put it in first, then choose “done: it is put in”. The answer waits until then.")


@dataclass(frozen=True)
class Decision:
    """What happens with one correction; `text` is what the steward lets stand of it."""

    what: str
    text: str = ""


class CannotTake(Exception):
    """A correction that cannot be written as it is: put it in by hand. `field` says which."""

    def __init__(self, field: str, text: Any) -> None:
        super().__init__(text)
        self.field = field


class NotWaiting(Exception):
    """Somebody has decided, or the provider has sent anew: there is nothing to decide here."""


def can_take(service: Service, field: str, text: str) -> bool:
    """Whether this can be written without a person putting it in."""
    if field == "hours":
        return read_hours(text) is not None and not _own_hours_of_places(service)
    if field == "phone":
        return clean_phone(text) is not None
    if field == "url":
        return bool(_link(text))
    return field in TEXTS


def confirmed(answer: ProviderAnswer) -> tuple[str, ...]:
    """The fields that the provider found right."""
    return tuple(name for name in answer.before if name not in answer.values)


def _still(answer: ProviderAnswer) -> Iterator[str]:
    """The fields that the provider found right and that say the same today, in their language."""
    service = Service.objects.with_details().get(pk=answer.service_id)
    said: dict[str, set[str]] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for field in shown(service):
                said.setdefault(field.name, set()).add(field.text)
    for name in confirmed(answer):
        if answer.before[name] in said.get(name, ()):
            yield name


def accept(
    answer: ProviderAnswer, decisions: Mapping[str, Decision], by: Any, *, closed: bool = False
) -> None:
    """Writes what is taken over and says what that checks. Raises CannotTake or NotWaiting; then
    nothing changed.

    A correction that is right and not put in yet is such a case: nothing else would remind of it.
    `closed`: the steward believes that the service has closed for good.
    """
    waiting = next((field for field, d in decisions.items() if d.what == BY_HAND), None)
    if waiting is not None:
        raise CannotTake(waiting, NOT_PUT_IN)
    taken = {field: d for field, d in decisions.items() if d.what == TAKE}
    done = {field for field, d in decisions.items() if d.what == DONE}
    told = {"taken": len(taken) + len(done), "closed": closed}
    with transaction.atomic(), remembered(answer.service, by, ANSWERED, told):
        _hold(answer)
        right = {*_still(answer), *taken, *done}
        for field, decision in taken.items():
            _write(answer.service, field, decision.text)
        if closed:
            _close(answer.service)
        _verify(answer, sorted(right & CRITICAL), by)
        _decide(answer, ProviderAnswer.State.ACCEPTED, by)
    listings_changed([answer.service_id])


@transaction.atomic
def decline(answer: ProviderAnswer, by: Any) -> None:
    """Puts the answer aside; the listing stays as it is. Raises NotWaiting."""
    _hold(answer)
    _decide(answer, ProviderAnswer.State.DECLINED, by)


def _hold(answer: ProviderAnswer) -> None:
    """Nobody else decides on it, and nothing takes its place, until this is done."""
    held = ProviderAnswer.objects.select_for_update()
    if held.filter(pk=answer.pk, state=ProviderAnswer.State.WAITING).first() is None:
        raise NotWaiting


def _decide(answer: ProviderAnswer, state: str, by: Any) -> None:
    answer.state, answer.decided_at, answer.decided_by = state, timezone.now(), by
    answer.save(update_fields=["state", "decided_at", "decided_by"])


def _verify(answer: ProviderAnswer, fields: list[str], by: Any) -> None:
    if fields:
        said_on = timezone.localdate(answer.created_at)
        provider = Service.AssurerRole.PROVIDER
        verify(answer.service, fields, Verification.Method.PROVIDER, provider, said_on, by)


def _write(service: Service, field: str, text: str) -> None:
    if not can_take(service, field, text):
        raise CannotTake(field, _("This cannot be taken over as it is. Put it in by hand."))
    if field == "hours":
        _write_hours(service, text)
    elif field == "phone":
        _write_phone(service, text)
    else:
        value = _link(text) if field == "url" else text
        _update(service, **{TEXTS[field]: value})


def _link(text: str) -> str:
    """The web address that a text means, "" when it is none that a listing can have."""
    try:
        return str(read_value(Service._meta.get_field("url"), text)[0] or "")
    except Unclear:
        return ""


def _update(service: Service, **values: Any) -> None:
    Service.objects.filter(pk=service.pk).update(**values, last_modified=timezone.now())


def _write_phone(service: Service, text: str) -> None:
    """The number to try first; further numbers stay."""
    number = clean_phone(text)
    if number is None:
        raise CannotTake("phone", _("This is not one number to call."))
    voice = Phone.objects.filter(service=service, type=Phone.Type.VOICE)
    phone = voice.order_by("priority", "number").first() or Phone(service=service, priority=0)
    phone.number, phone.extension = number.number, number.extension
    phone.save()
    _update(service)


def _write_hours(service: Service, text: str) -> None:
    """All hours of the service anew."""
    hours = read_hours(text)
    if hours is None:
        raise CannotTake("hours", _("These hours can be read in more than one way."))
    Schedule.objects.filter(service=service).delete()
    Schedule.objects.bulk_create(
        Schedule(
            service=service,
            freq=Schedule.Frequency.WEEKLY,
            byday=rule.byday,
            opens_at=rule.opens_at,
            closes_at=rule.closes_at,
        )
        for rule in hours.rules
    )
    _update(service, availability=hours.availability)


def _own_hours_of_places(service: Service) -> bool:
    return Schedule.objects.filter(service_at_location__service=service).exists()


def _close(service: Service) -> None:
    _update(service, status=Service.Status.DEFUNCT)
