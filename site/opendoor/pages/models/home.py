from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from opendoor.pages.doors import doors
from opendoor.pages.figures import figures
from opendoor.pages.models.base import SitePage
from opendoor.pages.models.news import NewsPage
from opendoor.pages.standing import standing

LATEST = 3


class HomePage(SitePage):
    """The front door: search at once, then the three doors, what is on, what is new."""

    template = "pages/home_page.html"
    heading = models.CharField(
        _("heading"),
        max_length=100,
        help_text=_("The first words of the site, such as “Find help near you”."),
    )
    find_help_text = models.CharField(_("find help"), max_length=200, blank=True)
    record_text = models.CharField(_("the record"), max_length=200, blank=True)
    meeting_place_text = models.CharField(_("the meeting place"), max_length=200, blank=True)

    content_panels = [
        FieldPanel("title"),
        FieldPanel("heading"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("find_help_text"),
                FieldPanel("record_text"),
                FieldPanel("meeting_place_text"),
            ],
            heading=_("The three doors"),
            help_text=_("One sentence each. Left empty, the site’s own words stand there."),
        ),
        InlinePanel("figures", heading=_("Figures"), label=_("Figure"), max_num=3),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "pages.ProgrammeIndexPage",
        "pages.NewsIndexPage",
        "pages.GlossaryPage",
        "pages.ContentPage",
        "events.EventIndexPage",
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["doors"] = doors(
            self.locale.language_code,
            self.find_help_text,
            self.record_text,
            self.meeting_place_text,
        )
        context["figures"] = figures(self.figures.all())
        news = NewsPage.objects.filter(locale=self.locale).live().public()
        context["news"] = news.latest_first()[:LATEST]
        context["standing"] = standing()
        return context

    def crumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """None: this is where they start."""
        return []
