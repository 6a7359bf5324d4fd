"""What imports kept of places that were confidential before 0017, taken out once.

It stands apart from the code that does this from then on, which may change: a migration does not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.migrations.state import StateApps

# What hangs on a place, in the order in which one hangs on the other: column → table.
AT = {"location_id": "location", "service_at_location_id": "service_at_location"}
HANGING: dict[str, dict[str, str]] = {
    "service_at_location": {"location_id": "location"},
    "address": {"location_id": "location"},
    "accessibility": {"location_id": "location"},
    "contact": AT,
    "phone": AT | {"contact_id": "contact"},
    "schedule": AT,
    "service_area": {"service_at_location_id": "service_at_location"},
    "language": {"location_id": "location", "phone_id": "phone"},
    "attribute": {"link_id": ""},
    "metadata": {"resource_id": ""},
}
# What may be kept: links, numbers and hours. Of the other tables' rows, nothing.
KEPT = {
    "location": {"organization_id", "location_type", "x_time_zone", "x_confidential"},
    "service_at_location": {"service_id", "location_id"},
    "attribute": {"link_id", "of", "link_entity", "taxonomy_term_id"},
    "contact": {"organization_id", *AT, "service_id", "email"},
    "phone": {"organization_id", "service_id", *AT, "contact_id"}
    | {"number", "extension", "type", "x_priority"},
    "schedule": {"service_id", *AT}
    | {"valid_from", "valid_to", "dtstart", "until", "count", "wkst", "freq", "interval"}
    | {"byday", "byweekno", "bymonthday", "byyearday", "opens_at", "closes_at"},
    "service_area": {"service_id", "service_at_location_id"},
    "language": {"service_id", "location_id", "phone_id", "code"},
}
COLUMNS = ("values", "before", "given")
ANCHORS = ("location_id", "of_id", "service_at_location_id", "contact_id", "phone_id")
CARRIERS = ("directory.serviceatlocation", "directory.contact", "directory.phone")
Found = dict[str, set[str]]  # table → ids at the source of what hangs on a secret place


def forget_imported(apps: StateApps) -> None:
    published = apps.get_model("directory", "SourceRow").objects
    staged = apps.get_model("directory", "StagedRow").objects
    sources = set(published.order_by().values_list("source", flat=True).distinct())
    sources |= set(staged.order_by().values_list("batch__source", flat=True).distinct())
    for source in sources:
        _forget(apps, source, published.filter(source=source), staged.filter(batch__source=source))
    _forget_changes(apps)


def _forget(apps: StateApps, source: str, published: Any, staged: Any) -> None:
    found = _secret(apps, source, published)
    for table in HANGING:
        for row in _rows(published, staged, table):
            if _hangs(row, found):
                found[table].add(row.source_id)
    hung = set()
    for table in ("location", *HANGING):
        for row in _rows(published, staged, table):
            if row.source_id in found[table]:
                _strip(row)
                hung.add(getattr(row, "record_id", None))
    _forget_notes(apps, hung - {None})
    if any(found.values()):
        for batch in apps.get_model("directory", "ImportBatch").objects.filter(source=source):
            _unquote(batch)


def _forget_notes(apps: StateApps, hung: set[Any]) -> None:
    """Of what hung there and was removed since, too: no trigger knows of it any more."""
    apps.get_model("directory", "Metadata").objects.filter(of_id__in=hung).delete()
    about = apps.get_model("directory", "Attribute").objects.filter(of_id__in=hung)
    about.update(value="", label="", link_type="", as_given={})


def _secret(apps: StateApps, source: str, published: Any) -> Found:
    """What the source calls the confidential locations."""
    found: Found = defaultdict(set)
    hidden = apps.get_model("directory", "Location").objects.filter(confidential=True)
    for pk, of, given in hidden.values_list("pk", "source", "source_id"):
        found["location"] |= {
            str(pk),
            str(pk).upper(),
            *([given] if given and of == source else []),
        }
    own = published.filter(table="location", record_id__in=hidden.values("pk"))
    found["location"] |= set(own.values_list("source_id", flat=True))
    return found


def _rows(published: Any, staged: Any, table: str) -> Iterator[Any]:
    """Row by row: there may be hundreds of thousands."""
    for rows in (published, staged):
        last = 0
        of_table = rows.filter(table=table).order_by("pk")
        while chunk := list(of_table.filter(pk__gt=last)[:500]):
            last = chunk[-1].pk
            yield from chunk


def _hangs(row: Any, found: Found) -> bool:
    """Whether a row names one of those that were found, understood or not."""
    for cells in (getattr(row, column, None) or {} for column in COLUMNS):
        for link, owner in HANGING[row.table].items():
            ids = found[owner] if owner else set().union(*found.values())
            if not ids.isdisjoint({cells.get(link), cells.get("as_given", {}).get(link)}):
                return True
    return False


def _strip(row: Any) -> None:
    row.values = _kept(row.table, row.values)
    if hasattr(row, "before"):
        row.before = _kept(row.table, row.before)
        row.given, row.problems, row.digest = {}, [], ""
    row.save()


def _kept(table: str, values: dict[str, Any]) -> dict[str, Any]:
    if table not in KEPT:
        return {"secret": True} if values else {}
    kept = {name: value for name, value in values.items() if name in KEPT[table]}
    given = values.get("as_given", {})
    links = {c: text for c, text in given.items() if c in KEPT[table] and c.endswith("_id")}
    return {**kept, "as_given": links} if links else kept


def _unquote(batch: Any) -> None:
    """What a report quotes of what hangs on places; of which of them, it does not know."""
    for kind in ("warnings", "errors"):
        for problem in batch.report.get(kind, []):
            if problem.get("table") in {"location", *HANGING} and problem.get("value"):
                problem["value"] = ""
                if problem.get("params"):  # the message itself quotes
                    problem.update(message="", template="", params={})
    batch.save()


def _forget_changes(apps: StateApps) -> None:
    """What undo would bring back."""
    changes = apps.get_model("directory", "ImportChange").objects.order_by("pk")
    told = _records(apps)
    for model in CARRIERS:  # what hung there and was removed or moved has others hanging on it
        for change in changes.filter(model=model).iterator(100):
            for pk, record in change.removed.items():
                if _tells(pk, ((name, [value]) for name, value in record.items()), told):
                    told.add(pk)
            told |= {pk for pk, f in change.changed.items() if _tells(pk, f.items(), told)}
    for change in changes.iterator(100):
        changed = {pk: f for pk, f in change.changed.items() if not _tells(pk, f.items(), told)}
        removed = {
            pk: record
            for pk, record in change.removed.items()
            if not _tells(pk, ((name, [value]) for name, value in record.items()), told)
        }
        if (changed, removed) != (change.changed, change.removed):
            change.changed, change.removed = changed, removed
            change.save()


def _records(apps: StateApps) -> set[str]:
    """The ids of confidential locations and of what hangs on them."""
    locations = apps.get_model("directory", "Location").objects.filter(confidential=True)
    found = {"location": set(locations.values_list("pk", flat=True))}
    for table, links in HANGING.items():
        if table in KEPT and table != "attribute":
            rows = apps.get_model("directory", table.replace("_", "")).objects.order_by()
            kept = rows.values_list("pk", *links)
            owners = [found[owner] for owner in links.values()]
            found[table] = {
                pk
                for pk, *of in kept.iterator(1_000)
                if any(one in ids for one, ids in zip(of, owners, strict=True))
            }
    return {str(pk) for ids in found.values() for pk in ids}


def _tells(pk: str, fields: Iterable[tuple[str, list[Any]]], told: set[str]) -> bool:
    return pk in told or any(
        not told.isdisjoint(map(str, values)) for name, values in fields if name in ANCHORS
    )
