"""From bytes to lines of text. A file that is not a CSV table is refused whole; nothing is kept."""

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from transparency.errors import UploadFault

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 1_000
AS_CSV = gettext_noop("Save it as “CSV UTF-8 (comma delimited)” and try again.")


@dataclass(frozen=True)
class Line:
    """A row as a spreadsheet numbers it: the header is row 1."""

    row: int
    cells: tuple[str, ...]


def read(content: bytes) -> list[Line]:
    """The header and the rows, blank ones left out."""
    lines = _parse(_decode(content))
    if not lines:
        remedy = _("Choose a file with a header and rows.")
        raise UploadFault("empty", _("The file is empty."), remedy)
    header = lines[0].cells
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise UploadFault("separator", _("Its columns are not parted by commas."), _(AS_CSV))
    if len(lines) == 1:
        raise UploadFault("no-rows", _("The file has a header and no rows."), _("Add the rows."))
    return lines


def _decode(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        message = _("The file is over %(limit)s MB.") % {"limit": MOST_BYTES // 1024 // 1024}
        raise UploadFault("too-large", message, _("Publish it in parts."))
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") or b"\x00" in content:
        raise UploadFault("not-csv", _("The file is not a CSV file."), _(AS_CSV))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("The file is not UTF-8: byte %(byte)s cannot be read.")
        message %= {"byte": error.start + 1}
        raise UploadFault("encoding", message, _(AS_CSV)) from None


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
        message = _("Line %(line)s cannot be read as CSV (%(reason)s).")
        message %= {"line": reader.line_num, "reason": error}
        raise UploadFault("not-csv", message, _(AS_CSV)) from None
    return lines


def _limits(row: int, cells: list[str]) -> None:
    if row > MOST_ROWS + 1:
        message = _("The file has over %(limit)s rows.") % {"limit": f"{MOST_ROWS:,}"}
        raise UploadFault("too-long", message, _("Publish it in parts."))
    if len(cells) > MOST_COLUMNS:
        message = _("Row %(row)s has over %(limit)s columns.")
        message %= {"row": row, "limit": MOST_COLUMNS}
        raise UploadFault("too-wide", message, _("Leave out what the definition does not name."))
    if any(len(cell) > LONGEST_CELL for cell in cells):
        message = _("A cell in row %(row)s is over %(limit)s characters.")
        message %= {"row": row, "limit": f"{LONGEST_CELL:,}"}
        raise UploadFault("cell-too-long", message, _("Shorten it."))
