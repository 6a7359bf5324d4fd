"""The history of what stewards edit: Wagtail's revisions and log, with a way back.

A revision is kept before an edit too when something else (an import, a merge) changed the record
since the last one: so each edit can be compared with what really stood there. Imports themselves
keep what they did in their own tables. Nothing of a confidential place is ever kept: its revisions
are dropped by the database (migration 0010), and `serializable_data` leaves out what a form says.
Officers' details are a table of their own, which no revision holds.
"""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Revision

from directory.logbook import KEPT, RESTORED
from directory.models import Location, Organization, Service, Verification
from directory.publishing import listings_changed, services_of

Kept = Service | Organization | Location
LEVELS = 4  # a service's place has contacts, they have phones, and those have languages
VOLATILE = {"latest_revision", "last_modified"}
# A way back does not bring these back: they say where the record stands, not what it says.
STANDING: dict[type[Kept], tuple[str, ...]] = {
    Service: ("assigned_to_id", "set_aside_at", "merged_into_id", "source", "source_id"),
    Organization: ("source", "source_id", "unknown"),
    Location: ("source", "source_id", "confidential"),
}


class CannotRestore(Exception):
    """An earlier state that does not fit any more; its text says why."""


@contextmanager
def remembered(
    record: Kept, user: Any, action: str = "wagtail.edit", data: dict[str, Any] | None = None
) -> Iterator[None]:
    """Keeps how a record stood and how it stands after what is done inside, with who did it."""
    with transaction.atomic():
        keep_as_it_stands(record)
        yield
        fresh = type(record).objects.get(pk=record.pk)
        revision = fresh.save_revision(user=user, clean=False, log_action=False)
        _log(fresh, action, user=user, revision=revision, data=data)


def _log(record: Kept, action: str, **entry: Any) -> None:
    """With an id of its own: of entries with the same one Wagtail shows only the last."""
    log(record, action, uuid=uuid4(), content_changed=True, **entry)


def keep_as_it_stands(record: Kept) -> None:
    """A revision of what is in the database, unless the newest one says the same."""
    fresh = type(record).objects.select_related("latest_revision").get(pk=record.pk)
    newest = fresh.latest_revision
    if newest is None or _said(newest.content) != _said(fresh.serializable_data()):
        revision = fresh.save_revision(clean=False, log_action=False)
        _log(fresh, KEPT, revision=revision)


def _said(data: Any) -> Any:
    """What a revision says, without what changes by itself."""
    plain = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    return _steady(plain)


def _steady(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _steady(inner) for key, inner in value.items() if key not in VOLATILE}
    if isinstance(value, list):
        parts = [_steady(inner) for inner in value]
        return sorted(parts, key=lambda part: str(part.get("pk")) if isinstance(part, dict) else "")
    return value


def restore(
    record: Kept, revision: Revision, user: Any, names: Collection[str] | None = None
) -> None:
    """Brings back what a revision says, as a new edit; only these fields and kinds of rows, when
    they are named. Raises CannotRestore.

    Checks made since then looked at other words, so they go when all comes back, and the summary
    says what was true of the words that come back. When a part does, the checks of what changes
    end as after any edit.
    """
    with remembered(record, user, RESTORED, _told(revision, names)):
        _bring_back(record, revision, names)
        if isinstance(record, Service) and names is None:
            later = Verification.objects.filter(service=record, created_at__gt=revision.created_at)
            later.delete()
    listings_changed(services_of(record))


def _bring_back(record: Kept, revision: Revision, names: Collection[str] | None) -> None:
    """Level by level: a version leaves out the rows whose parent is not in the database, so it is
    read again when the parents are back, until it says nothing more.
    """
    written: Any = None
    for _level in range(LEVELS):
        earlier = _earlier(record, revision, names)
        said = _said(earlier.serializable_data())
        if said == written:
            return
        _write(earlier)
        written = said


def _earlier(record: Kept, revision: Revision, names: Collection[str] | None) -> Kept:
    """What is to stand, as far as the database has what its rows belong to."""
    earlier: Kept | None = revision.as_object()
    if earlier is None:
        raise CannotRestore(_("This version belongs to something that was deleted since."))
    for name in STANDING[type(record)]:
        setattr(earlier, name, getattr(record, name))
    if names is None:
        return earlier
    return _with_parts(type(record).objects.get(pk=record.pk), earlier, names)


def _told(revision: Revision, names: Collection[str] | None) -> dict[str, Any]:
    told = {"version": revision.created_at.isoformat()}
    return told if names is None else told | {"fields": sorted(names)}


def _with_parts(record: Kept, earlier: Kept, names: Collection[str]) -> Kept:
    """The record as it stands, with these parts of an earlier state."""
    for field in record._meta.concrete_fields:
        if field.name in names:
            setattr(record, field.attname, getattr(earlier, field.attname))
    for relation in get_all_child_relations(type(record)):
        name = relation.get_accessor_name()
        if name in names:
            getattr(record, name).set(list(getattr(earlier, name).all()))
    return record


def _write(earlier: Kept) -> None:
    """Saves the record and its children over what stands now."""
    earlier.latest_revision = type(earlier).objects.get(pk=earlier.pk).latest_revision
    earlier._state.adding = False
    _name_children(earlier)
    earlier.save()


def _name_children(parent: Any) -> None:
    """A revision holds ids as text; as such what is there still would not be known, and deleted.
    What is there no longer is written anew: an update of nothing becomes an insert.
    """
    for relation in get_all_child_relations(type(parent)):
        for child in getattr(parent, relation.get_accessor_name()).all():
            child.pk = child._meta.pk.to_python(child.pk)
            child._state.adding = False
            _name_children(child)
