"""The form of a location, tab by tab."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from directory.models.location import TELLING
from directory.viewsets.from_source import SOURCE
from directory.viewsets.hours_editor import hours_panel
from directory.viewsets.listings_panels import (
    contacts,
    fields,
    languages,
    row,
    several,
)
from directory.viewsets.map_picker import MapPanel
from directory.viewsets.phones import phones

ROWS_THAT_TELL = ("addresses", "accessibility")
MADE_CONFIDENTIAL = _(
    "This place was made confidential, so nothing that tells it is saved. If it may be public "
    "again, open this page anew, take the tick away and save; then fill in the place."
)
HOURS_HELP = _("For services here that have no opening hours of their own.")


class LocationForm(WagtailAdminModelForm):
    """A form that was open while somebody made the place confidential still holds the place: it
    is not taken. Whoever wants the place public again says so first, with nothing to tell yet.
    """

    def is_valid(self) -> bool:
        return bool(super().is_valid()) and not self._tells_again()

    def _tells_again(self) -> bool:
        if not self.initial.get("confidential") or self.cleaned_data.get("confidential"):
            return False
        cells = (self.cleaned_data.get(name) for name in (*TELLING, "latitude", "longitude"))
        rows = (form for name in ROWS_THAT_TELL for form in self.formsets[name].forms)
        told = any(cell not in (None, "") for cell in cells) or any(
            row.has_changed() and not row.cleaned_data.get("DELETE") for row in rows
        )
        if told:
            self.add_error("confidential", MADE_CONFIDENTIAL)
        return told


def location_form() -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(_place(), heading=_("Place")),
            ObjectList(_access(), heading=_("Access and contact")),
            ObjectList([HelpPanel(content=HOURS_HELP), hours_panel()], heading=_("Hours")),
        ],
        base_form_class=LocationForm,
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
        SOURCE,
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
