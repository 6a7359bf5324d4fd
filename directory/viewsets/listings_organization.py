"""The form of an organization, tab by tab."""

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface

from directory.models import Organization
from directory.viewsets.from_source import SOURCE
from directory.viewsets.listings_panels import (
    contacts,
    fields,
    funding,
    row,
    several,
    websites,
)
from directory.viewsets.phones import phones

MOST_GENERATIONS = 50


class OrganizationForm(WagtailAdminModelForm):
    def clean_parent_organization(self) -> Organization | None:
        """Nobody is a part of itself, at whatever remove."""
        parent: Organization | None = self.cleaned_data["parent_organization"]
        above = parent
        for _generation in range(MOST_GENERATIONS):
            if above is None:
                return parent
            if above.pk == self.instance.pk:
                break
            above = above.parent_organization
        raise forms.ValidationError(say("This organization is itself a part of this one."))


def organization_form() -> TabbedInterface:
    tabs = [
        ObjectList(_organization(), heading=_("Organization")),
        ObjectList(_parts(), heading=_("Parts")),
        ObjectList(_registers(), heading=_("Registers and money")),
    ]
    return TabbedInterface(tabs, base_form_class=OrganizationForm)


def _organization() -> list[Panel]:
    return [
        *fields("name", "alternate_name", "description"),
        row("website", "email"),
        phones(),
        contacts(),
        websites("additional_websites"),
    ]


def _parts() -> list[Panel]:
    return [
        FieldPanel("parent_organization"),
        several(
            "programs",
            _("Programmes"),
            _("Programme"),
            row("name", "alternate_name"),
            FieldPanel("description"),
        ),
    ]


def _registers() -> list[Panel]:
    return [
        several(
            "organization_identifiers",
            _("Numbers in registers"),
            _("Number"),
            row("identifier", "identifier_scheme", "identifier_type"),
        ),
        row("legal_status", "year_incorporated"),
        row("tax_status", "tax_id"),
        funding(),
        row("logo", "uri"),
        SOURCE,
    ]
