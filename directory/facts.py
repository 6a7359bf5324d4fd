"""What a listing says beside its name, phones and hours, in plain words.

Reads a service fetched with `ServiceQuerySet.with_details`. Of a confidential place it takes
nothing; an imported address that is no web address is shown as text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import Contact, CostOption, Phone, Service, ServiceAtLocation, ServiceCapacity
from directory.wording import phone_link, phone_text

Fact = TypeVar("Fact")
GENDERS = {
    Service.Gender.WOMEN: gettext_lazy("For women"),
    Service.Gender.MEN: gettext_lazy("For men"),
    Service.Gender.TRANS_NONBINARY: gettext_lazy("For trans and nonbinary people"),
}


@dataclass(frozen=True)
class Link:
    """`href` is empty when the address cannot be followed; `host` says where it leads."""

    text: str
    href: str = ""
    host: str = ""


@dataclass(frozen=True)
class Desk:
    """Whom to ask for, and how: numbers as (text, href)."""

    name: str
    phones: tuple[tuple[str, str], ...]
    email: str


@dataclass(frozen=True)
class Facts:
    """All in the reader's language as far as the listing has it; empty where it says nothing."""

    alert: str
    wait: str
    program: str
    documents: tuple[Link, ...]
    prices: tuple[str, ...]
    fees: str
    who: tuple[str, ...]
    areas: tuple[str, ...]
    desks: tuple[Desk, ...]
    websites: tuple[Link, ...]
    capacity: tuple[str, ...]
    quality: tuple[str, ...]


def facts_of(service: Service, today: date | None = None) -> Facts:
    day = today or timezone.localdate()
    shown = [at for at in service.service_at_locations.all() if not at.location.confidential]
    documents = (Link(d.document or d.uri, *_to(d.uri)) for d in service.required_documents.all())
    return Facts(
        alert=service.alert,
        wait=service.wait_time,
        program=service.program.name if service.program else "",
        documents=_each(documents),
        prices=_each(_price(option) for option in service.cost_options.all() if _held(option, day)),
        fees=service.fees,
        who=tuple(_who(service)),
        areas=_each(area for area in _areas(service, shown) if area != service.residence),
        desks=_each(_desks(service, shown)),
        websites=_each(_websites(service)),
        capacity=_each(_capacity(row) for row in service.capacities.all()),
        quality=_each(text for text in (service.accreditations, service.licenses)),
    )


def _each(found: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each once, without what is empty."""
    return tuple(dict.fromkeys(one for one in found if one))


def _to(address: str) -> tuple[str, str]:
    """Where a web address may be followed to, and its host."""
    parts = urlsplit(address) if address else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return "", ""
    return address, parts.hostname


def _who(service: Service) -> Iterator[str]:
    if service.gender in GENDERS:
        yield str(GENDERS[Service.Gender(service.gender)])
    if service.residence:
        yield _("For people who live here: %(place)s") % {"place": service.residence}
    if service.referral_needed is not None:
        needed = _("You need a referral: someone has to send you.")
        yield needed if service.referral_needed else _("You can come without a referral.")


def _areas(service: Service, shown: Iterable[ServiceAtLocation]) -> Iterator[str]:
    """Names of areas; their shapes are for machines."""
    for area in service.service_areas.all():
        yield area.name or area.description
    for at in shown:
        for area in at.service_areas.all():
            yield area.name or area.description


def _held(option: CostOption, day: date) -> bool:
    return (option.valid_from or day) <= day <= (option.valid_to or day)


def _price(option: CostOption) -> str:
    """ "Adults: $25 a visit"."""
    amount = "" if option.amount is None else _money(option.amount, option.currency)
    said = " ".join(part for part in (amount, option.amount_description) if part)
    return ": ".join(part for part in (option.option, said) if part)


def _money(amount: Decimal, currency: str) -> str:
    if amount == 0:
        return _("free")
    places = 0 if amount == amount.to_integral_value() else 2
    figure = number_format(round(amount, places), places)
    return f"${figure}" if currency.upper() in ("", "USD") else f"{figure} {currency}"


def _desks(service: Service, shown: Iterable[ServiceAtLocation]) -> Iterator[Desk]:
    contacts = [*service.contacts.all(), *(c for at in shown for c in at.contacts.all())]
    for contact in contacts:
        desk = _desk(contact)
        if desk.name or desk.phones or desk.email:
            yield desk


def _desk(contact: Contact) -> Desk:
    names = dict.fromkeys((contact.department, contact.title, contact.name))
    return Desk(
        ", ".join(name for name in names if name),
        tuple(_number(phone) for phone in contact.phones.all()),
        contact.email,
    )


def _number(phone: Phone) -> tuple[str, str]:
    fax = phone.type == Phone.Type.FAX
    text = phone_text(phone.number, phone.extension)
    if fax:
        return _("Fax %(number)s") % {"number": text}, ""
    return text, phone_link(phone.number, phone.extension)


def _websites(service: Service) -> Iterator[Link]:
    rows = (*service.additional_urls.all(), *service.organization.additional_websites.all())
    for row in rows:
        href, host = _to(row.url)
        yield Link(row.label or host or row.url, href, host)


def _capacity(row: ServiceCapacity) -> str:
    """ "3 of 10 beds are free, counted on November 20, 2026"."""
    unit = row.unit.name if row.unit else _("places")
    values = {"free": _count(row.available), "all": _count(row.maximum), "unit": unit}
    if row.available is None:
        said = row.description
    elif row.maximum is None:
        said = _("Free: %(free)s (%(unit)s)") % values
    else:
        said = _("Free: %(free)s of %(all)s (%(unit)s)") % values
    if not said or row.updated is None:
        return said
    day = date_format(timezone.localtime(row.updated), "DATE_FORMAT")
    return _("%(said)s, counted on %(date)s") % {"said": said, "date": day}


def _count(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
