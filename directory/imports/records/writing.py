"""Rows of one table to records, in bulk: a bounded number of queries whatever their number.

Only columns that the source itself changed since it was last published are written: a steward's
own edits to the others stay.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from directory.hsds.objects import OBJECTS
from directory.imports.kinds import RowChange, Written
from directory.imports.origin import from_source
from directory.imports.records import organizations, pairs, schedules
from directory.imports.records.affected import owners_of, services_of
from directory.imports.records.identity import record_id
from directory.imports.records.lines import Line
from directory.imports.records.links import SUBJECTS, Target, records_of
from directory.imports.records.secrets import CONFIDENTIAL, confidential
from directory.imports.records.self_links import SELF_LINKS, Wanted
from directory.models.place_traces import HANGING, KEPT
from directory.models.record import Record
from directory.records.binding import Binding, binding

# What no file writes over in records that a person entered or that are shipped: what the database
# holds to be there once, and what residents read of a term.
ONCE = {
    "taxonomy": {"name", "x_slug"},
    "taxonomy_term": {"code", "taxonomy_id", "name", "x_name_es", "parent_id"},
    "attribute": {"link_id", "taxonomy_term_id"},
    "language": {"code", "service_id"},
}


class Writer:
    """Writes the rows of one table. `wanted` are the self links to set when all rows are there."""

    def __init__(self, source: str, changes: Sequence[RowChange]) -> None:
        self.source, self.table = source, changes[0].table
        self.bound: Binding = binding(self.table)
        self.wanted: list[Wanted] = []
        self.led = records_of(source, (t for change in changes for t in self._targets(change)))
        telling = self._locations(changes) if self.table in KEPT else []
        self.hidden = confidential(source, telling)
        self.lines = self._lines(changes)

    def write(self) -> list[Written]:
        for line in self.lines:
            self._fill(line)
        if self.table == "service":
            organizations.stand_in(self.source, self.lines)
        homeless = [line for line in self.lines if not self._has_home(line.record)]
        at_home = [line for line in self.lines if self._has_home(line.record)]
        if self.table == "service_at_location":
            at_home = pairs.first_of_each(at_home)
        self._save(at_home)
        self._drop(homeless)
        if self.table == "schedule":
            schedules.tell_services(line.record for line in at_home)
        return self._written({id(line) for line in homeless})

    def _targets(self, change: RowChange) -> list[Target]:
        values = change.values
        found = [
            (to, values[column])
            for column, (_attname, to) in self.bound.links.items()
            if column in values
        ]
        if values.get("of") and self.table in SUBJECTS:
            found.append((values["of"], values[SUBJECTS[self.table][0]]))
        return found

    def _locations(self, changes: Sequence[RowChange]) -> list[Target]:
        if self.table == "location":
            return [("location", change.source_id) for change in changes]
        places = {"location", *HANGING}
        return sorted({t for c in changes for t in self._targets(c) if t[0] in places})

    def _lines(self, changes: Sequence[RowChange]) -> list[Line]:
        by_pk, by_source = self._existing(changes)
        lines = []
        for change in changes:
            pk = record_id(self.source, self.table, change.source_id)
            merged = by_pk.get(change.record_id) if change.record_id else None
            found = merged or by_source.get(change.source_id) or by_pk.get(pk)
            record = found or self._new(pk, change.source_id)
            by_pk.setdefault(record.pk, record)
            described = found is not None and not getattr(found, "unknown", False)
            last = change.last if described and change.last else {}
            lines.append(Line(change, record, found is None, change.values, last))
        return lines

    def _existing(
        self, changes: Sequence[RowChange]
    ) -> tuple[dict[UUID, Record], dict[str, Record]]:
        ids = [change.source_id for change in changes]
        pks = [record_id(self.source, self.table, given) for given in ids]
        pks += [change.record_id for change in changes if change.record_id]
        found: list[Record] = list(
            self.bound.model._default_manager.filter(Q(pk__in=pks) | from_source(self.source, ids))
        )
        own = {record.source_id: record for record in found if record.source == self.source}
        return {record.pk: record for record in found}, own

    def _new(self, pk: UUID, given: str) -> Record:
        return self.bound.model(id=pk, source=self.source, source_id=given)

    def _fill(self, line: Line) -> None:
        line.secret = self._tells_place(line)
        changed = line.changed
        if line.secret:
            changed &= KEPT[self.table] | ({"name"} if line.new else set())
        if not line.new and not line.record.source_id:
            changed -= ONCE.get(self.table, set())
        for column in changed:
            if column in self.bound.links:
                self._link(line, column)
            elif column in SUBJECTS.get(self.table, ())[:1]:
                self._subject(line)
            else:
                self._value(line, column)
        line.record.as_given = {} if line.secret else line.as_given
        line.record.last_modified = timezone.now()
        if getattr(line.record, "set_aside_at", None):
            line.record.set_aside_at = None  # type: ignore[attr-defined]
            line.written.add("set_aside_at")
        if getattr(line.record, "unknown", False):
            line.record.unknown = False  # type: ignore[attr-defined]
            line.record.source, line.record.source_id = self.source, line.change.source_id
            line.written |= {"unknown", "source", "source_id"}

    def _tells_place(self, line: Line) -> bool:
        if self.table == "location":
            hidden = ("location", line.change.source_id) in self.hidden
            return hidden or bool(line.values.get(CONFIDENTIAL))
        return self.table in KEPT and bool(self.hidden & set(self._targets(line.change)))

    def _value(self, line: Line, column: str) -> None:
        model_field = self.bound.fields.get(column) or self.bound.extensions.get(column)
        if model_field is None or (column == CONFIDENTIAL and not line.values.get(column)):
            return  # no file makes a confidential place public
        value = line.values.get(column, model_field.get_default())
        setattr(line.record, model_field.attname, value)
        line.written.add(model_field.name)

    def _link(self, line: Line, column: str) -> None:
        attname, to = self.bound.links[column]
        given = line.values.get(column)
        pk = self.led.get((to, given)) if given is not None else None
        if given is not None and column == SELF_LINKS.get(self.table):
            pk = pk or record_id(self.source, self.table, given)
            self.wanted.append(Wanted(self.table, line.record.pk, given))
        if given is not None and pk is None:
            line.lost[column] = given
        setattr(line.record, attname, pk)
        line.written.add(attname)

    def _subject(self, line: Line) -> None:
        """What an attribute or metadata is about; a service has a column of its own."""
        column, of = SUBJECTS[self.table][0], line.values.get("of", "")
        given = line.values.get(column)
        pk = self.led.get((of, given)) if given is not None else None
        if given is not None and pk is None:
            line.lost[column] = given
        record: Any = line.record
        if self.table == "attribute":
            record.service_id = pk if of == "service" else None
            line.written.add("service_id")
        direct = self.table == "attribute" and of == "service"
        record.of, record.of_id = ("", None) if direct else (of, pk)
        line.written |= {"of", "of_id"}

    def _has_home(self, record: Record) -> bool:
        """Whether what the row belongs to exists."""
        if self.table == "location":
            return True
        if self.table in SUBJECTS:
            return any(getattr(record, name, None) for name in ("service_id", "of_id"))
        owners = OBJECTS[self.table].owners
        here = [getattr(record, owner.name) is not None for owner in owners]
        if any(owner.required for owner in owners):
            return all(here)
        return any(here) or not owners

    def _save(self, lines: list[Line]) -> None:
        model = self.bound.model
        kept = [line for line in lines if not line.secret or self._may_stay(line)]
        made = {line.record.pk: line.record for line in kept if line.new and not line.instead}
        model._default_manager.bulk_create(made.values())
        old = {line.record.pk: line.record for line in kept if line.record.pk not in made}
        written = {name for line in kept for name in line.written}
        if old:
            names = sorted(written | {"as_given", "last_modified"})
            model._default_manager.bulk_update(old.values(), names, batch_size=100)

    def _may_stay(self, line: Line) -> bool:
        return bool(KEPT[self.table])

    def _drop(self, homeless: list[Line]) -> None:
        """A record whose owner is gone goes with it, when it is this source's own."""
        gone = [
            line.record.pk
            for line in homeless
            if not line.new and line.record.source == self.source
        ]
        if gone:
            self.bound.model._default_manager.filter(pk__in=gone).delete()

    def _written(self, homeless: set[int]) -> list[Written]:
        owners = [
            [] if id(line) in homeless else owners_of(self.table, line.record)
            for line in self.lines
        ]
        services = services_of(owner for several in owners for owner in several)
        return [
            self._result(line, id(line) in homeless, {s for o in several for s in services[o]})
            for line, several in zip(self.lines, owners, strict=True)
        ]

    def _result(self, line: Line, homeless: bool, services: set[UUID]) -> Written:
        if homeless or (line.secret and not self._may_stay(line)):
            return Written(None, values=line.remembered())
        pk = line.instead or line.record.pk
        own = pk if self.table == "service" else getattr(line.record, "service_id", None)
        if own is None and len(services) == 1 and hasattr(line.record, "service_at_location_id"):
            own = next(iter(services)) if line.record.service_at_location_id else None
        return Written(pk, tuple(sorted(services)), own, line.remembered())
