"""Files to rows. A reader streams: no file is held in memory, whatever its size.

`open_table` chooses a reader by the file's ending; a further format is one more entry in READERS.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from directory.imports.faults import FileFault

MAX_BYTES = 1_000_000_000
MAX_ROWS = 1_000_000
MAX_LINE = 1_000_000  # bytes
MAX_RECORD = 4_000_000  # bytes: a quoted cell may span lines
MAX_COLUMNS = 500
SIGNATURES = {
    b"PK\x03\x04": "a ZIP or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"SQLite format": "a database",
}
SAVE_AS = "Save it as “CSV UTF-8 (comma delimited)” and import that file."


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
        raise FileFault("missing", f"There is no file {path}. Check the name and the folder.")
    if not path.is_file():
        raise FileFault("not-a-file", f"{path} is not a file. Name one CSV file.")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(suffix for suffix in READERS if suffix)
        raise FileFault(
            "format", f"Files ending in {path.suffix} are not read ({known} are). {SAVE_AS}"
        )
    _check_start(path)
    return reader(path)


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
    size = path.stat().st_size
    if size == 0:
        raise FileFault("empty", f"{path.name} is empty. Export it again.")
    if size > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise FileFault("too-big", f"{path.name} is larger than {limit} MB. Split it into parts.")
    with path.open("rb") as file:
        start = file.read(16)
    for signature, kind in SIGNATURES.items():
        if start.startswith(signature):
            raise FileFault("not-csv", f"{path.name} is {kind}, not a CSV file. {SAVE_AS}")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileFault("encoding", f"{path.name} is UTF-16, not UTF-8. {SAVE_AS}")


def _read_delimited(path: Path, delimiter: str) -> Table:
    digest = hashlib.sha256()
    records = _records(path, delimiter, digest.update)
    first = next(records, None)
    if first is None:
        raise FileFault("empty", f"{path.name} holds nothing but blank lines. Export it again.")
    headings = _headings(first)
    rows = 0
    for _ in records:
        rows += 1
        if rows > MAX_ROWS:
            raise FileFault(
                "too-many-rows",
                f"{path.name} has more than {MAX_ROWS:,} rows. Split it into parts.",
            )
    if not rows:
        raise FileFault("no-rows", f"{path.name} has headings but no rows. Export it again.")
    return Table(path, headings, rows, digest.hexdigest(), delimiter)


def _headings(record: list[str]) -> tuple[str, ...]:
    """The names of the columns, in small letters. Of several without a name the first counts."""
    headings = tuple(cell.strip().casefold() for cell in record)
    if len(headings) > MAX_COLUMNS:
        raise FileFault(
            "too-many-columns", f"The file has more than {MAX_COLUMNS} columns. Take some out."
        )
    twice = sorted({name for name in headings if name and headings.count(name) > 1})
    if twice:
        raise FileFault(
            "duplicate-heading",
            f"These headings stand more than once: {', '.join(twice)[:200]}. Rename all but one.",
        )
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
        raise FileFault(
            "not-csv",
            f"{path.name} cannot be read as CSV near line {lines.number}: {error}. "
            f"Look for a quotation mark that is never closed. {SAVE_AS}",
        ) from None
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
            raise FileFault(
                "line-too-long",
                f"Line {self.number} of {self.path.name} is longer than 1 MB: this is not "
                f"a table of listings. {SAVE_AS}",
            )
        self.seen(line)
        return self._text(line)

    def _text(self, line: bytes) -> str:
        if b"\0" in line:
            raise FileFault(
                "not-text",
                f"Line {self.number} of {self.path.name} holds NUL bytes: it is not plain text. "
                f"{SAVE_AS}",
            )
        try:
            return line.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise FileFault(
                "encoding", f"Line {self.number} of {self.path.name} is not UTF-8 text. {SAVE_AS}"
            ) from None

    def record_ended(self) -> None:
        self.pending = 0

    def close(self) -> None:
        self.file.close()
