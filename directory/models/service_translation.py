from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.service import Service


class ServiceTranslation(models.Model):
    """A listing's own texts in another language, as its provider or a steward wrote them."""

    service = ParentalKey(Service, related_name="translations")
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("name"), max_length=255, blank=True)
    description = models.TextField(_("description"), blank=True)
    application_process = models.TextField(_("how to start"), blank=True)
    what_happens = models.TextField(_("what happens when you call"), blank=True)
    fees_description = models.TextField(_("what it costs"), blank=True)
    eligibility_description = models.TextField(_("who can come"), blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "language"], name="directory_one_translation_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.language}"
