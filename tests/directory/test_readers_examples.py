"""The examples of HSDS 3.1: every value of every object is in a row, under its own id."""

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from directory.hsds.objects import OBJECTS
from directory.imports.faults import FileFault
from directory.imports.readers import Package, Row, open_source

pytestmark = pytest.mark.real_data
FOLDER = Path(os.environ.get("OPENDOOR_REAL_DATA", "../shared/data")) / "hsds-3.1/examples"
JSON = (
    "location",
    "organization_full",
    "organization_list",
    "service_at_location_full",
    "service_at_location_list",
    "service_full",
    "service_list",
    "tabular",
    "taxonomy",
    "taxonomy_list",
    "taxonomy_term",
    "taxonomy_term_list",
)


@pytest.fixture(autouse=True)
def _examples() -> None:
    if not FOLDER.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"the HSDS examples are not in {FOLDER}")


def opened(path: Path) -> Package:
    found = open_source(path)
    assert isinstance(found, Package)
    return found


def leaves(value: Any) -> Iterator[tuple[str, str, str]]:
    """The id, key and text of every filled value of every object."""
    if isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, dict | list):
                yield from leaves(inner)
            elif inner not in (None, "") and "id" in value:
                yield value["id"], key, str(inner)


def held(rows: list[Row]) -> set[tuple[str, str, str]]:
    return {
        (row.cells["id"].partition("#")[0], key, cell)
        for row in rows
        for key, cell in row.cells.items()
        if cell
    }


@pytest.mark.parametrize("name", JSON)
def test_every_value_of_an_example_is_in_a_row(name: str) -> None:
    path = FOLDER / f"{name}.json"
    given = list(leaves(json.loads(path.read_text(encoding="utf-8"))))
    rows = list(opened(path))
    got = held(rows)
    assert len(given) >= 5
    assert [leaf for leaf in given if leaf not in got] == []


def test_the_full_service_is_one_row_an_object() -> None:
    package = opened(FOLDER / "service_full.json")
    assert package.rows == len(package.tables) == 23
    by_table = {row.table: row.cells for row in package}
    owners = [
        name for name in by_table["phone"] if name.endswith("_id") and by_table["phone"][name]
    ]
    assert len(owners) == 5


@pytest.mark.parametrize("path", ["csv", "csv/datapackage.json"])
def test_every_cell_of_the_tables_is_in_a_row(path: str) -> None:
    package = opened(FOLDER / path)
    assert package.tables == tuple(OBJECTS)
    assert (package.rows, package.unread, package.absent, package.guessed) == (24, (), (), ())
    for row in package:
        with (FOLDER / "csv" / f"{OBJECTS[row.table].file}.csv").open(newline="") as file:
            (given,) = csv.DictReader(file)
        assert {key: cell for key, cell in row.cells.items() if cell} == {
            key: cell for key, cell in given.items() if cell
        }


def test_the_description_of_an_api_is_no_data() -> None:
    with pytest.raises(FileFault) as caught:
        open_source(FOLDER / "base.json")
    assert caught.value.code == "not-hsds"
