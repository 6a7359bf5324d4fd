"""Files to rows. A reader streams: no file is held in memory, whatever its size.

`open_table` chooses a reader by the file's ending; a further format is one more entry in READERS.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from directory.imports.faults import FileFault

MAX_BYTES = 1_000_000_000
MAX_ROWS = 1_000_000
MAX_LINE = 1_000_000  # bytes
MAX_RECORD = 4_000_000  # bytes: a quoted cell may span lines
MAX_COLUMNS = 500
SIGNATURES = {
    b"PK\x03\x04": gettext_noop("a ZIP or Excel file"),
    b"\x89PNG": gettext_noop("a picture"),
    b"\xff\xd8\xff": gettext_noop("a picture"),
    b"GIF8": gettext_noop("a picture"),
    b"%PDF": gettext_noop("a PDF"),
    b"\x1f\x8b": gettext_noop("a compressed file"),
    b"\xd0\xcf\x11\xe0": gettext_noop("an old Excel or Word file"),
    b"SQLite format": gettext_noop("a database"),
}
SAVE_AS = gettext_noop("Save it as “CSV UTF-8 (comma delimited)” and import that file.")


@dataclass(frozen=True)
class Row:
    """`number` is the row's place among the data rows, from 1; headings are not counted.

    `surplus` holds filled cells beyond the last heading: such a row cannot be read.
    """

    number: int
    cells: dict[str, str]
    surplus: tuple[str, ...] = ()
    short: bool = False


@dataclass(frozen=True)
class Table:
    """A file that has been read through once and can be read again."""

    path: Path
    headings: tuple[str, ...]
    rows: int
    sha256: str
    delimiter: str

    def __iter__(self) -> Iterator[Row]:
        records = _records(self.path, self.delimiter)
        next(records)
        for number, record in enumerate(records, start=1):
            yield _row(number, self.headings, record)


def open_table(path: Path) -> Table:
    """Reads the whole file through once, so that a fault anywhere in it comes before any change.

    Raises FileFault.
    """
    if not path.exists():
        message = _("There is no file %(path)s. Check the name and the folder.") % {"path": path}
        raise FileFault("missing", message)
    if not path.is_file():
        message = _("%(path)s is not a file. Name one CSV file.") % {"path": path}
        raise FileFault("not-a-file", message)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(suffix for suffix in READERS if suffix)
        message = _("Files ending in %(suffix)s are not read (%(known)s are).")
        raise _save_as("format", message % {"suffix": path.suffix, "known": known})
    _check_start(path)
    return reader(path)


def _save_as(code: str, message: str) -> FileFault:
    """A fault that saving the file anew takes away: its message ends in how."""
    return FileFault(code, f"{message} {_(SAVE_AS)}")


def _read_csv(path: Path) -> Table:
    return _read_delimited(path, ",")


def _read_tsv(path: Path) -> Table:
    return _read_delimited(path, "\t")


READERS: dict[str, Callable[[Path], Table]] = {
    ".csv": _read_csv,
    "": _read_csv,
    ".txt": _read_csv,
    ".tsv": _read_tsv,
}


def _check_start(path: Path) -> None:
    _check_size(path.name, path.stat().st_size)
    with path.open("rb") as file:
        start = file.read(16)
    for signature, kind in SIGNATURES.items():
        if start.startswith(signature):
            message = _("%(name)s is %(kind)s, not a CSV file.")
            raise _save_as("not-csv", message % {"name": path.name, "kind": _(kind)})
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = _("%(name)s is UTF-16, not UTF-8.")
        raise _save_as("encoding", message % {"name": path.name})


def _check_size(name: str, size: int) -> None:
    if size == 0:
        raise FileFault("empty", _("%(name)s is empty. Export it again.") % {"name": name})
    if size > MAX_BYTES:
        message = _("%(name)s is larger than %(most)s MB. Split it into parts.")
        raise FileFault("too-big", message % {"name": name, "most": MAX_BYTES // 1_000_000})


def _read_delimited(path: Path, delimiter: str) -> Table:
    digest = hashlib.sha256()
    records = _records(path, delimiter, digest.update)
    first = next(records, None)
    if first is None:
        message = _("%(name)s holds nothing but blank lines. Export it again.")
        raise FileFault("empty", message % {"name": path.name})
    headings = _headings(first)
    rows = _count(path.name, records)
    return Table(path, headings, rows, digest.hexdigest(), delimiter)


def _count(name: str, records: Iterator[list[str]]) -> int:
    rows = 0
    for _record in records:
        rows += 1
        if rows > MAX_ROWS:
            message = _("%(name)s has more than %(most)s rows. Split it into parts.")
            raise FileFault("too-many-rows", message % {"name": name, "most": f"{MAX_ROWS:,}"})
    if not rows:
        message = _("%(name)s has headings but no rows. Export it again.")
        raise FileFault("no-rows", message % {"name": name})
    return rows


def _headings(record: list[str]) -> tuple[str, ...]:
    """The names of the columns, in small letters. Of several without a name the first counts."""
    headings = tuple(cell.strip().casefold() for cell in record)
    if len(headings) > MAX_COLUMNS:
        message = _("The file has more than %(most)s columns. Take some out.")
        raise FileFault("too-many-columns", message % {"most": MAX_COLUMNS})
    twice = sorted({name for name in headings if name and headings.count(name) > 1})
    if twice:
        message = _("These headings stand more than once: %(headings)s. Rename all but one.")
        raise FileFault("duplicate-heading", message % {"headings": ", ".join(twice)[:200]})
    return headings


def _row(number: int, headings: tuple[str, ...], record: list[str]) -> Row:
    cells: dict[str, str] = {}
    for heading, cell in zip(headings, record, strict=False):
        cells.setdefault(heading, cell)
    surplus = tuple(cell for cell in record[len(headings) :] if cell.strip())
    return Row(number, cells, surplus, short=len(record) < len(headings))


def _records(
    path: Path, delimiter: str, seen: Callable[[bytes], None] = lambda line: None
) -> Iterator[list[str]]:
    """The records of a file; blank lines are left out."""
    lines = _Lines(path, seen)
    try:
        for record in csv.reader(lines, delimiter=delimiter, strict=True):
            lines.record_ended()
            if record:
                yield record
    except csv.Error as error:
        message = _(
            "%(name)s cannot be read as CSV near line %(line)s: %(error)s. "
            "Look for a quotation mark that is never closed."
        ) % {"name": path.name, "line": lines.number, "error": error}
        raise _save_as("not-csv", message) from None
    finally:
        lines.close()


class _Lines:
    """The lines of a file as text, each limited before it is read whole."""

    def __init__(self, path: Path, seen: Callable[[bytes], None]) -> None:
        self.path, self.seen = path, seen
        self.file = path.open("rb")
        self.number = self.pending = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(MAX_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.pending += len(line)
        if len(line) > MAX_LINE or self.pending > MAX_RECORD:
            message = _(
                "Line %(line)s of %(name)s is longer than 1 MB: this is not a table of listings."
            )
            raise _save_as("line-too-long", message % self._here())
        self.seen(line)
        return self._text(line)

    def _text(self, line: bytes) -> str:
        if b"\0" in line:
            message = _("Line %(line)s of %(name)s holds NUL bytes: it is not plain text.")
            raise _save_as("not-text", message % self._here())
        try:
            return line.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError:
            message = _("Line %(line)s of %(name)s is not UTF-8 text.")
            raise _save_as("encoding", message % self._here()) from None

    def _here(self) -> dict[str, object]:
        return {"line": self.number, "name": self.path.name}

    def record_ended(self) -> None:
        self.pending = 0

    def close(self) -> None:
        self.file.close()
