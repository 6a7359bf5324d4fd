from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from opendoor.pages import richtext
from opendoor.pages.fields import StreamField
from opendoor.pages.glossary import Letter, by_letter
from opendoor.pages.models.base import SitePage


class TermBlock(blocks.StructBlock):
    """A word, and what it means here."""

    term = blocks.CharBlock(label=_("Word"), max_length=80)
    definition = blocks.RichTextBlock(label=_("What it means"), features=richtext.INLINE)

    class Meta:
        icon = "openquote"
        label = _("Word")


class GlossaryPage(SitePage):
    """Words in plain words. Each has an anchor that other pages can link to."""

    template = "pages/glossary_page.html"
    max_count_per_parent = 1
    terms = StreamField(
        [("term", TermBlock())],
        verbose_name=_("words"),
        blank=True,
        help_text=_("In any order: the page sorts them."),
    )

    content_panels = [*SitePage.content_panels, FieldPanel("terms")]
    search_fields = [*SitePage.search_fields, index.SearchField("terms")]
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("glossary")

    def letters(self) -> list[Letter]:
        """The words from A to Z, under their first letters."""
        return by_letter((block.value["term"], block.value["definition"]) for block in self.terms)
