"""Locations of imported services.

Rows of one organization with the same address share one location, so that a steward who makes it
confidential does so for all of them. A confidential location is never given a place again: the
services whose place is left out for that reason are returned.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from directory.imports.change import Change
from directory.imports.inserting import insert
from directory.imports.listing import Place
from directory.imports.origin import from_source
from directory.models import Address, Location, ServiceAtLocation

PLACE_FIELDS = ("latitude", "longitude", "time_zone", "as_given")


@dataclass
class Moves:
    """What has to be written for a chunk."""

    source: str
    known: dict[str, Location]  # key → location
    current: dict[Any, ServiceAtLocation]  # service → where it is now
    locations: list[Location] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    links: list[ServiceAtLocation] = field(default_factory=list)
    moved: list[ServiceAtLocation] = field(default_factory=list)
    ended: list[Any] = field(default_factory=list)
    left: set[Any] = field(default_factory=set)
    hidden: set[Any] = field(default_factory=set)


def write_places(source: str, changes: list[Change]) -> set[Any]:
    """Writes the places that the source changed; returns services whose place is confidential."""
    changed = [change for change in changes if change.listing.place != change.last_place]
    if not changed:
        return set()
    moves = Moves(source, _known(source, changed), _current(source, changed))
    for change in changed:
        _plan(moves, change)
    insert(moves.locations)
    insert(moves.addresses)
    ServiceAtLocation.objects.filter(pk__in=moves.ended).delete()
    insert(moves.links, ignore_conflicts=True)
    ServiceAtLocation.objects.bulk_update(moves.moved, ["location", "last_modified"])
    _leave(source, moves.left)
    return moves.hidden


def _leave(source: str, left: set[Any]) -> None:
    """Deletes locations that are nobody's any more, unless a steward has added something."""
    if left:
        Location.objects.filter(
            pk__in=left,
            source=source,
            confidential=False,
            service_at_locations=None,
            phones=None,
            schedules=None,
            languages=None,
            accessibility=None,
            contacts=None,
        ).delete()


def _known(source: str, changes: Iterable[Change]) -> dict[str, Location]:
    keys = [change.listing.place.key for change in changes if change.listing.place]
    found = Location.objects.filter(from_source(source, keys))
    return {location.source_id: location for location in found}


def _current(source: str, changes: Iterable[Change]) -> dict[Any, ServiceAtLocation]:
    found = ServiceAtLocation.objects.filter(
        source=source, service__in=[change.service.pk for change in changes]
    ).select_related("location")
    return {link.service_id: link for link in found}


def _plan(moves: Moves, change: Change) -> None:
    place, link = change.listing.place, moves.current.get(change.service.pk)
    if link and link.location.confidential:
        moves.hidden.add(change.service.pk)
    elif place is None:
        if link:
            moves.ended.append(link.pk)
            moves.left.add(link.location_id)
    else:
        _settle(moves, change, place, link)


def _settle(moves: Moves, change: Change, place: Place, link: ServiceAtLocation | None) -> None:
    location = moves.known.get(place.key)
    if location is None:
        location = _new_location(moves, change, place)
    elif location.confidential:
        moves.hidden.add(change.service.pk)
    elif change.last_place and change.last_place.key == place.key:
        _correct(location, change.last_place, place)
    if link is None:
        moves.links.append(_link(moves, change, location))
    elif link.location_id != location.pk:
        moves.left.add(link.location_id)
        link.location, link.last_modified = location, timezone.now()
        moves.moved.append(link)


def _new_location(moves: Moves, change: Change, place: Place) -> Location:
    location = Location(
        organization=change.service.organization,
        name=change.listing.organization,
        source=moves.source,
        source_id=place.key,
        **{name: getattr(place, name) for name in PLACE_FIELDS},
    )
    moves.known[place.key] = location
    moves.locations.append(location)
    if place.address:
        moves.addresses.append(
            Address(location=location, source=moves.source, source_id=place.key, **place.address)
        )
    return location


def _link(moves: Moves, change: Change, location: Location) -> ServiceAtLocation:
    return ServiceAtLocation(
        service=change.service,
        location=location,
        source=moves.source,
        source_id=change.listing.source_id,
    )


def _correct(location: Location, last: Place, place: Place) -> None:
    """Writes what the source changed at an address that stayed the same; rare, so one by one."""
    changed = [name for name in PLACE_FIELDS if getattr(last, name) != getattr(place, name)]
    for name in changed:
        setattr(location, name, getattr(place, name))
    if changed:
        location.save(update_fields=[*changed, "last_modified"])
    address = location.addresses.filter(source=location.source).first()
    if address and last.address != place.address:
        for name in last.address | place.address:
            if last.address.get(name) != place.address.get(name):
                setattr(address, name, place.address.get(name, ""))
        address.save()
