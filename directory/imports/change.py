"""One staged listing beside the service that it becomes: what the steps of applying share."""

from dataclasses import dataclass
from typing import Any

from directory.imports.listing import Listing, OpenLine, PhoneLine, Place
from directory.models import Service

DEFAULTS = {field.name: field.get_default() for field in Service._meta.concrete_fields}


@dataclass(frozen=True)
class Change:
    """`last` is what the source said before, None for a row that is new."""

    listing: Listing
    service: Service
    last: Listing | None

    @property
    def new(self) -> bool:
        return self.service._state.adding

    def changed_texts(self) -> dict[str, Any]:
        """The fields of Service that the source changed; a text it no longer has is emptied."""
        last = self.last.texts if self.last else {}
        changed = {k: v for k, v in self.listing.texts.items() if k not in last or last[k] != v}
        gone = set(last) - set(self.listing.texts)
        return changed | {name: DEFAULTS[name] for name in gone}

    @property
    def last_phones(self) -> tuple[PhoneLine, ...]:
        return self.last.phones if self.last else ()

    @property
    def last_hours(self) -> tuple[OpenLine, ...]:
        return self.last.hours if self.last else ()

    @property
    def last_place(self) -> Place | None:
        return self.last.place if self.last else None
