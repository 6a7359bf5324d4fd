"""What changes an index: a rebuild, or the documents of some services taken out and put in."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from directory.search.backends.sqlite.facets import bits, to_bytes
from directory.search.backends.sqlite.schema import FORMAT, INDEXES, TABLES, insert
from directory.search.interface import FILTERS, Document, Term

Codes = defaultdict[tuple[str, str], set[int]]  # (filter, code) → service numbers


def fill(db: sqlite3.Connection, documents: Iterable[Document], terms: Iterable[Term]) -> int:
    """Writes a whole index into an empty file; returns how many documents it holds."""
    db.executescript(TABLES)
    services: dict[str, int] = {}
    codes: Codes = defaultdict(set)
    number = 0
    for number, document in enumerate(documents, 1):
        service = services.setdefault(document.service_id, len(services))
        insert(db, number, service, document)
        _collect(codes, document, service)
    _write_terms(db, terms)
    _write_codes(db, codes, set())
    db.executescript(INDEXES)
    db.execute("INSERT INTO meta VALUES (?, ?, 1)", (FORMAT, _now()))
    return number


def exchange(
    db: sqlite3.Connection,
    service_ids: Iterable[str],
    documents: Iterable[Document],
    terms: Iterable[Term],
) -> None:
    """Takes out all documents of these services and puts `documents` in.

    What is taken out is overwritten. Words alone stay in FTS5's older segments until those are
    merged, so an edit that hides a place merges them now.
    """
    db.execute("PRAGMA secure_delete = ON")
    free, last = _highest(db, "service") + 1, _highest(db, "number")
    wanted = set(service_ids)
    shown = {document for service in wanted for document in _shown(db, service)}
    numbers = {service: _remove(db, service) for service in wanted}
    codes: Codes = defaultdict(set)
    changed = {service for service in numbers.values() if service is not None}
    hidden = False
    for number, document in enumerate(documents, last + 1):
        service = numbers.get(document.service_id)
        if service is None:
            service = numbers[document.service_id] = free
            free += 1
        insert(db, number, service, document)
        _collect(codes, document, service)
        hidden = hidden or (document.confidential and document.id in shown)
    if hidden:
        db.execute("INSERT INTO words (words) VALUES ('optimize')")
    _write_terms(db, terms)
    _write_codes(db, codes, changed)
    db.execute("UPDATE meta SET built_at = ?, generation = generation + 1", (_now(),))


def _shown(db: sqlite3.Connection, service_id: str) -> list[str]:
    """A service's documents that tell where they are."""
    sql = (
        """SELECT id FROM body WHERE service_id = ? AND NOT json_extract(json, '$.confidential')"""
    )
    return [document for (document,) in db.execute(sql, (service_id,))]


def _remove(db: sqlite3.Connection, service_id: str) -> int | None:
    """Takes a service's documents out; its number, when it had any."""
    sql = "SELECT number, service FROM body JOIN document USING (number) WHERE service_id = ?"
    rows = db.execute(sql, (service_id,)).fetchall()
    for number, _service in rows:
        db.execute("DELETE FROM words WHERE rowid = ?", (number,))
        db.execute("DELETE FROM body WHERE number = ?", (number,))
        db.execute("DELETE FROM document WHERE number = ?", (number,))
    return int(rows[0][1]) if rows else None


def _highest(db: sqlite3.Connection, column: str) -> int:
    sql = f"SELECT ifnull(max({column}), -1) FROM document"  # noqa: S608  # our own column
    return int(db.execute(sql).fetchone()[0])


def _collect(codes: Codes, document: Document, service: int) -> None:
    for name in FILTERS:
        for code in document.filters.get(name, ()):
            codes[name, code].add(service)


def _write_terms(db: sqlite3.Connection, terms: Iterable[Term]) -> None:
    sql = """INSERT INTO term (filter, code, parent, position, names, services)
             VALUES (?, ?, ?, ?, ?, x'') ON CONFLICT (filter, code) DO UPDATE SET
             parent = excluded.parent, position = excluded.position, names = excluded.names"""
    for term in terms:
        names = json.dumps(term.names, ensure_ascii=False)
        db.execute(sql, (term.filter, term.code, term.parent, term.position, names))


def _write_codes(db: sqlite3.Connection, codes: Codes, changed: set[int]) -> None:
    """Adds services to their codes, after `changed` ones left all of theirs."""
    for name, code in codes:
        sql = """INSERT INTO term (filter, code, position, names, services)
                 VALUES (?, ?, 1000, '{}', x'') ON CONFLICT DO NOTHING"""
        db.execute(sql, (name, code))
    left = bits(changed) if changed else 0
    for number, name, code, kept in db.execute(
        "SELECT number, filter, code, services FROM term"
    ).fetchall():
        before = int.from_bytes(kept, "little")
        after = before & ~left | (bits(codes[name, code]) if (name, code) in codes else 0)
        if after != before:
            db.execute("UPDATE term SET services = ? WHERE number = ?", (to_bytes(after), number))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
