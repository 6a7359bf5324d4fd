"""What the page of a listing says of its checks."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from directory.models import Service
from directory.stewardship.checks import Check, checks, overdue


@dataclass(frozen=True)
class Standing:
    """`checked` is the day from which the whole listing counts as checked; `fields` are there when
    they differ from it, so that each is told apart."""

    checked: date | None
    role: str
    stale: bool
    fields: tuple[Check, ...]


def standing(service: Service, on: date | None = None) -> Standing:
    """One query beyond what `with_listing` has prefetched."""
    found = checks(service, service.verifications.all())
    differ = any(check.on != service.assured_date for check in found)
    return Standing(
        checked=service.assured_date,
        role=service.get_assurer_role_display() if service.assurer_role else "",
        stale=bool(overdue(found, on or timezone.localdate())),
        fields=found if differ else (),
    )
