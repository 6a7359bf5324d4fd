"""The history of what stewards edit: Wagtail's revisions and log, with a way back.

A revision is kept before an edit too when something else (an import, a merge) changed the record
since the last one: so each edit can be compared with what really stood there. Imports themselves
keep what they did in their own tables. Nothing of a confidential place is ever kept: its revisions
are dropped by the database (migration 0010), and `serializable_data` leaves out what a form says.
Officers' details are a table of their own, which no revision holds.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Revision

from directory.models import Location, Organization, Service, Verification
from directory.publishing import listings_changed, services_of

Kept = Service | Organization | Location
VOLATILE = {"latest_revision", "last_modified"}
KEEP, RESTORE = "directory.keep", "wagtail.revert"
# A way back does not bring these back: they say where the record stands, not what it says.
STANDING: dict[type[Kept], tuple[str, ...]] = {
    Service: ("assigned_to_id", "set_aside_at", "merged_into_id", "source", "source_id"),
    Organization: ("source", "source_id", "unknown"),
    Location: ("source", "source_id", "confidential"),
}


class CannotRestore(Exception):
    """An earlier state that does not fit any more; its text says why."""


@contextmanager
def remembered(record: Kept, user: Any, action: str = "wagtail.edit") -> Iterator[None]:
    """Keeps how a record stood and how it stands after what is done inside, with who did it."""
    with transaction.atomic():
        keep_as_it_stands(record)
        yield
        fresh = type(record).objects.get(pk=record.pk)
        revision = fresh.save_revision(user=user, clean=False, log_action=False)
        log(fresh, action, user=user, revision=revision, content_changed=True)


def keep_as_it_stands(record: Kept) -> None:
    """A revision of what is in the database, unless the newest one says the same."""
    fresh = type(record).objects.select_related("latest_revision").get(pk=record.pk)
    newest = fresh.latest_revision
    if newest is None or _said(newest.content) != _said(fresh.serializable_data()):
        revision = fresh.save_revision(clean=False, log_action=False)
        log(fresh, KEEP, revision=revision, content_changed=True)


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


def restore(record: Kept, revision: Revision, user: Any) -> None:
    """Brings back what a revision says, as a new edit. Raises CannotRestore.

    Checks made since then looked at other words, so they go, and the summary says what was true of
    the words that come back.
    """
    earlier = revision.as_object()
    if earlier is None:
        raise CannotRestore(_("This version belongs to something that was deleted since."))
    for name in STANDING[type(record)]:
        setattr(earlier, name, getattr(record, name))
    with remembered(record, user, RESTORE):
        _write(earlier)
        if isinstance(record, Service):
            later = Verification.objects.filter(service=record, created_at__gt=revision.created_at)
            later.delete()
    listings_changed(services_of(record))


def _write(earlier: Kept) -> None:
    """Saves the record and its children over what stands now."""
    earlier.latest_revision = type(earlier).objects.get(pk=earlier.pk).latest_revision
    earlier._state.adding = False
    _tell_new_children(earlier)
    earlier.save()


def _tell_new_children(parent: Any) -> None:
    """Of what an earlier state holds, what is in the database no longer is written anew; what is
    there still is known by its id, which a revision holds as text.
    """
    for relation in get_all_child_relations(type(parent)):
        children = list(getattr(parent, relation.get_accessor_name()).all())
        for child in children:
            child.pk = child._meta.pk.to_python(child.pk)
        wanted = relation.related_model.objects.filter(pk__in=[child.pk for child in children])
        there = set(wanted.values_list("pk", flat=True))
        for child in children:
            child._state.adding = child.pk not in there
            _tell_new_children(child)
