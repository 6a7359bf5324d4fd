"""Rows of phone numbers, each with the languages that are spoken on it."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from directory.imports.languages import SEPARATORS, clean_language
from directory.models import Language, Phone
from directory.viewsets.rows_panel import RowsPanel

LONGEST = 255
# What belongs to the phones of a form, read at once.
PHONES_WITH = ("phones__languages",)
CONTACTS_WITH = ("contacts__phones__languages",)


class PhoneForm(WagtailAdminModelForm):
    """A number. The languages of its line are typed as words; what an import said of one stays."""

    spoken = forms.CharField(
        label=_("Languages on this line"),
        required=False,
        max_length=500,
        help_text=_("Names or codes with commas between, such as “Spanish, vi”."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            said = (row.code or row.name for row in self.instance.languages.all())
            self.initial["spoken"] = ", ".join(said)

    def save(self, commit: bool = True) -> Phone:
        phone: Phone = super().save(commit=False)
        if "spoken" in self.changed_data:
            phone.languages.set(_spoken(phone, self.cleaned_data["spoken"]))
        if commit:
            phone.save()
        return phone


def _spoken(phone: Phone, text: str) -> list[Language]:
    there = {name: row for row in phone.languages.all() for name in (row.code, row.name) if name}
    found: dict[str, Language] = {}
    for part in filter(None, (part.strip() for part in SEPARATORS.split(text))):
        code = clean_language(part) or ""
        kept = there.get(part) or there.get(code)
        made = Language(code=code, name="" if code else part[:LONGEST])
        found.setdefault(code or part.casefold(), kept or made)
    return list(found.values())


class PhonesPanel(RowsPanel):
    row_form = PhoneForm


def phones(heading: Promise | None = None, *, words: bool = True) -> PhonesPanel:
    """`words`: with what a number is for, which at a confidential place may tell the place."""
    last = ("description", "priority") if words else ("priority",)
    return PhonesPanel(
        "phones",
        heading=heading or _("Phones"),
        label=_("Phone"),
        panels=[
            FieldRowPanel([FieldPanel(name) for name in ("number", "extension", "type")]),
            FieldRowPanel([FieldPanel(name) for name in last]),
            FieldPanel("spoken"),
        ],
    )
