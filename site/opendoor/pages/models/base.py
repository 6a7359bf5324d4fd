from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from opendoor.pages.translations import language_links

HOME_DEPTH = 2


class SitePage(Page):
    """What every page has: a lead, a description for search engines, links to its translations."""

    lead = models.TextField(
        _("lead"),
        max_length=400,
        blank=True,
        help_text=_("One or two plain sentences. They stand under the title and in lists."),
    )

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True

    @cached_property
    def description(self) -> str:
        """For <meta name="description">: what staff wrote for it, else the lead."""
        return str(self.search_description or self.lead)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["languages"] = language_links(self, request)
        context["crumbs"] = self.crumbs(request)
        return context

    def crumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """The way from the home page to here."""
        above = self.get_ancestors().filter(depth__gte=HOME_DEPTH)
        crumbs = [{"title": page.title, "url": page.get_url(request) or ""} for page in above]
        if crumbs:
            crumbs[0]["title"] = _("Home")
        return [*crumbs, {"title": self.title, "url": ""}]
