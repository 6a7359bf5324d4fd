"""What a steward looks for on the desk, and what is to be done with the ticked rows."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Service, TaxonomyTerm, Verification
from directory.stewardship.desk import ALL, MINE, NOBODY, Narrowing
from directory.viewsets.times import DateField

METHODS = [
    (value, label)
    for value, label in Verification.Method.choices
    if value in (Verification.Method.CALLED, Verification.Method.VISITED, Verification.Method.WEB)
]


def stewards() -> QuerySet[Any]:
    """Those who may tend listings."""
    may = Permission.objects.filter(codename="change_service", content_type__app_label="directory")
    return (
        get_user_model()
        ._default_manager.filter(is_active=True)
        .filter(Q(is_superuser=True) | Q(user_permissions__in=may) | Q(groups__permissions__in=may))
        .distinct()
    )


class DeskFilter(forms.Form):
    """Everything may stay empty; a value that is none narrows nothing."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[(ALL, _("everyone’s")), (MINE, _("mine")), (NOBODY, _("nobody’s"))],
    )
    need = forms.ModelChoiceField(
        TaxonomyTerm.objects.filter(taxonomy__slug="need"),
        label=_("Need"),
        required=False,
        empty_label=_("any"),
    )
    organization = forms.CharField(label=_("Organization"), required=False, max_length=100)

    def narrowing(self, user: Any) -> Narrowing:
        self.is_valid()
        found = self.cleaned_data
        return Narrowing(
            words=found.get("q", "").strip(),
            whose=found.get("whose", ALL),
            need=found.get("need"),
            organization=found.get("organization", "").strip(),
            user=user,
        )


class DoForm(forms.Form):
    """The inputs of all actions; each reads its own."""

    steward = forms.ModelChoiceField(
        get_user_model()._default_manager.none(),
        label=_("Steward"),
        required=False,
        empty_label=_("nobody"),
    )
    method = forms.ChoiceField(label=_("How"), required=False, choices=METHODS)
    on = DateField(label=_("Checked on"), required=False, initial=timezone.localdate)
    checked = forms.MultipleChoiceField(
        label=_("What was checked"),
        required=False,
        choices=Verification.Subject.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all that is due."),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("choose one")), *Service.Status.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steward"].queryset = stewards()  # type: ignore[attr-defined]
