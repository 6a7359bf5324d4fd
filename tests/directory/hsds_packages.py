"""What tests of HSDS imports share: small packages, and rows as the directory gives them back."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from directory.export.package import as_text
from directory.hsds.objects import OBJECTS
from directory.imports.hsds_kind import HsdsKind
from directory.imports.kinds import Candidate, RowChange, Written
from directory.imports.readers import Package, open_source
from directory.imports.rows import Row
from directory.records.flat import flat_rows
from directory.records.shown import EXPORTED

Cells = Mapping[str, Any]
Rows = dict[tuple[str, str], dict[str, str]]
SOURCE = "county"


def uid(name: str) -> str:
    """A UUID that a test can name."""
    return str(uuid5(NAMESPACE_URL, name))


def write_package(folder: Path, tables: Mapping[str, Iterable[Cells]]) -> Path:
    """A folder of CSV files, one for each object."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        several = list(rows)
        headings = list(dict.fromkeys(column for row in several for column in row))
        with (folder / f"{OBJECTS[name].file}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(headings)
            writer.writerows([as_text(row.get(column)) for column in headings] for row in several)
    return folder


def read_package(path: Path) -> Package:
    found = open_source(path)
    assert isinstance(found, Package)
    return found


def filled(row: Row) -> dict[str, str]:
    return {column: cell for column, cell in row.cells.items() if cell}


def given_rows(package: Package) -> Rows:
    """What a package says, by table and id."""
    return {(row.table, row.cells["id"]): filled(row) for row in package}


def exported_rows() -> Rows:
    """What the directory says, by table and id, as a reader of its package has it."""
    return {
        (name, str(row["id"])): {
            column: cell if isinstance(cell, str) else as_text(cell)
            for column, cell in row.items()
            if cell is not None
        }
        for name in OBJECTS
        for row in flat_rows(EXPORTED, name)
    }


@dataclass(frozen=True)
class Ids:
    """Rows that come from no file, and which ids they have."""

    rows: list[Row]

    @classmethod
    def of(cls, tables: Mapping[str, Iterable[Cells]]) -> "Ids":
        return cls(
            [
                Row(number, {"id": f"{name}-{number}", **cells}, table=name)
                for name in OBJECTS
                for number, cells in enumerate(tables.get(name, ()), start=1)
            ]
        )

    def has_id(self, name: str, record_id: str) -> bool:
        return any(row.table == name and row.cells["id"] == record_id for row in self.rows)


def candidates(tables: Mapping[str, Iterable[Cells]]) -> list[Candidate]:
    """The rows, read."""
    found = Ids.of(tables)
    return HsdsKind(found).read(SOURCE, found.rows)


def write(tables: Mapping[str, Iterable[Cells]], source: str = SOURCE) -> list[Written]:
    """Reads and writes rows past the staging engine."""
    found = Ids.of(tables)
    kind = HsdsKind(found)
    changes = [
        RowChange(one.table, one.source_id, one.values)
        for one in kind.read(source, found.rows)
        if one.values is not None
    ]
    written: list[Written] = []
    for _table, same_table in groupby(changes, key=lambda change: change.table):
        written += kind.write(source, list(same_table))
    kind.finish(source)
    return written


def codes(found: Iterable[Candidate]) -> list[tuple[str, str | None, str]]:
    """Table, column and code of every problem."""
    return [(one.table, p.column, p.code) for one in found for p in one.problems]


def lost(given: Rows, told: Rows) -> list[tuple[str, str, str, str | None]]:
    """What was given and is not told: table, column, cell, and what is told instead."""
    return [
        (table, column, cell, told.get((table, pk), {}).get(column))
        for (table, pk), cells in given.items()
        for column, cell in cells.items()
        if not same(cell, told.get((table, pk), {}).get(column))
    ]


def same(given: str, told: str | None) -> bool:
    """Whether two cells say the same: a number may be written in two ways."""
    if told is None or given == told:
        return given == told
    try:
        return float(given) == float(told)
    except ValueError:
        return False
