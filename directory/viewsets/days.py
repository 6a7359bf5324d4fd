"""Days of the week as boxes to tick, over the text that HSDS keeps of them."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS

from directory.recurrence import DAYS


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
