"""Rows whose id is that of a record that somebody else told of: publishing them changes it.

A UUID is the record's own, whichever source tells of it. That lets sources share a taxonomy, and
lets one source write over another's listing: a steward should see it before it is published.
"""

from collections.abc import Sequence

from directory.imports.messages import said as _
from directory.imports.records.identity import record_id
from directory.imports.records.reading import Reading
from directory.models import SourceRow
from directory.records.binding import MODELS

FROM_SOURCE = _(
    "The directory has a record with this id from the source “%(source)s”: publishing this row "
    "changes that record."
)
BY_HAND = _(
    "The directory has a record with this id that was entered here: publishing this row changes "
    "that record."
)


def warn_of_strangers(source: str, readings: Sequence[Reading]) -> None:
    """Tells of rows, all of one table, that are about to take over a record. Two queries."""
    if not readings:
        return
    table = readings[0].table
    pks = {reading.source_id: record_id(source, table, reading.source_id) for reading in readings}
    others = MODELS[table]._default_manager.filter(pk__in=pks.values()).exclude(source=source)
    owners = dict(others.order_by().values_list("pk", "source"))
    if not owners:
        return
    own = SourceRow.objects.filter(source=source, table=table, source_id__in=pks)
    known = set(own.values_list("source_id", flat=True))
    for reading in readings:
        owner = owners.get(pks[reading.source_id])
        if owner is not None and reading.source_id not in known and not reading.rejected:
            message = FROM_SOURCE % {"source": owner} if owner else BY_HAND
            reading.warn("id", "other-source", message, reading.source_id)
