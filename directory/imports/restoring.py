"""Records as the journal of a publication keeps them, back in the database.

Four passes over the whole journal, last first: what was added to others goes, what was removed
comes back, what was changed gets its old values, and at the end (after the batch's own rows) the
owners that it made go, unless something else hangs on them by now.

Around a place that is confidential by now only what is kept of it comes back (numbers, hours,
codes). What cannot come back is told, so that nothing says that it did.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef
from django.utils import timezone

from directory.imports.journal import columns_of, digest_of, plain, state_of, value_of
from directory.models import (
    ImportBatch,
    ImportChange,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
    SourceRow,
)
from directory.models.place_traces import KEPT
from directory.records.binding import MODELS, binding

OWNERS: tuple[type[Model], ...] = (Organization, Service, Location)
Entry = tuple[type[Model], ImportChange]
AT = ("location_id", "of_id")
NAMED = {"id", "source", "source_id"}


@dataclass
class Restored:
    """The ids of records that the journal knows (`known`), and of those that it could not give
    back, or not as they were (`lost`).
    """

    known: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Secret:
    """`hidden`: the confidential locations; `places`: these, and others that may tell them."""

    hidden: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    def told_by(self, pk: str, values: Iterable[Any]) -> bool:
        return not self.places.isdisjoint({pk, *values})

    def only_hidden(self, values: Iterable[Any]) -> bool:
        """Whether none of them is a place that was not confidential itself."""
        return self.places.isdisjoint(set(values) - self.hidden)


def restore_records(batch: ImportBatch, spared: Collection[str] = ()) -> Restored:
    """All but what the batch's own rows created. `spared`: what was created stays, of these."""
    return _restore(batch, lambda: _changes(batch), spared)


def restore_parts(batch: ImportBatch, parts: list[ImportChange]) -> None:
    """Only these parts of what the batch did, as entries of its journal."""
    _restore(batch, lambda: ((apps.get_model(part.model), part) for part in reversed(parts)))


def _restore(
    batch: ImportBatch, changes: Callable[[], Iterable[Entry]], spared: Collection[str] = ()
) -> Restored:
    secret = _secret_places(batch)
    restored = Restored()
    for model, change in changes():
        if model not in OWNERS and model is not SourceRow:
            _remove_created(model, change.created, spared)
    for model, change in changes():
        restored.lost |= _bring_back(model, change.removed, secret)
    for model, change in changes():
        restored.lost |= _change_back(model, change.changed, secret)
        if model is not SourceRow:
            restored.known |= {*change.changed, *change.removed}
    return restored


def remove_owners(batch: ImportBatch, spared: Collection[str] = ()) -> None:
    """The organizations and places that were made, as far as nothing belongs to them."""
    for model in reversed(OWNERS):
        for change in batch.changes.filter(model=model._meta.label_lower).exclude(created={}):
            made = [pk for pk in change.created if pk not in spared]
            found = model._default_manager.filter(pk__in=made)
            for relation in model._meta.related_objects:
                hanging: Any = relation.related_model
                of_it = hanging._default_manager.filter(**{relation.field.name: OuterRef("pk")})
                found = found.exclude(Exists(of_it))
            found.delete()


def _changes(batch: ImportBatch) -> Iterator[Entry]:
    numbers = list(batch.changes.order_by("-number").values_list("pk", flat=True))
    for pk in numbers:
        change = ImportChange.objects.get(pk=pk)
        yield apps.get_model(change.model), change


def _secret_places(batch: ImportBatch) -> Secret:
    """Confidential locations, and all others where the journal knows their services to have been:
    the second may tell the place too.
    """
    found = Location.objects.filter(confidential=True)
    hidden = frozenset(str(pk) for pk in found.values_list("pk", flat=True))
    if not hidden:
        return Secret()
    places = set(hidden)
    links = ServiceAtLocation.objects.filter(location__confidential=True)
    services = {str(pk) for pk in links.values_list("service_id", flat=True)}
    for change in batch.changes.filter(model=ServiceAtLocation._meta.label_lower):
        for entry in change.entries():
            if services & set(entry.get("service_id", ())):
                places |= set(entry.get("location_id", ()))
    return Secret(hidden, frozenset(places))


@cache
def _kept(model: type[Model]) -> frozenset[str]:
    """The columns that a record at a confidential place keeps; what is no text of HSDS's is in
    none of them. That a place is confidential stays.
    """
    table = next((name for name, known in MODELS.items() if known is model), "")
    bound = binding(table) if table in KEPT else None
    if bound is None:
        return frozenset()
    fields = bound.fields | bound.extensions
    names = {fields[c].attname for c in KEPT[table] & fields.keys()}
    names |= {bound.links[column][0] for column in KEPT[table] & bound.links.keys()}
    return frozenset(names - {"confidential"})


def _remove_created(model: type[Model], created: dict[str, str], spared: Collection[str]) -> None:
    """Unless somebody has changed it since."""
    made = [pk for pk in created if pk not in spared]
    there = state_of(model._default_manager.filter(pk__in=made))
    same = [pk for pk, row in there.items() if digest_of(row) == created[str(pk)]]
    model._default_manager.filter(pk__in=same).delete()


def _bring_back(model: type[Model], removed: dict[str, Any], secret: Secret) -> set[str]:
    """The ids of those that do not come back."""
    wanted = {}
    for pk, row in removed.items():
        at = [row[name] for name in AT if row.get(name)]
        if not secret.told_by(pk, at):
            wanted[pk] = row
        elif _kept(model) and model is not Location and secret.only_hidden(at):
            names = _kept(model) | NAMED | {"of", "of_id"}
            wanted[pk] = {name: value for name, value in row.items() if name in names}
    records = [
        model(**{name: value_of(model, name, kept) for name, kept in row.items()})
        for row in wanted.values()
    ]
    if model is not SourceRow:
        there = _existing(model, removed)
        records = [record for record in _standing(model, records) if record.pk not in there]
    model._default_manager.bulk_create(records, ignore_conflicts=True)
    return set(removed) - {str(pk) for pk in _existing(model, removed)}


def _standing(model: type[Model], records: list[Any]) -> list[Any]:
    """Those whose owners are still there."""
    for column in model._meta.concrete_fields:
        if column.is_relation:
            wanted = {getattr(record, column.attname) for record in records} - {None}
            there = _existing(column.related_model, wanted)
            records = [r for r in records if getattr(r, column.attname) in there | {None}]
    return records


def _existing(model: Any, ids: Iterable[Any]) -> set[Any]:
    return set(model._default_manager.filter(pk__in=list(ids)).values_list("pk", flat=True))


def _change_back(model: type[Model], changed: dict[str, Any], secret: Secret) -> set[str]:
    """The ids of those that the batch's values stay with."""
    lost = set()
    there = state_of(model._default_manager.filter(pk__in=list(changed)))
    for pk, row in there.items():
        fields, now = changed[str(pk)], plain(row)
        before = {
            name: value_of(model, name, was)
            for name, (was, became) in fields.items()
            if name in columns_of(model) and was != became and now[name] == became
        }
        possible = _possible(model, str(pk), fields, secret)
        back = {n: v for n, v in before.items() if n in possible and _stands(model, n, v)}
        if len(back) < len(before):
            lost.add(str(pk))
        if model is SourceRow and secret.hidden and not _true(row | before):
            continue
        if back and hasattr(model, "last_modified"):
            back["last_modified"] = timezone.now()
        if back:
            model._default_manager.filter(pk=pk).update(**back)
    return lost


def _possible(
    model: type[Model], pk: str, fields: dict[str, Any], secret: Secret
) -> Collection[str]:
    """The columns that may be put back."""
    at = {value for name in AT for value in fields.get(name, ()) if value}
    if not secret.told_by(pk, at):
        return columns_of(model)
    if model is Location and pk not in secret.hidden:
        return ()  # what was its services' place before
    return _kept(model) - {"location_id"}


def _true(row: dict[str, Any]) -> bool:
    """Whether what a source's row became is there (again), unless it says that it is not."""
    if row["set_aside"] or row["record_id"] is None:
        return True
    return bool(_existing(MODELS.get(row["table"], Service), [row["record_id"]]))


def _stands(model: type[Model], name: str, value: Any) -> bool:
    """Whether what a column led to is still there."""
    column = next(f for f in model._meta.concrete_fields if f.attname == name)
    if value is None or not column.is_relation:
        return True
    return bool(_existing(column.related_model, [value]))
