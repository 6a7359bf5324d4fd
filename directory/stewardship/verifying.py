"""Says of fields of a listing that they were found true, and brings its summary up to date.

The public reads one date for the whole listing: that of the needed field that was checked longest
ago, and who checked that one. While a needed field was never checked there is no such date, and the
page says so. So the summary never says more than is true.

Each verification keeps a digest of what the listing said, so that it ends with it (`ending.py`).
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from directory.lasting import lifetime
from directory.logbook import VERIFIED
from directory.models import Service, Verification
from directory.publishing import listings_changed
from directory.stewardship.checks import Check, checks
from directory.stewardship.said import digests, with_said

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
    said = digests(with_said(Service.objects.filter(pk=service.pk)).get())
    made = Verification.objects.bulk_create(
        Verification(
            service=service,
            field=field,
            verified_on=on,
            method=method,
            role=role,
            valid_until=on + lifetime(field),
            verified_by=by,
            digest=said[field],
        )
        for field in fields
    )
    summarize(service)
    if made:
        until = {check.field: check.valid_until.isoformat() for check in made}
        log(service, VERIFIED, user=by, uuid=uuid4(), data={"method": method, "until": until})
    return made


def summarize(service: Service) -> None:
    """Brings `assured_date` and `assurer_role` up to date; the search follows after commit."""
    fresh = (
        Service.objects.prefetch_related("verifications", "service_at_locations__location")
        .filter(pk=service.pk)
        .get()
    )
    summary = summary_of(fresh)
    if summary is None or summary == (fresh.assured_date, fresh.assurer_role):
        return
    service.assured_date, service.assurer_role = summary
    Service.objects.filter(pk=service.pk).update(
        assured_date=service.assured_date,
        assurer_role=service.assurer_role,
        last_modified=timezone.now(),
    )
    listings_changed([service.pk])


def summary_of(service: Service) -> tuple[date, str] | None:
    """The day and the role for the whole listing; None while a needed field was never checked.
    Reads prefetched `verifications` and `service_at_locations__location`."""
    oldest = _oldest(checks(service, service.verifications.all()))
    return (oldest.on, oldest.role) if oldest is not None and oldest.on is not None else None


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
