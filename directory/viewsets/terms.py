"""Taxonomies' terms in the CMS."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column

from directory.models import TaxonomyTerm
from directory.viewsets.following import FollowedViewSet, WholeIndexView
from directory.viewsets.from_source import SOURCE


class TermIndexView(WholeIndexView):
    joined = ("taxonomy", "parent")


class TermViewSet(FollowedViewSet):
    """A code is not changed once it is there: links and saved searches name it."""

    model = TaxonomyTerm
    index_view_class = TermIndexView
    icon = "tag"
    menu_label = _("Terms")
    list_display = [
        "name",
        "name_es",
        "code",
        Column("parent", label=_("Part of"), accessor="parent.name"),
        Column("taxonomy", label=_("Taxonomy"), accessor="taxonomy.name"),
    ]
    list_filter = ["taxonomy"]
    search_fields = ["name", "name_es", "code"]
    panels = [
        FieldPanel("taxonomy"),
        FieldPanel("code"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_es")]),
        *(FieldPanel(name) for name in ("description", "term_uri")),
        FieldRowPanel([FieldPanel("language"), FieldPanel("taxonomy_name", read_only=True)]),
        FieldRowPanel([FieldPanel("parent"), FieldPanel("position")]),
        SOURCE,
    ]
