"""Where the ids that rows name lead: to the package's own rows, to the database, or nowhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from directory.hsds.objects import OBJECTS
from directory.imports.origin import from_source
from directory.imports.records.identity import record_id
from directory.imports.records.reading import Reading
from directory.models import SourceRow
from directory.records.binding import MODELS

Target = tuple[str, str]  # an object's name and an id as the source gives it
NAMES = tuple(OBJECTS)
# What an attribute or metadata may be about: the records that are written before it.
BEFORE = {name: NAMES[: NAMES.index(name)] for name in ("attribute", "metadata")}
SUBJECTS = {"attribute": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}


class HasIds(Protocol):
    """What is asked of a package."""

    def has_id(self, name: str, record_id: str) -> bool: ...


def records_of(source: str, wanted: Iterable[Target]) -> dict[Target, UUID]:
    """The records that ids lead to; an organization that nobody has described is none.

    Two queries for each object that is asked for.
    """
    ids: dict[str, set[str]] = defaultdict(set)
    for name, given in wanted:
        ids[name].add(given)
    return {
        (name, given): pk
        for name, of_name in ids.items()
        for given, pk in _found(source, name, of_name).items()
    }


def _found(source: str, name: str, ids: set[str]) -> dict[str, UUID]:
    pks = {given: record_id(source, name, given) for given in ids}
    if name in ("service", "service_at_location"):  # two rows may have become one record
        rows = SourceRow.objects.filter(source=source, table=name, source_id__in=ids)
        pks |= {given: pk for given, pk in rows.values_list("source_id", "record_id") if pk}
    records: QuerySet[Any] = MODELS[name]._default_manager.filter(
        Q(pk__in=pks.values()) | from_source(source, ids)
    )
    if name == "organization":
        records = records.filter(unknown=False)
    there, own = set(), {}
    for pk, of, given in records.order_by().values_list("pk", "source", "source_id"):
        there.add(pk)
        if of == source:
            own[given] = pk
    found = {given: pk for given, pk in pks.items() if pk in there}
    return {given: own[given] for given in ids if given in own} | found


class Links:
    """Resolves what the rows of one file name. `absent`: ids of rows of the file that become no
    record, because they are rejected or belong to nothing that exists.
    """

    def __init__(self, package: HasIds | None) -> None:
        self._package = package
        self.absent: set[Target] = set()

    def leading(self, source: str, readings: list[Reading]) -> set[Target]:
        """Of all that the rows name, what leads somewhere. Tells of whom attributes are."""
        wanted = {target for reading in readings for target in _named(reading)}
        found = {target for target in wanted if self._in_package(target)}
        found |= set(records_of(source, wanted - found))
        subjects = [reading for reading in readings if _about(reading)]
        for reading in subjects:
            self._subject(reading, found)
        self._search_everywhere(source, [one for one in subjects if not one.subject], found)
        return found

    def _in_package(self, target: Target) -> bool:
        if self._package is None or target in self.absent:
            return False
        return self._package.has_id(*target)

    def _subject(self, reading: Reading, found: set[Target]) -> None:
        for name in (*_likely(reading), *BEFORE[reading.table]):
            target = (name, _about(reading))
            if target in found or self._in_package(target):
                found.add(target)
                reading.subject = name
                return

    def _search_everywhere(self, source: str, lost: list[Reading], found: set[Target]) -> None:
        """Asks the database for what attributes name when the package does not have it."""
        if not lost:
            return
        ids = {_about(reading) for reading in lost}
        there = records_of(source, ((name, given) for name in NAMES for given in ids))
        found |= set(there)
        for reading in lost:
            names = (n for n in BEFORE[reading.table] if (n, _about(reading)) in there)
            reading.subject = next(names, "")


def _about(reading: Reading) -> str:
    """The id of what an attribute or metadata is about."""
    if reading.table not in SUBJECTS:
        return ""
    return reading.links.get(SUBJECTS[reading.table][0], "")


def _named(reading: Reading) -> Iterator[Target]:
    for link in OBJECTS[reading.table].links:
        given = reading.links.get(link.name)
        if given is None:
            continue
        if link.to in OBJECTS:
            yield link.to, given
        else:
            yield from ((name, given) for name in _likely(reading))


def _likely(reading: Reading) -> Iterator[str]:
    """The object that an attribute or metadata stood in, or that it names itself."""
    if reading.parent in BEFORE[reading.table]:
        yield reading.parent
    named = reading.values.get(SUBJECTS[reading.table][1], "")
    if named in BEFORE[reading.table]:
        yield named
