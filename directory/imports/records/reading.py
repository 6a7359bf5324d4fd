"""One row of an HSDS table while it is being read: cells to values, and what is said of them."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from directory.hsds.objects import OBJECTS
from directory.imports.listing import Problem
from directory.imports.messages import said as _
from directory.imports.records.cells import Reader, Told, plain, reader, tidy
from directory.imports.records.identity import tidy_id
from directory.imports.rows import Row
from directory.models.location import TELLING
from directory.records.binding import ONLY_AS_GIVEN, binding

# A row without these has no name by which anybody could know it.
NAMES = {
    "organization": ("name",),
    "program": ("name",),
    "service": ("name",),
    "taxonomy": ("name",),
    "taxonomy_term": ("name", "code"),
    "phone": ("number",),
    "url": ("url",),
    "organization_identifier": ("identifier",),
}
# What tells a place: problems with it are told under codes of their own, so that they can be
# taken out of reports when the place becomes confidential.
PLACE_COLUMNS: dict[str, tuple[str, ...]] = {
    "location": ("name", "latitude", "longitude", "x_time_zone", "location_type", *TELLING),
    "service_at_location": ("description",),
}
PLACE_TABLES = ("address", "accessibility", "metadata")
POINT = ("latitude", "longitude")
AGES = ("minimum_age", "maximum_age")
LONGEST_NAME = 100


@dataclass(frozen=True)
class Columns:
    """How the cells of one table are read. `links`: column → object that it leads to."""

    readers: dict[str, Reader]
    links: dict[str, str]
    only_kept: frozenset[str]


@cache
def columns_of(table: str) -> Columns:
    bound = binding(table)
    specs = {spec.name: spec for spec in bound.spec.fields}
    every = {**bound.fields, **bound.extensions}
    only_kept = {column for name, column in ONLY_AS_GIVEN if name == table}
    readers = {column: reader(specs.get(column), found) for column, found in every.items()}
    links = {link.name: link.to for link in OBJECTS[table].links}
    return Columns(readers, links, frozenset(only_kept))


@dataclass
class Reading:
    """`links` holds the ids that the row names, before anybody knows where they lead."""

    row: Row
    source_id: str
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    as_given: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rejected: bool = False
    subject: str = ""  # the object that an attribute or metadata is about

    @property
    def table(self) -> str:
        return self.row.table

    @property
    def parent(self) -> str:
        """The object inside which an attribute or metadata stood."""
        return self.row.parent[0] if self.row.parent else ""

    def tells_place(self, column: str | None) -> bool:
        if self.table in PLACE_TABLES:
            return True
        if self.table == "location" and column not in columns_of("location").readers:
            return column not in ("id", "organization_id")
        return column in PLACE_COLUMNS.get(self.table, ())

    def warn(self, column: str | None, code: str, message: str, value: str = "") -> None:
        place = self.tells_place(column)
        code = f"place-{code}" if place else code
        self.problems.append(Problem(self.row.number, column, code, message, value, place=place))

    def reject(self, column: str | None, code: str, message: str, value: str = "") -> None:
        self.warn(column, code, message, value)
        self.rejected = True

    def keep(self, column: str, told: Told, text: str) -> None:
        """Keeps what was given, for stewards and for export, and says why."""
        self.as_given[column] = text
        self.warn(column, told.code, told.message, text)


class RowReader:
    """Reads the rows of one file; what is said of a whole column is said once."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()

    def read(self, row: Row) -> Reading:
        reading = Reading(row, tidy_id(row.cells.get("id", "")), problems=list(row.problems))
        if row.surplus:
            message = _("The row has more cells than there are headings.")
            reading.reject(None, "too-many-cells", message)
        elif not reading.source_id:
            reading.reject("id", "no-id", _("The row has no id. Give it one."))
        else:
            self._cells(reading)
            _points(reading)
            _ages(reading)
            _named(reading)
        return reading

    def _cells(self, reading: Reading) -> None:
        known = columns_of(reading.table)
        readers, links, values = known.readers, known.links, reading.values
        for column, text in reading.row.cells.items():
            if not text or text.isspace():
                continue
            read = readers.get(column)
            if read is not None:
                _value(reading, column, read(text), text, values)
            elif column in links:
                reading.links[column] = tidy_id(text)
            elif column != "id":
                self._kept(reading, column, text, known)
        if reading.table == "service" and "last_modified" in values:
            values.pop("last_modified")  # ours says when it changed here
            reading.as_given["last_modified"] = reading.row.cells["last_modified"].strip()

    def _kept(self, reading: Reading, column: str, text: str, known: Columns) -> None:
        """A column that no field holds. Said once, not for each row."""
        name = tidy(column, lines=False)[:LONGEST_NAME]
        reading.as_given[name] = tidy(text)
        if (reading.table, name) in self._said:
            return
        self._said.add((reading.table, name))
        if name in known.only_kept:
            message = _("Hours are read on the location's own clock; the offset is only kept.")
            reading.warn(name, "time-zone", message, text)
        else:
            message = _("HSDS has no such column in this table: it is kept for stewards alone.")
            reading.warn(name, "unknown-column", message)


def _value(reading: Reading, column: str, told: Told, text: str, values: dict[str, Any]) -> None:
    if told.value is not None:
        values[column] = told.value
    if told.kept:
        reading.as_given[column] = text if plain(text) else tidy(text)
    if told.code:
        reading.warn(column, told.code, told.message, text)


def _points(reading: Reading) -> None:
    """Both coordinates or none: half a point is nowhere. Zero and zero is an empty cell's."""
    if reading.table != "location" or not any(name in reading.row.cells for name in POINT):
        return
    latitude, longitude = (reading.values.get(name) for name in POINT)
    if (latitude is None and longitude is None) or _on_earth(latitude, longitude):
        return
    wrong = "longitude" if latitude is not None and abs(latitude) <= 90 else "latitude"
    message = _("Latitude and longitude are no place on Earth: it is not on the map.")
    _taken_back(reading, POINT, wrong, "coordinate", message)


def _on_earth(latitude: float | None, longitude: float | None) -> bool:
    if latitude is None or longitude is None or not (latitude or longitude):
        return False
    return abs(latitude) <= 90 and abs(longitude) <= 180


def _ages(reading: Reading) -> None:
    if reading.table != "service" or not all(name in reading.values for name in AGES):
        return
    if reading.values[AGES[0]] > reading.values[AGES[1]]:
        message = _("The lowest age is above the highest: neither is used.")
        _taken_back(reading, AGES, AGES[0], "age", message)


def _taken_back(
    reading: Reading, names: tuple[str, ...], wrong: str, code: str, message: str
) -> None:
    for name in names:
        if reading.values.pop(name, None) is not None:
            reading.as_given[name] = reading.row.cells[name].strip()
    reading.warn(wrong, code, message, reading.row.cells.get(wrong, ""))


def _named(reading: Reading) -> None:
    names = NAMES.get(reading.table, ())
    if names and not any(name in reading.values or name in reading.as_given for name in names):
        message = _("The row has no %(name)s: nobody could tell what it is.") % {"name": names[0]}
        reading.reject(names[0], f"no-{names[0]}", message)
