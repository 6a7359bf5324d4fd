"""Checks the websites of listings, those looked at longest ago first, and keeps what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from directory.models import ContactCheck, Service
from directory.stewardship.visiting import Visit

Link = ContactCheck.Kind.LINK
State = ContactCheck.State
BROKEN_AFTER = 3  # failures in a row, on as many days
REST = timedelta(hours=20)  # a link is not asked again before
GUARDED = (401, 403, 405, 406, 429, 451)


@dataclass
class Tally:
    """What a run did, for its last line."""

    works: int = 0
    unsure: int = 0
    broken: int = 0

    def count(self, state: str) -> None:
        setattr(self, state, getattr(self, state) + 1)


def check_links(visit: Callable[[str], Visit], now: datetime, most: int) -> Tally:
    """Asks at most `most` websites. One that several listings name is asked once."""
    found, tally = dict[str, Visit](), Tally()
    for service_id, link in waiting(now, most):
        if link not in found:
            found[link] = visit(link)
        tally.count(record(service_id, link, found[link], now).state)
    return tally


def waiting(now: datetime, most: int) -> list[tuple[UUID, str]]:
    """Services and the link each shows, in the order in which they should be checked."""
    last = ContactCheck.objects.filter(service=OuterRef("pk"), kind=Link, value=OuterRef("link"))
    services = (
        Service.objects.public()
        .annotate(link=Coalesce(NullIf("url", Value("")), "organization__website"))
        .filter(link__istartswith="http")
        .annotate(checked=Subquery(last.values("checked_at")[:1]))
        .filter(Q(checked=None) | Q(checked__lt=now - REST))
        .order_by(F("checked").asc(nulls_first=True), "pk")
    )
    return list(services.values_list("pk", "link")[:most])


def record(service_id: UUID, link: str, visit: Visit, now: datetime) -> ContactCheck:
    """Keeps what came back; a link that the listing no longer shows is forgotten."""
    of_service = ContactCheck.objects.filter(service=service_id, kind=Link)
    of_service.exclude(value=link).delete()
    kept = of_service.first() or ContactCheck(service_id=service_id, kind=Link, value=link)
    if visit.status is not None and visit.status < 400:
        kept.state, kept.failures, kept.broken_since = State.WORKS, 0, None
        kept.detail = f"moved:{visit.host}" if visit.host else ""
    elif visit.code == "robots" or visit.status in GUARDED:
        kept.state, kept.failures, kept.broken_since = State.UNSURE, 0, None
        kept.detail = visit.code or "guarded"
    else:
        _failed(kept, now)
        kept.detail = visit.code or f"http:{visit.status}"
    kept.checked_at = now
    kept.save()
    return kept


def _failed(kept: ContactCheck, now: datetime) -> None:
    """A second failure on one day is the same failure: a site may be away for an hour."""
    again = kept.failures and timezone.localdate(kept.checked_at) == timezone.localdate(now)
    kept.failures += 0 if again else 1
    kept.broken_since = kept.broken_since or now
    kept.state = State.BROKEN if kept.failures >= BROKEN_AFTER else State.UNSURE
