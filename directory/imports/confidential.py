"""A place that a steward has made confidential is not even staged."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.imports.listing import Listing
from directory.imports.origin import from_source
from directory.imports.seen import MARK
from directory.models import Location


@dataclass(frozen=True)
class Secrets:
    """Which of some listings are at a confidential location: by their id, or by their place."""

    listings: frozenset[str]
    keys: frozenset[str]

    @classmethod
    def about(cls, source: str, listings: Sequence[Listing]) -> "Secrets":
        hidden = Location.objects.filter(confidential=True)
        if not hidden.exists():
            return cls(frozenset(), frozenset())
        keys = [listing.place.key for listing in listings if listing.place]
        ids = hidden.filter(service_at_locations__service__source=source).values_list(
            "service_at_locations__service__source_id", flat=True
        )
        return cls(
            frozenset(source_id.split(MARK)[0] for source_id in ids),
            frozenset(hidden.filter(from_source(source, keys)).values_list("source_id", flat=True)),
        )

    def covers(self, listing: Listing) -> bool:
        """One of several rows with an id may be the confidential one: then all of them are."""
        if listing.place is None:
            return False
        return listing.source_id.split(MARK)[0] in self.listings or listing.place.key in self.keys
