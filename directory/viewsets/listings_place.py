"""The form of a service at one place, tab by tab."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList, TabbedInterface

from directory.viewsets.from_source import SOURCE
from directory.viewsets.hours_editor import exceptions_panel, hours_panel
from directory.viewsets.hours_preview import PreviewPanel
from directory.viewsets.listings_panels import contacts, service_areas
from directory.viewsets.phones import phones

HOURS = _(
    "Only where they differ: hours here replace the service’s own hours at this place, and "
    "exceptions here go before the service’s."
)
PHONES = _("Only what belongs to this place alone; the service’s own phones are shown beside it.")
SECRET = _(
    "The place is confidential. This form takes times and numbers for it, and nothing in words, "
    "because words could tell where it is."
)


def place_form(*, secret: bool) -> TabbedInterface:
    help_first = [HelpPanel(content=SECRET)] if secret else []
    hours = [
        *help_first,
        HelpPanel(content=HOURS),
        hours_panel(words=not secret),
        exceptions_panel(words=not secret),
        PreviewPanel(heading=_("The next 7 days, as people will read them")),
    ]
    reached = [*help_first, HelpPanel(content=PHONES), phones(words=not secret)]
    if secret:
        tabs = [ObjectList(hours, heading=_("Hours")), ObjectList(reached, heading=_("Phones"))]
        return TabbedInterface(tabs)
    about = [FieldPanel("description"), service_areas(), SOURCE]
    return TabbedInterface(
        [
            ObjectList(hours, heading=_("Hours")),
            ObjectList([*reached, contacts()], heading=_("Phones and contacts")),
            ObjectList(about, heading=_("About this place")),
        ]
    )
