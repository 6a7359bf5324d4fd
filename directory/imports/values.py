"""A cell to the value of one field of a listing, by the kind of the field."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import override

from directory.imports.messages import said as _
from directory.imports.records.dates import read_date
from directory.imports.text import clean_email, clean_text, clean_web_link

YES = {"1", "yes", "y", "true", "t", "x", "sí", "si"}
NO = {"0", "no", "n", "false", "f"}
LONGEST_TEXT = 10_000
OTHER_WORDS = {  # for the values of choices
    "open": "active",
    "abierto": "active",
    "abierta": "active",
    "activa": "active",
    "inactiva": "inactive",
    "closed temporarily": "temporarily closed",
    "cerrado temporalmente": "temporarily closed",
    "temporalmente cerrado": "temporarily closed",
    "permanently closed": "defunct",
    "closed permanently": "defunct",
    "cerrado definitivamente": "defunct",
}
MONTH_FIRST, DAY_FIRST = "month-first", "day-first"
SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")


class Unclear(ValueError):
    """A value that is impossible or not understood."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_value(field: Any, cell: str, *, dates: str = "") -> tuple[Any, str]:
    """The value, None when the cell holds nothing, and a remark when it was cut. Raises Unclear.

    `dates`: "month-first" or "day-first" when the file's dates are known to be so.
    """
    if field.choices:
        return _choice(field, cell), ""
    if isinstance(field, models.DateField):
        return _date(cell, dates), ""
    for kind, read in (
        (models.URLField, _link),
        (models.EmailField, _email),
        (models.BooleanField, _yes_or_no),
        (models.PositiveSmallIntegerField, _age),
    ):
        if isinstance(field, kind):
            return read(field, cell), ""
    text = clean_text(cell, lines=isinstance(field, models.TextField))
    return _cut(text, field.max_length or LONGEST_TEXT)


def _cut(text: str, longest: int) -> tuple[str | None, str]:
    if len(text) <= longest:
        return text or None, ""
    cut = text[: longest - 1].rstrip() + "…"
    return cut, cut_off(longest)


def cut_off(longest: int) -> str:
    """What to say of a text that was cut."""
    return _("Longer than %(most)s characters: the end is cut off.") % {"most": longest}


def _choice(field: Any, cell: str) -> str:
    wanted = clean_text(cell).casefold()
    wanted = OTHER_WORDS.get(wanted, wanted)
    for value, label in field.choices:
        if wanted in (str(value).casefold(), *_labels(label)):
            return str(value)
    takes = ", ".join(str(value) for value, label in field.choices if value)
    raise Unclear("choice", _("This column takes: %(values)s.") % {"values": takes})


def _labels(label: Any) -> Iterator[str]:
    """The choice's name in every language: a file means the same whoever brings it in."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield str(label).casefold()


def _link(field: Any, cell: str) -> str | None:
    link = clean_web_link(cell, field.max_length)
    if link is not None:
        return link or None
    if len(cell) > field.max_length:
        message = _("This web address is longer than %(most)s characters.")
        raise Unclear("link", message % {"most": field.max_length})
    raise Unclear("link", _("This is not a web address that we can link to."))


def _email(field: Any, cell: str) -> str | None:
    email = clean_email(cell)
    if email is None or len(email) > field.max_length:
        raise Unclear("email", _("This is not an e-mail address."))
    return email or None


def _yes_or_no(field: Any, cell: str) -> bool:
    text = cell.casefold()
    if text in YES | NO:
        return text in YES
    raise Unclear("yes-or-no", _("This column takes yes or no."))


def _age(field: Any, cell: str) -> int:
    text = cell.removesuffix(".0")
    if text.isdecimal() and text.isascii() and int(text) <= 130:
        return int(text)
    raise Unclear("age", _("This is not an age in years."))


def _date(cell: str, dates: str) -> str:
    slashed = SLASHED.fullmatch(cell)
    if slashed and dates:
        first, second, year = slashed.groups()
        month, day = (first, second) if dates == MONTH_FIRST else (second, first)
        cell = f"{year}-{month:0>2}-{day:0>2}"
    found = read_date(cell)
    if found is None:
        raise Unclear("date", _("Write the date as 2026-11-24."))
    return found[0].isoformat()
