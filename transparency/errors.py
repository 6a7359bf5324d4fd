"""Everything that can go wrong between a file and a release, in one tree.

RecordError
├── DescriptorError     a descriptor that cannot be used; .problems name field and remedy
├── UploadFault         the file itself cannot be read: nothing was looked at
├── InvalidTable        cells that break the schema; .errors name row and column
├── TotalsRefused       totals could give suppressed numbers away; .found says which
├── Unchanged           the newest version already says exactly this
└── ReleaseRefused      the release cannot go out (embargo, second person, changed schema)
"""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _


class RecordError(Exception):
    """The root; str() is a plain explanation."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of a descriptor, and what to do."""

    field: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message} {self.remedy}"


class DescriptorError(RecordError):
    """A descriptor that cannot be used."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class UploadFault(RecordError):
    """The file cannot be read as a table."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        self.code, self.message, self.remedy = code, message, remedy
        super().__init__(f"{message} {remedy}")


@dataclass(frozen=True)
class CellError:
    """What is wrong with one cell. Rows count as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    code: str
    message: str
    value: str
    remedy: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class InvalidTable(RecordError):
    """Cells that break the schema; nothing of the table was kept."""

    def __init__(self, errors: list[CellError]) -> None:
        self.errors = errors
        super().__init__(
            "\n".join(
                _("row %(row)s, %(column)s: %(fault)s")
                % {"row": e.row, "column": e.column, "fault": f"{e.message} {e.remedy}"}
                for e in errors
            )
        )


class TotalsRefused(RecordError):
    """Totals beside their parts: what is suppressed could be worked out."""

    def __init__(self, found: list[str]) -> None:
        self.found = found
        super().__init__(
            _(
                "The table holds totals, and a total minus its parts gives away a suppressed "
                "number: %(totals)s. Leave the totals out, or allow them with a reason, which "
                "is published."
            )
            % {"totals": "; ".join(found)}
        )


class Unchanged(RecordError):
    """The newest version already says exactly this."""


class ReleaseRefused(RecordError):
    """The release cannot go out as asked."""
