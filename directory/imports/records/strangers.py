"""Rows that would change what somebody else told of: they wait until a person chooses them.

A UUID is the record's own, whichever source tells of it. That lets sources share a taxonomy, and
would let one source write over another's listings, or hang its own phones on them. So a row waits
whose record another source or a person made, and a row that newly belongs to such a record. Once a
person has let a source tell of a record, it may go on.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from directory.hsds.objects import OBJECTS
from directory.imports.kinds import Values
from directory.imports.listing import Problem
from directory.imports.messages import OF_A_PLACE
from directory.imports.messages import said as _
from directory.imports.records.identity import record_id
from directory.imports.records.links import Target
from directory.imports.records.reading import Reading
from directory.models import ImportBatch, SourceRow, StagedRow
from directory.records.binding import MODELS

OWN, BESIDE = "other-source", "beside-other-source"
CHUNK = 500
FROM_SOURCE = _(
    "The directory has a record with this id from the source “%(source)s”: publishing this row "
    "changes that record. It is not chosen: choose it if that is right. If both are one source, "
    "discard this import and bring the file in under that name."
)
BY_HAND = _(
    "The directory has a record with this id that was entered here: publishing this row changes "
    "that record. It is not chosen: choose it if that is right."
)
BESIDE_SOURCE = _(
    "This belongs to a record of the source “%(source)s”: publishing this row adds to it. It is "
    "not chosen: choose it if that is right."
)
BESIDE_HAND = _(
    "This belongs to a record that was entered here: publishing this row adds to it. It is not "
    "chosen: choose it if that is right."
)


class Strangers:
    """Knows which rows of one file wait: what belongs to them waits too."""

    def __init__(self) -> None:
        self._waiting: dict[Target, str] = {}

    def hold_back(self, source: str, readings: Sequence[Reading]) -> set[int]:
        """Which of the rows, all of one table, wait for a person; each says why. Three queries for
        each object that they are or name.
        """
        known = _known(source, {_own(reading) for reading in readings})
        wanted = {_own(reading) for reading in readings} - known.keys()
        wanted |= {target for reading in readings for target in _owners(reading, known)}
        strange = _strange(source, wanted) | {
            target: whose for target, whose in self._waiting.items() if target in wanted
        }
        held = set()
        for position, reading in enumerate(readings):
            if not reading.rejected and self._waits(reading, known, strange):
                held.add(position)
        return held

    def _waits(
        self, reading: Reading, known: dict[Target, Values], strange: dict[Target, str]
    ) -> bool:
        own = _own(reading)
        if own in strange:
            code, whose = OWN, strange[own]
            message = FROM_SOURCE % {"source": whose} if whose else BY_HAND
        else:
            owners = [target for target in _owners(reading, known) if target in strange]
            if not owners:
                return False
            code, whose = BESIDE, strange[owners[0]]
            message = BESIDE_SOURCE % {"source": whose} if whose else BESIDE_HAND
        self._waiting[own] = whose
        reading.warn("id", code, message, reading.source_id)
        return True


def _own(reading: Reading) -> Target:
    return reading.table, reading.source_id


def _owners(reading: Reading, known: dict[Target, Values]) -> Iterable[Target]:
    """What the row belongs to, but for what it belonged to when it was last published."""
    last = known.get(_own(reading), {})
    for link in OBJECTS[reading.table].links:
        if link not in OBJECTS[reading.table].owners and link.name != "taxonomy_id":
            continue
        given = reading.links.get(link.name)
        to = link.to if link.to in OBJECTS else reading.subject
        if given and to and given != last.get(link.name):
            yield to, given


def _known(source: str, wanted: Iterable[Target]) -> dict[Target, Values]:
    """What the source said last of those that it may tell of."""
    return {
        (table, given): values
        for table, ids in _by_table(wanted).items()
        for given, values in SourceRow.objects.filter(
            source=source, table=table, source_id__in=ids, record_id__isnull=False
        ).values_list("source_id", "values")
    }


def _strange(source: str, wanted: Iterable[Target]) -> dict[Target, str]:
    """Those whose record is another source's ("": a person's), of which this one never told."""
    found: dict[Target, str] = {}
    for table, ids in _by_table(wanted).items():
        pks = {record_id(source, table, given): given for given in ids}
        others = MODELS[table]._default_manager.filter(pk__in=pks).exclude(source=source)
        for pk, whose in others.order_by().values_list("pk", "source"):
            found[table, pks[pk]] = whose
    for target in _known(source, found):
        del found[target]
    return found


def is_anothers(row: StagedRow) -> bool:
    """Whether the row's own record is somebody else's: it is there without this row."""
    return OWN in _codes(row.problems)


def count_waiting(batch: ImportBatch) -> int:
    """How many rows wait because of others' records and have not been chosen."""
    actions = (StagedRow.Action.CREATE, StagedRow.Action.UPDATE)
    rows = batch.rows.filter(chosen=False, action__in=actions).exclude(problems=[]).order_by()
    told = rows.values_list("problems", flat=True).iterator(1_000)
    return sum(not {OWN, BESIDE}.isdisjoint(_codes(problems)) for problems in told)


def _codes(problems: Iterable[dict[str, Any]]) -> set[str]:
    return {problem["code"].removeprefix(OF_A_PLACE) for problem in problems}


def arrived_meanwhile(batch: ImportBatch) -> None:
    """Rows whose record another source made after they were staged wait for a person too, with
    what is part of the same listing and what would newly belong to one that waits.
    """
    since = ImportBatch.objects.filter(published_at__gte=batch.created_at)
    if not since.exclude(source=batch.source).exists():
        return
    last = 0
    waiting: dict[Target, str] = {}
    changing = (StagedRow.Action.CREATE, StagedRow.Action.UPDATE)
    rows = batch.rows.filter(action__in=changing).order_by("number")
    while chunk := list(rows.filter(number__gt=last)[:CHUNK]):
        last = chunk[-1].number
        told = {OWN, BESIDE}
        unseen = [row for row in chunk if told.isdisjoint(_codes(row.problems))]
        _hold_back_again(batch, unseen, waiting)


def _hold_back_again(batch: ImportBatch, rows: list[StagedRow], waiting: dict[Target, str]) -> None:
    new = {(row.table, row.source_id) for row in rows if row.action == StagedRow.Action.CREATE}
    waiting |= _strange(batch.source, new)
    held = [row for row in rows if _waits_again(row, waiting)]
    StagedRow.objects.bulk_update(held, ["problems", "chosen"], batch_size=100)
    roots = [f"{row.table}:{row.source_id}" for row in held]
    batch.rows.filter(root__in=roots).update(chosen=False)


def _waits_again(row: StagedRow, waiting: dict[Target, str]) -> bool:
    own = (row.table, row.source_id)
    if own in waiting:
        code, whose = OWN, waiting[own]
        message = FROM_SOURCE % {"source": whose} if whose else BY_HAND
    else:
        owner = next((target for target in _joined(row) if target in waiting), None)
        if owner is None:
            return False
        code, whose = BESIDE, waiting[owner]
        message = BESIDE_SOURCE % {"source": whose} if whose else BESIDE_HAND
    waiting[own] = whose
    problem = Problem(row.row, "id", code, message, row.source_id).as_report()
    row.problems = [*row.problems, problem | {"table": row.table}]
    row.chosen = False
    return True


def _joined(row: StagedRow) -> Iterable[Target]:
    """What the row belongs to and did not before."""
    spec = OBJECTS[row.table]
    for link in spec.links:
        given = row.values.get(link.name)
        owner = link in spec.owners or link.name == "taxonomy_id"
        if owner and given and given != row.before.get(link.name):
            yield link.to if link.to in OBJECTS else row.values.get("of", ""), given


def _by_table(wanted: Iterable[Target]) -> dict[str, set[str]]:
    ids: dict[str, set[str]] = defaultdict(set)
    for table, given in wanted:
        ids[table].add(given)
    return ids
