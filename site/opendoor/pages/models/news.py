from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from opendoor.pages.blocks import body_blocks
from opendoor.pages.fields import StreamField
from opendoor.pages.models.base import SitePage
from opendoor.pages.paging import page_of


class NewsQuerySet(PageQuerySet):
    """Rows of news."""

    def latest_first(self) -> "NewsQuerySet":
        """The newest day first; on one day, the one that was written last."""
        return self.order_by("-date", "-pk")


class NewsIndexPage(SitePage):
    """All news, the latest first."""

    template = "pages/news_index_page.html"
    max_count_per_parent = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.NewsPage"]

    class Meta:
        verbose_name = _("news list")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.child_of(self).live().public().latest_first()
        context["page_obj"] = page_of(news, request)
        return context


class NewsPage(SitePage):
    """One piece of news. It is signed by an office, not by a person."""

    template = "pages/news_page.html"
    date = models.DateField(_("date"), default=timezone.localdate)
    author_role = models.CharField(
        _("written by"),
        max_length=120,
        blank=True,
        help_text=_("An office or a role, such as “Communications office”. No personal names."),
    )
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)
    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels = [
        TitleFieldPanel("title"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("author_role")]),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("body"), index.FilterField("date")]
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
