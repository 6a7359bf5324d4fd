"""Records as the journal of a publication keeps them, back in the database.

Four passes over the whole journal, last first: what was added to others goes, what was removed
comes back, what was changed gets its old values, and at the end (after the batch's own rows) the
owners that it made go, unless something else hangs on them by now.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
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

OWNERS: tuple[type[Model], ...] = (Organization, Service, Location)
Entry = tuple[type[Model], ImportChange]


def restore_records(batch: ImportBatch, spared: Collection[str] = ()) -> None:
    """All but what the batch's own rows created. `spared`: what was created stays, of these."""
    _restore(batch, lambda: _changes(batch), spared)


def restore_parts(batch: ImportBatch, parts: list[ImportChange]) -> None:
    """Only these parts of what the batch did, as entries of its journal."""
    _restore(batch, lambda: ((apps.get_model(part.model), part) for part in reversed(parts)))


def _restore(
    batch: ImportBatch, changes: Callable[[], Iterable[Entry]], spared: Collection[str] = ()
) -> None:
    secret = _secret_places(batch)
    for model, change in changes():
        if model not in OWNERS and model is not SourceRow:
            _remove_created(model, change.created, spared)
    for model, change in changes():
        _bring_back(model, change.removed, secret)
    for model, change in changes():
        _change_back(model, change.changed, secret)


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


def _secret_places(batch: ImportBatch) -> set[str]:
    """Confidential locations, and all others where the journal knows their services to have been:
    the triggers of the database would refuse the first, and the second may tell the place too.
    """
    hidden = Location.objects.filter(confidential=True)
    secret = {str(pk) for pk in hidden.values_list("pk", flat=True)}
    if not secret:
        return secret
    links = ServiceAtLocation.objects.filter(location__confidential=True)
    services = {str(pk) for pk in links.values_list("service_id", flat=True)}
    for change in batch.changes.filter(model=ServiceAtLocation._meta.label_lower):
        for entry in change.entries():
            if services & set(entry.get("service_id", ())):
                secret |= set(entry.get("location_id", ()))
    return secret


def _remove_created(model: type[Model], created: dict[str, str], spared: Collection[str]) -> None:
    """Unless somebody has changed it since."""
    made = [pk for pk in created if pk not in spared]
    there = state_of(model._default_manager.filter(pk__in=made))
    same = [pk for pk, row in there.items() if digest_of(row) == created[str(pk)]]
    model._default_manager.filter(pk__in=same).delete()


def _bring_back(model: type[Model], removed: dict[str, Any], secret: set[str]) -> None:
    records = [
        model(**{name: value_of(model, name, kept) for name, kept in row.items()})
        for pk, row in removed.items()
        if not _is_secret(pk, row, secret)
    ]
    if model is not SourceRow:
        there = _existing(model, removed)
        records = [record for record in _standing(model, records) if record.pk not in there]
    model._default_manager.bulk_create(records, ignore_conflicts=True)


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


def _is_secret(pk: str, row: dict[str, Any], secret: set[str]) -> bool:
    return not secret.isdisjoint({pk, row.get("location_id"), row.get("of_id")} - {None})


def _change_back(model: type[Model], changed: dict[str, Any], secret: set[str]) -> None:
    there = state_of(model._default_manager.filter(pk__in=list(changed)))
    for pk, row in there.items():
        fields = changed[str(pk)]
        places = {value for name in ("location_id", "of_id") for value in fields.get(name, ())}
        if not secret.isdisjoint({str(pk), *places}):
            continue
        now = plain(row)
        before = {
            name: value_of(model, name, was)
            for name, (was, became) in fields.items()
            if name in columns_of(model) and was != became and now[name] == became
        }
        before = {name: value for name, value in before.items() if _stands(model, name, value)}
        if before and hasattr(model, "last_modified"):
            before["last_modified"] = timezone.now()
        if before:
            model._default_manager.filter(pk=pk).update(**before)


def _stands(model: type[Model], name: str, value: Any) -> bool:
    """Whether what a column led to is still there."""
    column = next(f for f in model._meta.concrete_fields if f.attname == name)
    if value is None or not column.is_relation:
        return True
    return bool(_existing(column.related_model, [value]))
