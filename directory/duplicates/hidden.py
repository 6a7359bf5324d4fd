"""New rows that seem to be a listing whose place is confidential: they would tell it to everybody.

The site does not keep the place, so it cannot compare it: that the listings are alike is enough to
let a person look first.
"""

from django.utils.translation import gettext_noop

from directory.models import ImportBatch, ServiceAtLocation, StagedRow

CODE = "beside-secret"
MESSAGE = gettext_noop(
    "This seems to be a listing whose place is confidential, so it is not chosen. Publish it only "
    "when you are sure that it does not tell that place."
)


def hold_back(batch: ImportBatch) -> None:
    """Such rows, and all that belongs to their listing, are published only when somebody chooses
    them.
    """
    secret = ServiceAtLocation.objects.filter(location__confidential=True).values("service_id")
    found = list(batch.rows.filter(duplicate_of__in=secret))
    for row in found:
        row.chosen = False
        row.problems = [*row.problems, _problem(row)]
    StagedRow.objects.bulk_update(found, ["chosen", "problems"], batch_size=100)
    if batch.kind == ImportBatch.Kind.HSDS:
        for row in found:
            batch.rows.filter(root__in=_roots(batch, row)).update(chosen=False)


def _problem(row: StagedRow) -> dict[str, object]:
    return {
        "row": row.row,
        "column": None,
        "code": CODE,
        "message": MESSAGE,
        "value": "",
        "template": MESSAGE,
        **({"table": row.table} if row.table != "listing" else {}),
    }


def _roots(batch: ImportBatch, service: StagedRow) -> list[str]:
    """Of the rows of a service of HSDS and of its places."""
    places = batch.rows.filter(table="service_at_location", root=service.root)
    ids = (values.get("location_id") for values in places.values_list("values", flat=True))
    return [service.root, *(f"location:{given}" for given in ids if given)]
