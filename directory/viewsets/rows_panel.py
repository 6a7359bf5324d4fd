"""Rows of one kind in a form, with a form of our own for each."""

from typing import Any

from django import forms
from wagtail.admin.panels import InlinePanel


class RowsPanel(InlinePanel):
    row_form: type[forms.ModelForm[Any]]

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = self.row_form
        return options
