from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.service import Service


class Taxonomy(models.Model):
    """HSDS taxonomy. `slug` names a filter of the search: need, population, cost, insurance,
    accessibility.
    """

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True)
    version = models.CharField(_("version"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("taxonomy")
        verbose_name_plural = _("taxonomies")

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(models.Model):
    """HSDS taxonomy_term: a code, its names in English and Spanish, and its parent."""

    taxonomy = models.ForeignKey(Taxonomy, models.CASCADE, related_name="terms")
    code = models.SlugField(_("code"))
    name = models.CharField(_("name"), max_length=255)
    name_es = models.CharField(_("name in Spanish"), max_length=255, blank=True)
    description = models.TextField(_("definition"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["taxonomy", "position", "code"]
        verbose_name = _("taxonomy term")
        verbose_name_plural = _("taxonomy terms")
        constraints = [
            models.UniqueConstraint(fields=["taxonomy", "code"], name="directory_term_once")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_es if get_language() == "es" and self.name_es else self.name


class Attribute(models.Model):
    """HSDS attribute: a taxonomy term that holds for a service."""

    service = ParentalKey(Service, related_name="attributes")
    taxonomy_term = models.ForeignKey(TaxonomyTerm, models.PROTECT, related_name="attributes")

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "taxonomy_term"], name="directory_attribute_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.taxonomy_term_id}"
