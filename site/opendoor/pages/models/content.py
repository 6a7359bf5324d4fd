from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from opendoor.pages.blocks import body_blocks
from opendoor.pages.fields import StreamField
from opendoor.pages.models.base import SitePage


class ContentPage(SitePage):
    """A plain page: about us, privacy, accessibility."""

    template = "pages/content_page.html"
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]
    parent_page_types = ["pages.HomePage", "pages.ContentPage"]
    subpage_types = ["pages.ContentPage"]

    class Meta:
        verbose_name = _("plain page")
