from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from directory.wording import phone_link
from opendoor.pages import richtext
from opendoor.pages.blocks import StepBlock, body_blocks
from opendoor.pages.fields import StreamField
from opendoor.pages.figures import figures
from opendoor.pages.models.base import SitePage
from opendoor.pages.partners import partners


class ProgrammeIndexPage(SitePage):
    """The programmes, beside each other."""

    template = "pages/programme_index_page.html"
    max_count_per_parent = 1
    body = StreamField(body_blocks(), verbose_name=_("body"), blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ProgrammePage"]

    class Meta:
        verbose_name = _("list of programmes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["programmes"] = ProgrammePage.objects.child_of(self).live().public()
        return context


class ProgrammePage(SitePage):
    """How police and mental-health workers respond together, and how one reaches them."""

    class Kind(models.TextChoices):
        CO_RESPONDER = "co-responder", _("Co-responder team")
        INTEGRATED_UNIT = "integrated-unit", _("Integrated unit")
        COMMUNITY_PARTNERSHIP = "community-partnership", _("Community partnership")

    template = "pages/programme_page.html"
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    who_responds = RichTextField(
        _("who responds"),
        features=richtext.TEXT,
        blank=True,
        help_text=_("Who comes, and what each of them is there for."),
    )
    hours = models.CharField(
        _("hours"),
        max_length=200,
        blank=True,
        help_text=_("Such as “Every day, 10 a.m. to 2 a.m.”"),
    )
    area = models.CharField(
        _("area"),
        max_length=200,
        blank=True,
        help_text=_("Where the team goes, in words a resident knows."),
    )
    phone = models.CharField(
        _("phone"),
        max_length=40,
        blank=True,
        help_text=_("Only if residents may call the team themselves."),
    )
    through_911 = models.BooleanField(
        _("through 911"), default=False, help_text=_("A call to 911 can bring this team.")
    )
    self_referral = models.BooleanField(
        _("self-referral"),
        default=False,
        help_text=_("People may ask for it for themselves or for their family."),
    )
    how_reached = RichTextField(
        _("how it is reached"),
        features=richtext.TEXT,
        blank=True,
        help_text=_("What to say when you call, what they will ask, what it costs."),
    )
    what_happens = RichTextField(
        _("what happens when they come"), features=richtext.TEXT, blank=True
    )
    protocol = StreamField(
        [("step", StepBlock())],
        verbose_name=_("protocol"),
        blank=True,
        help_text=_("Step by step: who does what, from the call to the follow-up."),
    )
    body = StreamField(body_blocks(), verbose_name=_("more"), blank=True)
    contact_role = models.CharField(
        _("contact"),
        max_length=120,
        blank=True,
        help_text=_("An office or a role, not a person’s name."),
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=40, blank=True)
    last_reviewed = models.DateField(
        _("last reviewed"),
        null=True,
        blank=True,
        help_text=_("When someone last checked that all of this page is still true."),
    )

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("kind"),
        FieldPanel("lead"),
        FieldPanel("who_responds"),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("area")]),
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                FieldRowPanel([FieldPanel("through_911"), FieldPanel("self_referral")]),
                FieldPanel("how_reached"),
            ],
            heading=_("How it is reached"),
        ),
        FieldPanel("what_happens"),
        FieldPanel("protocol"),
        InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
        InlinePanel("figures", heading=_("Figures"), label=_("Figure"), max_num=6),
        HelpPanel(_("Events appear here by themselves when an event names this programme.")),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("contact_role"), FieldPanel("contact_email"), FieldPanel("contact_phone")],
            heading=_("Who answers questions about it"),
        ),
        FieldPanel("last_reviewed"),
    ]
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("who_responds"),
        index.SearchField("how_reached"),
        index.SearchField("what_happens"),
        index.SearchField("protocol"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]
    override_translatable_fields = [
        SynchronizedField("phone", overridable=False),
        SynchronizedField("contact_phone", overridable=False),
    ]
    parent_page_types = ["pages.ProgrammeIndexPage"]
    subpage_types = ["pages.ContentPage"]

    class Meta:
        verbose_name = _("programme")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["partners"] = partners(self.partners.all())
        context["figures"] = figures(self.figures.all())
        return context

    @property
    def phone_link(self) -> str:
        return phone_link(self.phone)

    @property
    def contact_phone_link(self) -> str:
        return phone_link(self.contact_phone)

    def protocol_steps(self) -> list[Any]:
        """The steps as `pages/steps.html` takes them."""
        return [block.value for block in self.protocol]


class ProgrammePartner(TranslatableMixin, Orderable):
    """An organization of the directory, and its part in a programme."""

    programme = ParentalKey(ProgrammePage, on_delete=models.CASCADE, related_name="partners")
    organization = models.ForeignKey(
        "directory.Organization", models.CASCADE, related_name="+", verbose_name=_("organization")
    )
    part = models.CharField(
        _("its part"),
        max_length=200,
        blank=True,
        help_text=_("Such as “Provides the clinicians, day and night.”"),
    )

    panels = [FieldPanel("organization"), FieldPanel("part")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("partner")

    def __str__(self) -> str:
        return str(self.organization)
