from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from directory.models.organization import Organization
from directory.models.record import Record

ON_EARTH = models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
NO_POINT = models.Q(latitude__isnull=True, longitude__isnull=True)


class Location(Record):
    """HSDS location. A confidential one (a shelter's) never holds a point or an address:
    what is not stored cannot leak (rule 3 of the design).
    """

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="locations",
        verbose_name=_("organization"),
    )
    name = models.CharField(_("name"), max_length=255, blank=True)
    description = models.TextField(_("description"), blank=True)
    transportation = models.TextField(_("how to get there"), blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, help_text=_("IANA name; empty: the site's own")
    )
    confidential = models.BooleanField(
        _("confidential address"),
        default=False,
        help_text=_("The place is kept nowhere on this site: no address, no point on the map."),
    )

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=ON_EARTH | NO_POINT, name="directory_location_on_earth"),
            models.CheckConstraint(
                condition=models.Q(confidential=False) | NO_POINT,
                name="directory_confidential_has_no_point",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A location that becomes confidential loses its point and its addresses."""
        if not self.confidential:
            super().save(*args, **kwargs)
            return
        self.latitude = self.longitude = None
        self.description = self.transportation = ""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.addresses.all().delete()


class Address(Record):
    """HSDS address of a location."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="addresses")
    address_1 = models.CharField(_("street"), max_length=255, blank=True)
    address_2 = models.CharField(_("suite, floor"), max_length=255, blank=True)
    city = models.CharField(_("city"), max_length=255, blank=True)
    region = models.CharField(_("county"), max_length=255, blank=True)
    state_province = models.CharField(_("state"), max_length=100, blank=True)
    postal_code = models.CharField(_("ZIP"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, default="US")
    address_type = models.CharField(
        _("kind"),
        max_length=20,
        choices=[("physical", _("to visit")), ("postal", _("for letters"))],
        default="physical",
    )

    class Meta(Record.Meta):
        verbose_name = _("address")
        verbose_name_plural = _("addresses")

    def __str__(self) -> str:
        return ", ".join(part for part in (self.address_1, self.city, self.postal_code) if part)

    def clean(self) -> None:
        self._refuse_confidential()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_confidential()
        super().save(*args, **kwargs)

    def _refuse_confidential(self) -> None:
        if self.location.confidential:
            raise ValidationError(_("This location is confidential: it cannot hold an address."))
