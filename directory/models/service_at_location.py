from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.models.location import Location
from directory.models.record import Record
from directory.models.service import Service


class ServiceAtLocation(Record, ClusterableModel):
    """HSDS service_at_location: a service given at a place. One is one search document.

    What is said of this place alone (its hours, phones, contacts, areas) is edited with it in the
    CMS and is part of the service's revisions.
    """

    service = ParentalKey(Service, related_name="service_at_locations")
    location = models.ForeignKey(Location, models.CASCADE, related_name="service_at_locations")
    description = models.TextField(_("description"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("service at a location")
        verbose_name_plural = _("services at locations")
        indexes = [models.Index(fields=["last_modified"], name="directory_at_modified")]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["service", "location"], name="directory_service_once_a_location"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} @ {self.location_id}"

    @property
    def hidden(self) -> bool:
        """Whether nothing may be said of where it is."""
        return self.location.confidential
