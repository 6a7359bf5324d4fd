"""Rows of an HSDS package on their way: written as they are met, read in OBJECTS order.

In nested JSON one object stands at many places. `merge` makes one row of them: its links are
united and its empty cells filled. Where two places contradict each other (two owners in one
column, two values in one cell) the second is a row of its own with "#2" behind the id, so that
nothing is lost. Rows of tables are added as they are: the same id twice is for the import to see.
"""

import weakref
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from json import loads

from directory.hsds.objects import OBJECTS
from directory.imports.readers.scratch import packed, private_database

RANKS = {name: rank for rank, name in enumerate(OBJECTS)}
NAMES = tuple(OBJECTS)
LATEST = 16  # rows of one id among which a place for the next is looked for
TABLES = """
CREATE TABLE rows (
    rank INTEGER, number INTEGER, id TEXT, nth INTEGER, cells TEXT, surplus TEXT, parent TEXT,
    PRIMARY KEY (rank, number)
) WITHOUT ROWID;
CREATE INDEX ids ON rows (rank, id, nth);
CREATE TABLE met (digest BLOB PRIMARY KEY, id TEXT) WITHOUT ROWID;
"""
INSERT = "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)"
StoredRow = tuple[str, int, str, str | None, str | None]
_Latest = tuple[int, int, str, str | None]


class Store:
    def __init__(self) -> None:
        self.database = private_database()
        weakref.finalize(self, self.database.close)
        for statement in TABLES.split(";"):
            self.database.execute(statement)
        self._counts = dict.fromkeys(OBJECTS, 0)

    def add(self, name: str, rows: Iterable[tuple[dict[str, str], tuple[str, ...]]]) -> None:
        """Rows of a table: their cells and what stands beyond the headings."""
        self.database.executemany(
            INSERT,
            (
                (
                    RANKS[name],
                    self._next(name),
                    cells["id"],
                    1,
                    packed(cells),
                    packed(surplus) if surplus else None,
                    None,
                )
                for cells, surplus in rows
            ),
        )

    def merge(self, name: str, cells: dict[str, str], parent: tuple[str, str] | None) -> str:
        """One place where an object stands; the id of the row that it became part of."""
        digest = blake2b(packed([name, cells, parent]).encode(), digest_size=16).digest()
        met = self.database.execute("SELECT id FROM met WHERE digest = ?", [digest]).fetchone()
        if met:
            return str(met[0])
        latest = self._latest(name, cells["id"])
        found = self._united(name, cells, parent, latest)
        if found is None:
            found = self._another(name, cells, parent, latest[0][0] + 1 if latest else 1)
        self.database.execute("INSERT INTO met VALUES (?, ?)", (digest, found))
        return found

    def _latest(self, name: str, given: str) -> list[_Latest]:
        """The last rows of an id, the last one first."""
        return self.database.execute(
            "SELECT nth, number, cells, parent FROM rows WHERE rank = ? AND id = ?"
            " ORDER BY nth DESC LIMIT ?",
            (RANKS[name], given, LATEST),
        ).fetchall()

    def _united(
        self,
        name: str,
        cells: dict[str, str],
        parent: tuple[str, str] | None,
        latest: list[_Latest],
    ) -> str | None:
        """The id of the row that takes the cells in without a contradiction, if there is one."""
        for _nth, number, kept, kept_parent in reversed(latest):
            before: dict[str, str] = loads(kept)
            if _agree(before, cells):
                filled = before | {key: cell for key, cell in cells.items() if cell}
                filled["id"] = before["id"]
                self.database.execute(
                    "UPDATE rows SET cells = ?, parent = ? WHERE rank = ? AND number = ?",
                    (packed(filled), kept_parent or _parent(parent), RANKS[name], number),
                )
                return before["id"]
        return None

    def _another(
        self, name: str, cells: dict[str, str], parent: tuple[str, str] | None, nth: int
    ) -> str:
        given = cells["id"]
        found = given if nth == 1 else f"{given}#{nth}"
        row = packed(cells | {"id": found})
        self.database.execute(
            INSERT, (RANKS[name], self._next(name), given, nth, row, None, _parent(parent))
        )
        return found

    def _next(self, name: str) -> int:
        self._counts[name] += 1
        return self._counts[name]

    def counts(self) -> dict[str, int]:
        return {name: count for name, count in self._counts.items() if count}

    def has_id(self, name: str, record_id: str) -> bool:
        given, _hash, nth = record_id.rpartition("#")
        pairs = [(record_id, 1)]
        if given and nth.isascii() and nth.isdigit() and len(nth) < 10:
            pairs.append((given, int(nth)))
        return any(
            self.database.execute(
                "SELECT 1 FROM rows WHERE rank = ? AND id = ? AND nth = ? LIMIT 1",
                (RANKS[name], *pair),
            ).fetchone()
            for pair in pairs
        )

    def rows(self) -> Iterator[StoredRow]:
        """All rows by table, each table's in the order in which they were met."""
        for rank, *row in self.database.execute(
            "SELECT rank, number, cells, surplus, parent FROM rows ORDER BY rank, number"
        ):
            number, cells, surplus, parent = row
            yield NAMES[rank], number, cells, surplus, parent


def _agree(before: dict[str, str], cells: dict[str, str]) -> bool:
    return all(
        not cell or key == "id" or before.get(key, "") in ("", cell) for key, cell in cells.items()
    )


def _parent(parent: tuple[str, str] | None) -> str | None:
    return packed(parent) if parent else None
