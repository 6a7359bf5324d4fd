"""From bytes to lines of text. A file that is not a CSV table is refused whole; nothing is kept."""

import csv
import io
from dataclasses import dataclass

from transparency.errors import UploadFault

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 1_000
AS_CSV = "Save it as “CSV UTF-8 (comma delimited)” and try again."


@dataclass(frozen=True)
class Line:
    """A row as a spreadsheet numbers it: the header is row 1."""

    row: int
    cells: tuple[str, ...]


def read(content: bytes) -> list[Line]:
    """The header and the rows, blank ones left out."""
    lines = _parse(_decode(content))
    if not lines:
        raise UploadFault("empty", "The file is empty.", "Choose a file with a header and rows.")
    header = lines[0].cells
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise UploadFault("separator", "Its columns are not parted by commas.", AS_CSV)
    if len(lines) == 1:
        raise UploadFault("no-rows", "The file has a header and no rows.", "Add the rows.")
    return lines


def _decode(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        raise UploadFault("too-large", f"The file is over {limit} MB.", "Publish it in parts.")
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") or b"\x00" in content:
        raise UploadFault("not-csv", "The file is not a CSV file.", AS_CSV)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8: byte {error.start + 1} cannot be read."
        raise UploadFault("encoding", message, AS_CSV) from None


def _parse(text: str) -> list[Line]:
    lines: list[Line] = []
    # newline="" keeps a line break inside a quoted cell as it is.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row, cells in enumerate(reader, start=1):
            _limits(row, cells)
            if any(cell.strip() for cell in cells):
                lines.append(Line(row, tuple(cell.strip() for cell in cells)))
    except csv.Error as error:
        message = f"Line {reader.line_num} cannot be read as CSV ({error})."
        raise UploadFault("not-csv", message, AS_CSV) from None
    return lines


def _limits(row: int, cells: list[str]) -> None:
    if row > MOST_ROWS + 1:
        remedy = "Publish it in parts."
        raise UploadFault("too-long", f"The file has over {MOST_ROWS:,} rows.", remedy)
    if len(cells) > MOST_COLUMNS:
        message = f"Row {row} has over {MOST_COLUMNS} columns."
        raise UploadFault("too-wide", message, "Leave out what the definition does not name.")
    if any(len(cell) > LONGEST_CELL for cell in cells):
        message = f"A cell in row {row} is over {LONGEST_CELL:,} characters."
        raise UploadFault("cell-too-long", message, "Shorten it.")
