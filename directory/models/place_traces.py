"""What imports of HSDS leave behind of a place, and how it is taken out again.

When a location becomes confidential, nothing that was imported may tell its place any more: not
the values that the next import is compared with, nor rows that wait, nor reports.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from directory.models.details import Metadata
from directory.models.import_batch import ImportBatch, SourceRow, StagedRow
from directory.models.location import Location
from directory.models.taxonomy import Attribute

OF_A_PLACE = ("address", "accessibility")
# What hangs on a place, in the order in which one hangs on the other: column → table.
HANGING = {
    "service_at_location": {"location_id": "location"},
    "address": {"location_id": "location"},
    "accessibility": {"location_id": "location"},
    "contact": {
        "location_id": "location",
        "service_at_location_id": "service_at_location",
    },
    "phone": {
        "location_id": "location",
        "service_at_location_id": "service_at_location",
        "contact_id": "contact",
    },
    "schedule": {
        "location_id": "location",
        "service_at_location_id": "service_at_location",
    },
    "service_area": {"service_at_location_id": "service_at_location"},
    "language": {"location_id": "location", "phone_id": "phone"},
}
SUBJECTS = {"attribute": "link_id", "metadata": "resource_id"}
# What is kept of rows that have to do with a confidential location; of the other tables' rows
# about it, nothing. A location's name is the steward's from then on: files may tell the place.
KEPT = {
    "location": {"organization_id", "location_type", "x_time_zone", "x_confidential"},
    "service_at_location": {"service_id", "location_id"},
    "attribute": {"link_id", "of", "link_entity", "taxonomy_term_id"},
    "address": set(),
    "accessibility": set(),
    "metadata": set(),
    "contact": {"organization_id", *HANGING["contact"], "service_id", "email"},
    "phone": {
        "organization_id",
        "service_id",
        *HANGING["phone"],
        "number",
        "extension",
        "type",
        "x_priority",
    },
    "schedule": {
        "service_id",
        *HANGING["schedule"],
        *("valid_from", "valid_to", "dtstart", "until", "count", "wkst", "freq", "interval"),
        *("byday", "byweekno", "bymonthday", "byyearday", "opens_at", "closes_at"),
    },
    "service_area": {"service_id", "service_at_location_id"},
    "language": {"service_id", *HANGING["language"], "code"},
}
Values = dict[str, Any]
LINKS = {"organization_id", "service_id", "location_id", "link_id", "taxonomy_term_id"}
LINKS |= {"service_at_location_id", "contact_id", "phone_id"}
WORDLESS: Values = {"value": "", "label": "", "link_type": "", "as_given": {}}  # an attribute
# All that stays of a row of which nothing may be kept: so that it is known when it comes again.
SECRET = {"secret": True}


def without_place(table: str, values: Values) -> Values:
    """A row's values without what tells the place; none of a row that there is not."""
    if not KEPT[table]:
        return dict(SECRET) if values else {}
    kept = {name: value for name, value in values.items() if name in KEPT[table]}
    given = values.get("as_given", {})
    links = {name: text for name, text in given.items() if name in KEPT[table] & LINKS}
    return {**kept, "as_given": links} if links else kept


def forget_place(location: Location, told: Iterable[Any]) -> None:
    """Takes the place of a location out of all that imports of HSDS keep. `told` are the ids of
    the location and of what told its place.
    """
    others = {str(pk) for pk in told} - {str(location.pk)}
    about = Attribute.objects.filter(of="location", of_id=location.pk)
    about.update(**WORDLESS)
    Attribute.objects.filter(of_id__in=others).delete()
    for source in _sources():
        _forget(source, location, others)


def _sources() -> set[str]:
    there = SourceRow.objects.order_by().values_list("source", flat=True).distinct()
    staged = ImportBatch.objects.filter(kind=ImportBatch.Kind.HSDS).order_by()
    return set(there) | set(staged.values_list("source", flat=True).distinct())


def _forget(source: str, location: Location, others: set[str]) -> None:
    published = SourceRow.objects.filter(source=source)
    staged = StagedRow.objects.filter(batch__source=source)
    names = {str(location.pk), str(location.pk).upper()}
    own = published.filter(table="location", record_id=location.pk)
    names |= set(own.values_list("source_id", flat=True))
    if location.source == source and location.source_id:
        names.add(location.source_id)
    columns = ("values", "before", "given")
    found = _ids_at((published, ("values",)), (staged, columns), names)
    for table in OF_A_PLACE:
        found[table] |= others
    hung = set()
    for row in published.filter(_telling(found, ("values",))):
        row.values = without_place(row.table, row.values)
        row.save(update_fields=["values"])
        hung |= {row.record_id} if row.table in HANGING else set()
    _forget_notes(hung)
    batches = set()
    for kept in staged.filter(_telling(found, columns)):
        kept.values = without_place(kept.table, kept.values)
        kept.before = without_place(kept.table, kept.before)
        kept.given, kept.problems, kept.digest = {}, [], ""
        kept.save(update_fields=["values", "before", "given", "problems", "digest"])
        batches.add(kept.batch_id)
    if batches or own.exists() or any(found[table] for table in HANGING):
        for batch in ImportBatch.objects.filter(source=source, kind=ImportBatch.Kind.HSDS):
            _unquote(batch)
            batch.forget_places()


def _forget_notes(hung: set[Any]) -> None:
    """Of what hung there and was removed since, too: the database does not know that it did."""
    Metadata.objects.filter(of_id__in=hung - {None}).delete()
    Attribute.objects.filter(of_id__in=hung - {None}).update(**WORDLESS)


def _unquote(batch: ImportBatch) -> None:
    """What the report quotes of what hangs on places; of which of them, it does not know."""
    for problem in batch.report.get("warnings", []):
        if problem.get("table") in HANGING and problem["value"]:
            problem["value"] = ""
            if problem.get("params"):  # the message itself quotes
                problem.update(message="", template="", params={})


Kept = tuple[QuerySet[Any, Any], Iterable[str]]  # rows, and the columns in which they name others


def _ids_at(published: Kept, staged: Kept, names: set[str]) -> dict[str, set[str]]:
    """The ids of what hangs on the location, by table."""
    found = {"location": names}
    for table, links in HANGING.items():
        found[table] = set()
        for rows, columns in (published, staged):
            hanging: Any = rows.filter(_hanging(table, links, found, columns))
            found[table] |= set(hanging.values_list("source_id", flat=True))
    return found


def _hanging(
    table: str, links: dict[str, str], found: dict[str, set[str]], columns: Iterable[str]
) -> Q:
    """Whether a row of the table names one of those that were found."""
    naming = Q(pk__in=[])
    for column, owner in links.items():
        if found[owner]:
            naming |= _names(column, found[owner], columns)
    return Q(table=table) & naming


def _telling(found: dict[str, set[str]], columns: Iterable[str]) -> Q:
    telling = Q(table="location", source_id__in=found["location"])
    for table in HANGING:
        telling |= Q(table=table, source_id__in=found[table])
    every = {given for ids in found.values() for given in ids}
    for table, column in SUBJECTS.items():
        telling |= Q(table=table) & _names(column, every, columns)
    return telling


def _names(column: str, ids: set[str], columns: Iterable[str]) -> Q:
    """Whether a row names one of the ids, understood or not."""
    telling = Q()
    for kept in columns:
        telling |= Q(**{f"{kept}__{column}__in": list(ids)})
        telling |= Q(**{f"{kept}__as_given__{column}__in": list(ids)})
    return telling
