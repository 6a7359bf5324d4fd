"""Listings whose checks have run out, as one query whatever their number."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from directory.lasting import Subject, lifetime
from directory.models import Service, ServiceAtLocation, Verification
from directory.querysets import ServiceQuerySet


def due(on: date, services: ServiceQuerySet | None = None) -> ServiceQuerySet:
    """Those of `services` (default: all that are public) with a field that nobody has checked, or
    whose check no longer holds on that day: those that are stale, as `lasting.fresh_until` says it.
    """
    condition = Q()
    for subject in Subject:
        condition |= _due(subject, on)
    found = Service.objects.public() if services is None else services
    return found.filter(condition)


def _due(subject: str, on: date) -> Q:
    checked = Verification.objects.current().filter(
        service=OuterRef("pk"), field=subject, valid_until__gte=on
    )
    condition = ~Q(assured_date__gte=on - lifetime(subject)) & Q(~Exists(checked))
    if subject == Subject.ADDRESS:
        shown = ServiceAtLocation.objects.filter(
            service=OuterRef("pk"), location__confidential=False
        )
        condition &= Q(Exists(shown))
    return condition
