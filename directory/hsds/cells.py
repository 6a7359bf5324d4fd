"""Cells of a CSV that a spreadsheet would run as a formula, made harmless and given back.

A text that begins like a formula gets an apostrophe before it, as spreadsheets themselves mark
text. So does a text that already begins with apostrophes and then like a formula: reading takes
one apostrophe off, so what is written and read again is the same, always. A plain number is no
formula: a longitude stays -104.98 for every reader.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MARKED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def defused(text: str) -> str:
    """The text as it is written into a CSV's cell."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_text(cell: str | int | float | bool | None) -> str:
    """Any value as it is written into a CSV's cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return defused(cell) if isinstance(cell, str) else str(cell)


def as_written(text: str) -> str:
    """The text that `defused` was given."""
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text
