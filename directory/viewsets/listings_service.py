"""The form of a service, tab by tab."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from directory.viewsets.from_source import SOURCE
from directory.viewsets.hours_editor import exceptions_panel, hours_panel
from directory.viewsets.hours_preview import PreviewPanel
from directory.viewsets.listings_panels import (
    AtThisPlace,
    contacts,
    fields,
    funding,
    languages,
    row,
    service_areas,
    several,
    websites,
)
from directory.viewsets.officers import ServiceForm, officers_tab
from directory.viewsets.phones import phones

TEXTS = ("description", "what_happens", "application_process")
TRANSLATED = (*TEXTS, "eligibility_description", "fees_description")


def service_form() -> TabbedInterface:
    tabs = [
        ObjectList(_listing(), heading=_("Listing")),
        ObjectList(_expect(), heading=_("What to expect")),
        ObjectList(_who(), heading=_("Who may come")),
        ObjectList(_cost(), heading=_("Cost")),
        ObjectList(_places(), heading=_("Places and hours")),
        ObjectList(_quality(), heading=_("Capacity and quality")),
        ObjectList(_translations(), heading=_("In other languages")),
        officers_tab(),
    ]
    return TabbedInterface(tabs, base_form_class=ServiceForm)


def _listing() -> list[Panel]:
    return [
        *fields("name", "alternate_name", "organization", "program", "status", "alert"),
        row("url", "email"),
        phones(),
        contacts(),
        websites("additional_urls"),
        MultiFieldPanel(
            [row("assured_date", "assurer_role"), row("assurer_email", "assigned_to")],
            heading=_("Kept true by"),
        ),
        SOURCE,
    ]


def _expect() -> list[Panel]:
    documents = several(
        "required_documents", _("What to bring"), _("Document"), row("document", "uri")
    )
    return [
        *fields(*TEXTS, "wait_time"),
        row("telehealth", "accepts_drop_off"),
        documents,
        FieldPanel("interpretation_services"),
        languages(),
    ]


def _who() -> list[Panel]:
    return [
        FieldPanel("eligibility_description"),
        row("minimum_age", "maximum_age"),
        row("gender", "referral_needed"),
        FieldPanel("residence"),
        several(
            "attributes",
            _("Needs, people, insurance, access"),
            _("Term"),
            FieldPanel("taxonomy_term"),
        ),
        service_areas(),
    ]


def _cost() -> list[Panel]:
    return [
        *fields("fees_description", "fees"),
        several(
            "cost_options",
            _("Prices"),
            _("Price"),
            row("option", "amount_description"),
            row("amount", "currency"),
            row("valid_from", "valid_to"),
        ),
        funding(),
    ]


def _places() -> list[Panel]:
    return [
        several(
            "service_at_locations",
            _("Places"),
            _("Location"),
            *fields("location", "description"),
            AtThisPlace(),
        ),
        row("availability", "holidays"),
        hours_panel(),
        exceptions_panel(),
        PreviewPanel(heading=_("The next 7 days, as people will read them")),
    ]


def _quality() -> list[Panel]:
    return [
        several(
            "capacities",
            _("Free places"),
            _("Capacity"),
            FieldPanel("unit"),
            row("available", "maximum", "updated"),
            FieldPanel("description"),
        ),
        *fields("accreditations", "licenses"),
    ]


def _translations() -> list[Panel]:
    texts = fields("language", "name", *TRANSLATED)
    return [several("translations", _("Translations"), _("Translation"), *texts)]
