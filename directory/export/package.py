"""HSDS as a data package: a CSV for each object, and a datapackage.json that describes them."""

import csv
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from directory.export.whole import whole_file, whole_folder
from directory.hsds.cells import as_text
from directory.hsds.objects import OBJECTS
from directory.hsds.spec import ANY, HsdsObject
from directory.records.binding import binding, extension_type
from directory.records.flat import flat_rows
from directory.records.rows import columns
from directory.records.shown import EXPORTED

DESCRIPTION = "datapackage.json"
# Types of a Table Schema; what is not here is a string.
TYPES = {
    "number": "number",
    "integer": "integer",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
}
FORMATS = {"url": "uri", "email": "email"}
OURS = frozenset(f"{found.file}.csv" for found in OBJECTS.values()) | {DESCRIPTION}


def write_hsds_csv(path: Path) -> None:
    """A folder, or a ZIP when the path ends so. Raises ExportFault."""
    if path.suffix.lower() != ".zip":
        with whole_folder(path, OURS) as folder:
            _write(folder)
        return
    with whole_file(path) as draft:
        folder = draft.parent / "tables"
        folder.mkdir()
        _write(folder)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.iterdir()):
                archive.write(file, file.name)
        shutil.rmtree(folder)


def _write(folder: Path) -> None:
    """A table without a row is left out."""
    written = [found for found in OBJECTS.values() if _table(folder, found)]
    description = json.dumps(_description(written), indent=1, ensure_ascii=False)
    (folder / DESCRIPTION).write_text(description + "\n", encoding="utf-8")


def _table(folder: Path, found: HsdsObject) -> bool:
    path = folder / f"{found.file}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        headings = columns(found.name)
        writer.writerow(headings)
        some = False
        for row in flat_rows(EXPORTED, found.name):
            writer.writerow([as_text(row[column]) for column in headings])
            some = True
    if not some:
        path.unlink()
    return some


def _description(written: list[HsdsObject]) -> dict[str, Any]:
    names = {found.name for found in written}
    return {
        "name": "open-door-directory",
        "title": "Directory of services (HSDS 3.1)",
        "profile": "tabular-data-package",
        "resources": [_resource(found, names) for found in written],
    }


def _resource(found: HsdsObject, names: set[str]) -> dict[str, Any]:
    return {
        "name": found.name,
        "path": f"{found.file}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": list(_fields(found)),
            "primaryKey": "id",
            "foreignKeys": [
                {"fields": link.name, "reference": {"resource": link.to, "fields": "id"}}
                for link in found.links
                if link.to in names and link.to != ANY
            ],
        },
    }


def _fields(found: HsdsObject) -> Iterator[dict[str, Any]]:
    """What imports could not understand stands in the tables as it was given, so a description
    that says more than a type would be wrong of some cells.
    """
    yield {"name": "id", "type": "string", "constraints": {"required": True, "unique": True}}
    for link in found.links:
        yield {"name": link.name, "type": "string"}
    for field in found.fields:
        described: dict[str, Any] = {"name": field.name, "type": TYPES.get(field.kind, "string")}
        if field.kind in FORMATS:
            described["format"] = FORMATS[field.kind]
        if field.required:
            described["constraints"] = {"required": True}
        yield described
    for column, model_field in binding(found.name).extensions.items():
        yield {"name": column, "type": extension_type(model_field)}
