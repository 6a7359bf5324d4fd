"""What one import changed of one service and of its places, and the way back, part by part.

Undo takes a whole batch back; here a steward takes back the fields and rows of one listing that
the import got wrong. A part that somebody changed since stays as they left it, and nothing of a
confidential place is shown or brought back.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from modelcluster.models import get_all_child_relations

from directory.imports.journal import digest_of, plain, state_of, value_of
from directory.imports.restoring import restore_parts
from directory.logbook import PUT_BACK
from directory.models import (
    Address,
    ImportBatch,
    ImportChange,
    Location,
    Service,
    ServiceAtLocation,
    SourceRow,
)
from directory.publishing import listings_changed, services_of
from directory.stewardship.belonging import CARRIERS, OWNERS, Fields, belongs, owners_of
from directory.stewardship.history import Kept, remembered

BOOKKEEPING = {"id", "source", "source_id", "as_given"}
PLACE, VISIT = Location._meta.label_lower, ServiceAtLocation._meta.label_lower
CHANGED, ADDED, REMOVED = "changed", "added", "removed"


@dataclass(frozen=True)
class Part:
    """One field that changed (`column`, `before`, `after`), or a row that came or went (`row`).

    `stands`: what the import wrote is still there, so that it can be put back.
    """

    number: int
    model: type[Model]
    pk: str
    kind: str
    stands: bool
    column: str = ""
    before: Any = None
    after: Any = None
    row: dict[str, Any] | None = None
    anchors: tuple[tuple[str, Any], ...] = ()
    digest: str = ""
    along: tuple["Part", ...] = ()  # a place that is gone comes back with the listing's way to it

    @property
    def key(self) -> str:
        return f"{self.number}/{self.pk}/{self.column}"

    @property
    def location(self) -> str:
        """The place that it belongs to; "" for the service itself."""
        if self.model is Location:
            return self.pk
        return str(dict(self.anchors).get("location_id") or "") if self._of_place else ""

    @property
    def _of_place(self) -> bool:
        return not dict(self.anchors).get("service_id")

    def as_change(self, batch: ImportBatch) -> ImportChange:
        """The journal's entry, of this part alone."""
        entry = ImportChange(batch=batch, number=self.number, model=self.model._meta.label_lower)
        if self.kind == ADDED:
            entry.created = {self.pk: self.digest}
        elif self.kind == REMOVED:
            entry.removed = {self.pk: self.row}
        else:
            anchors = {name: [value, value] for name, value in self.anchors}
            entry.changed = {self.pk: anchors | {self.column: [self.before, self.after]}}
        return entry


class ImportChanges:
    """What a batch did to a service and its public places."""

    def __init__(self, batch: ImportBatch, service: Service) -> None:
        self.batch, self.service = batch, service
        places = service.service_at_locations.values_list("location_id", "location__confidential")
        self._secret = any(confidential for _pk, confidential in places)
        self._places = [] if self._secret else [str(pk) for pk, _confidential in places]
        self._owners = owners_of(batch, service, [*self._places, *self._earlier_places()])

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        found: list[Part] = []
        made: set[str] = set()
        for entry in self._entries():
            found.extend(self._read(entry))
            if entry.model == PLACE:
                made.update(entry.created)
        here = {"", *self._places}
        gone = [part for part in found if part.location not in here]
        shown = [part for part in found if part.location in here - made]
        whole = [_with_place(part, gone) for part in shown]
        return tuple(sorted(whole, key=lambda part: part.model is not Service))

    def place(self, pk: str) -> str:
        """A place in a line, though it be gone."""
        gone = [part for one in self.parts for part in one.along if part.location == pk]
        if gone:
            rows = [part.model(**_values(part)) for part in gone]
        else:
            location = Location.objects.filter(pk=pk, confidential=False)
            rows = [*location, *Address.objects.filter(location__in=location)]
        named = sorted(rows, key=lambda row: isinstance(row, Address))
        return ", ".join(str(row) for row in named if isinstance(row, Location | Address))

    def _earlier_places(self) -> set[str]:
        """Where the listing was before; nothing when it is at a confidential place by now."""
        if self._secret:
            return set()
        links = self.batch.changes.filter(model=VISIT)
        told = [entry for change in links for entry in change.entries()]
        ours = [entry for entry in told if str(self.service.pk) in entry.get("service_id", ())]
        return {str(pk) for entry in ours for pk in entry.get("location_id", ())}

    def put_back(self, keys: Collection[str], by: Any) -> int:
        """Takes these parts back; returns how many."""
        chosen = [part for part in self.parts if part.key in keys and part.stands]
        if not chosen:
            return 0
        told = {"source": self.batch.source, "batch": self.batch.pk}
        records: list[Kept] = [self.service, *self._touched_places(chosen)]
        taken = {part.key: part for one in chosen for part in (one, *one.along)}.values()
        entries = [p.as_change(self.batch) for p in sorted(taken, key=lambda part: part.number)]
        with transaction.atomic(), ExitStack() as stack:
            for record in records:
                stack.enter_context(remembered(record, by, PUT_BACK, told))
            restore_parts(self.batch, entries)
        listings_changed({pk for record in records for pk in services_of(record)})
        return len(chosen)

    def _touched_places(self, chosen: Iterable[Part]) -> list[Location]:
        return list(Location.objects.filter(pk__in={p.location for p in chosen} - {""}))

    def _entries(self) -> Iterator[ImportChange]:
        """All of the batch: the journal keeps many listings in one entry, and a query that names
        every row of a listing grows too large for the database.
        """
        changes = self.batch.changes.exclude(model=SourceRow._meta.label_lower)
        yield from changes.order_by("number").iterator(100)

    @cached_property
    def _rows(self) -> dict[type[Model], set[str]]:
        """What stands under the listing and its places now, by model."""
        found: dict[type[Model], set[str]] = {}
        for owner in (Service, Location, *CARRIERS):
            for relation in get_all_child_relations(owner):
                rows = relation.related_model._default_manager.filter(
                    **{f"{relation.field.name}__in": self._owners}
                )
                ids = {str(pk) for pk in rows.values_list("pk", flat=True)}
                if ids:
                    found.setdefault(relation.related_model, set()).update(ids)
        return found

    def _read(self, change: ImportChange) -> Iterator[Part]:
        model = apps.get_model(change.model)
        told = {pk: fields for pk, fields in change.changed.items() if self._ours(pk, fields)}
        made = {pk: d for pk, d in change.created.items() if pk in self._rows.get(model, ())}
        now = state_of(model._default_manager.filter(pk__in=[*told, *made]))
        there = {str(pk): row for pk, row in now.items()}
        for pk, fields in told.items():
            yield from _changed(change.number, model, pk, fields, plain(there.get(pk, {})))
        for pk, digest in made.items():
            row, anchors = plain(there[pk]), _anchors(there[pk])
            stands = digest_of(there[pk]) == digest
            yield Part(
                change.number, model, pk, ADDED, stands, row=row, anchors=anchors, digest=digest
            )
        for pk, row in change.removed.items():
            if self._ours(pk, {name: [value] for name, value in row.items()}):
                gone = not model._default_manager.filter(pk=pk).exists()
                yield Part(change.number, model, pk, REMOVED, gone, row=row, anchors=_anchors(row))

    def _ours(self, pk: str, fields: Fields) -> bool:
        return belongs(pk, fields, self._owners, self.service)


def _with_place(part: Part, gone: list[Part]) -> Part:
    if part.model is not ServiceAtLocation or part.column != "location_id":
        return part
    return replace(part, along=tuple(one for one in gone if one.location == part.before))


def _values(part: Part) -> dict[str, Any]:
    return {name: value_of(part.model, name, kept) for name, kept in (part.row or {}).items()}


def _changed(
    number: int, model: type[Model], pk: str, fields: dict[str, list[Any]], now: dict[str, Any]
) -> Iterator[Part]:
    anchors = tuple((name, fields[name][1]) for name in OWNERS if name in fields)
    for name, (before, after) in fields.items():
        if before != after and name not in BOOKKEEPING:
            stands = name in now and now[name] == after
            yield Part(number, model, pk, CHANGED, stands, name, before, after, anchors=anchors)


def _anchors(row: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    named = ((name, row.get(name)) for name in OWNERS)
    return tuple((name, str(value)) for name, value in named if value)
