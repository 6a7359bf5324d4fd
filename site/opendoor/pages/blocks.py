"""Blocks of a page's body. Their templates are in templates/pages/blocks/."""

from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from opendoor.pages import richtext
from opendoor.pages.choosers import DatasetChooserBlock
from opendoor.pages.figures import findings


class HeadingBlock(blocks.CharBlock):
    """A second-level heading; the page's title is the first level."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "pages/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "pages/blocks/text.html"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": richtext.TEXT, **kwargs})


class PictureBlock(blocks.StructBlock):
    """A picture that says in words what it shows (Wagtail's ImageBlock asks for the words)."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "pages/blocks/picture.html"


class CalloutBlock(blocks.StructBlock):
    """A short note that must not be missed."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("info", _("Good to know")),
            ("warning", _("Take care")),
            ("success", _("Good news")),
        ],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    text = blocks.TextBlock(label=_("Text"), max_length=500, required=False, rows=3)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "pages/blocks/callout.html"


class StepBlock(blocks.StructBlock):
    """One step: what happens, and whose part it is."""

    who = blocks.CharBlock(
        label=_("Who"),
        max_length=100,
        required=False,
        help_text=_("The role, not a person’s name: dispatcher, clinician, officer."),
    )
    title = blocks.CharBlock(label=_("What happens"), max_length=120)
    text = blocks.RichTextBlock(label=_("Details"), features=richtext.TEXT, required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.ListBlock):
    """Numbered steps."""

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "pages/blocks/steps.html"

    def __init__(self, child_block: type[blocks.Block] = StepBlock, **kwargs: object) -> None:
        super().__init__(child_block, **kwargs)


class FigureBlock(DatasetChooserBlock):
    """What the latest release of a dataset says, and the way to its table."""

    class Meta:
        icon = "table"
        label = _("Figure")
        template = "pages/blocks/figure.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["findings"] = findings([value.pk]) if value else []
        return context


class LinkBlock(blocks.StructBlock):
    """A link drawn as a button: to a page of this site, or to an address."""

    text = blocks.CharBlock(label=_("Text"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(
        label=_("Or address"), required=False, validators=[URLValidator(schemes=["https", "http"])]
    )

    class Meta:
        icon = "link"
        label = _("Button")
        template = "pages/blocks/link.html"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """What the body of a page may hold."""
    return [
        ("heading", HeadingBlock(max_length=120)),
        ("text", TextBlock()),
        ("picture", PictureBlock()),
        ("callout", CalloutBlock()),
        ("steps", StepsBlock()),
        ("figure", FigureBlock()),
        ("link", LinkBlock()),
    ]
