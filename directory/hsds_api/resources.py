"""Which records each address is about, and how its parameters choose among them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from directory.geocoding.names import read_zip
from directory.hsds_api.asking import Asked
from directory.hsds_api.near import circle, within
from directory.models import Attribute, Location, ServiceArea, ServiceAtLocation
from directory.records.shown import PUBLIC

Records = QuerySet[Any]
PAGING = ("page", "per_page", "format")
MOST_WORDS = 10


@dataclass(frozen=True)
class Resource:
    """`path` is the name in the address, `object` HSDS's own; `one` are the parameters of a
    single record's address.
    """

    path: str
    object: str
    parameters: tuple[str, ...]
    choose: Callable[[Records, Asked], Records]
    one: tuple[str, ...] = ()

    def records(self, asked: Asked) -> Records:
        """What is asked for, in an order that stays. Raises BadRequest."""
        return self.choose(PUBLIC.of(self.object), asked)


def _services(records: Records, asked: Asked) -> Records:
    words = ("name", "alternate_name", "description", "organization__name")
    records = _searched(records, asked, words)
    if asked["organization_id"]:
        records = records.filter(organization=asked["organization_id"])
    if asked["modified_after"]:
        records = records.filter(last_modified__gte=asked["modified_after"])
        records = records.order_by("last_modified", "pk")
    return _termed(records, asked, "service", lambda ids: Q(pk__in=ids))


def _organizations(records: Records, asked: Asked) -> Records:
    records = _searched(records, asked, ("name", "alternate_name", "description"))
    served = PUBLIC.of("service").order_by()
    return _termed(
        records,
        asked,
        "organization",
        lambda ids: Q(pk__in=served.filter(pk__in=ids).values("organization_id")),
    )


def _service_at_locations(records: Records, asked: Asked) -> Records:
    words = ("service__name", "service__alternate_name", "service__description")
    records = _searched(records, asked, (*words, "service__organization__name"))
    if asked["organization_id"]:
        records = records.filter(service__organization=asked["organization_id"])
    if asked["modified_after"]:
        records = records.filter(_changed_since(asked))
    records = _termed(records, asked, "service_at_location", lambda ids: Q(service__in=ids))
    around = circle(asked)
    if around is not None:
        return within(records, "location", around)
    if asked["postcode"]:
        records = records.filter(_for_the_code(asked["postcode"]))
    return records


def _for_the_code(postcode: str) -> Q:
    """Places whose address has the code, and what is served there by an area that names a ZIP:
    areas are words here, not shapes. What is written about a confidential place counts for nothing.
    """
    code = read_zip(postcode)
    has_it = Q(addresses__postal_code=code or postcode, confidential=False)
    areas = (
        ServiceArea.objects.filter(_names(code)).order_by() if code else ServiceArea.objects.none()
    )
    known = areas.filter(service_at_location__location__confidential=False)
    return (
        Q(location__in=Location.objects.filter(has_it).values("pk"))
        | Q(service__in=areas.filter(service__isnull=False).values("service_id"))
        | Q(pk__in=known.values("service_at_location_id"))
    )


def _names(code: str) -> Q:
    """The five digits alone, not within a longer number."""
    alone = rf"(^|[^0-9]){code}([^0-9]|$)"
    return Q(name__regex=alone) | Q(description__regex=alone) | Q(extent__regex=alone)


def _changed_since(asked: Asked) -> Q:
    """Itself, its service or its location."""
    since = {"last_modified__gte": asked["modified_after"]}
    return (
        Q(pk__in=ServiceAtLocation.objects.filter(**since).values("pk"))
        | Q(service__in=PUBLIC.of("service").filter(**since).order_by().values("pk"))
        | Q(location__in=Location.objects.filter(**since).order_by().values("pk"))
    )


def _taxonomies(records: Records, asked: Asked) -> Records:
    return _searched(records, asked, ("name", "description"))


def _taxonomy_terms(records: Records, asked: Asked) -> Records:
    records = _searched(records, asked, ("name", "code", "description"))
    if asked["taxonomy_id"]:
        records = records.filter(taxonomy=asked["taxonomy_id"])
    if asked["parent_id"]:
        records = records.filter(parent=asked["parent_id"])
    return records.filter(parent__isnull=True) if asked["top_only"] else records


def _searched(records: Records, asked: Asked, fields: tuple[str, ...]) -> Records:
    for word in asked["search"].split()[:MOST_WORDS]:
        condition = Q()
        for field in fields:
            condition |= Q(**{f"{field}__icontains": word})
        records = records.filter(condition)
    return records


def _termed(
    records: Records, asked: Asked, name: str, of_services: Callable[[Records], Q]
) -> Records:
    """Those for which the term holds: themselves, or by a service."""
    chosen: dict[str, UUID] = {}
    if asked["taxonomy_term_id"]:
        chosen["taxonomy_term"] = asked["taxonomy_term_id"]
    if asked["taxonomy_id"]:
        chosen["taxonomy_term__taxonomy"] = asked["taxonomy_id"]
    if not chosen:
        return records
    attributes = Attribute.objects.filter(**chosen)
    services = attributes.filter(service__isnull=False).values("service_id")
    own = attributes.filter(of=name).values("of_id")
    return records.filter(Q(pk__in=own) | of_services(services))


TERMS = ("taxonomy_term_id", "taxonomy_id")
RESOURCES = (
    Resource(
        "services",
        "service",
        ("search", *TERMS, "organization_id", "modified_after", "minimal", "full", *PAGING),
        _services,
    ),
    Resource(
        "organizations",
        "organization",
        ("search", *TERMS, "full", "full_service", *PAGING),
        _organizations,
        ("full_service",),
    ),
    Resource(
        "service_at_locations",
        "service_at_location",
        (
            "search",
            *TERMS,
            "organization_id",
            "modified_after",
            *("postcode", "lat", "lon", "proximity"),
            "full",
            *PAGING,
        ),
        _service_at_locations,
    ),
    Resource("taxonomies", "taxonomy", ("search", *PAGING), _taxonomies),
    Resource(
        "taxonomy_terms",
        "taxonomy_term",
        ("search", "taxonomy_id", "top_only", "parent_id", *PAGING),
        _taxonomy_terms,
    ),
)
