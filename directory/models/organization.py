from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from directory.models.record import Record


class Organization(Record, ClusterableModel):
    """HSDS organization: who provides services."""

    name = models.CharField(_("name"), max_length=255)
    alternate_name = models.CharField(_("also known as"), max_length=255, blank=True)
    description = models.TextField(_("description"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.name
