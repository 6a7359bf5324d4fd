"""Rows that the forms of services, organizations and locations have in common."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, Panel

from directory.viewsets.phones import phones


def row(*names: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(name) for name in names])


def fields(*names: str) -> list[FieldPanel]:
    return [FieldPanel(name) for name in names]


def contacts() -> InlinePanel:
    return InlinePanel(
        "contacts",
        heading=_("Contacts"),
        label=_("Contact"),
        help_text=_(
            "A desk or an office. Name a person only when they agreed to stand on a public page."
        ),
        panels=[row("department", "title"), row("name", "email"), phones(_("Their own phones"))],
    )


def service_areas() -> InlinePanel:
    return InlinePanel(
        "service_areas",
        heading=_("Where people have to live"),
        label=_("Area"),
        panels=[*fields("name", "description"), row("extent", "extent_type"), FieldPanel("uri")],
    )


def websites(relation: str) -> InlinePanel:
    return InlinePanel(
        relation,
        heading=_("Further websites"),
        label=_("Website"),
        panels=[row("url", "label")],
    )


def funding() -> InlinePanel:
    return InlinePanel(
        "funding",
        heading=_("Who pays for it"),
        label=_("Source of money"),
        panels=[FieldPanel("funding_source")],
    )


def languages() -> InlinePanel:
    return InlinePanel(
        "languages",
        heading=_("Languages"),
        label=_("Language"),
        panels=[row("code", "name"), FieldPanel("note")],
    )


def several(relation: str, heading: Promise, label: Promise, *panels: Panel) -> InlinePanel:
    return InlinePanel(relation, heading=heading, label=label, panels=list(panels))


class AtThisPlace(Panel):
    """In a row of a service's places: the way to what holds at that place alone."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/at_this_place.html"

        def is_shown(self) -> bool:
            return self.instance is not None and not self.instance._state.adding
