from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from directory.models.record import Record


class Organization(Record, RevisionMixin, ClusterableModel):
    """HSDS organization: who provides services.

    `unknown`: an import's service names it by an id that leads nowhere. It stands in, under the
    service's name, until its own row comes; export leaves it out.
    """

    name = models.CharField(_("name"), max_length=255)
    alternate_name = models.CharField(_("also known as"), max_length=255, blank=True)
    description = models.TextField(_("description"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    tax_status = models.CharField(_("tax status"), max_length=255, blank=True)
    tax_id = models.CharField(_("tax number"), max_length=255, blank=True)
    year_incorporated = models.PositiveSmallIntegerField(
        _("founded in"), null=True, blank=True, validators=[MaxValueValidator(2999)]
    )
    legal_status = models.CharField(_("legal form"), max_length=255, blank=True)
    logo = models.URLField(_("logo"), max_length=500, blank=True)
    uri = models.URLField(_("identifier on the web"), max_length=500, blank=True)
    parent_organization = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="child_organizations",
        verbose_name=_("part of"),
    )
    unknown = models.BooleanField(_("not described"), default=False, editable=False)

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.name


class Program(Record):
    """HSDS program: several services of one organization under one name."""

    organization = ParentalKey(
        Organization, related_name="programs", verbose_name=_("organization")
    )
    name = models.CharField(_("name"), max_length=255)
    alternate_name = models.CharField(_("also known as"), max_length=255, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.name


class OrganizationIdentifier(Record):
    """HSDS organization_identifier: the organization's number in somebody's register."""

    organization = ParentalKey(Organization, related_name="organization_identifiers")
    identifier_scheme = models.CharField(_("register"), max_length=255, blank=True)
    identifier_type = models.CharField(_("kind of number"), max_length=255, blank=True)
    identifier = models.CharField(_("number"), max_length=255)

    class Meta(Record.Meta):
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")

    def __str__(self) -> str:
        return self.identifier
