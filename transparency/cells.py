"""One cell of an uploaded table: from text to value and state, or what is wrong with it."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from transparency.figure import MISSING, NOT_APPLICABLE, SUPPRESSED, Cell, State
from transparency.schema import Codes, Column

NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
# A spreadsheet that opens the published file would run these as formulas, wide ones too.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
PATTERNS = {
    "year": (re.compile(r"[12][0-9]{3}"), "", "Write four digits, as 2026."),
    "month": (re.compile(r"[12][0-9]{3}-[01][0-9]"), "-01", "Write it as 2026-11."),
    "date": (re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]"), "", "Write it as 2026-11-24."),
}


class BadCell(Exception):
    """A cell that cannot be taken."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        self.code, self.message, self.remedy = code, message, remedy
        super().__init__(message)


def read_cell(text: str, column: Column, codes: Codes) -> Cell:
    """The cell that `text` stands for."""
    return _dimension(text, column) if column.is_dimension else _figure(text, column, codes)


def _dimension(text: str, column: Column) -> Cell:
    if not text:
        if column.required:
            raise BadCell("empty", "It is empty.", "Say what the row is about.")
        return MISSING
    if column.enum and text not in column.enum:
        remedy = f"Use one of: {', '.join(column.enum)}."
        raise BadCell("not-allowed", "It is not an allowed value.", remedy)
    if column.type in PATTERNS:
        _time(text, column.type)
    elif text.startswith(FORMULA) or not text.isprintable():
        remedy = "Begin with a letter or a digit, and leave out line breaks and tabs."
        raise BadCell("unsafe", "A spreadsheet could take it for a formula.", remedy)
    return Cell(text, State.VALUE)


def _time(text: str, kind: str) -> None:
    pattern, rest, remedy = PATTERNS[kind]
    try:
        if not pattern.fullmatch(text):
            raise ValueError
        if kind != "year":
            date.fromisoformat(text + rest)
    except ValueError:
        raise BadCell("type", f"It is not a {kind}.", remedy) from None


def _figure(text: str, column: Column, codes: Codes) -> Cell:
    if text in codes.suppressed:
        return SUPPRESSED
    if text in codes.not_applicable:
        return NOT_APPLICABLE
    if text in codes.missing:
        if column.required:
            raise BadCell("empty", "It is missing and must not be.", "Fill it in.")
        return MISSING
    mark = codes.provisional
    provisional = bool(mark) and text.endswith(mark)
    number = _number(text.removesuffix(mark).rstrip() if provisional else text, column)
    for refused, code, message, remedy in _limits(column):
        if refused(number):
            raise BadCell(code, message, remedy)
    return Cell.of_number(number, provisional)


def _number(text: str, column: Column) -> Decimal:
    if not NUMBER.fullmatch(text):
        remedy = "Write digits alone, as 96291 or 12.5, or one of the definition's codes."
        raise BadCell("type", "It is not a number.", remedy)
    number = Decimal(text)
    whole = number == number.to_integral_value()
    if column.type == "integer":
        if not whole:
            raise BadCell("type", "It is not a whole number.", "Give a whole number.")
        return Decimal(int(number))
    places = -int(number.as_tuple().exponent)
    if column.decimals is not None and places > column.decimals:
        message = f"It has more than {column.decimals} decimals."
        raise BadCell("decimals", message, "Round it, or change the definition.")
    return abs(number) if number == 0 else number


Limit = tuple[Callable[[Decimal], bool], str, str, str]


def _limits(column: Column) -> list[Limit]:
    limits: list[Limit] = []
    if column.is_count or column.is_share:
        limits.append(
            (lambda n: n < 0, "negative", "It is below zero.", "A count or share starts at 0.")
        )
    if column.type == "percent":
        limits.append((lambda n: n > 100, "over-100", "It is over 100 %.", "Check it."))
    low, high = column.minimum, column.maximum
    if low is not None:
        remedy = f"The definition's minimum is {low}."
        limits.append((lambda n: n < low, "too-low", "It is too low.", remedy))
    if high is not None:
        remedy = f"The definition's maximum is {high}."
        limits.append((lambda n: n > high, "too-high", "It is too high.", remedy))
    return limits
