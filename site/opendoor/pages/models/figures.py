from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class ChosenFigure(Orderable):
    """A dataset that staff put on a page. The page shows what its latest release says, no copy."""

    dataset = models.ForeignKey(
        "transparency.Dataset", models.CASCADE, related_name="+", verbose_name=_("dataset")
    )

    panels = [FieldPanel("dataset")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("figure")

    def __str__(self) -> str:
        return str(self.dataset)


class HomeFigure(ChosenFigure):
    """A figure on the front page."""

    page = ParentalKey("pages.HomePage", on_delete=models.CASCADE, related_name="figures")


class ProgrammeFigure(ChosenFigure):
    """A figure that says what a programme does or achieves."""

    page = ParentalKey("pages.ProgrammePage", on_delete=models.CASCADE, related_name="figures")
