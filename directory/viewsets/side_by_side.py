"""Two services field by field, for the page on which a steward decides whether they are one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.duplicates.likeness import Likeness, compare, metres
from directory.duplicates.moving import FIELDS, HOURS
from directory.duplicates.traits import Traits, traits_of
from directory.models import DuplicatePair, Service
from directory.wording import language, miles, phone_text

SIDES = ("left", "right")


@dataclass(frozen=True)
class Line:
    """`name`: of the choice when a steward may choose, else empty; `default`: the side taken."""

    label: str
    left: str
    right: str
    name: str = ""
    default: str = "left"

    @property
    def differs(self) -> bool:
        return self.left != self.right


@dataclass(frozen=True)
class SideBySide:
    left: Service
    right: Service
    lines: tuple[Line, ...]
    likeness: Likeness
    reasons: tuple[str, ...]
    distance: str


def side_by_side(pair: DuplicatePair) -> SideBySide:
    """Reads both anew: why they are alike is not kept, since a place may have become secret."""
    services = Service.objects.with_listing().prefetch_related("source_rows", "contacts")
    both = services.in_bulk([pair.first_id, pair.second_id])
    left, right = both[pair.first_id], both[pair.second_id]
    traits = {found.id: found for found in traits_of([left.pk, right.pk])}
    one, other = traits[left.pk], traits[right.pk]
    likeness = compare(one, other)
    return SideBySide(
        left=left,
        right=right,
        lines=(*_fields(left, right), *_children(left, right), *_origins(left, right)),
        likeness=likeness,
        reasons=tuple(str(REASONS[reason]()) for reason in likeness.reasons),
        distance=_distance(one, other),
    )


REASONS = {
    "name": lambda: _("the name"),
    "organization": lambda: _("the organization"),
    "place": lambda: _("the place"),
    "phone": lambda: _("a phone number"),
    "website": lambda: _("the website"),
}


def taken_by(choices: Mapping[str, Any], kept: str) -> list[str]:
    """The fields whose value comes from the listing that is not kept."""
    other = SIDES[1 - SIDES.index(kept)]
    return [name for name in (*FIELDS, HOURS) if choices.get(f"take-{name}") == other]


def _fields(left: Service, right: Service) -> list[Line]:
    """Fields that one of them has; a choice where they differ."""
    lines = []
    for name in FIELDS:
        one, other = _shown(left, name), _shown(right, name)
        if one or other:
            label = str(Service._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            lines.append(_line(label, one, other, name))
    lines.append(_line(_("opening hours"), _hours(left), _hours(right), HOURS))
    return lines


def _line(label: str, left: str, right: str, name: str = "") -> Line:
    label = label[:1].upper() + label[1:]
    return Line(label, left, right, name if left != right else "", "left" if left else "right")


def _shown(service: Service, name: str) -> str:
    display = getattr(service, f"get_{name}_display", None)
    value = display() if display else getattr(service, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _hours(service: Service) -> str:
    schedules = [str(schedule) for schedule in service.schedules.all()]
    known = service.availability != Service.Availability.UNKNOWN
    state = [str(service.get_availability_display())] if known else []
    return "\n".join([*state, *schedules])


def _children(left: Service, right: Service) -> list[Line]:
    """What the kept listing gets from both."""
    kinds: dict[str, Callable[[Service], list[str]]] = {
        _("phones"): _phones,
        _("places"): _places,
        _("languages"): _languages,
        _("needs, people, costs"): _terms,
        _("translations"): _translations,
        _("contacts"): _contacts,
    }
    lines = [
        _line(label, *("\n".join(sorted(read(service))) for service in (left, right)))
        for label, read in kinds.items()
    ]
    return [line for line in lines if line.left or line.right]


def _phones(service: Service) -> list[str]:
    """The service's own: those are what moves."""
    return [
        " ".join(filter(None, [phone_text(row.number, row.extension), row.description]))
        for row in service.phones.all()
    ]


def _languages(service: Service) -> list[str]:
    return [language(row.code) or row.name for row in service.languages.all()]


def _terms(service: Service) -> list[str]:
    terms = (attribute.taxonomy_term for attribute in service.attributes.all())
    return [term.label for term in terms if term]


def _translations(service: Service) -> list[str]:
    return [language(row.language) for row in service.translations.all()]


def _contacts(service: Service) -> list[str]:
    return [str(row) for row in service.contacts.all()]


def _places(service: Service) -> list[str]:
    """A confidential place has nothing that could be shown."""
    found = []
    for at in service.service_at_locations.all():
        where = at.location
        if where.confidential:
            found.append(_("a confidential place"))
        else:
            addresses = [str(address) for address in where.addresses.all()]
            found.append(", ".join(filter(None, [where.name, *addresses])))
    return found


def _origins(left: Service, right: Service) -> list[Line]:
    return [
        _line(_("last checked on"), _shown(left, "assured_date"), _shown(right, "assured_date")),
        _line(_("sources"), _sources(left), _sources(right)),
    ]


def _sources(service: Service) -> str:
    rows = [f"{row.source} ({row.source_id})" for row in service.source_rows.all()]
    return "\n".join(rows[:5]) or service.source or _("entered by hand")


def _distance(one: Traits, other: Traits) -> str:
    """Between the two nearest of their places, in words; empty when a point is not known."""
    found = [metres(a, b) for a in one.spots for b in other.spots]
    known = [distance for distance in found if distance is not None]
    return miles(min(known) / 1000) if known else ""
