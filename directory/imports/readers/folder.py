"""HSDS as a folder of CSV files, described by a datapackage.json or by their names alone."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.faults import FileFault
from directory.imports.readers import limits
from directory.imports.readers.archive import leaves_its_folder
from directory.imports.readers.delimited import Delimited, found_delimiter
from directory.imports.readers.encoding import WESTERN, survey
from directory.imports.readers.files import check_text
from directory.imports.readers.ids import id_by_content
from directory.imports.readers.names import Known, current, known_table, object_of
from directory.imports.readers.package import Package
from directory.imports.readers.store import Store
from directory.imports.readers.table import as_headings, cells_of, counted

DESCRIPTION = "datapackage.json"
TABLES = {".csv", ".tsv", ".txt"}
DATA = TABLES - {".txt"} | {".json", ".ndjson", ".jsonl", ".xlsx", ".xlsm", ".zip"}


@dataclass
class _Contents:
    """What a folder holds: tables to read, and what is told of the rest."""

    tables: list[tuple[Path, Known]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)


def read_folder(folder: Path, path: Path, others: tuple[str, ...] = ()) -> Package:
    """The package in a folder. `path` is what the person named: the folder, or a ZIP of it.

    Raises FileFault.
    """
    contents = _contents(folder)
    if not contents.tables:
        message = _(
            "%(name)s holds no table of HSDS. Its files are to be named as HSDS names them: "
            "organizations.csv, services.csv, locations.csv…"
        )
        raise FileFault("not-hsds", message % {"name": path.name})
    store, digest = Store(), hashlib.sha256()
    for table, known in contents.tables:
        digest.update(f"{table.relative_to(folder).as_posix()}\0".encode())
        digest.update(_read(table, known, store, contents).encode())
    if not store.counts():
        message = _("%(name)s has headings but no rows. Export it again.")
        raise FileFault("no-rows", message % {"name": path.name})
    unread = (*sorted(contents.unread), *others)
    absent, guessed = tuple(contents.absent), tuple(contents.guessed)
    return Package(path, digest.hexdigest(), store, unread, absent, guessed)


def _contents(folder: Path) -> _Contents:
    contents = _Contents()
    description = folder / DESCRIPTION
    described = set()
    if description.exists():
        for path, known in _described(folder, _inside(folder, DESCRIPTION), contents):
            described.add(path)
            contents.tables.append((path, known))
    for path in sorted(folder.iterdir()):
        if path in described or path == description or path.suffix.lower() not in DATA:
            continue
        path = _inside(folder, path.name)
        found = known_table(path.stem) if path.suffix.lower() in TABLES else None
        if found:
            contents.tables.append((path, found))
        else:
            contents.unread.append(path.name)
    return contents


def _described(
    folder: Path, description: Path, contents: _Contents
) -> Iterator[tuple[Path, Known]]:
    """The tables that a datapackage.json names, each once."""
    seen = set()
    for resource in _resources(description):
        paths = resource.get("path")
        for name in paths if isinstance(paths, list) else [paths]:
            path = _inside(folder, name) if isinstance(name, str) else folder
            found = known_table(str(resource.get("name"))) or known_table(path.stem)
            if not path.is_file():
                contents.absent.append(str(name or resource.get("name"))[:200])
            elif not found or path.suffix.lower() not in TABLES:
                contents.unread.append(str(name)[:200])
            elif path not in seen:
                seen.add(path)
                yield path, found


def _resources(description: Path) -> list[dict[str, Any]]:
    message = _("%(name)s does not describe a data package. Export it again.")
    fault = FileFault("not-package", message % {"name": DESCRIPTION})
    if description.stat().st_size > limits.MAX_DESCRIPTION:
        raise fault
    try:
        found = json.loads(description.read_bytes())
    except (ValueError, RecursionError):
        raise fault from None
    resources = found.get("resources") if isinstance(found, dict) else None
    if not isinstance(resources, list):
        raise fault
    return [resource for resource in resources if isinstance(resource, dict)]


def _inside(folder: Path, name: str) -> Path:
    """The file of that name in the folder. Raises FileFault when it would lie outside."""
    path = folder / name
    links = [part for part in (path, *path.parents) if folder in part.parents and part.is_symlink()]
    if leaves_its_folder(name) or links:
        message = _(
            "The package names the file “%(name)s”, which lies outside its folder: "
            "nothing was read. Put the file into the folder and name it alone."
        )
        raise FileFault("outside", message % {"name": name[:200]})
    return path


def _read(path: Path, known: Known, store: Store, contents: _Contents) -> str:
    """Reads a table into the store; its digest. A table without a row is none."""
    if path.stat().st_size == 0:
        return ""
    check_text(path)
    found = survey(path)
    if found.encoding == WESTERN:
        contents.guessed.append(path.name)
    tabbed = path.suffix.lower() == ".tsv"
    delimiter = "\t" if tabbed else found_delimiter(path, found.encoding)
    records = Delimited(path, found.encoding, delimiter)()
    headings = as_headings(path.name, next(records, []))
    name = object_of(known, headings)
    headings = current(name, headings)
    store.add(name, _rows(name, known, headings, counted(path.name, records)))
    return found.sha256


def _rows(
    name: str, known: Known, headings: tuple[str, ...], records: Iterator[list[str]]
) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    for record in records:
        cells, surplus = cells_of(headings, record)
        for column, value in known.fixed.items():
            cells[column] = cells.get(column, "").strip() or value
        cells["id"] = cells.get("id", "").strip() or id_by_content(name, cells)
        yield cells, surplus
