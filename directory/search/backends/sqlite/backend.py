"""The embedded engine: from a query to a page of results, inside one read transaction."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from pathlib import Path

from directory.search.backends.sqlite import writing
from directory.search.backends.sqlite.candidates import (
    Candidate,
    candidates,
    has_place,
    services,
    tiers,
    without_distance,
)
from directory.search.backends.sqlite.cells import kilometres
from directory.search.backends.sqlite.clusters import clusters
from directory.search.backends.sqlite.facets import CodedServices, bits, facets, read_terms
from directory.search.backends.sqlite.files import IndexFiles
from directory.search.backends.sqlite.ranking import Ranked, Standing, ranked, read_standing
from directory.search.backends.sqlite.schema import FORMAT, decode
from directory.search.interface import (
    FILTERS,
    Document,
    EngineUnavailable,
    Facet,
    Hit,
    IndexMissing,
    SearchPage,
    SearchQuery,
    Term,
)

EVERYWHERE_KM = 20_100.0  # more than half way round the Earth


@dataclass(frozen=True)
class Snapshot:
    """What is read once a generation: when the index was made, its codes, and how its documents
    stand to each other."""

    key: tuple[Path, int]
    as_of: datetime
    terms: tuple[CodedServices, ...]
    standing: Standing


class SqliteBackend:
    """One index in one folder; safe to use from many threads and processes."""

    name = "sqlite"

    def __init__(self, folder: Path, index: str) -> None:
        self.files = IndexFiles(folder, index)
        self._snapshot: Snapshot | None = None

    def search(self, query: SearchQuery) -> SearchPage:
        """Answers `query`. Raises SearchError alone."""
        with self._reading() as db:
            return self._answer(db, query, self._read_snapshot(db))

    def terms(self) -> tuple[Term, ...]:
        """The codes that filters know, in the order people read them."""
        with self._reading() as db:
            return tuple(coded.term for coded in self._read_snapshot(db).terms)

    def rebuild(self, documents: Iterable[Document], terms: Iterable[Term]) -> int:
        """Replaces the whole index at once; returns how many documents it holds."""
        with _failing_as_away("written"), self.files.rebuilding() as db:
            return writing.fill(db, documents, terms)

    def replace(
        self, service_ids: Iterable[str], documents: Iterable[Document], terms: Iterable[Term]
    ) -> None:
        """Takes all documents of these services out and puts `documents` in, at once."""
        with _failing_as_away("written"), self.files.writing() as db:
            _read_meta(db)
            writing.exchange(db, service_ids, documents, terms)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with _failing_as_away("read"), self.files.reading() as db:
            yield db

    def _read_snapshot(self, db: sqlite3.Connection) -> Snapshot:
        built_at, generation = _read_meta(db)
        key = (Path(db.execute("PRAGMA database_list").fetchone()[2]), generation)
        kept = self._snapshot
        if kept is None or kept.key != key:
            made = datetime.fromisoformat(built_at)
            kept = Snapshot(key, made, read_terms(db), read_standing(db))
            self._snapshot = kept
        return kept

    def _answer(self, db: sqlite3.Connection, asked: SearchQuery, now: Snapshot) -> SearchPage:
        query, found = _reachable(db, asked)
        nearest_only = query is not asked
        tier_of = tiers(db, query) if query.sort == "best" else {}
        ranking = ranked(found, tier_of, now.standing, query)
        return SearchPage(
            hits=_hits(db, ranking.page(query.page, query.per_page)),
            total=len(ranking.services),
            page=query.page,
            facets=_facets(db, query, ranking.services, now),
            clusters=clusters(found),
            engine=self.name,
            as_of=now.as_of,
            nearest_only=nearest_only,
        )


@contextmanager
def _failing_as_away(done: str) -> Iterator[None]:
    """Lets nothing of SQLite or the disk out but a SearchError."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise EngineUnavailable(f"The search index cannot be {done}: {error}") from error


def _read_meta(db: sqlite3.Connection) -> tuple[str, int]:
    """When the index changed last, and how often it has. Raises IndexMissing for another format."""
    form, built_at, generation = db.execute("SELECT * FROM meta").fetchone()
    if form != FORMAT:
        raise IndexMissing("The search index is of another version: run rebuild_index.")
    return built_at, generation


def _reachable(db: sqlite3.Connection, query: SearchQuery) -> tuple[SearchQuery, list[Candidate]]:
    """What matches; when none of it lies within the radius, but some beyond, all of it."""
    found = candidates(db, query)
    if not query.tell_distance:
        return query, [without_distance(row) for row in found]
    if query.centre and not has_place(found):
        wider = replace(query, radius_km=EVERYWHERE_KM, sort="distance")
        beyond = candidates(db, wider)
        if has_place(beyond):
            return wider, beyond
    return query, found


def _facets(
    db: sqlite3.Connection, query: SearchQuery, found_services: list[int], now: Snapshot
) -> dict[str, tuple[Facet, ...]]:
    found = dict.fromkeys(FILTERS, bits(found_services))
    for name in query.filters:
        found[name] = bits(services(db, query, without=name))
    return facets(now.terms, found, query.filters)


def _hits(db: sqlite3.Connection, rows: list[Ranked]) -> tuple[Hit, ...]:
    marks = ", ".join("?" * len(rows))
    sql = f"""SELECT body.number, body.json, hours.intervals FROM body JOIN document USING (number)
              LEFT JOIN hours ON hours.number = document.hours
              WHERE body.number IN ({marks})"""  # noqa: S608  # marks alone
    found = {n: decode(*rest) for n, *rest in db.execute(sql, [row.number for row in rows])}
    return tuple(Hit(found[row.number], _distance(row), row.others) for row in rows)


def _distance(row: Ranked) -> float | None:
    return None if row.far == inf else kilometres(row.far)
