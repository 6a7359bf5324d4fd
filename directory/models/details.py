"""The smaller objects of HSDS that say more about a service, an organization or a location."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.owner import owned_by
from directory.models.record import Record
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation


class ServiceArea(Record):
    """HSDS service_area: where people have to live to be served."""

    service = ParentalKey(Service, null=True, blank=True, related_name="service_areas")
    service_at_location = ParentalKey(
        ServiceAtLocation, null=True, blank=True, related_name="service_areas"
    )
    name = models.TextField(_("name"), blank=True)
    description = models.TextField(_("description"), blank=True)
    extent = models.TextField(_("extent"), blank=True)
    extent_type = models.CharField(_("kind of extent"), max_length=255, blank=True)
    uri = models.CharField(_("identifier on the web"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")
        constraints = [
            *Record.Meta.constraints,
            owned_by("service", "service_at_location", name="service_area_owner"),
        ]

    def __str__(self) -> str:
        return self.name or self.description


class CostOption(Record):
    """HSDS cost_option: what one kind of visit costs."""

    service = ParentalKey(Service, related_name="cost_options")
    valid_from = models.DateField(_("from date"), null=True, blank=True)
    valid_to = models.DateField(_("to date"), null=True, blank=True)
    option = models.CharField(_("for whom or what"), max_length=255, blank=True)
    currency = models.CharField(_("currency"), max_length=20, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    amount_description = models.CharField(_("what is paid for"), max_length=255, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("cost")
        verbose_name_plural = _("costs")

    def __str__(self) -> str:
        return self.option or str(self.amount)


class Funding(Record):
    """HSDS funding: who pays for it."""

    organization = ParentalKey(Organization, null=True, blank=True, related_name="funding")
    service = ParentalKey(Service, null=True, blank=True, related_name="funding")
    # The column is HSDS's `source`; that name is taken by where the row came from.
    funding_source = models.TextField(_("source"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        constraints = [
            *Record.Meta.constraints,
            owned_by("organization", "service", name="funding_owner"),
        ]

    def __str__(self) -> str:
        return self.funding_source


class RequiredDocument(Record):
    """HSDS required_document: what to bring."""

    service = ParentalKey(Service, related_name="required_documents")
    document = models.TextField(_("document"), blank=True)
    uri = models.URLField(_("more about it"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("document to bring")
        verbose_name_plural = _("documents to bring")

    def __str__(self) -> str:
        return self.document


class Unit(Record):
    """HSDS unit: what a capacity counts."""

    name = models.CharField(_("name"), max_length=255)
    scheme = models.CharField(_("scheme"), max_length=255, blank=True)
    identifier = models.CharField(_("identifier"), max_length=255, blank=True)
    uri = models.URLField(_("identifier on the web"), max_length=500, blank=True)

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name


class ServiceCapacity(Record):
    """HSDS service_capacity: how many places are free, of how many."""

    service = ParentalKey(Service, related_name="capacities")
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="capacities"
    )
    available = models.FloatField(_("available"), null=True, blank=True)
    maximum = models.FloatField(_("at most"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True)
    updated = models.DateTimeField(_("counted at"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")

    def __str__(self) -> str:
        return f"{self.available} / {self.maximum}"


class Url(Record):
    """HSDS url: a further website of an organization or a service."""

    organization = ParentalKey(
        Organization, null=True, blank=True, related_name="additional_websites"
    )
    service = ParentalKey(Service, null=True, blank=True, related_name="additional_urls")
    label = models.CharField(_("label"), max_length=255, blank=True)
    url = models.URLField(_("address"), max_length=500)

    class Meta(Record.Meta):
        verbose_name = _("further website")
        verbose_name_plural = _("further websites")
        constraints = [
            *Record.Meta.constraints,
            owned_by("organization", "service", name="url_owner"),
        ]

    def __str__(self) -> str:
        return self.label or self.url


class Accessibility(Record):
    """HSDS accessibility of a location."""

    location = ParentalKey(Location, related_name="accessibility")
    description = models.TextField(_("description"), blank=True)
    details = models.TextField(_("details"), blank=True)
    url = models.URLField(_("more about it"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("accessibility")
        verbose_name_plural = _("accessibility")

    def __str__(self) -> str:
        return self.description


class Metadata(Record):
    """HSDS metadata: a change of any object, as its source reports it.

    `of` is the object's name and `of_id` its id: HSDS lets metadata belong to anything.
    """

    of = models.CharField(max_length=30, editable=False)
    of_id = models.UUIDField(editable=False)
    resource_type = models.CharField(_("kind of object"), max_length=255, blank=True)
    last_action_date = models.DateField(_("date"), null=True, blank=True)
    last_action_type = models.CharField(_("what was done"), max_length=255, blank=True)
    field_name = models.CharField(_("field"), max_length=255, blank=True)
    previous_value = models.TextField(_("before"), blank=True)
    replacement_value = models.TextField(_("after"), blank=True)
    updated_by = models.CharField(_("by"), max_length=255, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("metadata")
        verbose_name_plural = _("metadata")
        indexes = [models.Index(fields=["of_id"], name="directory_metadata_of")]

    def __str__(self) -> str:
        return f"{self.resource_type} {self.field_name}"


class MetaTableDescription(Record):
    """HSDS meta_table_description: in which language and character set the source wrote."""

    name = models.CharField(_("name"), max_length=255, blank=True)
    language = models.CharField(_("language"), max_length=255, blank=True)
    character_set = models.CharField(_("character set"), max_length=255, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("table description")
        verbose_name_plural = _("table descriptions")

    def __str__(self) -> str:
        return self.name
