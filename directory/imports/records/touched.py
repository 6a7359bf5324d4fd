"""The records that writing rows of HSDS may change: what undo has to know of, owners first."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from directory.imports.kinds import RowChange
from directory.imports.origin import from_source
from directory.imports.records.identity import record_id, stand_in_id
from directory.imports.records.leaving import CARRIERS, references
from directory.models import Organization, Service
from directory.records.binding import MODELS


def touched_by(source: str, changes: Sequence[RowChange]) -> Iterable[QuerySet[Any]]:
    """A bounded number of querysets for each table."""
    for table in dict.fromkeys(change.table for change in changes):
        yield from _of_table(source, table, [c for c in changes if c.table == table])


def _of_table(source: str, table: str, changes: list[RowChange]) -> Iterator[QuerySet[Any]]:
    if table == "service":
        yield _stand_ins(source, changes)
    if table == "schedule":
        yield Service.objects.filter(pk__in=_named(source, "service", "service_id", changes))
    ids = [change.source_id for change in changes]
    pks = {record_id(source, table, given) for given in ids}
    pks |= {change.record_id for change in changes if change.record_id}
    own = MODELS[table]._default_manager.filter(Q(pk__in=pks) | from_source(source, ids))
    yield own
    if table in CARRIERS:
        for model, column in references(table):
            yield model._default_manager.filter(**{f"{column}__in": pks})


def _stand_ins(source: str, changes: list[RowChange]) -> QuerySet[Organization]:
    """The organizations of services that name one which nobody has described."""
    pks = set(_named(source, "organization", "organization_id", changes))
    pks |= {stand_in_id(source, change.source_id) for change in changes}
    return Organization.objects.filter(pk__in=pks)


def _named(source: str, to: str, column: str, changes: list[RowChange]) -> Iterator[Any]:
    for change in changes:
        for values in (change.values, change.last or {}):
            given = values.get(column) or values.get("as_given", {}).get(column)
            if given:
                yield record_id(source, to, given)
