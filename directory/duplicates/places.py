"""What hangs on a place that two listings share, when the two are made one, and its way back.

A listing is at a place once: the other's stay there ends, so what it says of the place (hours,
phones, contacts, areas, terms, the note) goes to the kept listing's, as far as that lacks it.
Nothing of what it says is kept in the pair, which may outlive a place that becomes confidential.
"""

from typing import Any

from django.db import models

from directory.models import Attribute, Service, ServiceAtLocation, SourceRow

TABLE = "service_at_location"
HOURS = ("schedules", "schedule_exceptions")  # taken together, when the kept one has none
# Children that move when the kept one has none that says the same, and what makes them the same.
CHILDREN = {
    "phones": ("number", "extension", "type"),
    "contacts": ("name", "title", "email"),
    "service_areas": ("name", "extent"),
    "attributes": ("taxonomy_term_id", "value"),
}


def join_places(kept: Service, other: Service) -> list[dict[str, Any]]:
    """Returns what moved of each place that both have, JSON-safe."""
    mine = {at.location_id: at for at in kept.service_at_locations.all()}
    theirs = other.service_at_locations.filter(location__in=list(mine))
    return [_join(mine[at.location_id], at) for at in theirs]


def _join(kept: ServiceAtLocation, other: ServiceAtLocation) -> dict[str, Any]:
    moved = {name: _move(name, _lacking(name, kept, other), kept) for name in CHILDREN}
    if not any(_of(name, kept).exists() for name in HOURS):
        moved |= {name: _move(name, _of(name, other), kept) for name in HOURS}
    noted = bool(other.description and not kept.description)
    if noted:
        kept.description = other.description
        kept.save(update_fields=["description", "last_modified"])
    rows = SourceRow.objects.filter(table=TABLE, record_id=other.pk)
    # The next import of the other's source finds its place, and writes what hangs there to it.
    undo = {"rows": list(rows.values_list("pk", flat=True)), "moved": moved, "noted": noted}
    rows.update(record_id=kept.pk)
    return undo | {"kept": str(kept.pk), "other": str(other.pk)}


def _lacking(name: str, kept: ServiceAtLocation, other: ServiceAtLocation) -> Any:
    """A number that the other's source keeps apart follows it, as with the listing's own."""
    same = CHILDREN[name]
    there = set(_of(name, kept).values_list(*same))
    rows = _of(name, other)
    followed = set()
    if name == "phones":
        lines = list(rows.values_list("pk", flat=True))
        sources = SourceRow.objects.filter(table="phone", record_id__in=lines)
        followed = set(sources.values_list("record_id", flat=True))
    content = rows.values_list("pk", *same)
    pks = [pk for pk, *said in content if tuple(said) not in there or pk in followed]
    return rows.filter(pk__in=pks)


def _move(name: str, rows: Any, to: ServiceAtLocation) -> list[str]:
    pks = [str(pk) for pk in rows.values_list("pk", flat=True)]
    _model(name).objects.filter(pk__in=pks).update(**_owner(name, to))
    return pks


def _of(name: str, at: ServiceAtLocation) -> Any:
    return _model(name).objects.filter(**_owner(name, at))


def _owner(name: str, at: ServiceAtLocation) -> dict[str, Any]:
    if name == "attributes":  # theirs is no foreign key: they may be of anything
        return {"of": TABLE, "of_id": at.pk}
    return {"service_at_location": at}


def _model(name: str) -> Any:
    if name == "attributes":
        return Attribute
    found = ServiceAtLocation._meta.get_field(name)
    assert isinstance(found, models.ManyToOneRel)  # noqa: S101
    return found.related_model


def part_places(joined: list[dict[str, Any]]) -> None:
    """Gives back what moved; what went elsewhere since, or whose place is gone, stays."""
    for undo in joined:
        there = ServiceAtLocation.objects.in_bulk([undo["kept"], undo["other"]])
        both = {str(pk): at for pk, at in there.items()}
        if len(both) == 2:
            _part(both[undo["kept"]], both[undo["other"]], undo)


def _part(kept: ServiceAtLocation, other: ServiceAtLocation, undo: dict[str, Any]) -> None:
    for name, pks in undo["moved"].items():
        _of(name, kept).filter(pk__in=pks).update(**_owner(name, other))
    if undo["noted"] and kept.description == other.description:
        kept.description = ""
        kept.save(update_fields=["description", "last_modified"])
    SourceRow.objects.filter(pk__in=undo["rows"], record_id=kept.pk).update(record_id=other.pk)
