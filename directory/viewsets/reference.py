"""What listings refer to, and what sources say of themselves: vocabularies, units, reported
changes, descriptions of tables. The last two are the sources' own: they are read here."""

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup

from directory.models import Metadata, MetaTableDescription, Taxonomy, Unit
from directory.viewsets.following import FollowedViewSet
from directory.viewsets.from_source import SOURCE


class TaxonomyViewSet(FollowedViewSet):
    """The short name is not changed: it is a filter of the search."""

    model = Taxonomy
    icon = "list-ul"
    menu_label = _("Taxonomies")
    list_display = ["name", "slug", "version", "uri"]
    search_fields = ["name", "slug"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug", read_only=True)]),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("uri"), FieldPanel("version")]),
        SOURCE,
    ]


class UnitViewSet(FollowedViewSet):
    model = Unit
    icon = "list-ol"
    menu_label = _("Units")
    list_display = ["name", "scheme", "identifier"]
    search_fields = ["name", "identifier"]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("scheme"), FieldPanel("identifier")]),
        FieldPanel("uri"),
        SOURCE,
    ]


class _Read(FollowedViewSet):
    exclude_form_fields = ("id",)  # nobody fills it in
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id", "as_given", "of_id"]

    def get_urlpatterns(self) -> list[URLPattern]:
        here = ("index", "index_results", "inspect")
        return [url for url in super().get_urlpatterns() if url.name in here]


class ReportedChangeViewSet(_Read):
    model = Metadata
    icon = "history"
    menu_label = _("Changes that sources report")
    list_display = [
        "resource_type",
        "field_name",
        Column("last_action_type", label=_("What was done")),
        "last_action_date",
        "updated_by",
        "source",
    ]
    search_fields = ["resource_type", "field_name", "updated_by", "source"]
    list_filter = ["resource_type", "last_action_type"]


class TableDescriptionViewSet(_Read):
    model = MetaTableDescription
    icon = "table"
    menu_label = _("Descriptions of tables")
    list_display = ["name", "language", "character_set", "source"]
    search_fields = ["name", "source"]


class ReferenceGroup(ViewSetGroup):
    menu_label = _("Reference")
    menu_icon = "tag"
    menu_order = 211
    items = (
        TaxonomyViewSet("directory_taxonomies", url_prefix="directory/taxonomies"),
        UnitViewSet("directory_units", url_prefix="directory/units"),
        ReportedChangeViewSet("directory_metadata", url_prefix="directory/metadata"),
        TableDescriptionViewSet("directory_tables", url_prefix="directory/tables"),
    )
