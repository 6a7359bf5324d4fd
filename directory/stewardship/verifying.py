"""Says of fields of a listing that they were found true, and brings its summary up to date.

The public reads one date for the whole listing: that of the needed field that was checked longest
ago, and who checked that one. While a needed field was never checked there is no such date, and the
page says so. So the summary never says more than is true.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Service, Verification
from directory.publishing import listings_changed
from directory.stewardship.checks import Check, checks
from directory.stewardship.lifetimes import lifetime

# Of two fields checked on one day, the summary names who knows the least at first hand.
ROLES = (
    Service.AssurerRole.SOURCE.value,
    Service.AssurerRole.PROVIDER.value,
    Service.AssurerRole.STEWARD.value,
)


class NotChecked(Exception):
    """A check that cannot be: its text says why and what to do."""


@transaction.atomic
def verify(
    service: Service,
    fields: Collection[str],
    method: str,
    role: str,
    on: date,
    by: Any = None,
) -> list[Verification]:
    """Keeps that these fields were found true on that day. Raises NotChecked for a day to come."""
    if on > timezone.localdate():
        raise NotChecked(_("Give the day on which it was checked: today or earlier."))
    made = Verification.objects.bulk_create(
        Verification(
            service=service,
            field=field,
            verified_on=on,
            method=method,
            role=role,
            valid_until=on + lifetime(field),
            verified_by=by,
        )
        for field in fields
    )
    summarize(service)
    return made


def summarize(service: Service) -> None:
    """Brings `assured_date` and `assurer_role` up to date; the search follows after commit."""
    fresh = (
        Service.objects.prefetch_related("verifications", "service_at_locations__location")
        .filter(pk=service.pk)
        .get()
    )
    oldest = _oldest(checks(fresh, fresh.verifications.all()))
    if oldest is None or (oldest.on, oldest.role) == (fresh.assured_date, fresh.assurer_role):
        return
    service.assured_date, service.assurer_role = oldest.on, oldest.role
    Service.objects.filter(pk=service.pk).update(
        assured_date=oldest.on, assurer_role=oldest.role, last_modified=timezone.now()
    )
    listings_changed([service.pk])


def _oldest(found: Collection[Check]) -> Check | None:
    if any(check.on is None for check in found):
        return None
    return min(
        found,
        key=lambda check: (
            check.on or date.min,
            ROLES.index(check.role) if check.role in ROLES else -1,
        ),
        default=None,
    )
