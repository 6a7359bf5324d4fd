"""The tables of an index file, and how a document goes in and out of them."""

import json
import sqlite3
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from directory.folding import fold
from directory.search.backends.sqlite.cells import NO_POINT, cells_of, vector
from directory.search.interface import Document

FORMAT = 4  # of the file; another one is read as no index at all
TEXT_COLUMNS = ("name", "also", "organization", "needs", "description", "place")

TABLES = f"""
CREATE TABLE meta (format INTEGER, built_at TEXT, generation INTEGER);
CREATE TABLE term (
    number INTEGER PRIMARY KEY, filter TEXT, code TEXT, parent TEXT, position INTEGER, names TEXT,
    services BLOB, UNIQUE (filter, code)
);
CREATE TABLE hours (number INTEGER PRIMARY KEY, intervals TEXT UNIQUE);
CREATE TABLE opening (
    hours INTEGER, opens INTEGER, closes INTEGER, PRIMARY KEY (hours, opens)
) WITHOUT ROWID;
CREATE TABLE document (
    number INTEGER PRIMARY KEY, service INTEGER, place INTEGER, always INTEGER, hours INTEGER,
    lat REAL, lon REAL, x REAL, y REAL, z REAL, fresh INTEGER
);
CREATE TABLE body (
    number INTEGER PRIMARY KEY, service_id TEXT, sort_name TEXT, id TEXT, json TEXT
);
CREATE VIRTUAL TABLE words USING fts5(
    {", ".join(TEXT_COLUMNS)}, tags, tokenize = "porter unicode61 remove_diacritics 2"
);
"""
INDEXES = """
CREATE INDEX body_service ON body (service_id);
CREATE INDEX body_name ON body (sort_name, id);
INSERT INTO words (words) VALUES ('optimize');
ANALYZE;
"""


def code_token(name: str, code: str) -> str:
    """The tag of a filter's code."""
    return f"f{_digest(f'{name}:{code}')}"


def name_token(name: str) -> str:
    """The tag of a whole name, for those who type it exactly."""
    return f"n{_digest(fold(name))}"


def _digest(text: str) -> str:
    """One token for any text; it ends in a digit, which the stemmer leaves alone."""
    return sha256(text.encode()).hexdigest()[:16] + "0"


def tags(document: Document) -> str:
    """All that is looked up by tag: cells, codes, whole names, yes and no."""
    found = {code_token(name, code) for name, codes in document.filters.items() for code in codes}
    found |= {name_token(name) for name in (document.name, *document.names.values())}
    if document.lat is None or document.lon is None:
        found.add(NO_POINT)
    else:
        found.update(cells_of(document.lat, document.lon))
    found |= {"telehealth0"} if document.telehealth else set()
    found |= {"dropoff0"} if document.accepts_drop_off else set()
    return " ".join(sorted(found))


def insert(db: sqlite3.Connection, number: int, service: int, document: Document) -> None:
    """Writes one document under a free number."""
    point: tuple[float | None, ...] = (None, None, None, None, None)
    if document.lat is not None and document.lon is not None:
        point = (document.lat, document.lon, *vector(document.lat, document.lon))
    always, hours = document.availability == "always", _hours(db, document.intervals)
    place = _place(document.location_id or document.id)
    row = (number, service, place, always, hours, *point, _day(document.fresh_until))
    db.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    body = (number, document.service_id, fold(document.name), document.id, encode(document))
    db.execute("INSERT INTO body VALUES (?, ?, ?, ?, ?)", body)
    texts = [fold(document.texts.get(column, "")) for column in TEXT_COLUMNS]
    marks = ", ".join("?" * (len(texts) + 1))
    sql = f"INSERT INTO words (rowid, {', '.join(TEXT_COLUMNS)}, tags) VALUES (?, {marks})"  # noqa: S608  # our own names
    db.execute(sql, (number, *texts, tags(document)))


def _day(written: str | None) -> int:
    """A date as a number of days; 0: never."""
    return date.fromisoformat(written).toordinal() if written else 0


def _place(location: str) -> int:
    """A number for a place, always the same."""
    return int.from_bytes(sha256(location.encode()).digest()[:6])


def _hours(db: sqlite3.Connection, intervals: tuple[tuple[int, int], ...]) -> int | None:
    """The number of these hours: thousands of documents share a few patterns."""
    if not intervals:
        return None
    text = _interval_text(intervals)
    known = db.execute("SELECT number FROM hours WHERE intervals = ?", (text,)).fetchone()
    if known:
        return int(known[0])
    number = db.execute("INSERT INTO hours (intervals) VALUES (?)", (text,)).lastrowid
    db.executemany("INSERT INTO opening VALUES (?, ?, ?)", [(number, *pair) for pair in intervals])
    return number


@lru_cache(maxsize=512)
def _interval_text(intervals: tuple[tuple[int, int], ...]) -> str:
    return json.dumps(intervals, separators=(",", ":"))


def encode(document: Document) -> str:
    """All of a document but its hours."""
    values = vars(document) | {"intervals": None}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def decode(body: str, intervals: str | None) -> Document:
    """The document as it was given."""
    values: dict[str, Any] = json.loads(body)
    for name in ("codes", "languages", "costs", "ages"):
        values[name] = tuple(values[name])
    values["filters"] = {name: tuple(codes) for name, codes in values["filters"].items()}
    values["intervals"] = _intervals(intervals or "[]")
    return Document(**values)


@lru_cache(maxsize=512)
def _intervals(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((opens, closes) for opens, closes in json.loads(text))
