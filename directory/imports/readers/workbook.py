"""Excel workbooks to records: the first visible sheet that holds a table.

Values only: a formula is what it last came to and is never run, links to other files are not
followed, and the XML is read by defusedxml, which refuses entities.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from directory.imports.faults import FileFault
from directory.imports.readers import archive, limits
from directory.imports.readers.scratch import KeptRecords
from directory.imports.readers.table import Records

MOST_ROWS = 1_048_576  # no sheet has more
TEXTS = "xl/sharedstrings.xml"
_PADDED = re.compile(r"0+(-0+)*")  # a number format that keeps leading zeros: 00000-0000


def workbook_records(path: Path) -> Records:
    """Raises FileFault."""
    _check(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            return KeptRecords(_records(path.name, book))
        finally:
            book.close()
    except FileFault:
        raise
    except Exception as error:  # a damaged workbook fails anywhere inside the library
        message = _(
            "%(name)s cannot be read as an Excel workbook: it is damaged, or holds what no program "
            "for tables writes. Open it in Excel, save it again as .xlsx and import that file."
        ) % {"name": path.name}
        raise FileFault("not-workbook", message) from error


def _check(path: Path) -> None:
    entries = archive.entries(path)
    texts = sum(entry.file_size for entry in entries if entry.filename.lower() == TEXTS)
    if texts > limits.MAX_TEXTS:
        message = _("%(name)s holds too much text for a workbook. Save it as CSV and import that.")
        raise FileFault("too-big", message % {"name": path.name})


def _records(name: str, book: Workbook) -> Iterator[list[str]]:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in sheets or book.worksheets:
        if len(list(islice(_filled(name, sheet), 2))) == 2:
            return _even(_filled(name, sheet))
    message = _("No sheet of %(name)s holds headings and rows. Export it again.")
    raise FileFault("empty", message % {"name": name})


def _even(records: Iterator[list[str]]) -> Iterator[list[str]]:
    """Each record at least as wide as the headings: in a sheet an empty cell is not there."""
    first = next(records)
    yield first
    for record in records:
        yield record + [""] * (len(first) - len(record))


def _filled(name: str, sheet: ReadOnlyWorksheet) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # some programs write them wrong, and rows would be lost
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS:
            message = _("%(name)s numbers rows that no sheet has. Save it as CSV.")
            raise FileFault("not-workbook", message % {"name": name})
        record = _record(row)
        if record:
            yield record


def _record(row: Iterable[Any]) -> list[str]:
    """The cells up to the last one that is filled."""
    cells = [_text(cell) for cell in islice(row, limits.MAX_COLUMNS + 1)]
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _text(cell: ReadOnlyCell | EmptyCell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return unescape(value) if "_x" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return _moment(value)


def _number(value: int | float, shown_as: str) -> str:
    """All digits, and the leading zeros that the sheet shows: a ZIP 01234 may be kept as 1234."""
    text = format(Decimal(repr(value)), "f")
    text = text.removesuffix(".0")
    form = shown_as.replace("\\", "").replace('"', "")
    if not text.isdigit() or not _PADDED.fullmatch(form):
        return text
    digits = text.zfill(form.count("0"))
    at = len(digits) - form.count("0")  # what is longer than the form stands before it
    for place, sign in enumerate(form):
        if sign == "-":
            digits = digits[: at + place] + "-" + digits[at + place :]
    return digits


def _moment(value: object) -> str:
    """Dates and times as ISO 8601; a day without a time is a date."""
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return str(value)
