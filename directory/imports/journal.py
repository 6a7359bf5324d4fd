"""Keeps what publishing does to records: their state before and after each chunk, compared.

Records are read as plain columns. What the database or the clock keeps by itself is left out.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, JSONField, Model, QuerySet
from django.utils.crypto import salted_hmac

from directory.models import ImportBatch, ImportChange, Service, SourceRow
from directory.models.import_change import ANCHORS

BY_ITSELF = {"last_modified", "reachable"}
State = dict[Any, dict[str, Any]]  # primary key → column → value
States = dict[type[Model], State]


@dataclass
class Journal:
    """One publication's record of itself. `made`: services that are new; `aside`: those that it
    took out of sight; `again`: those that it gave back.
    """

    batch: ImportBatch
    number: int = 0
    waiting: list[ImportChange] = field(default_factory=list)
    made: set[UUID] = field(default_factory=set)
    aside: set[UUID] = field(default_factory=set)
    again: set[UUID] = field(default_factory=set)

    @contextmanager
    def watching(self, records: Callable[[], Iterable[QuerySet[Any]]]) -> Iterator[None]:
        """Writes down what changes meanwhile among these records; asks for them twice. Owners
        are written last, so that undo, which goes backwards, brings them back first.
        """
        before = _states(records())
        yield
        for model, after in reversed(_states(records()).items()):
            self._compare(model, before[model], after)
            if model is Service:
                self._see(before[model], after)
        ImportChange.objects.bulk_create(self.waiting)
        self.waiting = []

    def _see(self, before: State, after: State) -> None:
        for pk, row in after.items():
            was = before[pk]["set_aside_at"] if pk in before else None
            if was is None and row["set_aside_at"] is not None:
                self.aside.add(pk)
            elif was is not None and row["set_aside_at"] is None:
                self.again.add(pk)

    def _compare(self, model: type[Model], before: State, after: State) -> None:
        elsewhere = [pk for pk in before if pk not in after]  # gone, or no longer among them
        if elsewhere:
            after = after | state_of(model._default_manager.filter(pk__in=elsewhere))
        created = {str(pk): digest_of(row) for pk, row in after.items() if pk not in before}
        removed = {str(pk): plain(row) for pk, row in before.items() if pk not in after}
        changed = {
            str(pk): _difference(row, after[pk])
            for pk, row in before.items()
            if pk in after and row != after[pk]
        }
        if created or changed or removed:
            self.number += 1
            self.waiting.append(
                ImportChange(
                    batch=self.batch,
                    number=self.number,
                    model=model._meta.label_lower,
                    created=created,
                    changed=changed,
                    removed=removed,
                )
            )


def columns_of(model: type[Model]) -> list[str]:
    """The columns that are kept. What a source row said is kept with the batch's rows alone."""
    left_out = BY_ITSELF | ({"values"} if model is SourceRow else set())
    return [f.attname for f in model._meta.concrete_fields if f.attname not in left_out]


def _states(records: Iterable[QuerySet[Any]]) -> States:
    states: States = {}
    for found in records:
        states.setdefault(found.model, {}).update(state_of(found))
    return states


def state_of(records: QuerySet[Any]) -> State:
    """The records as they are in the database."""
    names = columns_of(records.model)
    place = names.index(records.model._meta.pk.attname)
    return {
        row[place]: dict(zip(names, row, strict=True))
        for row in records.order_by().values_list(*names)
    }


def _difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        name: [_plain(value), _plain(after[name])]
        for name, value in before.items()
        if name in ANCHORS or value != after[name]
    }


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A record's columns as JSON takes them."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def digest_of(row: dict[str, Any]) -> str:
    """Tells whether somebody has changed a record since."""
    return salted_hmac("directory.imports.journal", json.dumps(plain(row))).hexdigest()[:16]


def value_of(model: type[Model], name: str, kept: Any) -> Any:
    """A column's value as it was, from what the journal keeps."""
    if kept is None:
        return None
    column = next(f for f in model._meta.concrete_fields if f.attname == name)
    if isinstance(column, JSONField):
        return kept
    if isinstance(column, ForeignKey):
        column = column.target_field
    return column.to_python(kept)
