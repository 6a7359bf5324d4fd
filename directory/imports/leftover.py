"""What was not published of a batch because a person has to look: it waits in a batch of its own.

A published batch is closed: it is undone as a whole. So the same file is staged once more; all that
was published is unchanged in it.
"""

from directory.imports.mapping import Mapping
from directory.imports.publish import discard
from directory.imports.readers import Package, Table
from directory.imports.records.strangers import count_waiting
from directory.imports.stage import stage
from directory.models import ImportBatch, StagedRow

Action = StagedRow.Action
DECIDED = (Action.CREATE, Action.UPDATE, Action.VANISH)
State = ImportBatch.State


def only_waits(batch: ImportBatch) -> bool:
    """Whether nothing of the batch can be published before a person has chosen it."""
    chosen = batch.rows.filter(chosen=True, action__in=DECIDED)
    return bool(count_waiting(batch)) and not chosen.exists()


def leave_open(batch: ImportBatch, file: Table | Package, mapping: Mapping | None) -> int:
    """How many rows wait for a person, in a batch that can be published. What waited of earlier
    files that nobody sent by hand is discarded: the newest says what the source says now.
    """
    if not count_waiting(batch):
        return 0
    earlier = ImportBatch.objects.filter(source=batch.source, state=State.STAGED)
    for old in earlier.filter(pk__lt=batch.pk, staged_by=None):
        discard(old)
    if batch.state == State.PUBLISHED:
        batch = stage(file, mapping, batch.source, whole=batch.whole)
    return count_waiting(batch)
