"""A row that a steward chose takes along the new rows without which it could not stand."""

from directory.imports.kinds import Kind
from directory.imports.records.strangers import arrived_meanwhile, is_anothers
from directory.models import ImportBatch, StagedRow

CHUNK = 500
NEW = StagedRow.Action.CREATE


def take_along(batch: ImportBatch, kind: Kind) -> None:
    """Chooses the new owners of chosen rows, and theirs in turn; not a row that would change what
    somebody else told of: its record is there without it.
    """
    if batch.kind == ImportBatch.Kind.HSDS:
        arrived_meanwhile(batch)
    left = batch.rows.filter(action=NEW, chosen=False)
    if not left.exists():
        return
    rows = batch.rows.filter(action__in=[NEW, StagedRow.Action.UPDATE], chosen=True)
    waiting = list(rows.values_list("pk", flat=True))
    while waiting:
        some, waiting = waiting[:CHUNK], waiting[CHUNK:]
        needed: dict[str, set[str]] = {}
        for row in StagedRow.objects.filter(pk__in=some).only("table", "values"):
            for table, source_id in kind.needs(row.table, row.values):
                needed.setdefault(table, set()).add(source_id)
        for table, ids in needed.items():
            found = left.filter(table=table, source_id__in=ids)
            new = found.only("problems")
            taken = [row.pk for row in new if not is_anothers(row)]
            StagedRow.objects.filter(pk__in=taken).update(chosen=True)
            waiting += taken
