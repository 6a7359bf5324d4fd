"""Days of the week as boxes to tick, over the text that HSDS keeps of them."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from directory.hsds.objects import DAYS

NTHS = [
    ("1", _("first")),
    ("2", _("second")),
    ("3", _("third")),
    ("4", _("fourth")),
    ("5", _("fifth")),
    ("-1", _("last")),
]


class DaysWidget(forms.CheckboxSelectMultiple):
    """Ticked Monday and Tuesday are "MO,TU": nobody who works here has to know the codes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[(code, WEEKDAYS[day]) for day, code in enumerate(DAYS)])

    def format_value(self, value: str | None) -> list[str]:
        return (value or "").split(",")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """In the order that the boxes have, which is the week's."""
        return ",".join(super().value_from_datadict(data, files, name) or [])

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Without the length of the text: a box has none."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {name: value for name, value in attrs.items() if name != "maxlength"}


def numbered(days: str, nths: list[str]) -> str:
    """The ticked weekdays, each at the ticked times of a month: "1MO,3MO"."""
    if not nths:
        return days
    return ",".join(f"{nth}{day}" for day in days.split(",") if day for nth in nths)


def told_apart(byday: str) -> tuple[str, list[str]] | None:
    """The boxes that give `byday`; None when no boxes do ("1MO,2TU")."""
    parts = byday.replace("+", "").split(",") if byday else []
    days = list(dict.fromkeys(part[-2:] for part in parts))
    nths = list(dict.fromkeys(part[:-2] for part in parts if part[:-2]))
    days.sort(key=DAYS.index)
    text = ",".join(days)
    known = set(nths) <= {code for code, _name in NTHS}
    return (
        (text, nths)
        if known and set(parts) == set(numbered(text, nths).split(",")) - {""}
        else None
    )
