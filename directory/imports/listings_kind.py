"""The flat kind of file: a mapping turns each row into one service and all that belongs to it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from directory.imports.apply import remove_listings, write_listings
from directory.imports.compare import LISTING
from directory.imports.confidential import Secrets
from directory.imports.kinds import Candidate, RowChange, Values, Written
from directory.imports.listing import LONGEST_VALUE, Listing, Problem, from_values
from directory.imports.mapping import Mapping
from directory.imports.messages import said as _
from directory.imports.rows import Row
from directory.imports.terms import Terms
from directory.imports.touched import touched_by
from directory.imports.validate import given_id, validate
from directory.models import ImportBatch, Service, SourceRow

OTHER = _(
    "This id was another listing's last time. If the source has numbered its rows anew, discard "
    "this import and bring the file in as another source."
)


class ListingsKind:
    """Without a mapping it writes what was read before."""

    name: str = ImportBatch.Kind.TABLE

    def __init__(self, mapping: Mapping | None = None) -> None:
        self.terms = Terms.load()
        self.mapping = mapping
        if mapping is not None:
            self.terms.check(mapping)

    def read(self, source: str, rows: Sequence[Row]) -> list[Candidate]:
        read = [self._read(row) for row in rows]
        secrets = Secrets.about(source, [listing for _row, listing, _told in read if listing])
        return [self._candidate(row, listing, told, secrets) for row, listing, told in read]

    def _read(self, row: Row) -> tuple[Row, Listing | None, list[Problem]]:
        if self.mapping is None:
            raise ValueError("rows are read with a mapping")
        listing, problems = validate(row, self.mapping, self.terms)
        if row.surplus:
            beyond = ", ".join(row.surplus)[:LONGEST_VALUE]
            problems = [replace(problem, value=problem.value or beyond) for problem in problems]
        return row, listing, [*row.problems, *problems]

    def _candidate(
        self, row: Row, listing: Listing | None, problems: Iterable[Problem], secrets: Secrets
    ) -> Candidate:
        if listing is None:
            known = given_id(row, self.mapping) if self.mapping else ""
            return Candidate(row, LISTING, known, None, problems=tuple(problems))
        secret = secrets.covers(listing)
        if secret:
            listing = listing.without_place()
            problems = (problem for problem in problems if not problem.place)
        return Candidate(
            row,
            LISTING,
            listing.source_id,
            listing.as_values(),
            root=f"service:{listing.source_id}",
            problems=tuple(problems),
            secret=secret,
        )

    def renamed(self, candidate: Candidate, source_id: str) -> Candidate:
        values = (candidate.values or {}) | {"source_id": source_id}
        return replace(candidate, source_id=source_id, values=values, root=f"service:{source_id}")

    def warnings(self, candidate: Candidate, last: Values) -> tuple[Problem, ...]:
        """Warns when the id now stands at another organization and another place: the source
        may have numbered its rows anew, and the listing's address would change its meaning.
        """
        now = candidate.values or {}
        if now["organization"] == last["organization"]:
            return ()
        place, before = now["place"], last["place"]
        if now["texts"]["name"] == last["texts"]["name"] or place is None or before is None:
            return ()
        if place["address"].get("address_1") == before["address"].get("address_1"):
            return ()
        return (Problem(candidate.row.number, None, "other-listing", OTHER, last["organization"]),)

    def needs(self, table: str, values: Values) -> Iterable[tuple[str, str]]:
        """A listing brings its organization and place with it."""
        return ()

    def touched(self, source: str, changes: Sequence[RowChange]) -> Iterable[QuerySet[Any]]:
        return touched_by(source, changes)

    def write(self, source: str, changes: Sequence[RowChange]) -> list[Written]:
        hidden, services = write_listings(source, changes, self.terms)
        return [
            Written(
                record_id=service.pk,
                service_ids=(service.pk,),
                service_id=service.pk,
                values=_without_place(change.values) if service.pk in hidden else None,
            )
            for change, service in zip(changes, services, strict=True)
        ]

    def settling(self) -> Iterable[QuerySet[Any]]:
        return ()

    def finish(self, source: str) -> list[UUID]:
        """Every listing was whole when it was written."""
        return []

    def set_aside(self, source: str, changes: Sequence[RowChange]) -> list[UUID]:
        records = {change.record_id for change in changes if change.record_id}
        others = SourceRow.objects.filter(record_id__in=records, set_aside=False).exclude(
            source=source, source_id__in=[change.source_id for change in changes]
        )  # another source still tells of a merged listing
        records -= set(others.values_list("record_id", flat=True))
        services = Service.objects.filter(pk__in=records, set_aside_at=None)
        ids = list(services.values_list("pk", flat=True))
        now = timezone.now()
        Service.objects.filter(pk__in=ids).update(set_aside_at=now, last_modified=now)
        return ids

    def remove(self, source: str, changes: Sequence[RowChange]) -> list[UUID]:
        return remove_listings([change.record_id for change in changes if change.record_id])


def _without_place(values: Values) -> Values:
    return from_values(values).without_place().as_values()
