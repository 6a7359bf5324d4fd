from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.models.contact import Contact
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.owner import owned_by
from directory.models.record import Record
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation


class Phone(Record, ClusterableModel):
    """HSDS phone of an organization, service, location, contact or service_at_location, or of
    several of them."""

    class Type(models.TextChoices):
        VOICE = "voice", _("phone")
        TEXT = "text", _("text message")
        FAX = "fax", _("fax")
        TTY = "tty", _("TTY")

    organization = ParentalKey(Organization, null=True, blank=True, related_name="phones")
    service = ParentalKey(Service, null=True, blank=True, related_name="phones")
    location = ParentalKey(Location, null=True, blank=True, related_name="phones")
    service_at_location = ParentalKey(
        ServiceAtLocation, null=True, blank=True, related_name="phones"
    )
    contact = ParentalKey(Contact, null=True, blank=True, related_name="phones")
    number = models.CharField(_("number"), max_length=50)
    extension = models.CharField(_("extension"), max_length=50, blank=True)
    type = models.CharField(_("kind"), max_length=10, choices=Type.choices, default=Type.VOICE)
    description = models.TextField(_("what it is for"), blank=True)
    priority = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta(Record.Meta):
        ordering = ["priority", "number"]
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        constraints = [
            *Record.Meta.constraints,
            owned_by(
                "organization",
                "service",
                "location",
                "service_at_location",
                "contact",
                name="phone_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} x{self.extension}" if self.extension else self.number
