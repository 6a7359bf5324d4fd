"""Which records strangers may see, as querysets: those of services that are shown, and what
belongs to nobody. What belongs only to services that are not (set aside, merged into another) is
not, nor what stands around a confidential place.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from directory import models
from directory.hsds.objects import OBJECTS
from directory.models.record import Record
from directory.records.binding import MODELS

Records = QuerySet[Any]
ALL = ("taxonomy", "taxonomy_term", "unit", "meta_table_description")
# What is written about a place may tell the place; what is said on its phone does not.
TELLS_THE_PLACE = ("address", "contact", "accessibility", "service_area")
OF_ANYTHING = ("attribute", "metadata")
CARRIERS = ("location", "service_at_location", "contact", "phone")  # on which others hang


def exported_services() -> Records:
    """Services of any status, but for those that their source no longer has and duplicates."""
    return models.Service.objects.kept()


def public_services() -> Records:
    """Services that residents find."""
    return models.Service.objects.public()


class Shown:
    """What is shown when these services are."""

    def __init__(self, services: Callable[[], Records]) -> None:
        self._services = services

    def of(self, name: str) -> Records:
        """The records of an object that are shown, ordered by id. Attributes and metadata, which
        may belong to anything, are asked for by `among`.
        """
        model = MODELS[name]
        found: Records = model._default_manager.all()
        if name not in ALL:
            found = self._by_name(name, found)
        if name == "service_at_location":
            found = found.select_related("location")
        return found.order_by("pk")

    def among(self, name: str, records: Sequence[Record]) -> list[Record]:
        """Those of the records that are shown, in their order."""
        if name not in OF_ANYTHING:
            ids = self.ids_among(name, {record.pk for record in records})
            return [record for record in records if record.pk in ids]
        subjects = [subject_of(record) for record in records]
        by_name: dict[str, set[UUID]] = {}
        for subject, pk in subjects:
            by_name.setdefault(subject, set()).add(pk)
        shown = {subject: self.telling(subject, ids) for subject, ids in by_name.items()}
        pairs = zip(records, subjects, strict=True)
        return [record for record, (subject, pk) in pairs if pk in shown[subject]]

    def ids_among(self, name: str, ids: Iterable[UUID]) -> set[UUID]:
        """Those of the ids whose records are shown."""
        if name in OF_ANYTHING:
            records = list(MODELS[name]._default_manager.filter(pk__in=ids))
            return {record.pk for record in self.among(name, records)}
        return set(self.of(name).order_by().filter(pk__in=ids).values_list("pk", flat=True))

    def telling(self, subject: str, ids: set[UUID]) -> set[UUID]:
        """Of the ids of what attributes or metadata tell about, those whose place is no secret."""
        if subject not in MODELS:
            return set()
        if subject in OF_ANYTHING:
            return self.ids_among(subject, ids)
        shown = _without_confidential(subject, self.of(subject)).order_by()
        return set(shown.filter(pk__in=ids).values_list("pk", flat=True))

    def _by_name(self, name: str, found: Records) -> Records:
        match name:
            case "service":
                return self._services().select_related("organization")
            case "organization":
                return found.filter(unknown=False).filter(self._alone_or_serving())
            case "location":
                return found.filter(self._places())
            case "service_at_location":  # its location is shown then
                return found.filter(Exists(self._services().filter(pk=OuterRef("service_id"))))
        return found.filter(self._owners(name))

    def _ids(self, name: str) -> Records:
        return self.of(name).order_by().values("pk")

    def _alone_or_serving(self) -> Q:
        every = models.Service.objects.order_by().values("organization_id")
        return ~Q(pk__in=every) | Q(pk__in=self._services().order_by().values("organization_id"))

    def _places(self) -> Q:
        places = models.ServiceAtLocation.objects.order_by()
        used = places.filter(service__in=self._services().order_by().values("pk"))
        owned = Q(organization__isnull=True) | Q(organization__in=self._ids("organization"))
        alone = ~Q(pk__in=places.values("location_id")) & owned
        return alone | Q(pk__in=used.values("location_id"))

    def _owners(self, name: str) -> Q:
        """At least one of its owners is shown. An organization's program goes with it alone."""
        condition = Q()
        for link in OBJECTS[name].owners:
            condition |= Q(**{f"{link.name}__in": self._owner_ids(name, link.to)})
        return condition

    def _owner_ids(self, name: str, owner: str) -> Records:
        found = self.of(owner).order_by()
        if name in TELLS_THE_PLACE:
            found = _without_confidential(owner, found)
        return found.values("pk")


def subject_of(record: Record) -> tuple[str, UUID]:
    """What an attribute or metadata is about: the object's name and id."""
    if isinstance(record, models.Attribute) and record.of_id is None:
        return "service", record.service_id  # type: ignore[return-value]  # a constraint holds it
    found: tuple[str, UUID] = record.of, record.of_id  # type: ignore[attr-defined]
    return found


def _without_confidential(name: str, found: Records) -> Records:
    hidden = at_a_secret_place(name)
    return found.exclude(hidden) if hidden else found


def at_a_secret_place(name: str, path: str = "") -> Q:
    """Whether a record is, or hangs on, a confidential location, be it through others."""
    if name == "location":
        return Q(**{f"{path}confidential": True})
    hidden = Q()
    for link in OBJECTS[name].owners:
        if link.to in CARRIERS:
            hidden |= at_a_secret_place(link.to, f"{path}{link.name.removesuffix('_id')}__")
    return hidden


EXPORTED = Shown(exported_services)
PUBLIC = Shown(public_services)
