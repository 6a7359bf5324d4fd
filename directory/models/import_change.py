"""What publishing a batch did to records, so that it can be undone to the letter."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models.contact import Contact
from directory.models.details import ServiceArea
from directory.models.import_batch import ImportBatch
from directory.models.language import Language
from directory.models.location import Location
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.service_at_location import ServiceAtLocation

# Columns that say where a record belongs: kept with every change, changed or not.
ANCHORS = (
    *("location_id", "service_id", "of_id"),
    *("service_at_location_id", "contact_id", "phone_id"),
)
PLACES = ("location_id", "of_id", "service_at_location_id", "contact_id", "phone_id")
VISITS = ServiceAtLocation._meta.label_lower
CARRIERS = (VISITS, Contact._meta.label_lower, Phone._meta.label_lower)


class ImportChangeQuerySet(models.QuerySet["ImportChange"]):
    def forget_place(self, location: Location, told: Iterable[Any]) -> None:
        """Drops what is kept of a location that became confidential, and of every place where
        its services were before: undoing an import never brings a place back.
        """
        services = {str(pk) for pk in _services(location)}
        secret = {str(location.pk), *map(str, told)}
        for change in self.filter(model=VISITS).iterator(100):
            for entry in change.entries():
                if services & set(entry.get("service_id", ())):
                    secret |= set(entry.get("location_id", ()))
        hanging = {str(pk) for pk in _hanging(location)}
        for model in CARRIERS:  # what hung there and was removed or moved has others hanging on it
            for change in self.filter(model=model).iterator(100):
                hanging |= change.belonging(secret | hanging)
        for change in self.iterator(100):
            if change.drop(secret, hanging):
                change.save()


def _services(location: Location) -> Iterable[Any]:
    links = ServiceAtLocation.objects.filter(location=location)
    return links.values_list("service_id", flat=True)


def _hanging(location: Location) -> Iterable[Any]:
    """What hangs on the place through others; what hangs on it itself goes by its anchor."""
    at = ServiceAtLocation.objects.filter(location=location)
    contacts = Contact.objects.filter(Q(location=location) | Q(service_at_location__in=at))
    phones = Phone.objects.filter(Q(service_at_location__in=at) | Q(contact__in=contacts))
    of_phones = Q(phone__in=phones) | Q(phone__location=location)
    for found in (
        at,
        contacts,
        phones,
        Language.objects.filter(of_phones),
        Schedule.objects.filter(service_at_location__in=at),
        ServiceArea.objects.filter(service_at_location__in=at),
    ):
        yield from found.order_by().values_list("pk", flat=True)


class ImportChange(models.Model):
    """The records of one model that one chunk of a batch changed, in the order of writing.

    `created`: id → digest of the record as it was made. `changed`: id → field → [before, after].
    `removed`: id → the whole record. What a new listing brought with it is not here: it goes with
    the listing. Emptied with the batch's undo.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField(_("number"))
    model = models.CharField(_("model"), max_length=60)
    created = models.JSONField(default=dict)
    changed = models.JSONField(default=dict)
    removed = models.JSONField(default=dict)

    objects = ImportChangeQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "number"]
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by imports")
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="directory_import_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number} {self.model}"

    def entries(self) -> Iterable[dict[str, list[Any]]]:
        """Each record's columns with all values that they had."""
        yield from self.changed.values()
        for record in self.removed.values():
            yield {name: [value] for name, value in record.items()}

    def belonging(self, told: set[str]) -> set[str]:
        """Which of the records belonged to one of these."""
        removed = {pk: {k: [v] for k, v in record.items()} for pk, record in self.removed.items()}
        return {pk for pk, fields in (self.changed | removed).items() if _belongs(fields, told)}

    def drop(self, secret: set[str], hanging: set[str]) -> bool:
        """Takes out the records that are, or belong to, one of these; whether there were any. Of
        what hangs there its words go; that it was created stays known, so that undo removes it.
        """
        before = (self.created, self.changed, self.removed)
        self.created = {pk: made for pk, made in self.created.items() if pk not in secret}
        told = secret | hanging
        self.changed = {
            pk: fields
            for pk, fields in self.changed.items()
            if pk not in told and not _belongs(fields, told)
        }
        self.removed = {
            pk: record
            for pk, record in self.removed.items()
            if pk not in told and not _belongs({k: [v] for k, v in record.items()}, told)
        }
        return before != (self.created, self.changed, self.removed)


def _belongs(fields: dict[str, list[Any]], secret: set[str]) -> bool:
    """A service's other places stay; what hangs on a secret place goes."""
    values = {value for anchor in PLACES for value in fields.get(anchor, ())}
    return not secret.isdisjoint(values)
