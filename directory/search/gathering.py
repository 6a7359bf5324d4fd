"""Reads what search documents are made of: a fixed number of queries, however many services.

Models with prefetched children would take several times as long. Of a confidential location no
address is even read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from directory.models import (
    Address,
    Attribute,
    HolidayCalendar,
    Language,
    Location,
    Phone,
    Schedule,
    ScheduleException,
    Service,
    ServiceAtLocation,
    ServiceTranslation,
    TaxonomyTerm,
)
from directory.search.gathered import (
    TEXTS,
    GatheredAddress,
    GatheredLanguage,
    GatheredLocation,
    GatheredOrganization,
    GatheredPlace,
    GatheredService,
    GatheredTerm,
    Lineage,
    Rows,
)

HIGHEST = 10  # steps up from a term: a ring of parents, were there one, ends here
SERVICE = (
    *("id", *TEXTS, "alternate_name", "minimum_age", "maximum_age"),
    *("availability", "accepts_drop_off", "telehealth", "assured_date"),
)
OWNERS = ("organization_id", "organization__name", "organization__alternate_name", "holidays_id")
LOCATION = ("id", "confidential", "name", "latitude", "longitude", "time_zone")
TERM = ("id", "parent_id", "taxonomy__slug", "code", "name", "name_es", "description")
AT_PLACE = "service_at_location_id"

Ids = Collection[UUID]
Child = TypeVar("Child", GatheredAddress, GatheredLanguage)
Record = TypeVar("Record", bound=Model)


def gathered(ids: Collection[UUID | str]) -> Iterator[GatheredService]:
    """Those of these services that are public, by id."""
    found = Service.objects.public().filter(pk__in=ids).order_by("pk")
    rows = list(found.values(*SERVICE, *OWNERS))
    services = [row["id"] for row in rows]
    places = _places(services)
    translated, languages, terms = _translated(services), _languages(services), _terms(services)
    schedules = _models(Schedule.objects.filter(service__in=services), "service_id")
    exceptions = _models(ScheduleException.objects.filter(service__in=services), "service_id")
    phones = _phones("service", services)
    organizations = _phones("organization", {row["organization_id"] for row in rows})
    calendars = _calendars({row["holidays_id"] for row in rows})
    for row in rows:
        pk = row["id"]
        yield GatheredService(
            **{name: row[name] for name in SERVICE},
            organization=GatheredOrganization(
                row["organization__name"],
                row["organization__alternate_name"],
                organizations.get(row["organization_id"], ""),
            ),
            holidays=calendars.get(row["holidays_id"]),
            translated=translated[pk],
            languages=languages[pk],
            terms=terms[pk],
            schedules=schedules[pk],
            schedule_exceptions=exceptions[pk],
            phone=phones.get(pk, ""),
            places=places[pk],
        )


def _places(services: Ids) -> dict[UUID, list[GatheredPlace]]:
    """By service."""
    links = ServiceAtLocation.objects.filter(service__in=services)
    rows = list(links.values_list("service_id", "pk", "location_id"))
    ids = [pk for _service, pk, _location in rows]
    locations = _locations({location for _service, _pk, location in rows})
    schedules = _models(Schedule.objects.filter(service_at_location__in=ids), AT_PLACE)
    exceptions = _models(ScheduleException.objects.filter(service_at_location__in=ids), AT_PLACE)
    phones = _phones("service_at_location", ids)
    found = defaultdict(list)
    for service, pk, location in rows:
        found[service].append(
            GatheredPlace(
                pk, locations[location], schedules[pk], exceptions[pk], phones.get(pk, "")
            )
        )
    return found


def _locations(ids: Ids) -> dict[UUID, GatheredLocation]:
    rows = list(Location.objects.filter(pk__in=ids).values(*LOCATION))
    shown = [row["id"] for row in rows if not row["confidential"]]
    addresses = _grouped(Address.objects.filter(location__in=shown), "location_id", GatheredAddress)
    schedules = _models(Schedule.objects.filter(location__in=ids), "location_id")
    phones = _phones("location", ids)
    return {
        row["id"]: GatheredLocation(
            **row,
            schedules=schedules[row["id"]],
            addresses=addresses[row["id"]],
            phone=phones.get(row["id"], ""),
        )
        for row in rows
    }


def _phones(owner: str, ids: Ids) -> dict[UUID, str]:
    """The number to call first."""
    found: dict[UUID, str] = {}
    voice = Phone.objects.filter(**{f"{owner}__in": ids}, type=Phone.Type.VOICE)
    for pk, number, extension in voice.values_list(f"{owner}_id", "number", "extension"):
        found.setdefault(
            pk, str(Phone(number=number, extension=extension)) if extension else number
        )
    return found


def _translated(services: Ids) -> dict[UUID, dict[tuple[str, str], str]]:
    found: dict[UUID, dict[tuple[str, str], str]] = defaultdict(dict)
    rows = ServiceTranslation.objects.filter(service__in=services)
    for pk, language, *texts in rows.values_list("service_id", "language", *TEXTS):
        found[pk] |= {(language, name): text for name, text in zip(TEXTS, texts, strict=True)}
    return found


def _languages(services: Ids) -> dict[UUID, list[GatheredLanguage]]:
    rows = Language.objects.filter(service__in=services)
    return _grouped(rows, "service_id", GatheredLanguage)


def _terms(services: Ids) -> dict[UUID, list[Lineage]]:
    """By service, each term with those above it. An attribute may have none: it was not in the
    package that brought it."""
    attributes = Attribute.objects.filter(service__in=services).exclude(taxonomy_term=None)
    rows = list(attributes.values_list("service_id", "taxonomy_term_id"))
    lineages = _lineages({term for _service, term in rows})
    found = defaultdict(list)
    for service, term in rows:
        found[service].append(lineages[term])
    return found


def _lineages(ids: set[UUID]) -> dict[UUID, Lineage]:
    known: dict[UUID | None, GatheredTerm] = {}
    wanted: set[Any] = ids
    for _ in range(HIGHEST):
        rows = TaxonomyTerm.objects.filter(pk__in=wanted).order_by().values_list(*TERM)
        level = [GatheredTerm(*row) for row in rows]
        known |= {term.id: term for term in level}
        wanted = {term.parent_id for term in level} - {None} - known.keys()
    return {pk: tuple(_upwards(known[pk], known)) for pk in ids}


def _upwards(term: GatheredTerm, known: dict[UUID | None, GatheredTerm]) -> Iterator[GatheredTerm]:
    above: GatheredTerm | None = term
    for _ in range(HIGHEST):
        if above is None:
            return
        yield above
        above = known.get(above.parent_id)


def _calendars(ids: set[Any]) -> dict[Any, HolidayCalendar]:
    """Few, and shared by many services."""
    found = HolidayCalendar.objects.filter(pk__in=ids - {None}).prefetch_related("holidays")
    return {calendar.pk: calendar for calendar in found}


def _models(rows: QuerySet[Record], owner: str) -> dict[UUID, Rows[Record]]:
    """By owner. Most services have none of these, and what is reckoned from them is intricate."""
    found: dict[UUID, Rows[Record]] = defaultdict(Rows)
    for row in rows:
        found[getattr(row, owner)].append(row)
    return found


def _grouped(rows: QuerySet[Any], owner: str, kind: type[Child]) -> dict[UUID, list[Child]]:
    """By owner."""
    found: dict[UUID, list[Child]] = defaultdict(list)
    for pk, *values in rows.values_list(owner, *kind._fields):
        found[pk].append(kind(*values))
    return found
