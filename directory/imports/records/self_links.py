"""Links to rows of the same table: an organization's parent, a term's parent.

They are written before it is known whether the parent will be there: the database looks when the
transaction ends. Before that they are settled, so that none leads nowhere or in a circle.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from directory.imports.records.affected import services_of
from directory.imports.records.links import records_of
from directory.records.binding import MODELS

Key = TypeVar("Key", bound=Hashable)
SELF_LINKS = {"organization": "parent_organization_id", "taxonomy_term": "parent_id"}


def closes_a_circle(parents: Mapping[Key, Key], child: Key, parent: Key) -> bool:
    """Whether the child is an ancestor of what would become its parent."""
    seen, above = set(), parent
    while above not in seen:
        if above == child:
            return True
        seen.add(above)
        if above not in parents:
            return False
        above = parents[above]
    return False


class Circles:
    """Rows of a file whose parents lead back to them: the row that closes the circle is told."""

    def __init__(self) -> None:
        self._parents: dict[str, dict[str, str]] = defaultdict(dict)

    def closed_by(self, table: str, given: str, parent: str) -> bool:
        parents = self._parents[table]
        if closes_a_circle(parents, given, parent):
            return True
        parents[given] = parent
        return False


@dataclass(frozen=True)
class Wanted:
    table: str
    pk: UUID
    parent: str  # the id as the source gives it


def records(wanted: Iterable[Wanted]) -> list[QuerySet[Any]]:
    """Those whose links are to be settled."""
    several = list(wanted)
    return [
        MODELS[table]._default_manager.filter(pk__in=[w.pk for w in several if w.table == table])
        for table in {one.table for one in several}
    ]


def settle(source: str, wanted: Iterable[Wanted]) -> list[UUID]:
    """Takes back the links that lead nowhere after all, or in a circle; ids of services whose
    terms stand elsewhere now.
    """
    by_table: dict[str, list[Wanted]] = defaultdict(list)
    for one in wanted:
        by_table[one.table].append(one)
    for table, several in by_table.items():
        _settle(source, table, several)
    terms = (("taxonomy_term", one.pk) for one in by_table["taxonomy_term"])
    found = services_of(terms)
    return sorted({service for services in found.values() for service in services})


def _settle(source: str, table: str, wanted: list[Wanted]) -> None:
    model, column = MODELS[table], SELF_LINKS[table]
    led = records_of(source, {(table, one.parent) for one in wanted})
    linked = model._default_manager.filter(**{f"{column}__isnull": False}).order_by()
    parents: dict[UUID, UUID] = dict(linked.values_list("pk", column))
    lost = {}
    for one in wanted:
        above = led.get((table, one.parent))
        if above is None or closes_a_circle(parents, one.pk, parents.get(one.pk, above)):
            parents.pop(one.pk, None)
            lost[one.pk] = one.parent
    records = list(model._default_manager.filter(pk__in=lost))
    for record in records:
        setattr(record, column, None)
        record.as_given = {**record.as_given, column: lost[record.pk]}
        record.last_modified = timezone.now()
    fields = [column, "as_given", "last_modified"]
    model._default_manager.bulk_update(records, fields, batch_size=100)
