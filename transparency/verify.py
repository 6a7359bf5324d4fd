"""Whether what is stored is what was published."""

from collections.abc import Iterator

from django.db import connection

from transparency import immutable
from transparency.exports import from_csv, to_csv
from transparency.figure import Figure
from transparency.models import Release
from transparency.release import canonical, sha256


def verify() -> Iterator[tuple[Release | None, str]]:
    """Every fault; none means that all bytes, records and chains hold and the triggers stand."""
    for name in immutable.missing(connection):
        yield None, f"The trigger {name} is missing: releases can be changed."
    before: Release | None = None
    for release in (
        Release.objects.select_related("dataset").order_by("dataset", "number").iterator()
    ):
        same = before is not None and before.dataset_id == release.dataset_id
        for fault in _faults(release, before if same else None):
            yield release, fault
        before = release


def _faults(release: Release, before: Release | None) -> Iterator[str]:
    if sha256(bytes(release.content)) != release.sha256:
        yield "The table's bytes are not what was published."
    elif to_csv(_reread(release)) != bytes(release.content):
        yield "The table does not read back to the same bytes."
    if sha256(bytes(release.schema_content)) != release.schema_sha256:
        yield "The definitions are not what was published."
    if sha256(canonical(release.record())) != release.digest:
        yield "The record of the release was changed."
    if release.number != (before.number + 1 if before else 1):
        yield "A version before it is gone."
    if release.previous != (before.digest if before else ""):
        yield "It does not follow the version before it."


def _reread(release: Release) -> Figure:
    return Figure(release.schema, from_csv(bytes(release.content), release.schema), release.number)
