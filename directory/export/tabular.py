"""HSDS as one JSON file in its tabular form: the name of each table and the list of its rows.

Unlike nested JSON it has a place for rows that lead nowhere, and says each thing once.
"""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from directory.export.whole import whole_file
from directory.hsds.objects import OBJECTS
from directory.records.flat import flat_rows
from directory.records.rows import Row
from directory.records.shown import EXPORTED


def write_hsds_json(path: Path) -> None:
    """Tables without a row and columns without a value are left out. Raises ExportFault."""
    with whole_file(path) as draft, draft.open("w", encoding="utf-8") as file:
        file.writelines(_lines())


def _lines() -> Iterator[str]:
    yield "{"
    between = "\n"
    for found in OBJECTS.values():
        rows = flat_rows(EXPORTED, found.name)
        first = next(rows, None)
        if first is None:
            continue
        yield f'{between}"{found.file}.csv": ['
        between = "\n"
        for row in chain([first], rows):
            yield f"{between}{_object(row)}"
            between = ",\n"
        yield "\n]"
        between = ",\n"
    yield "\n}\n"


def _object(row: Row) -> str:
    filled = {column: cell for column, cell in row.items() if cell is not None}
    return json.dumps(filled, ensure_ascii=False)
