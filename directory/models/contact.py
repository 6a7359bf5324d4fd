from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.owner import owned_by
from directory.models.record import Record
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation


class Contact(Record, ClusterableModel):
    """HSDS contact: a named person or desk."""

    organization = ParentalKey(Organization, null=True, blank=True, related_name="contacts")
    service = ParentalKey(Service, null=True, blank=True, related_name="contacts")
    service_at_location = ParentalKey(
        ServiceAtLocation, null=True, blank=True, related_name="contacts"
    )
    location = ParentalKey(Location, null=True, blank=True, related_name="contacts")
    name = models.CharField(_("name"), max_length=255, blank=True)
    title = models.CharField(_("job"), max_length=255, blank=True)
    department = models.CharField(_("department"), max_length=255, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            *Record.Meta.constraints,
            owned_by(
                "organization", "service", "service_at_location", "location", name="contact_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.department or self.title
