"""What imported schedules say of a service as a whole: that it is open at set hours."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from directory.models import Schedule, Service
from directory.models.record import Record

Availability = Service.Availability


def tell_services(records: Iterable[Record]) -> None:
    """A service of which nobody knew the hours has set hours once a schedule tells some."""
    services = {record.service_id for record in records if _tells(record)}  # type: ignore[attr-defined]
    _change(services - {None}, Availability.UNKNOWN, Availability.SCHEDULE)


def untell_services(services: set[UUID]) -> None:
    """Once its last schedule is gone, nobody knows the hours again."""
    left = Schedule.objects.filter(service__in=services).values_list("service_id", flat=True)
    _change(services - set(left), Availability.SCHEDULE, Availability.UNKNOWN)


def _tells(record: Any) -> bool:
    days = bool(record.byday or record.freq)
    return record.opens_at is not None and record.closes_at is not None and days


def _change(services: set[UUID], before: Availability, after: Availability) -> None:
    if services:
        Service.objects.filter(pk__in=services, availability=before).update(
            availability=after, last_modified=timezone.now()
        )
