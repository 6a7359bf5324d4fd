"""The form of a location, tab by tab."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from directory.viewsets.hours_editor import hours_panel
from directory.viewsets.listings_panels import (
    NOT_UNDERSTOOD,
    contacts,
    fields,
    languages,
    phones,
    row,
    several,
)
from directory.viewsets.map_picker import MapPanel

HOURS_HELP = _("For services here that have no opening hours of their own.")


def location_form() -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(_place(), heading=_("Place")),
            ObjectList(_access(), heading=_("Access and contact")),
            ObjectList([HelpPanel(content=HOURS_HELP), hours_panel()], heading=_("Hours")),
        ]
    )


def _place() -> list[Panel]:
    return [
        row("name", "alternate_name"),
        row("organization", "location_type"),
        MultiFieldPanel([FieldPanel("confidential")], heading=_("A place to keep secret")),
        _addresses(),
        MultiFieldPanel([row("latitude", "longitude"), MapPanel()], heading=_("On the map")),
        *fields("time_zone", "description", "transportation", "url"),
        row("external_identifier", "external_identifier_type"),
        NOT_UNDERSTOOD,
    ]


def _addresses() -> InlinePanel:
    return several(
        "addresses",
        _("Addresses"),
        _("Address"),
        *fields("attention", "address_1", "address_2"),
        row("city", "state_province"),
        row("postal_code", "zip4"),
        row("region", "country"),
        FieldPanel("address_type"),
    )


def _access() -> list[Panel]:
    return [
        several(
            "accessibility",
            _("Getting in and around"),
            _("Accessibility"),
            FieldPanel("description"),
            row("details", "url"),
        ),
        languages(),
        phones(),
        contacts(),
    ]
