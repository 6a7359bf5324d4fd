"""A service is at a location once: a second row for the same two becomes the first one's record."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from directory.imports.records.identity import record_id
from directory.imports.records.lines import Line
from directory.imports.records.reading import Reading
from directory.models import ServiceAtLocation

Pair = tuple[UUID, UUID]


class Doubles:
    """Rows of a file that name the same service and location as another row or record."""

    def __init__(self) -> None:
        self._first: dict[Pair, UUID] = {}

    def among(self, source: str, readings: list[Reading]) -> set[int]:
        """Which of the readings they are."""
        named = {
            position: pair
            for position, reading in enumerate(readings)
            if reading.table == "service_at_location" and (pair := _named(source, reading))
        }
        if not named:
            return set()
        for pair, pk in records_at(named.values()).items():
            self._first.setdefault(pair, pk)
        doubles = set()
        for position, pair in named.items():
            pk = record_id(source, "service_at_location", readings[position].source_id)
            if self._first.setdefault(pair, pk) != pk:
                doubles.add(position)
        return doubles


def _named(source: str, reading: Reading) -> Pair | None:
    service, location = (reading.links.get(name) for name in ("service_id", "location_id"))
    if not service or not location or reading.rejected:
        return None
    return record_id(source, "service", service), record_id(source, "location", location)


def records_at(pairs: Iterable[Pair]) -> dict[Pair, UUID]:
    """The records that there are of these pairs of service and location."""
    wanted = set(pairs)
    found = ServiceAtLocation.objects.filter(
        service__in={service for service, _ in wanted},
        location__in={location for _, location in wanted},
    )
    kept = found.order_by().values_list("service_id", "location_id", "pk")
    return {(s, place): pk for s, place, pk in kept if (s, place) in wanted}


def first_of_each(lines: Sequence[Line]) -> list[Line]:
    """The lines that become records of their own; the others are told which one they are."""
    there = records_at(_pair(line) for line in lines)
    first = []
    for line in lines:
        pk = there.setdefault(_pair(line), line.record.pk)
        if pk == line.record.pk:
            first.append(line)
        else:
            line.instead = pk
    return first


def _pair(line: Line) -> Pair:
    record: Any = line.record
    return record.service_id, record.location_id
