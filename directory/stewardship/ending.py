"""Ends verifications of what a listing no longer says, whatever changed it.

An edit, an import, a merge, an answer that is taken over: all of them come by `listings_changed`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from directory.models import Service, Verification
from directory.stewardship.said import digests, with_said
from directory.stewardship.verifying import summary_of

CHUNK = 500  # services; a fixed number of queries each


def end_outdated(service_ids: Sequence[str]) -> None:
    """What was verified when no digests were kept yet stays, until a later verification of the
    same field ends."""
    for start in range(0, len(service_ids), CHUNK):
        _end_among(service_ids[start : start + CHUNK])


@transaction.atomic
def _end_among(service_ids: Sequence[str]) -> None:
    told = Verification.objects.current().exclude(digest="").filter(service_id__in=service_ids)
    verified = set(told.order_by().values_list("service", flat=True))
    if not verified:
        return
    services = with_said(Service.objects.filter(pk__in=verified))
    ended: list[Verification] = []
    summarized: list[Service] = []
    for service in services.prefetch_related("verifications"):
        if rows := list(_outdated(service)):
            ended += rows
            summarized.append(service)
    _write(ended, summarized, timezone.localdate())


def _outdated(service: Service) -> Iterator[Verification]:
    """Those whose digest no longer fits, and older ones of the same field without any."""
    now = digests(service)
    current = [row for row in service.verifications.all() if row.ended_on is None]
    for field, digest in now.items():
        rows = [row for row in current if row.field == field]
        if any(row.digest not in ("", digest) for row in rows):
            yield from (row for row in rows if row.digest != digest)


def _write(ended: Iterable[Verification], services: Iterable[Service], today: date) -> None:
    """A digest that is no longer needed is not kept."""
    for row in ended:
        row.ended_on = today
    keys = [row.pk for row in ended]
    Verification.objects.filter(pk__in=keys).update(ended_on=today, digest="")
    changed = [service for service in services if _take_back(service)]
    Service.objects.bulk_update(
        changed, ["assured_date", "assurer_role", "last_modified"], batch_size=100
    )


def _take_back(service: Service) -> bool:
    """Whether the summary changes. A date that no verification has given is the source's: it
    stays."""
    before = service.assured_date, service.assurer_role
    if before not in {(row.verified_on, row.role) for row in service.verifications.all()}:
        return False
    service.assured_date, service.assurer_role = None, ""
    service.assured_date, service.assurer_role = summary_of(service) or (None, "")
    service.last_modified = timezone.now()
    return before != (service.assured_date, service.assurer_role)
