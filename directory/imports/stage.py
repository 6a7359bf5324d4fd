"""Rows compared with what was published of them before. Nothing public changes here.

Only rows that are new, changed or rejected are written, in chunks, so that memory stays flat and
a second run of the same file writes nothing but its own report.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from directory.imports.candidate import Candidate, Duplicates
from directory.imports.listing import Listing
from directory.imports.mapping import Mapping
from directory.imports.readers import Row, Table
from directory.imports.report import Report
from directory.imports.terms import Terms
from directory.imports.validate import validate
from directory.models import ImportBatch, Location, SourceRow, StagedRow

CHUNK = 1_000
Progress = Callable[[int], None]
Action = StagedRow.Action


def preview(table: Table, mapping: Mapping, source: str, progress: Progress) -> Report:
    """What the file would change; writes nothing."""
    report = Report()
    for _ in _staged(table, mapping, source, report, progress):
        pass
    return report


def stage(table: Table, mapping: Mapping, source: str, progress: Progress) -> ImportBatch:
    """Writes down what the file changes, for a steward to look at. All of it or nothing."""
    report = Report()
    batch = ImportBatch.objects.create(
        source=source,
        file_name=table.path.name[:255],
        sha256=table.sha256,
        mapping=mapping.name[:100],
    )
    try:
        for rows in _staged(table, mapping, source, report, progress):
            for row in rows:
                row.batch = batch
            StagedRow.objects.bulk_create(rows)
    except BaseException:
        batch.delete()
        raise
    batch.report = report.as_json()
    batch.save(update_fields=["report"])
    return batch


def _staged(
    table: Table, mapping: Mapping, source: str, report: Report, progress: Progress
) -> Iterator[list[StagedRow]]:
    known = Terms.load()
    known.check(mapping)
    duplicates = Duplicates()
    rows = iter(table)
    while chunk := list(islice(rows, CHUNK)):
        candidates = [duplicates.told_apart(_read(row, mapping, known)) for row in chunk]
        yield list(_compared(candidates, source, report))
        progress(len(chunk))


def _read(row: Row, mapping: Mapping, known: Terms) -> Candidate:
    listing, problems = validate(row, mapping, known)
    return Candidate(row, listing, tuple(problems))


def _compared(candidates: list[Candidate], source: str, report: Report) -> Iterator[StagedRow]:
    ids = [c.listing.source_id for c in candidates if c.listing]
    before = {r.source_id: r for r in SourceRow.objects.filter(source=source, source_id__in=ids)}
    for candidate in _without_confidential_places(candidates, source, before):
        staged = _compare(candidate, before, report)
        if staged:
            yield staged


def _compare(
    candidate: Candidate, before: dict[str, SourceRow], report: Report
) -> StagedRow | None:
    listing = candidate.listing
    if listing is None:
        report.rejected += 1
        report.add(candidate.problems, rejected=True)
        return candidate.staged(Action.REJECT)
    last = before.get(listing.source_id)
    if candidate.repeated or (last and last.values == listing.as_values()):
        report.unchanged += 1
        report.add(candidate.problems, rejected=False)
        return None
    if last is None:
        report.created += 1
    else:
        report.updated += 1
        candidate = candidate.compared_with(last.values)
    report.add(candidate.problems, rejected=False)
    return candidate.staged(Action.UPDATE if last else Action.CREATE)


def _without_confidential_places(
    candidates: list[Candidate], source: str, before: dict[str, SourceRow]
) -> Iterator[Candidate]:
    """A place that a steward has made confidential is not even staged."""
    services, keys = _confidential(candidates, source, before)
    for candidate in candidates:
        listing = candidate.listing
        if listing and listing.place:
            last = before.get(listing.source_id)
            if listing.place.key in keys or (last and last.service_id in services):
                candidate = candidate.without_place()
        yield candidate


def _confidential(
    candidates: Iterable[Candidate], source: str, before: dict[str, SourceRow]
) -> tuple[set[object], set[str]]:
    hidden = Location.objects.filter(confidential=True)
    keys = _keys(c.listing for c in candidates if c.listing)
    return (
        set(
            hidden.filter(
                service_at_locations__service__in=[row.service_id for row in before.values()]
            ).values_list("service_at_locations__service", flat=True)
        ),
        set(hidden.filter(source=source, source_id__in=keys).values_list("source_id", flat=True)),
    )


def _keys(listings: Iterable[Listing]) -> list[str]:
    return [listing.place.key for listing in listings if listing.place]
