from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from directory.models.organization import Organization
from directory.models.record import Record

HAS_POINT = models.Q(latitude__isnull=False, longitude__isnull=False)
ON_EARTH = HAS_POINT & models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
NO_POINT = models.Q(latitude__isnull=True, longitude__isnull=True)
TELLING = (
    "alternate_name",
    "description",
    "transportation",
    "url",
    "external_identifier",
    "external_identifier_type",
)
NO_PLACE = NO_POINT & models.Q(**dict.fromkeys(TELLING, ""))
# Sent in the transaction in which locations become confidential, with their ids as `locations`.
became_confidential = Signal()


class LocationQuerySet(models.QuerySet["Location"]):
    def update(self, **kwargs: Any) -> int:
        """`bulk_update` comes this way too. That locations become confidential here has the same
        consequences as with `Location.save`.
        """
        if not kwargs.get("confidential"):
            return super().update(**kwargs)
        with transaction.atomic():
            open_ones = self.filter(confidential=False).order_by().values_list("pk", flat=True)
            told = _telling(open_ones)
            count = super().update(**kwargs)
            hidden = Location.objects.filter(pk__in=list(told), confidential=True)
            _forget_places({location: told[location.pk] for location in hidden})
        return count


class Location(Record, RevisionMixin, ClusterableModel):
    """HSDS location. A confidential one (a shelter's) never holds a point or an address:
    what is not stored cannot leak (rule 3 of the design). `save` wipes them; constraints and
    triggers (migration 0002) hold it when a write goes past `save`.

    Nor does it keep anything else that tells the place: texts, register numbers (TELLING),
    accessibility, the source's own record of changes, and the words of what hangs on it or on its
    services there, such as what a phone is for (migration 0017). Numbers and hours stay.
    """

    class Kind(models.TextChoices):
        PHYSICAL = "physical", _("a place to visit")
        POSTAL = "postal", _("a place for letters")
        VIRTUAL = "virtual", _("online or by phone")

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="locations",
        verbose_name=_("organization"),
    )
    location_type = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.PHYSICAL
    )
    name = models.CharField(
        _("name"),
        max_length=255,
        blank=True,
        help_text=_("What people call the place. Never its address: that has its own fields."),
    )
    alternate_name = models.CharField(_("also known as"), max_length=255, blank=True)
    url = models.URLField(_("website"), max_length=500, blank=True)
    description = models.TextField(_("description"), blank=True)
    transportation = models.TextField(_("how to get there"), blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, help_text=_("IANA name; empty: the site's own")
    )
    external_identifier = models.CharField(_("number in a register"), max_length=255, blank=True)
    external_identifier_type = models.CharField(_("which register"), max_length=255, blank=True)
    confidential = models.BooleanField(
        _("confidential address"),
        default=False,
        help_text=_(
            "Saving with this ticked erases the address, the point on the map, the way there and "
            "all words beside its phones, contacts and hours for good: this site keeps them "
            "nowhere, and later imports do not bring them back. Make sure that the name of the "
            "place and the words of its services do not tell it either."
        ),
    )

    objects = LocationQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        indexes = [
            models.Index(fields=["last_modified"], name="directory_location_modified"),
            models.Index(fields=["latitude", "longitude"], name="directory_location_point"),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=ON_EARTH | NO_POINT,
                name="directory_location_on_earth",
                violation_error_message=_(
                    "Give a latitude (−90 to 90) and a longitude (−180 to 180), or neither."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(confidential=False) | NO_PLACE,
                name="directory_confidential_has_no_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.id)

    def clean(self) -> None:
        """A form that ticks confidential need not empty the place by hand."""
        if self.confidential:
            self._wipe()

    def save(self, **kwargs: Any) -> None:
        """A location that becomes confidential loses its place, here and in what was imported."""
        if not self.confidential:
            super().save(**kwargs)
            return
        self._wipe()
        for children in (self.addresses, self.accessibility):
            children.set([])  # committed by save, as the CMS does
        kwargs.pop("update_fields", None)
        with transaction.atomic():
            known = Location.objects.filter(pk=self.pk, confidential=True).exists()
            told = {} if known else {self: _telling([self.pk])[self.pk]}
            super().save(**kwargs)
            _forget_places(told)

    def _wipe(self) -> None:
        self.latitude = self.longitude = None
        for name in TELLING:
            setattr(self, name, "")
        self.as_given = {}
        self.latest_revision = None  # the database drops all that told the place (migration 0010)


def _telling(locations: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The ids of each location and of what tells its place: three queries."""
    from directory.models.details import Accessibility

    told = {pk: [pk] for pk in locations}
    for model in (Address, Accessibility):
        children = model._default_manager.filter(location__in=list(told)).order_by()
        for pk, location in children.values_list("pk", "location_id"):
            told[location].append(pk)
    return told


def _forget_places(told: Mapping[Location, list[UUID]]) -> None:
    """What imports and the source's own metadata (about the ids told) say of the places; what
    else keeps them, such as the search index, hears of it.
    """
    from directory.models.details import Metadata
    from directory.models.import_batch import SourceRow
    from directory.models.import_change import ImportChange
    from directory.models.place_traces import forget_place

    for location, ids in told.items():
        Metadata.objects.filter(of_id__in=ids).delete()
        SourceRow.objects.forget_place(location)
        forget_place(location, ids)
        ImportChange.objects.forget_place(location, ids)
    if told:
        became_confidential.send(Location, locations=[location.pk for location in told])


class Address(Record):
    """HSDS address of a location."""

    location = ParentalKey(Location, related_name="addresses")
    attention = models.CharField(_("attention"), max_length=255, blank=True)
    address_1 = models.CharField(_("street"), max_length=255, blank=True)
    address_2 = models.CharField(_("suite, floor"), max_length=255, blank=True)
    city = models.CharField(_("city"), max_length=255, blank=True)
    region = models.CharField(_("county"), max_length=255, blank=True)
    state_province = models.CharField(_("state"), max_length=100, blank=True)
    postal_code = models.CharField(_("ZIP"), max_length=20, blank=True)
    zip4 = models.CharField(_("ZIP+4"), max_length=4, blank=True)
    country = models.CharField(_("country"), max_length=100, default="US")
    address_type = models.CharField(
        _("kind"),
        max_length=20,
        choices=[
            ("physical", _("to visit")),
            ("postal", _("for letters")),
            ("virtual", _("online")),
        ],
        default="physical",
    )

    class Meta(Record.Meta):
        verbose_name = _("address")
        verbose_name_plural = _("addresses")

    def __str__(self) -> str:
        return ", ".join(part for part in (self.address_1, self.city, self.postal_code) if part)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuses a confidential location; the form and `Location.save` drop it before."""
        if self.location.confidential:
            raise ValidationError(_("This location is confidential: it cannot hold an address."))
        super().save(*args, **kwargs)
