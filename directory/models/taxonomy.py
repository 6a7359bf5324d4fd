import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.owner import owned_by
from directory.models.record import Record
from directory.models.service import Service

SHIPPED = uuid.UUID("6f70656e-646f-4f72-8e73-746178000001")


class Taxonomy(Record):
    """HSDS taxonomy. `slug` names a filter of the search: need, population, cost, insurance,
    accessibility. Taxonomies that imports bring have none.
    """

    slug = models.SlugField(_("short name"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True)
    uri = models.URLField(_("identifier on the web"), max_length=500, blank=True)
    version = models.CharField(_("version"), max_length=50, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("taxonomy")
        verbose_name_plural = _("taxonomies")

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(Record):
    """HSDS taxonomy_term: a code, its names in English and Spanish, and its parent."""

    taxonomy = models.ForeignKey(
        Taxonomy, models.CASCADE, null=True, blank=True, related_name="terms"
    )
    code = models.CharField(_("code"), max_length=255, blank=True)
    name = models.CharField(_("name"), max_length=255)
    name_es = models.CharField(_("name in Spanish"), max_length=255, blank=True)
    description = models.TextField(_("definition"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    # HSDS's own column `taxonomy`, a name in words; ours is the taxonomy itself.
    taxonomy_name = models.CharField(_("name of the taxonomy"), max_length=255, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    term_uri = models.URLField(_("identifier on the web"), max_length=500, blank=True)

    class Meta(Record.Meta):
        ordering = ["taxonomy", "position", "code"]
        verbose_name = _("taxonomy term")
        verbose_name_plural = _("taxonomy terms")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["taxonomy", "code"],
                condition=models.Q(source_id=""),
                name="directory_term_once",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_es if get_language() == "es" and self.name_es else self.name


class Attribute(Record):
    """HSDS attribute: a taxonomy term that holds for a service, or for any other object, which
    `of` (its name) and `of_id` then tell.
    """

    service = ParentalKey(Service, null=True, blank=True, related_name="attributes")
    of = models.CharField(max_length=30, blank=True, editable=False)
    of_id = models.UUIDField(null=True, blank=True, editable=False)
    taxonomy_term = models.ForeignKey(
        TaxonomyTerm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attributes",
        verbose_name=_("taxonomy term"),
    )
    link_type = models.CharField(_("kind of link"), max_length=255, blank=True)
    link_entity = models.CharField(_("kind of object"), max_length=255, blank=True)
    value = models.TextField(_("value"), blank=True)
    label = models.CharField(_("label"), max_length=255, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        constraints = [
            *Record.Meta.constraints,
            owned_by("service", "of_id", name="attribute_owner"),
            models.UniqueConstraint(
                fields=["service", "taxonomy_term"],
                condition=models.Q(source_id=""),
                name="directory_attribute_once",
            ),
        ]
        indexes = [models.Index(fields=["of_id"], name="directory_attribute_of")]

    def __str__(self) -> str:
        return self.label or f"{self.service_id} {self.taxonomy_term_id}"


def shipped_id(slug: str, code: str = "") -> uuid.UUID:
    """The id of a shipped taxonomy or term: the same on every site, so that exports agree."""
    return uuid.uuid5(SHIPPED, f"{slug}/{code}" if code else slug)
