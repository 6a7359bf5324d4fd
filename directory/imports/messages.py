"""What is said of rows, in the language of whoever reads it and not of whoever staged it.

The modules that read rows import `said` as `_`, so that the strings are collected like any other;
a problem keeps the English text, its template and what goes into it, and `shown` translates.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop


class Said(str):
    """An English text that remembers the template it was made from."""

    template: str
    params: dict[str, str]

    def __new__(
        cls, text: str, template: str = "", params: Mapping[str, str] | None = None
    ) -> "Said":
        made = super().__new__(cls, text)
        made.template = template or text
        made.params = dict(params or {})
        return made

    def __str__(self) -> "Said":
        """Itself: what an exception hands on is still translatable."""
        return self

    def __mod__(self, params: Any) -> "Said":
        return Said(self.template % params, self.template, {k: str(v) for k, v in params.items()})


def said(template: str) -> Said:
    """Marks a text as translatable when it is shown."""
    return Said(template)


def translatable(message: str) -> dict[str, Any]:
    """What a stored problem keeps beside its message."""
    if not isinstance(message, Said):
        return {}
    return {"template": message.template} | ({"params": message.params} if message.params else {})


def shown(problem: Mapping[str, Any]) -> str:
    """A stored problem's message in the reader's language."""
    template = problem.get("template")
    if not template:
        return str(problem.get("message", ""))
    params = problem.get("params")
    return gettext(template) % params if params else gettext(template)


# One for each reason to reject a row: it says what to write.
REMEDIES = {
    "no-id": gettext_noop("Write an id that no other row of this table has."),
    "no-name": gettext_noop("Fill in the name, or delete the row."),
    "no-number": gettext_noop("Write the phone number, or delete the row."),
    "no-url": gettext_noop("Write the web address (https://…), or delete the row."),
    "no-identifier": gettext_noop("Write the identifier itself, or delete the row."),
    "too-many-cells": gettext_noop(
        "Delete the cells beyond the last heading, or put quotation marks around a text that "
        "holds commas."
    ),
}
ANY_REMEDY = gettext_noop("Correct this cell and bring the row in again.")
OF_A_PLACE = "place-"


def remedy(code: str) -> str:
    """What to do about a problem, in the reader's language."""
    return gettext(REMEDIES.get(code.removeprefix(OF_A_PLACE), ANY_REMEDY))
