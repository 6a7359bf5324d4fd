"""What rows say of a confidential place, left out before anything is written down.

A location is confidential because a steward made it so, or because the file says so
(`x_confidential`); no file takes it back.
"""

from collections.abc import Iterable
from uuid import UUID

from directory.imports.records.links import SUBJECTS, Target, records_of
from directory.imports.records.reading import Reading
from directory.models import Location, SourceRow
from directory.models.place_traces import KEPT, OF_A_PLACE, SECRET

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
                reading.problems = [p for p in reading.problems if not (p.place and p.value)]
        return secret

    def _learn(self, source: str, readings: list[Reading]) -> None:
        for reading in readings:
            if reading.table == "location" and reading.values.get(CONFIDENTIAL):
                self._declared.add(("location", reading.source_id))
        self._hidden |= confidential(source, (t for r in readings for t in _locations(r)))
        for reading in readings:
            location = ("location", reading.links.get("location_id", ""))
            if reading.table in OF_A_PLACE and location in self._hidden | self._declared:
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
    """Those of the locations that are confidential in the directory."""
    found = records_of(source, wanted)
    hidden = _confidential_among(found.values())
    return {target for target, pk in found.items() if pk in hidden}


def _confidential_among(pks: Iterable[UUID]) -> set[UUID]:
    hidden = Location.objects.filter(confidential=True, pk__in=list(pks))
    return set(hidden.order_by().values_list("pk", flat=True))


def _locations(reading: Reading) -> Iterable[Target]:
    if reading.table == "location":
        yield ("location", reading.source_id)
    elif reading.table in OF_A_PLACE or reading.table == "service_at_location":
        if "location_id" in reading.links:
            yield ("location", reading.links["location_id"])
    elif reading.subject == "location":
        yield from _subjects(reading)


def _about(reading: Reading) -> Iterable[Target]:
    """What may be confidential so that the row tells of it."""
    if reading.table in ("location", *OF_A_PLACE):
        yield (reading.table, reading.source_id)
    elif reading.table == "service_at_location":
        yield ("location", reading.links.get("location_id", ""))
    else:
        yield from _subjects(reading)


def _subjects(reading: Reading) -> Iterable[Target]:
    """What an attribute or metadata is about, or may be about when it leads nowhere."""
    if reading.table not in SUBJECTS:
        return
    given = reading.links.get(SUBJECTS[reading.table][0], "")
    if given:
        names = [reading.subject] if reading.subject else ["location", *OF_A_PLACE]
        yield from ((name, given) for name in names)


def _forgotten(source: str, wanted: Iterable[Target]) -> set[Target]:
    """Addresses and the like that were imported before and of which nothing is kept: a secret."""
    ids = {given for name, given in wanted if name in OF_A_PLACE}
    if not ids:
        return set()
    rows = SourceRow.objects.filter(source=source, table__in=OF_A_PLACE, source_id__in=ids)
    kept = rows.values_list("table", "source_id", "values")
    return {(table, given) for table, given, values in kept if values == SECRET}
