"""From an uploaded file to a release: staged as what may be published, then published for ever."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from transparency import upload
from transparency.disclosure import Controlled, control
from transparency.errors import ReleaseRefused, Unchanged
from transparency.exports import from_csv, to_csv
from transparency.figure import Figure, Row
from transparency.models import Dataset, Draft, Release
from transparency.schema import Schema
from transparency.validate import validate

COMMAND_ROLE = gettext_noop("operator of this site")


@dataclass(frozen=True)
class Prepared:
    """What would be published, and what the steward should know about it."""

    figure: Figure
    controlled: Controlled


def canonical(document: Any) -> bytes:
    """The same document, the same bytes, so that a hash means something."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def prepare(dataset: Dataset, content: bytes, *, allow_totals: str = "") -> Prepared:
    """Validate a file and control what it discloses; nothing is stored."""
    schema = dataset.schema
    rows = validate(upload.read(content), schema)
    controlled = control(rows, schema, allow_totals=bool(allow_totals.strip()))
    newest = dataset.releases.first()
    number = newest.number + 1 if newest else 1
    if newest is not None:
        _refuse_unchanged(newest, controlled, dataset)
    return Prepared(Figure(schema, controlled.rows, number), controlled)


def _refuse_unchanged(newest: Release, controlled: Controlled, dataset: Dataset) -> None:
    same_schema = bytes(newest.schema_content) == canonical(dataset.descriptor)
    if same_schema and figure_of(newest).rows == controlled.rows:
        message = _("Version %(number)s already says exactly this.")
        raise Unchanged(message % {"number": newest.number})


def stage(
    dataset: Dataset,
    content: bytes,
    *,
    notes: str = "",
    by: AbstractBaseUser | None = None,
    embargo: datetime | None = None,
    allow_totals: str = "",
) -> tuple[Draft, Prepared]:
    """Keep what would be published until a person decides. The file itself is not kept."""
    prepared = prepare(dataset, content, allow_totals=allow_totals)
    draft = Draft.objects.create(
        dataset=dataset,
        notes=notes.strip(),
        override_reason=allow_totals.strip() if prepared.controlled.totals else "",
        embargo=embargo,
        content=to_csv(prepared.figure),
        schema_content=canonical(dataset.descriptor),
        made_by_id=by.pk if by else None,
    )
    return draft, prepared


def publish(
    dataset: Dataset,
    content: bytes,
    *,
    notes: str = "",
    by: AbstractBaseUser | None = None,
    embargo: datetime | None = None,
    allow_totals: str = "",
) -> Release:
    """Stage and publish in one step, whole or not at all."""
    with transaction.atomic():
        draft, _prepared = stage(
            dataset, content, notes=notes, by=by, embargo=embargo, allow_totals=allow_totals
        )
        return decide(draft, by)


def decide(draft: Draft, by: AbstractBaseUser | None) -> Release:
    """Publish a draft; where the dataset wants it, `by` must be a second person."""
    with transaction.atomic():
        dataset = Dataset.objects.select_for_update().get(pk=draft.dataset_id)
        waiting = Draft.objects.select_for_update().get(pk=draft.pk)
        _refuse(dataset, waiting, by)
        release = _release(dataset, waiting, by)
        waiting.state, waiting.release = Draft.State.PUBLISHED, release
        waiting.content = b""  # the release holds it
        waiting.decided_by_id = by.pk if by else None
        waiting.save()
        return release


def _refuse(dataset: Dataset, draft: Draft, by: AbstractBaseUser | None) -> None:
    if draft.state != Draft.State.WAITING:
        raise ReleaseRefused(_("Draft %(number)s no longer waits.") % {"number": draft.pk})
    if bytes(draft.schema_content) != canonical(dataset.descriptor):
        message = _("The definition changed after the upload. Upload the file again.")
        raise ReleaseRefused(message)
    if dataset.needs_approval and (by is None or by.pk == draft.made_by_id):
        message = _("Draft %(number)s waits for a second person's approval.")
        raise ReleaseRefused(message % {"number": draft.pk})


def _release(dataset: Dataset, draft: Draft, by: AbstractBaseUser | None) -> Release:
    previous = dataset.releases.first()
    rows = from_csv(bytes(draft.content), dataset.schema)
    if previous is not None:
        _refuse_unchanged(previous, Controlled(rows, (), ()), dataset)
    release = build(draft, previous)
    release.approved_role = role_of(by) if dataset.needs_approval else ""
    release.published_at = _moment(draft, previous)
    release.digest = sha256(canonical(release.record()))
    release.save(force_insert=True)
    return release


def build(draft: Draft, previous: Release | None) -> Release:
    """The release a draft would be, not saved: what a preview shows is what is published."""
    number = previous.number + 1 if previous else 1
    schema_content = bytes(draft.schema_content)
    schema = Schema.read(json.loads(schema_content))
    content = to_csv(Figure(schema, from_csv(bytes(draft.content), schema), number))
    return Release(
        dataset=draft.dataset,
        number=number,
        published_at=draft.embargo or timezone.now(),
        notes=draft.notes,
        override_reason=draft.override_reason,
        role=role_of(draft.made_by),
        content=content,
        sha256=sha256(content),
        schema_content=schema_content,
        schema_sha256=sha256(schema_content),
        previous=previous.digest if previous else "",
    )


def _moment(draft: Draft, previous: Release | None) -> datetime:
    """When readers may see it: now or at the embargo, and never before the version before it."""
    moment = max(timezone.now(), draft.embargo or timezone.now()).astimezone(UTC)
    if previous is not None and previous.published_at > moment:
        held = previous.published_at.astimezone(UTC).isoformat()
        message = _("Version %(number)s is held until %(time)s. Publish this one then or later.")
        raise ReleaseRefused(message % {"number": previous.number, "time": held})
    return moment


def drop(draft: Draft, by: AbstractBaseUser | None) -> None:
    """Turn a draft down; what it held is deleted."""
    with transaction.atomic():
        waiting = Draft.objects.select_for_update().get(pk=draft.pk)
        if waiting.state != Draft.State.WAITING:
            raise ReleaseRefused(_("Draft %(number)s no longer waits.") % {"number": draft.pk})
        waiting.state, waiting.content = Draft.State.DROPPED, b""
        waiting.decided_by_id = by.pk if by else None
        waiting.save()


def role_of(user: AbstractBaseUser | None) -> str:
    """Who published, as a role: a name would stand in the record for ever."""
    if user is None:
        return COMMAND_ROLE
    group = user.groups.order_by("name").first() if hasattr(user, "groups") else None
    return str(group.name) if group else "administrator"


def figure_of(release: Release) -> Figure:
    """What a release says."""
    schema, rows = _read(bytes(release.content), bytes(release.schema_content))
    return Figure(schema, rows, release.number, release.published_at, release.sha256)


@lru_cache(maxsize=32)
def _read(content: bytes, schema_content: bytes) -> tuple[Schema, tuple[Row, ...]]:
    """Kept by the bytes themselves: a release never changes, and is read far more than written."""
    schema = Schema.read(json.loads(schema_content))
    return schema, from_csv(content, schema)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
