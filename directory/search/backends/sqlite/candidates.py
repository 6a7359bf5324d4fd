"""The documents that match a query exactly, with their distance and how well their words fit.

Words: a document holds all of them, in any columns together. Only when no document of the whole
index does, those count that hold the most of them.
"""

import sqlite3
from collections import Counter
from math import inf
from typing import Final

from directory.search.backends.sqlite.cells import chord2, vector
from directory.search.backends.sqlite.matching import NAME, NEED, Matching, matching
from directory.search.interface import SearchQuery

EXACT_NAME, IN_NAME, IN_NEED, ANYWHERE = range(4)  # tiers, the best first


# A document that matches, as the file gives it: a plain tuple, since there may be very many.
# `FAR` is its squared chord, infinite without a point or a centre.
Candidate = tuple[int, int, float, int, float | None, float | None]
NUMBER: Final = 0
SERVICE: Final = 1
FAR: Final = 2
PLACE: Final = 3
LAT: Final = 4
LON: Final = 5

COLUMNS = "d.number, d.service, {far} AS far, d.place, d.lat, d.lon"
CHORD2 = (
    "ifnull((d.x - :x) * (d.x - :x) + (d.y - :y) * (d.y - :y) + (d.z - :z) * (d.z - :z), 9e999)"
)
OPEN = """(d.always OR (SELECT closes FROM opening WHERE hours = d.hours AND opens <= :moment
           ORDER BY opens DESC LIMIT 1) > :moment)"""


def candidates(db: sqlite3.Connection, query: SearchQuery) -> list[Candidate]:
    """All that match."""
    match = matching(query)
    if _all_words_together(db, match):
        return _select(db, query, match.expression(), COLUMNS).fetchall()
    return _most_words(db, query, match)


def services(db: sqlite3.Connection, query: SearchQuery, without: str) -> set[int]:
    """The services that match when the filter `without` is left aside."""
    match = matching(query, without)
    if _all_words_together(db, match):
        rows = _select(db, query, match.expression(), "d.service, {far} AS far")
        return {service for service, _far in rows}
    return {row[SERVICE] for row in _most_words(db, query, match)}


def _all_words_together(db: sqlite3.Connection, match: Matching) -> bool:
    """Whether some document of the index holds all the words."""
    expression = Matching(match.words, ()).expression()
    return len(match.words) < 2 or _any(db, expression)


def _most_words(db: sqlite3.Connection, query: SearchQuery, match: Matching) -> list[Candidate]:
    found = _select(db, query, match.expression(any_word=True), COLUMNS).fetchall()
    held = Counter(n for word in match.words for n in _numbers(db, match.with_word(word)))
    most = max((held[row[NUMBER]] for row in found), default=0)
    return [row for row in found if held[row[NUMBER]] == most]


def tiers(db: sqlite3.Connection, query: SearchQuery) -> dict[int, int]:
    """Document number → tier, of those that are better than ANYWHERE."""
    match = matching(query)
    if not match.words:
        return {}
    found = dict.fromkeys(_numbers(db, match.expression(NEED)), IN_NEED)
    found |= dict.fromkeys(_numbers(db, match.expression(NAME)), IN_NAME)
    return found | dict.fromkeys(_numbers(db, match.exact_name(query.text)), EXACT_NAME)


def _numbers(db: sqlite3.Connection, expression: str) -> list[int]:
    rows = db.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,))
    return [number for (number,) in rows]


def _any(db: sqlite3.Connection, expression: str) -> bool:
    sql = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
    return db.execute(sql, (expression,)).fetchone() is not None


def _select(
    db: sqlite3.Connection, query: SearchQuery, expression: str, columns: str
) -> sqlite3.Cursor:
    conditions, values = _conditions(query)
    source = "document d"
    if expression:
        # CROSS JOIN: the words first, always; their rows are few
        source = "words CROSS JOIN document d ON d.number = words.rowid"
        conditions.append("words MATCH :words")
        values["words"] = expression
    far = CHORD2 if query.centre else "9e999"
    where = " AND ".join(conditions) or "1"
    sql = f"SELECT {columns.format(far=far)} FROM {source} WHERE {where}"  # noqa: S608  # our own text
    return db.execute(sql, values)


def _conditions(query: SearchQuery) -> tuple[list[str], dict[str, object]]:
    """What the cells only came near to: the circle, the box, the hour."""
    conditions: list[str] = []
    values: dict[str, object] = {}
    if query.centre:
        x, y, z = vector(query.centre.lat, query.centre.lon)
        values |= {"x": x, "y": y, "z": z, "reach": chord2(query.radius_km)}
        conditions.append("(d.x IS NULL OR far <= :reach)")
    if box := query.bbox:
        values |= {"west": box.west, "south": box.south, "east": box.east, "north": box.north}
        between = "AND" if box.west <= box.east else "OR"
        inside = f"d.lat BETWEEN :south AND :north AND (d.lon >= :west {between} d.lon <= :east)"
        conditions.append(f"(d.x IS NULL OR {inside})" if query.centre else f"({inside})")
    if query.open_at:
        values["moment"] = query.open_at.timestamp()
        conditions.append(OPEN)
    return conditions, values


def has_place(found: list[Candidate]) -> bool:
    """Whether any of them lies somewhere, and not only at the end of a phone."""
    return any(row[FAR] != inf for row in found)


def without_distance(row: Candidate) -> Candidate:
    """The row as if nobody had said where from."""
    return (*row[:FAR], inf, *row[PLACE:])
