"""A batch that was stopped goes on where it was: the same file, source and mapping again."""

import json
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from directory.imports.faults import ImportFault
from directory.imports.mapping import Mapping
from directory.imports.mapping_content import write_content
from directory.imports.readers import Package, Table
from directory.models import ImportBatch

State = ImportBatch.State


def begun(
    file: Table | Package, mapping: Mapping | None, source: str, *, whole: bool, by: Any
) -> ImportBatch:
    """The batch that this file is being read into, or already waits in; else a new one."""
    content = _content(mapping)
    same = ImportBatch.objects.filter(
        source=source, sha256=file.sha256, whole=whole, state__in=[State.READING, State.STAGED]
    )
    for batch in same.order_by("-pk"):
        if batch.mapping_content == content and not outdated(batch):
            return batch
    return ImportBatch.objects.create(
        source=source,
        file_name=file.path.name[:255],
        sha256=file.sha256,
        kind=ImportBatch.Kind.TABLE if isinstance(file, Table) else ImportBatch.Kind.HSDS,
        mapping=mapping.name[:100] if mapping else "",
        mapping_content=content,
        whole=whole,
        headings=list(file.headings) if isinstance(file, Table) else [],
        rows_in_file=file.rows,
        state=State.READING,
        staged_by=by,
    )


def outdated(batch: ImportBatch) -> bool:
    """Whether something of the source has become public since this batch was compared with it."""
    since = Q(published_at__gte=batch.created_at) | Q(undone_at__gte=batch.created_at)
    return ImportBatch.objects.filter(since, source=batch.source).exclude(pk=batch.pk).exists()


def advance(batch: ImportBatch, count: int) -> None:
    """Claims the next rows of a batch inside the transaction that stages them. Raises ImportFault
    when another process reads the same file into it.
    """
    mine = ImportBatch.objects.filter(
        pk=batch.pk, state=State.READING, rows_read=batch.rows_read
    ).update(rows_read=batch.rows_read + count)
    if not mine:
        message = _("This file is being brought in by someone else at this moment.")
        raise ImportFault("busy", message)
    batch.rows_read += count


def _content(mapping: Mapping | None) -> dict[str, Any]:
    """As it comes back from the database."""
    return dict(json.loads(json.dumps(write_content(mapping)))) if mapping else {}
