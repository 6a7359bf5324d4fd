"""What only officers may read of a service: filled in by those who may change it, shown to nobody
else, and kept in a table that no public page, search, file or API reads."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList

from directory.models import OfficerDetails, Service

MAY_CHANGE = "directory.change_officerdetails"
FIELDS = ("back_line", "sally_port", "notes")
PROMISE = _(
    "Officers alone read this. The public never sees it: it is in no page, search, file, map or "
    "interface of this site."
)


ONCE = {"languages": "code", "attributes": "taxonomy_term", "service_at_locations": "location"}
OWN = forms.fields_for_model(OfficerDetails, FIELDS)


class ServiceForm(WagtailAdminModelForm):
    """A service, and beside it officers' details for those who may change them."""

    officers_back_line = OWN["back_line"]
    officers_sally_port = OWN["sally_port"]
    officers_notes = OWN["notes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self._shown():
            return
        details = OfficerDetails.objects.filter(service=self.instance.pk).first()
        for name in FIELDS:
            self.initial[f"officers_{name}"] = getattr(details, name, "")

    def is_valid(self) -> bool:
        return bool(super().is_valid()) and not self._twice()

    def _twice(self) -> bool:
        """The database holds some rows once for each service: the second is told so."""
        found = False
        for relation, field in ONCE.items():
            seen = set()
            for form in self.formsets[relation].forms:
                value = form.cleaned_data.get(field)
                if not value or form.cleaned_data.get("DELETE"):
                    continue
                if value in seen:
                    form.add_error(field, _("This stands here already."))
                    found = True
                seen.add(value)
        return found

    def save(self, commit: bool = True) -> Service:
        service: Service = super().save(commit=commit)
        if commit and self._shown():
            values = {name: self.cleaned_data.get(f"officers_{name}", "") for name in FIELDS}
            if any(values.values()):
                OfficerDetails.objects.update_or_create(service=service, defaults=values)
            else:
                OfficerDetails.objects.filter(service=service).delete()
        return service

    def _shown(self) -> bool:
        """Without the permission the form has none of these fields."""
        return "officers_notes" in self.fields


def officers_tab() -> ObjectList:
    return ObjectList(
        [
            HelpPanel(content=PROMISE),
            *(FieldPanel(f"officers_{name}", permission=MAY_CHANGE) for name in FIELDS),
        ],
        heading=_("For officers"),
        permission=MAY_CHANGE,
    )
