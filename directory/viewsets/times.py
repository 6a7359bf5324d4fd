"""Dates and times in the CMS: the browser's own boxes, and what people type where it has none.

Wagtail's pickers put a guess in place of what they cannot read ("8pm" became 08:00) and say
nothing. Here what cannot be read is an error that says how to write it.
"""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override, registry

CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?\s*m\.?", re.IGNORECASE)
DATES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")
HOUR_OF_HALF_DAY = range(1, 13)


class DateInput(forms.DateInput):
    """As browsers want it, whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """Seconds stand only where a time has some, so that saving does not take them away."""

    input_type = "time"

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, time):
            return value.isoformat("seconds" if value.second else "minutes")
        return value or None


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DateField(forms.DateField):
    """A date as a browser sends it, or as it is written in the US."""

    widget = DateInput
    default_error_messages = {
        "invalid": _("Write the date as month/day/year, such as 11/30/2026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=DATES, **kwargs)

    def to_python(self, value: Any) -> date | None:
        return super().to_python(" ".join(value.split()) if isinstance(value, str) else value)


class TimeField(forms.TimeField):
    """A time as a browser sends it ("17:30"), or as people write it ("5:30 pm")."""

    widget = TimeInput
    default_error_messages = {
        "invalid": _("Write the time with am or pm, such as 5:30 pm."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=("%H:%M", "%H:%M:%S"), **kwargs)

    def to_python(self, value: Any) -> time | None:
        said = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
        return super().to_python(value) if said is None else self._clock(said)

    def _clock(self, said: re.Match[str]) -> time:
        hour, minute = int(said[1]), int(said[2] or 0)
        if hour not in HOUR_OF_HALF_DAY or minute > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time(hour % 12 + (12 if said[3].lower() == "p" else 0), minute)


OURS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.DateField: {"form_class": DateField, "widget": DateInput},
    models.TimeField: {"form_class": TimeField, "widget": TimeInput},
    models.DateTimeField: {"widget": MomentInput},
}


def use_in_forms() -> None:
    """Every form of the directory in the CMS has these boxes; other apps keep Wagtail's."""
    for kind, ours in OURS.items():
        theirs = registry.values_by_class[kind]
        register_form_field_override(kind, override=_chooser(ours, theirs))


def _chooser(ours: dict[str, Any], theirs: dict[str, Any]) -> Any:
    return lambda field: ours if field.model._meta.app_label == "directory" else theirs
