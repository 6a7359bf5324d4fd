"""What became of an upload, as the report that `publish_release --report` writes."""

from typing import Any

from transparency.errors import InvalidTable, RecordError, TotalsRefused, UploadFault
from transparency.release import Prepared


def of_prepared(prepared: Prepared, outcome: str) -> dict[str, Any]:
    """The report of a table that may be published."""
    hidden = prepared.controlled.hidden
    return {
        "outcome": outcome,
        "rows": len(prepared.figure.rows),
        "errors": [],
        "suppressed": [
            {"row": cell.row, "column": cell.column, "why": cell.why} for cell in hidden
        ],
        "totals": list(prepared.controlled.totals),
    }


def of_error(error: RecordError, outcome: str) -> dict[str, Any]:
    """The report of a table that was turned down."""
    return {
        "outcome": outcome,
        "rows": 0,
        "errors": _errors(error),
        "suppressed": [],
        "totals": error.found if isinstance(error, TotalsRefused) else [],
    }


def _errors(error: RecordError) -> list[dict[str, object]]:
    if isinstance(error, InvalidTable):
        return [cell.as_dict() for cell in error.errors]
    code = error.code if isinstance(error, UploadFault) else type(error).__name__
    remedy = error.remedy if isinstance(error, UploadFault) else ""
    message = error.message if isinstance(error, UploadFault) else str(error)
    return [
        {
            "row": None,
            "column": None,
            "code": code,
            "message": message,
            "value": "",
            "remedy": remedy,
        }
    ]


def is_fault_of_file(error: RecordError) -> bool:
    """Whether nothing of the file could be looked at: unreadable, or its header does not fit."""
    header = isinstance(error, InvalidTable) and error.errors[0].row == 1
    return isinstance(error, UploadFault) or header
