"""All records that stand around some others, in one query an object whatever their number."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from directory.hsds.objects import OBJECTS
from directory.models import Location, ServiceAtLocation
from directory.models.record import Record
from directory.records.binding import MODELS, binding
from directory.records.shown import (
    OF_ANYTHING,
    TELLS_THE_PLACE,
    Shown,
    at_a_secret_place,
    subject_of,
)

# What belongs to others and to which little belongs, owners first.
DETAILS = (
    "contact",
    "phone",
    "schedule",
    "service_area",
    "language",
    "accessibility",
    "address",
    "cost_option",
    "funding",
    "required_document",
    "organization_identifier",
    "url",
    "service_capacity",
)
Children = dict[tuple[str, str, str, UUID], list[Record]]
Subject = tuple[str, UUID]  # an object's name and an id


class Graph:
    """Records by object and id, and who stands below whom."""

    def __init__(self, shown: Shown, name: str, roots: Sequence[Record]) -> None:
        self._shown = shown
        self.records: dict[str, dict[UUID, Record]] = {found: {} for found in OBJECTS}
        self.children: Children = {}
        self.root = name
        self._take(name, roots)

    def one(self, name: str, pk: UUID | None) -> Record | None:
        return self.records[name].get(pk) if pk else None

    def below(self, child: str, link: str, owner: str, pk: UUID) -> list[Record]:
        return self.children.get((child, link, owner, pk), [])

    def changed(self) -> datetime:
        """When the newest of all these was last changed."""
        return max(
            record.last_modified for found in self.records.values() for record in found.values()
        )

    def load_ones(self) -> None:
        """What each names in a column of its own."""
        self._follow("service_at_location", "location_id", "location")
        self._follow("service_at_location", "service_id", "service")
        self._follow("service", "organization_id", "organization")
        self._follow("service", "program_id", "program")
        self._follow("taxonomy_term", "taxonomy_id", "taxonomy")

    def load_all(self, services: bool) -> None:
        """Everything. `services`: all of organizations' services too, else only that they are."""
        organizations = list(self.records["organization"])  # the roots: others are only named
        if services and organizations:
            self._find("service", Q(organization__in=organizations))
        if self.root != "service_at_location":
            self._find("service_at_location", Q(service__in=self._ids("service")))
        self.load_ones()
        if organizations:
            self._find("location", Q(organization__in=organizations))
            self._find("program", Q(organization__in=organizations))
        for name in DETAILS:
            self._find(name, self._owned(name))
        self._follow("service_capacity", "unit_id", "unit")
        self._about("attribute")
        self._follow("attribute", "taxonomy_term_id", "taxonomy_term")
        self._follow("taxonomy_term", "taxonomy_id", "taxonomy")
        self._about("metadata")
        if organizations:
            self._find("service", Q(organization__in=organizations))

    def _owned(self, name: str) -> Q:
        condition = Q()
        for link in OBJECTS[name].owners:
            ids = self._ids(link.to)
            if name in TELLS_THE_PLACE:
                ids = [pk for pk in ids if not _is_secret(self.records[link.to][pk])]
            if ids:
                condition |= Q(**{f"{link.name}__in": ids})
        return condition

    def _about(self, name: str) -> None:
        """Attributes or metadata of all that has been loaded, but for what is said of a place
        that is a secret, or of what hangs on it.
        """
        condition = Q(of_id__in=[pk for records in self.records.values() for pk in records])
        if name == "attribute":
            condition |= Q(service__in=self._ids("service"))
        found = list(_ordered(name, self._scope(name).filter(condition)))
        secret = _at_secret_places(subject_of(record) for record in found)
        self._take(name, [record for record in found if subject_of(record) not in secret])

    def _ids(self, name: str) -> list[UUID]:
        return list(self.records[name])

    def _find(self, name: str, condition: Q) -> None:
        if condition:
            self._take(name, _ordered(name, self._scope(name).filter(condition)))

    def _follow(self, name: str, column: str, to: str) -> None:
        ids = {getattr(record, column) for record in self.records[name].values()}
        missing = ids - {None} - set(self.records[to])
        if missing:
            self._take(to, _ordered(to, self._scope(to).filter(pk__in=missing)))

    def _scope(self, name: str) -> Any:
        """Whatever is shown; details are shown because what they were found by is."""
        if name in DETAILS or name in OF_ANYTHING:
            return MODELS[name]._default_manager.all()
        return self._shown.of(name)

    def _take(self, name: str, records: Iterable[Record]) -> None:
        for record in records:
            if record.pk in self.records[name]:
                continue
            self.records[name][record.pk] = record
            for key in _places(name, record):
                self.children.setdefault(key, []).append(record)


def _places(name: str, record: Record) -> Iterator[tuple[str, str, str, UUID]]:
    """Under whom the record stands: object, column, owner's object and id."""
    if name in OF_ANYTHING:
        column = "link_id" if name == "attribute" else "resource_id"
        yield (name, column, *subject_of(record))
        return
    for column, (attname, to) in binding(name).links.items():
        pk = getattr(record, attname)
        if pk is not None:
            yield name, column, to, pk


def _ordered(name: str, records: Any) -> Any:
    """In the model's own order: numbers to try first stand first."""
    return records.order_by(*(MODELS[name]._meta.ordering or ()), "pk")


def _at_secret_places(subjects: Iterable[Subject]) -> set[Subject]:
    """Those that are, or hang on, a confidential location; one query for each object that can."""
    ids: dict[str, set[UUID]] = {}
    for name, pk in subjects:
        ids.setdefault(name, set()).add(pk)
    found: set[Subject] = set()
    for name, pks in ids.items():
        hidden = at_a_secret_place(name) if name in MODELS else Q()
        if hidden:
            secret = MODELS[name]._default_manager.filter(hidden, pk__in=pks).order_by()
            found |= {(name, pk) for pk in secret.values_list("pk", flat=True)}
    return found


def _is_secret(record: Record) -> bool:
    if isinstance(record, Location):
        return record.confidential
    return isinstance(record, ServiceAtLocation) and record.location.confidential
