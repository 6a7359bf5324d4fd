from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.service import Service


class OfficerDetails(models.Model):
    """What only officers may read of a service. A table of its own, which no public query joins:
    a field that is not there cannot leak.
    """

    service = models.OneToOneField(Service, models.CASCADE, related_name="officer_details")
    back_line = models.CharField(
        _("back line"), max_length=50, blank=True, help_text=_("A number for officers alone.")
    )
    sally_port = models.TextField(
        _("sally port"), blank=True, help_text=_("Where a patrol car drives in, and who opens.")
    )
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("officers’ details")
        verbose_name_plural = _("officers’ details")

    def __str__(self) -> str:
        return str(self.service)
