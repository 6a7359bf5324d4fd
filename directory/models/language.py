from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.location import Location
from directory.models.owner import owned_by
from directory.models.phone import Phone
from directory.models.record import Record
from directory.models.service import Service


class Language(Record):
    """HSDS language: spoken at a service, at a location or on a phone, beside the site's own."""

    service = ParentalKey(Service, null=True, blank=True, related_name="languages")
    location = ParentalKey(Location, null=True, blank=True, related_name="languages")
    phone = ParentalKey(Phone, null=True, blank=True, related_name="languages")
    name = models.CharField(_("name"), max_length=255, blank=True)
    code = models.CharField(
        _("code"), max_length=20, blank=True, help_text=_("ISO 639-1, such as es")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [
            *Record.Meta.constraints,
            owned_by("service", "location", "phone", name="language_owner"),
            models.UniqueConstraint(
                fields=["service", "code"],
                condition=models.Q(source_id=""),
                name="directory_language_once",
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.name
