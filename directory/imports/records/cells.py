"""One cell of an HSDS row to the value of one field.

What is told clearly is kept word for word. What is told in another style (a date, a choice in
small letters) is brought into ours and said; what is not understood is kept as it was given.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any
from unicodedata import category

from django.core.exceptions import ValidationError
from django.db import models

from directory.hsds.spec import Field
from directory.imports.messages import said as _
from directory.imports.records.dates import read_date, read_datetime, read_time
from directory.imports.text import clean_email, clean_text, clean_web_link
from directory.imports.values import NO, YES, cut_off
from directory.imports.zones import known_zones

AnyField = models.Field[Any, Any]
_UNFIT = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, private, line separators
_BREAKS = "\n\r\t"
_AT_LEAST_ONE = {"count", "interval"}  # a rule that repeats every 0 weeks never ends


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell says: a JSON-safe value, None when it says nothing that is understood.

    `kept`: the value alone does not give back what was written, so that is kept beside it.
    `code` and `message` are for a steward; no code, nothing to say.
    """

    value: Any = None
    kept: bool = False
    code: str = ""
    message: str = ""


Reader = Callable[[str], Told]


def unclear(code: str, message: str) -> Told:
    return Told(None, True, code, message)


def reader(spec: Field | None, field: AnyField) -> Reader:
    """Reads cells of a column; `spec` is None for columns that are ours alone."""
    choices = spec.choices if spec and spec.choices else tuple(str(c) for c, _ in _choices(field))
    if choices:
        return lambda text: _choice(choices, text)
    if field.name == "time_zone":
        return _zone
    if field.name == "byday":
        return lambda text: _days(field, text)
    for kind, read in _BY_CLASS:
        if isinstance(field, kind):
            return lambda text: read(field, text)
    return lambda text: _text(field, text)


def _choices(field: AnyField) -> list[tuple[Any, Any]]:
    return [choice for choice in field.choices or () if choice[0] not in ("", None)]


def plain(text: str) -> bool:
    """Whether a text needs no cleaning; most do not."""
    return text.isascii() and text.isprintable() and "<" not in text and "&" not in text


def tidy(text: str, *, lines: bool = True) -> str:
    """The text without markup, control and direction characters; word for word when it has none."""
    if plain(text):
        return text
    cleaned = clean_text(text, lines=lines)
    allowed = _BREAKS if lines else ""
    unfit = any(category(c) in _UNFIT and c not in allowed for c in text)
    return cleaned if unfit or cleaned.split() != text.split() else text


def _text(field: AnyField, text: str) -> Told:
    value = tidy(text, lines=isinstance(field, models.TextField))
    longest = field.max_length
    if longest and len(value) > longest:
        cut = value[: longest - 1].rstrip() + "…"
        return Told(cut, True, "text-cut", cut_off(longest))
    if value == text:
        return Told(value)
    message = _("Markup and control characters were taken out of the text.")
    return Told(value or None, False, "text-cleaned", message)


def _choice(choices: tuple[str, ...], text: str) -> Told:
    wanted = " ".join(text.split()).casefold()
    for choice in choices:
        if choice.casefold() == wanted:
            return _styled(choice, text)
    takes = ", ".join(choices)
    return unclear("choice", _("This column takes: %(values)s.") % {"values": takes})


def _styled(value: str, text: str) -> Told:
    """The value, said when it was written otherwise."""
    if value == text.strip():
        return Told(value)
    return Told(value, False, "style", _("Read as %(value)s.") % {"value": value})


def _slug(field: AnyField, text: str) -> Told:
    if _accepts(field, text) and len(text) <= (field.max_length or 0):
        return Told(text)
    return unclear("slug", _("A short name has letters, digits and hyphens alone."))


def _days(field: AnyField, text: str) -> Told:
    value = re.sub(r"\s+", "", text).upper()
    if _accepts(field, value) and len(value) <= (field.max_length or 0):
        return _styled(value, text)
    return unclear("days", _("Write days as MO, TU, WE, TH, FR, SA, SU, with commas between."))


def _accepts(field: AnyField, value: Any) -> bool:
    try:
        field.run_validators(value)
    except ValidationError:
        return False
    return True


def _zone(text: str) -> Told:
    value = text.strip()
    if value in known_zones():
        return Told(value)
    return unclear("time-zone", _("There is no such time zone. Write it as America/Denver."))


def _link(field: AnyField, text: str) -> Told:
    link = clean_web_link(text, field.max_length or 0)
    if link:
        return _styled(link, text)
    return unclear("link", _("This is not a web address that we can link to: it is not shown."))


def _email(field: AnyField, text: str) -> Told:
    email = clean_email(text)
    if email and len(email) <= (field.max_length or 0):
        return Told(email)
    return unclear("email", _("This is not an e-mail address: it is not shown."))


def _yes_or_no(field: AnyField, text: str) -> Told:
    word = text.strip().casefold()
    if word in YES | NO:
        return Told(word in YES)
    return unclear("yes-or-no", _("This column takes yes or no."))


def _whole(field: AnyField, text: str) -> Told:
    number = _number(text)
    least = 1 if field.name in _AT_LEAST_ONE else 0
    if number is not None and number == number.to_integral_value():
        value = int(number) if abs(number) < 100_000 else 100_000
        if least <= value <= 32_767 and _accepts(field, value):
            return Told(value)
    return unclear("number", _("This is not a whole number that can stand here."))


def _float(field: AnyField, text: str) -> Told:
    number = _number(text)
    if number is not None and isfinite(float(number)):
        return Told(float(number))
    return unclear("number", _("This is not a number. Write it as 39.7392."))


def _decimal(field: AnyField, text: str) -> Told:
    number = _number(text)
    if number is not None and abs(number) < 10**10 and number == round(number, 4):
        return Told(format(number.normalize(), "f"))
    return unclear("number", _("This is not an amount. Write it as 12.50, without a currency."))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and "_" not in text else None


def _date(field: AnyField, text: str) -> Told:
    found = read_date(text.strip())
    if found is None:
        return unclear("date", _("It is not clear which day this is. Write it as 2026-11-24."))
    value, more = found
    if more:
        message = _("Only the day is used: %(value)s.") % {"value": value.isoformat()}
        return Told(value.isoformat(), True, "style", message)
    return _styled(value.isoformat(), text)


def _time(field: AnyField, text: str) -> Told:
    found = read_time(text.strip())
    if found is None:
        return unclear("time", _("This is not a time of day. Write it as 17:30."))
    value, offset = found
    if not offset:
        return Told(value.isoformat(), kept=text != value.isoformat())
    message = _("Hours are read on the location's own clock; the offset to UTC is only kept.")
    return Told(value.isoformat(), True, "offset", message)


def _datetime(field: AnyField, text: str) -> Told:
    value = read_datetime(text.strip())
    if value is None:
        return unclear("date", _("This is not a moment. Write it as 2026-11-24T10:00:00Z."))
    return Told(value.isoformat(), True)


_BY_CLASS: tuple[tuple[type[AnyField], Callable[[AnyField, str], Told]], ...] = (
    (models.SlugField, _slug),
    (models.URLField, _link),
    (models.EmailField, _email),
    (models.BooleanField, _yes_or_no),
    (models.DateTimeField, _datetime),
    (models.DateField, _date),
    (models.TimeField, _time),
    (models.FloatField, _float),
    (models.DecimalField, _decimal),
    (models.IntegerField, _whole),
)
