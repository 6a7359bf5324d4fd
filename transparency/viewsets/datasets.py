"""Datasets in the CMS: a descriptor is pasted, checked and kept whole."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.model import ModelViewSet

from transparency.descriptor import check, define
from transparency.models import Dataset
from transparency.schema import Schema


class Readable(json.JSONEncoder):
    """A descriptor as a person edits it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"indent": 2, "ensure_ascii": False})


def _loosened(dataset: Dataset, descriptor: dict[str, Any]) -> Iterator[str]:
    """Protections that one person would take away: an operator may, with `define_dataset`."""
    if dataset.needs_approval and not descriptor.get("needs_approval", False):
        yield _("needs_approval: It stays. Ask an operator to change it.")
    if Schema.read(descriptor).k < dataset.schema.k and dataset.releases.exists():
        yield _(
            "k: It may only grow, since published versions hide numbers below it. "
            "Ask an operator to change it."
        )


class DatasetForm(forms.ModelForm[Dataset]):
    descriptor = forms.JSONField(
        label=gettext_lazy("Descriptor"),
        encoder=Readable,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "What the columns mean, as JSON. The format is in docs/data-stewards.md. Versions "
            "already published keep the definitions they were published with."
        ),
    )

    class Meta:
        model = Dataset
        fields = ["descriptor"]

    def clean_descriptor(self) -> Any:
        descriptor = self.cleaned_data["descriptor"]
        problems = check(descriptor)
        if problems:
            raise ValidationError([str(problem) for problem in problems])
        slug = descriptor["name"]
        if self.instance.pk and slug != self.instance.slug:
            raise ValidationError(
                _("name: It is the address of this dataset and stays %(slug)s.")
                % {"slug": self.instance.slug}
            )
        if not self.instance.pk and Dataset.objects.filter(slug=slug).exists():
            raise ValidationError(
                _("name: There is a dataset %(slug)s. Edit that one.") % {"slug": slug}
            )
        loosened = list(_loosened(self.instance, descriptor)) if self.instance.pk else []
        if loosened:
            raise ValidationError(loosened)
        return descriptor

    def save(self, commit: bool = True) -> Dataset:
        """A dataset is made by `define` alone, here as in the command."""
        self.instance = define(self.cleaned_data["descriptor"])
        return self.instance


class DatasetViewSet(ModelViewSet):
    model = Dataset
    icon = "table"
    menu_label = gettext_lazy("Datasets")
    add_to_admin_menu = False
    copy_view_enabled = False
    list_display = ["title", "place", "slug", "updated_at"]
    search_fields = ["title", "place", "slug"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[DatasetForm]:
        return DatasetForm
