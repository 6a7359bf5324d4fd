"""Records of rows that are no longer in their source, and of rows whose import is undone."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, Q, QuerySet
from django.utils import timezone

from directory.hsds.objects import OBJECTS
from directory.imports.kinds import RowChange
from directory.imports.records import schedules
from directory.imports.records.affected import owners_of, services_of
from directory.models import Organization, Schedule, Service, SourceRow
from directory.models.record import Record
from directory.records.binding import MODELS

# These stay as long as anything refers to them.
SHARED = ("taxonomy", "taxonomy_term", "unit", "organization", "program", "location")
# What belongs to one of these goes with it, unless it belongs to something else too.
CARRIERS = ("service_at_location", "contact", "phone")
References = list[tuple[Any, str]]


def set_aside(source: str, changes: Sequence[RowChange]) -> set[UUID]:
    """Services are set aside; other records go. Ids of services that changed."""
    changed: set[UUID] = set()
    for table, records in _by_table(source, changes):
        if table == "service":
            changed |= _set_services_aside(records)
        else:
            changed |= _delete(table, records)
    return changed


def remove(source: str, changes: Sequence[RowChange]) -> set[UUID]:
    """Deletes what the rows made. Ids of services that changed."""
    changed: set[UUID] = set()
    for table, records in _by_table(source, changes):
        if table == "organization":
            _no_longer_described(records)
        changed |= _delete(table, records)
        if table == "service":
            _stand_ins(source).delete()
    return changed


def _by_table(
    source: str, changes: Sequence[RowChange]
) -> Iterable[tuple[str, QuerySet[Any, Any]]]:
    """The records of the rows, children first; not what another row still tells of."""
    tables = {change.table for change in changes}
    for table in reversed(OBJECTS):
        if table in tables:
            of_table = [change for change in changes if change.table == table]
            yield table, _own(source, table, of_table)


def _own(source: str, table: str, changes: list[RowChange]) -> QuerySet[Any, Any]:
    pks = {change.record_id for change in changes if change.record_id}
    ids = {change.source_id for change in changes}
    others = SourceRow.objects.filter(table=table, record_id__in=pks, set_aside=False).exclude(
        source=source, source_id__in=ids
    )
    pks -= set(others.values_list("record_id", flat=True))
    return MODELS[table]._default_manager.filter(pk__in=pks, source=source).order_by()


def _set_services_aside(services: QuerySet[Any, Any]) -> set[UUID]:
    pks = set(services.filter(set_aside_at=None).values_list("pk", flat=True))
    now = timezone.now()
    Service.objects.filter(pk__in=pks).update(set_aside_at=now, last_modified=now)
    return pks


def _delete(table: str, records: QuerySet[Any, Any]) -> set[UUID]:
    leaving = _unreferred(table, records) if table in SHARED else list(records)
    owners = {record.pk: owners_of(table, record) for record in leaving}
    found = services_of(owner for several in owners.values() for owner in several)
    changed = {service for services in found.values() for service in services}
    pks = list(owners)
    if table in CARRIERS:
        _let_go(table, pks)
    MODELS[table]._default_manager.filter(pk__in=pks).delete()
    if table == "schedule":
        own = [record for record in leaving if isinstance(record, Schedule)]
        schedules.untell_services({record.service_id for record in own if record.service_id})
    return changed


def references(table: str) -> References:
    """The models and their columns that refer to the table."""
    return [
        (relation.related_model, relation.field.name)
        for relation in MODELS[table]._meta.related_objects
        if relation.related_model in MODELS.values() and isinstance(relation.field, ForeignKey)
    ]


def _unreferred(table: str, records: QuerySet[Any, Any]) -> list[Record]:
    """Those that nothing else refers to; of terms within terms, the innermost first."""
    left = {record.pk: record for record in records}
    going: dict[UUID, Record] = {}
    while True:
        kept: set[UUID] = set()
        for model, column in references(table):
            users = model._default_manager.filter(**{f"{column}__in": list(left)})
            users = users.exclude(pk__in=list(going)) if model is MODELS[table] else users
            kept |= set(users.order_by().values_list(column, flat=True))
        found = {pk: record for pk, record in left.items() if pk not in kept}
        if not found:
            return list(going.values())
        going |= found
        for pk in found:
            del left[pk]


def _let_go(table: str, pks: list[UUID]) -> None:
    """A phone of a contact that goes stays, when it is a service's too."""
    for model, column in references(table):
        names = {m: name for name, m in MODELS.items()}
        owners = [link.name for link in OBJECTS[names[model]].owners]
        others = [name.removesuffix("_id") for name in owners if name != f"{column}_id"]
        elsewhere = Q()
        for other in others:
            elsewhere |= Q(**{f"{other}__isnull": False})
        if others:
            users = model._default_manager.filter(elsewhere, **{f"{column}__in": pks})
            users.update(**{column: None})


def _no_longer_described(organizations: QuerySet[Any, Any]) -> None:
    """An organization that services still name stands in for itself again."""
    named = organizations.filter(services__isnull=False).distinct()
    Organization.objects.filter(pk__in=list(named.values_list("pk", flat=True))).update(
        unknown=True, last_modified=timezone.now()
    )


def _stand_ins(source: str) -> QuerySet[Organization, Organization]:
    return Organization.objects.filter(source=source, unknown=True, services=None)
