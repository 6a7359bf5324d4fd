"""The crisis lines, from settings alone, so that they show when the database is down (rule 1)."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class CrisisLine:
    """A line to call: its name, and its number as people read it."""

    name: str
    number: str

    @property
    def tel(self) -> str:
        """The number as a `tel:` link takes it."""
        return "tel:" + "".join(c for c in self.number if c in "+0123456789")


def local_line() -> CrisisLine | None:
    """The operator's own line (OPENDOOR_CRISIS_LINE, "Name|number"), or None when unset."""
    name, _, number = settings.OPENDOOR_CRISIS_LINE.partition("|")
    return CrisisLine(name.strip(), number.strip()) if number.strip() else None
