"""The upload form of the CMS."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from transparency.models import Dataset


class UploadForm(forms.Form):
    """A file for a dataset; the file is read and forgotten."""

    dataset = forms.ModelChoiceField(Dataset.objects.all(), label=_("Dataset"))
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A CSV file in UTF-8 with a header. It is not kept: only what may be published is."
        ),
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What changed since the last version, and why. Published with it."),
    )
    embargo = forms.DateTimeField(
        label=_("Not before"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Readers see it from this time on. Empty: at once."),
    )
    allow_totals = forms.CharField(
        label=_("Why totals are allowed"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Only when the table holds totals and you are sure that no hidden number can be "
            "worked out from them. The reason stands on the public page for ever."
        ),
    )

    def clean_embargo(self) -> datetime | None:
        embargo: datetime | None = self.cleaned_data["embargo"]
        if embargo is not None and embargo < timezone.now():
            raise forms.ValidationError(_("This time has passed. Choose a later one."))
        return embargo
