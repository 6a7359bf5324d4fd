"""One cell of an uploaded table: from text to value and state, or what is wrong with it."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from transparency.figure import MISSING, NOT_APPLICABLE, SUPPRESSED, Cell, State
from transparency.schema import Codes, Column

NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
# A spreadsheet that opens the published file would run these as formulas, wide ones too.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# How each kind of time is written, and what completes it to a day.
PATTERNS = {
    "year": (re.compile(r"[12][0-9]{3}"), ""),
    "month": (re.compile(r"[12][0-9]{3}-[01][0-9]"), "-01"),
    "date": (re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]"), ""),
}
# What is said, in the reader's language, of a cell that is not so written.
NOT_A_TIME = {
    "year": (gettext_noop("It is not a year."), gettext_noop("Write four digits, as 2026.")),
    "month": (gettext_noop("It is not a month."), gettext_noop("Write it as 2026-11.")),
    "date": (gettext_noop("It is not a date."), gettext_noop("Write it as 2026-11-24.")),
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
            raise BadCell("empty", _("It is empty."), _("Say what the row is about."))
        return MISSING
    if column.enum and text not in column.enum:
        remedy = _("Use one of: %(choices)s.") % {"choices": ", ".join(column.enum)}
        raise BadCell("not-allowed", _("It is not an allowed value."), remedy)
    if column.type in PATTERNS:
        _time(text, column.type)
    elif text.startswith(FORMULA) or not text.isprintable():
        remedy = _("Begin with a letter or a digit, and leave out line breaks and tabs.")
        raise BadCell("unsafe", _("A spreadsheet could take it for a formula."), remedy)
    return Cell(text, State.VALUE)


def _time(text: str, kind: str) -> None:
    pattern, rest = PATTERNS[kind]
    try:
        if not pattern.fullmatch(text):
            raise ValueError
        if kind != "year":
            date.fromisoformat(text + rest)
    except ValueError:
        message, remedy = NOT_A_TIME[kind]
        raise BadCell("type", _(message), _(remedy)) from None


def _figure(text: str, column: Column, codes: Codes) -> Cell:
    if text in codes.suppressed:
        return SUPPRESSED
    if text in codes.not_applicable:
        return NOT_APPLICABLE
    if text in codes.missing:
        if column.required:
            raise BadCell("empty", _("It is missing and must not be."), _("Fill it in."))
        return MISSING
    mark = codes.provisional
    provisional = bool(mark) and text.endswith(mark)
    number = _number(text.removesuffix(mark).rstrip() if provisional else text, column)
    for refused, code, message, remedy, limit in _limits(column):
        if refused(number):
            raise BadCell(code, _(message), _(remedy) % {"limit": limit})
    return Cell.of_number(number, provisional)


def _number(text: str, column: Column) -> Decimal:
    if not NUMBER.fullmatch(text):
        remedy = _("Write digits alone, as 96291 or 12.5, or one of the definition's codes.")
        raise BadCell("type", _("It is not a number."), remedy)
    number = Decimal(text)
    whole = number == number.to_integral_value()
    if column.type == "integer":
        if not whole:
            raise BadCell("type", _("It is not a whole number."), _("Give a whole number."))
        return Decimal(int(number))
    places = -int(number.as_tuple().exponent)
    if column.decimals is not None and places > column.decimals:
        message = _("It has more than %(decimals)s decimals.") % {"decimals": column.decimals}
        raise BadCell("decimals", message, _("Round it, or change the definition."))
    return abs(number) if number == 0 else number


# Whether it refuses a number, the code, the message and the remedy to translate, and the limit.
Limit = tuple[Callable[[Decimal], bool], str, str, str, Decimal]
NEGATIVE = gettext_noop("It is below zero."), gettext_noop("A count or share starts at 0.")
OVER_100 = gettext_noop("It is over 100 %."), gettext_noop("Check it.")
TOO_LOW = gettext_noop("It is too low."), gettext_noop("The definition's minimum is %(limit)s.")
TOO_HIGH = gettext_noop("It is too high."), gettext_noop("The definition's maximum is %(limit)s.")


def _limits(column: Column) -> list[Limit]:
    limits: list[Limit] = []
    if column.is_count or column.is_share:
        limits.append((lambda n: n < 0, "negative", *NEGATIVE, Decimal(0)))
    if column.type == "percent":
        limits.append((lambda n: n > 100, "over-100", *OVER_100, Decimal(100)))
    low, high = column.minimum, column.maximum
    if low is not None:
        limits.append((lambda n: n < low, "too-low", *TOO_LOW, low))
    if high is not None:
        limits.append((lambda n: n > high, "too-high", *TOO_HIGH, high))
    return limits
