"""The partners of a programme, with what they offer in the directory."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from directory.models import Organization, Service

SHOWN = 5


@dataclass(frozen=True)
class Offer:
    """A service of a partner."""

    name: str
    url: str


@dataclass(frozen=True)
class Partner:
    """An organization, its part in the programme, its first services and how many more it has."""

    name: str
    part: str
    services: tuple[Offer, ...]
    more: int


def partners(chosen: Any) -> list[Partner]:
    """In the editor's order; three queries whatever their number. `chosen` may be a draft's."""
    rows = list(chosen)
    services = Service.objects.public().prefetch_related("translations")
    organizations = Organization.objects.prefetch_related(Prefetch("services", services)).in_bulk(
        [row.organization_id for row in rows]
    )
    return [
        _partner(organizations[row.organization_id], row.part)
        for row in rows
        if row.organization_id in organizations
    ]


def _partner(organization: Organization, part: str) -> Partner:
    services = list(organization.services.all())
    offers = tuple(
        Offer(service.text("name"), reverse("directory:service", args=[service.pk]))
        for service in services[:SHOWN]
    )
    return Partner(organization.name, part, offers, len(services) - len(offers))
