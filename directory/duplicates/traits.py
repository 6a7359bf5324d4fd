"""What of a service is compared. A confidential place is no trait: nothing of it is read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import QuerySet

from directory.folding import fold
from directory.models import Address, Phone, Service, ServiceAtLocation

CHUNK = 500  # SQLite takes no more than some names in one query
# Hosts where many organizations have their page: two pages there say nothing.
_SHARED_HOSTS = """
facebook.com m.facebook.com instagram.com linktr.ee sites.google.com google.com
findtreatment.gov youtube.com twitter.com x.com linkedin.com
"""
SHARED_HOSTS = frozenset(_SHARED_HOSTS.split())
STREET_WORDS = {
    "street": "st",
    "avenue": "ave",
    "av": "ave",
    "boulevard": "blvd",
    "road": "rd",
    "drive": "dr",
    "lane": "ln",
    "court": "ct",
    "place": "pl",
    "parkway": "pkwy",
    "highway": "hwy",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "suite": "ste",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that may be shown: folded street, ZIP, and the point if one is known."""

    street: str = ""
    zip: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Traits:
    """A service as it is compared: texts folded, numbers as digits."""

    id: UUID
    name: str
    organization: str = ""
    numbers: frozenset[str] = frozenset()
    spots: tuple[Spot, ...] = ()
    host: str = ""


def standing(services: QuerySet[Service]) -> QuerySet[Service]:
    """Those that can be a duplicate: not merged, not set aside, not closed for good."""
    found = services.filter(merged_into__isnull=True, set_aside_at__isnull=True)
    return found.exclude(status=Service.Status.DEFUNCT)


def all_traits() -> Iterator[Traits]:
    """Of all services that stand, chunk by chunk."""
    ids = standing(Service.objects.all()).order_by("pk").values_list("pk", flat=True)
    remaining = iter(list(ids))
    while chunk := list(islice(remaining, CHUNK)):
        yield from traits_of(chunk)


def traits_of(ids: Iterable[UUID]) -> list[Traits]:
    """Of these services: five queries, however many they are. In the order of their ids."""
    wanted = list(ids)
    numbers, spots = _numbers(wanted), _spots(wanted)
    rows = Service.objects.filter(pk__in=wanted).order_by("pk")
    return [
        Traits(
            id=pk,
            name=fold(name),
            organization=fold(organization),
            numbers=frozenset(numbers[pk]),
            spots=tuple(spots[pk]),
            host=host_of(url or website),
        )
        for pk, name, organization, url, website in rows.values_list(
            "pk", "name", "organization__name", "url", "organization__website"
        )
    ]


def _numbers(ids: list[UUID]) -> defaultdict[UUID, set[str]]:
    """Numbers to call, of the services and of their places. An organization's is all of its
    services' and tells none of them."""
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    called = Phone.objects.exclude(type=Phone.Type.FAX)
    for owner in (
        "service",
        "service_at_location__service",
        "location__service_at_locations__service",
    ):
        rows = called.filter(**{f"{owner}__in": ids}).order_by()
        for pk, number in rows.values_list(owner, "number"):
            if digits := digits_of(number):
                found[pk].add(digits)
    return found


def _spots(ids: list[UUID]) -> defaultdict[UUID, list[Spot]]:
    found: defaultdict[UUID, list[Spot]] = defaultdict(list)
    places = ServiceAtLocation.objects.filter(service__in=ids, location__confidential=False)
    addresses = _addresses(ids)
    for pk, location, lat, lon in places.order_by("pk").values_list(
        "service", "location", "location__latitude", "location__longitude"
    ):
        for street, code in addresses[location] or [("", "")]:
            if code or street or lat is not None:
                found[pk].append(Spot(street, code, lat, lon))
    return found


def _addresses(ids: list[UUID]) -> defaultdict[Any, list[tuple[str, str]]]:
    found: defaultdict[Any, list[tuple[str, str]]] = defaultdict(list)
    rows = Address.objects.filter(
        location__service_at_locations__service__in=ids,
        location__confidential=False,
        address_type="physical",
    )
    for location, street, code in (
        rows.order_by("pk").values_list("location", "address_1", "postal_code").distinct()
    ):
        found[location].append((street_of(street), code[:5]))
    return found


def digits_of(number: str) -> str:
    """The digits of a number in this country; "" for a number too short to tell anyone by."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    return digits if len(digits) >= 7 else ""


def street_of(text: str) -> str:
    """A street as it is compared: "100 North Main Street" is "100 n main st"."""
    return " ".join(STREET_WORDS.get(word, word) for word in fold(text).split())


def host_of(url: str) -> str:
    """The host of a website that is one organization's own."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # no address at all
        return ""
    return "" if host in SHARED_HOSTS else host
