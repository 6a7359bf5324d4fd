"""From a path to its reader."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from directory.imports.faults import FileFault
from directory.imports.readers.archive import unpacked
from directory.imports.readers.delimited import Delimited, found_delimiter
from directory.imports.readers.encoding import survey
from directory.imports.readers.files import check_text, check_zip, save_as
from directory.imports.readers.folder import DESCRIPTION, read_folder
from directory.imports.readers.json_file import read_json
from directory.imports.readers.package import Package
from directory.imports.readers.scratch import KeptRecords
from directory.imports.readers.table import Table, read_table
from directory.imports.readers.workbook import workbook_records

Source = Table | Package


def open_source(path: Path) -> Source:
    """Reads the whole file through once. Raises FileFault."""
    if path.is_dir():
        return read_folder(path, path)
    if not path.exists():
        message = _("There is no file %(path)s. Check the name and the folder.") % {"path": path}
        raise FileFault("missing", message)
    if not path.is_file():
        message = _("%(path)s is not a file. Name one file or a folder.") % {"path": path}
        raise FileFault("not-a-file", message)
    return _reader(path)(path, path)


def _reader(path: Path) -> Callable[[Path, Path], Source]:
    if path.name.lower() == DESCRIPTION:
        return _read_described
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(suffix for suffix in READERS if suffix)
        message = _("Files ending in %(suffix)s are not read (%(known)s are).")
        raise save_as("format", message % {"suffix": path.suffix, "known": known})
    return reader


# Each takes the file and what the person named: the same, or the ZIP around the file.


def _read_delimited(path: Path, named: Path) -> Table:
    check_text(path)
    found = survey(path)
    tabbed = path.suffix.lower() == ".tsv"
    delimiter = "\t" if tabbed else found_delimiter(path, found.encoding)
    records = Delimited(path, found.encoding, delimiter)
    if path != named:  # unpacked for a moment
        return read_table(named, KeptRecords(records()), found.sha256, found.encoding)
    return read_table(named, records, found.sha256, found.encoding)


def _read_workbook(path: Path, named: Path) -> Table:
    check_zip(path)
    return read_table(named, workbook_records(path), _digest(path), "")


def _read_described(path: Path, named: Path) -> Package:
    return read_folder(path.parent, named)


def _read_zip(path: Path, named: Path) -> Source:
    """A package, or the one file that the ZIP holds. A ZIP inside a ZIP is not opened."""
    check_zip(path)
    with unpacked(path) as (folder, others):
        found = [file for file in folder.rglob("*") if file.is_file()]
        files = [file for file in found if file.suffix.lower() != ".txt"] or found  # a read-me
        if len(files) == 1 and files[0].name.lower() != DESCRIPTION:
            return _reader(files[0])(files[0], named)
        return read_folder(_top(folder), named, others)


def _top(folder: Path) -> Path:
    """The folder with the tables: many ZIPs have one around all."""
    inner = list(folder.iterdir())
    return inner[0] if len(inner) == 1 and inner[0].is_dir() else folder


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


READERS: dict[str, Callable[[Path, Path], Source]] = {
    ".csv": _read_delimited,
    "": _read_delimited,
    ".txt": _read_delimited,
    ".tsv": _read_delimited,
    ".xlsx": _read_workbook,
    ".xlsm": _read_workbook,
    ".zip": _read_zip,
    ".json": read_json,
    ".ndjson": read_json,
    ".jsonl": read_json,
}
