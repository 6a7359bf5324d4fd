"""What a visitor tells us is wrong with a listing: the form, its guard, and what is kept."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.ceiling import Ceiling
from directory.guard import Guard, Refused
from directory.models import ProblemReport, Service

GUARD = Guard("problem-report", Ceiling(each=5, all=300, seconds=3600))


class ReportForm(forms.ModelForm[ProblemReport]):
    """Kind and message. There is no field for who reports: nothing about the visitor is kept."""

    kind = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ProblemReport.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    message = forms.CharField(
        label=_("What should we know?"),
        help_text=_("Do not write your name, phone number or anything about your health."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 2000}),
        error_messages={"max_length": _("Use 2,000 characters or fewer.")},
    )

    class Meta:
        model = ProblemReport
        fields = ["kind", "message"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == ProblemReport.Kind.OTHER and not cleaned.get("message"):
            self.add_error("message", _("Tell us what is wrong, so that we can mend it."))
        return cleaned


def receive(request: HttpRequest, form: ReportForm, service: Service) -> int:
    """Keeps the report if it may be kept; errors stand on the form. Returns the HTTP status."""
    try:
        GUARD.check(request)
        if not form.is_valid():
            return 400
        GUARD.admit(request)
    except Refused as refusal:
        form.add_error(None, str(refusal.text))
        return refusal.status
    form.instance.service = service
    form.save()
    return 302
