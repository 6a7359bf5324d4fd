"""What imports of HSDS leave behind of a place, and how it is taken out again.

When a location becomes confidential, nothing that was imported may tell its place any more: not
the values that the next import is compared with, nor rows that wait, nor reports.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from directory.models.import_batch import ImportBatch, SourceRow, StagedRow
from directory.models.location import Location
from directory.models.taxonomy import Attribute

OF_A_PLACE = ("address", "accessibility")
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
}
Values = dict[str, Any]
LINKS = {"organization_id", "service_id", "location_id", "link_id", "taxonomy_term_id"}
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
    about.update(value="", label="", link_type="", as_given={})
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
    found = _ids_at(published, names, ("values",)) | _ids_at(staged, names, columns) | others
    for row in published.filter(_telling(names, found, ("values",))):
        row.values = without_place(row.table, row.values)
        row.save(update_fields=["values"])
    batches = set()
    for kept in staged.filter(_telling(names, found, columns)):
        kept.values = without_place(kept.table, kept.values)
        kept.before = without_place(kept.table, kept.before)
        kept.given, kept.problems, kept.digest = {}, [], ""
        kept.save(update_fields=["values", "before", "given", "problems", "digest"])
        batches.add(kept.batch_id)
    if batches or found or own.exists():
        for batch in ImportBatch.objects.filter(source=source, kind=ImportBatch.Kind.HSDS):
            batch.forget_places()


def _ids_at(rows: QuerySet[Any, Any], names: set[str], columns: Iterable[str]) -> set[str]:
    """The ids of addresses and the like at the location."""
    found: Any = rows.filter(table__in=OF_A_PLACE).filter(_names("location_id", names, columns))
    return set(found.values_list("source_id", flat=True))


def _telling(names: set[str], others: set[str], columns: Iterable[str]) -> Q:
    tables = ("service_at_location", *OF_A_PLACE)
    telling = Q(table="location", source_id__in=names)
    telling |= Q(table__in=tables) & _names("location_id", names, columns)
    telling |= Q(table__in=OF_A_PLACE, source_id__in=others)
    for table, column in SUBJECTS.items():
        telling |= Q(table=table) & _names(column, names | others, columns)
    return telling


def _names(column: str, ids: set[str], columns: Iterable[str]) -> Q:
    """Whether a row names one of the ids, understood or not."""
    telling = Q()
    for kept in columns:
        telling |= Q(**{f"{kept}__{column}__in": list(ids)})
        telling |= Q(**{f"{kept}__as_given__{column}__in": list(ids)})
    return telling
