"""What rows say of a confidential place, left out before anything is written down.

A location is confidential because a steward made it so, or because the file says so
(`x_confidential`); no file takes it back.
"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from directory.imports.records.links import SUBJECTS, Target, records_of
from directory.imports.records.reading import Reading
from directory.models import SourceRow
from directory.models.place_traces import HANGING, KEPT, OF_A_PLACE, SECRET
from directory.records.binding import MODELS
from directory.records.shown import CARRIERS, at_a_secret_place

CONFIDENTIAL = "x_confidential"


class Secrets:
    """Knows which objects of a file tell a confidential place."""

    def __init__(self) -> None:
        self._declared: set[Target] = set()
        self._hidden: set[Target] = set()

    def leave_out(self, source: str, readings: list[Reading]) -> set[int]:
        """Takes out of the readings what tells a confidential place; which ones those were."""
        self._learn(source, readings)
        secret = set()
        for position, reading in enumerate(readings):
            if self._trimmed(reading):
                secret.add(position)
                hangs = reading.table in HANGING
                reading.problems = [
                    p for p in reading.problems if not ((p.place or hangs) and p.value)
                ]
        return secret

    def _learn(self, source: str, readings: list[Reading]) -> None:
        for reading in readings:
            if reading.table == "location" and reading.values.get(CONFIDENTIAL):
                self._declared.add(("location", reading.source_id))
        self._hidden |= confidential(source, (t for r in readings for t in _places(r)))
        for reading in readings:
            if any(self._tells(target) for target in _links(reading)):
                self._hidden.add((reading.table, reading.source_id))
        self._hidden |= _forgotten(source, (t for r in readings for t in _subjects(r)))

    def _trimmed(self, reading: Reading) -> bool:
        """A location that only the file calls confidential keeps the name it is made with."""
        if not any(self._tells(target) for target in _about(reading)):
            return False
        new = (reading.table, reading.source_id) not in self._hidden
        named = {"name"} if reading.table == "location" and new else set()
        kept = KEPT[reading.table] | named
        for cells in (reading.values, reading.links):
            for column in cells.keys() - kept:
                del cells[column]
        reading.as_given.clear()  # links are told apart later
        return True

    def _tells(self, target: Target) -> bool:
        return target in self._hidden or target in self._declared


def confidential(source: str, wanted: Iterable[Target]) -> set[Target]:
    """Those that are confidential in the directory, or hang there on what is."""
    found = records_of(source, wanted)
    ids: dict[str, set[UUID]] = defaultdict(set)
    for (name, _given), pk in found.items():
        ids[name].add(pk)
    hidden: set[UUID] = set()
    for name in ids.keys() & {*CARRIERS, *HANGING}:
        secret = MODELS[name]._default_manager.filter(at_a_secret_place(name), pk__in=ids[name])
        hidden |= set(secret.order_by().values_list("pk", flat=True))
    return {target for target, pk in found.items() if pk in hidden}


def _places(reading: Reading) -> Iterable[Target]:
    """What may be at a confidential place in the directory."""
    if reading.table == "location":
        yield ("location", reading.source_id)
    elif reading.table in HANGING:
        yield from _links(reading)
    elif reading.subject in (*CARRIERS, *HANGING):
        yield from _subjects(reading)


def _links(reading: Reading) -> Iterable[Target]:
    """What the row hangs on."""
    for column, owner in HANGING.get(reading.table, {}).items():
        if column in reading.links:
            yield (owner, reading.links[column])


def _about(reading: Reading) -> Iterable[Target]:
    """What may be confidential so that the row tells of it."""
    if reading.table == "location" or reading.table in HANGING:
        yield (reading.table, reading.source_id)
    else:
        yield from _subjects(reading)


def _subjects(reading: Reading) -> Iterable[Target]:
    """What an attribute or metadata is about, or may be about when it leads nowhere."""
    if reading.table not in SUBJECTS:
        return
    given = reading.links.get(SUBJECTS[reading.table][0], "")
    if given:
        names = [reading.subject] if reading.subject else ["location", *HANGING]
        yield from ((name, given) for name in names)


def _forgotten(source: str, wanted: Iterable[Target]) -> set[Target]:
    """Addresses and the like that were imported before and of which nothing is kept: a secret."""
    ids = {given for name, given in wanted if name in OF_A_PLACE}
    if not ids:
        return set()
    rows = SourceRow.objects.filter(source=source, table__in=OF_A_PLACE, source_id__in=ids)
    kept = rows.values_list("table", "source_id", "values")
    return {(table, given) for table, given, values in kept if values == SECRET}
