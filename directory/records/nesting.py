"""Records as HSDS's nested JSON, as its schemas want it.

An organization inside a service has neither its places nor its programs in it: one with a
thousand of them would stand whole in each of its services.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from directory.hsds.objects import OBJECTS
from directory.hsds.spec import ANY, Link, Nested
from directory.models import Service
from directory.models.record import Record
from directory.records.binding import binding
from directory.records.graph import Graph
from directory.records.rows import Row, given_columns, public_id, row_of
from directory.records.shown import Shown
from directory.records.typed import filled, typed, typed_id

Json = dict[str, Any]
NOT_INSIDE = {"organization": ("locations", "programs", "services")}


def nested(
    shown: Shown, name: str, records: Sequence[Record], *, full: bool, services: bool = False
) -> list[Json]:
    """The records with all that belongs to them; not `full`: with what they name alone.
    `services`: organizations with their services, not with the ids of these.
    """
    graph = Graph(shown, name, records)
    if full:
        graph.load_all(services)
    else:
        graph.load_ones()
    writer = _Writer(graph, full, services)
    return [found for record in records if (found := writer.written(name, record, ())) is not None]


def nested_one(shown: Shown, name: str, record: Record, services: bool) -> tuple[Json, datetime]:
    """One record in full, and when the newest of what is in it was changed."""
    graph = Graph(shown, name, [record])
    graph.load_all(services)
    written = _Writer(graph, True, services).written(name, record, ())
    if written is None:
        raise TypeError(f"a {name} always has what its schema wants")
    return written, graph.changed()


class _Writer:
    def __init__(self, graph: Graph, full: bool, services: bool) -> None:
        self.graph, self.full, self.services = graph, full, services

    def written(self, name: str, record: Record, path: tuple[str, ...]) -> Json | None:
        """The record and all below it; None when the schema wants what is not known."""
        if path and name == "service" and path[-1] == "organization" and not self.services:
            return {"id": public_id(record), "name": record.name, "status": record.status}  # type: ignore[attr-defined]
        row = self._row(name, record, path)
        filled_row = filled(name, row)
        if filled_row is None:
            return None
        found: Json = {column: cell for column, cell in filled_row.items() if cell is not None}
        found["id"] = public_id(record)
        for place in OBJECTS[name].nested:
            if self._belongs(name, place, path):
                self._add(found, name, record, place, (*path, name))
        return self._whole(name, found)

    def _belongs(self, name: str, place: Nested, path: tuple[str, ...]) -> bool:
        if place.object in path or (place.many and not self.full):
            return False
        return not (path and place.key in NOT_INSIDE.get(name, ()))

    def _add(
        self, found: Json, name: str, record: Record, place: Nested, path: tuple[str, ...]
    ) -> None:
        if place.many:
            below = self.graph.below(place.object, place.link, name, record.pk)
            several = [self.written(place.object, child, path) for child in below]
            if any(several):
                found[place.key] = [one for one in several if one is not None]
            return
        attname = binding(name).links[place.link][0]
        one = self.graph.one(place.object, getattr(record, attname))
        written = self.written(place.object, one, path) if one else None
        if written is not None:
            found[place.key] = written
            found.pop(place.link, None)

    def _whole(self, name: str, found: Json) -> Json | None:
        """A capacity without its unit counts nothing."""
        return None if name == "service_capacity" and "unit" not in found else found

    def _row(self, name: str, record: Record, path: tuple[str, ...]) -> Row:
        """The record's own values. A link to what it stands in says nothing new; one that leads
        out of here is left out, but for those that lead nowhere and stand as they were given.
        """
        row = row_of(name, record)
        given = given_columns(record, row)
        found = typed(name, row, given)
        for link in OBJECTS[name].owners:
            if link.name not in given:
                found[link.name] = self._owner(name, record, link, path)
        if isinstance(record, Service) and record.organization.unknown:
            unknown = record.organization
            found["organization_id"] = typed_id(unknown.source_id) or str(unknown.pk)
        return found

    def _owner(self, name: str, record: Record, link: Link, path: tuple[str, ...]) -> str | None:
        if link.to in path or link.to == ANY:
            return None
        owner = self.graph.one(link.to, getattr(record, binding(name).links[link.name][0]))
        return public_id(owner) if owner else None
