"""Makes the rows in the database the same as given rows: adds, changes, deletes, counts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from directory.models import (
    Address,
    Attribute,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceTranslation,
)
from opendoor.demo.identity import SOURCE

# Parents first. Rows without a source of their own are known by their service and one value.
OWN = {"source": SOURCE}
OF_SERVICE = {"service__source": SOURCE}
MODELS: dict[type[Model], tuple[dict[str, str], tuple[str, ...]]] = {
    Organization: (OWN, ("id",)),
    Location: (OWN, ("id",)),
    Address: (OWN, ("id",)),
    Service: (OWN, ("id",)),
    ServiceTranslation: (OF_SERVICE, ("service_id", "language")),
    Language: (OF_SERVICE, ("service_id", "code")),
    Attribute: (OF_SERVICE, ("service_id", "taxonomy_term_id")),
    ServiceAtLocation: (OWN, ("id",)),
    Phone: (OWN, ("id",)),
    Schedule: (OWN, ("id",)),
}
# Kept by the database or by the CMS, and no part of a listing.
KEPT = {"reachable", "latest_revision"}
UNCOMPARED = {"id", "last_modified", *KEPT, "latest_revision_id"}
BATCH = 500


@dataclass(frozen=True)
class Changes:
    """How many rows were added, changed and deleted; `same` stayed."""

    added: int = 0
    changed: int = 0
    deleted: int = 0
    same: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(
            self.added + other.added,
            self.changed + other.changed,
            self.deleted + other.deleted,
            self.same + other.same,
        )

    def __str__(self) -> str:
        if not self:
            return f"{self.same:,} unchanged"
        parts = [(self.added, "added"), (self.changed, "changed"), (self.deleted, "deleted")]
        return ", ".join(f"{number:,} {verb}" for number, verb in parts if number)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.deleted)


def sync(rows: Iterable[Model]) -> Changes:
    """Brings all given rows in, and takes away the demonstration's rows that are not among them."""
    given: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        given[type(row)].append(row)
    changes = Changes()
    for model in reversed(MODELS):
        changes += _delete(model, given[model])
    for model in MODELS:
        changes += _write(model, given[model])
    return changes


def _mine(model: type[Model]) -> QuerySet[Model]:
    scope, _ = MODELS[model]
    found: QuerySet[Model] = model._default_manager.filter(Q(**scope)).order_by("pk")
    return found


def _key(row: Model) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in MODELS[type(row)][1])


def _delete(model: type[Model], rows: list[Model]) -> Changes:
    wanted = {_key(row) for row in rows}
    gone = [row.pk for row in _mine(model) if _key(row) not in wanted]
    for start in range(0, len(gone), BATCH):
        model._default_manager.filter(pk__in=gone[start : start + BATCH]).delete()
    return Changes(deleted=len(gone))


def _write(model: type[Model], rows: list[Model]) -> Changes:
    kept = {_key(row): row for row in _mine(model)}
    added = [row for row in rows if _key(row) not in kept]
    changed = []
    for row in rows:
        old = kept.get(_key(row))
        if old is not None and _values(old) != _values(row):
            row.pk = old.pk
            changed.append(row)
    model._default_manager.bulk_create(added, BATCH)
    if changed:
        _update(model, changed)
    return Changes(len(added), len(changed), same=len(rows) - len(added) - len(changed))


def _update(model: type[Model], rows: list[Model]) -> None:
    """bulk_update leaves `last_modified` alone, so it is set here."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = [field.name for field in fields if field.name not in KEPT]
    for row in rows:
        if "last_modified" in names:
            row.last_modified = timezone.now()  # type: ignore[attr-defined]
    model._default_manager.bulk_update(rows, names, BATCH)


def _values(row: Model) -> dict[str, Any]:
    fields = (f.attname for f in row._meta.concrete_fields if f.attname not in UNCOMPARED)
    return {name: getattr(row, name) for name in fields}
