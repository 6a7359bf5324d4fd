"""What has been read, on disk until it is staged: memory stays flat whatever the file's size.

SQLite keeps each in a temporary file without a name, which the system takes away when it is
closed, even after a crash: nobody else can open it and nothing stays behind.
"""

import json
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from typing import Any

CACHE = "PRAGMA cache_size = -32000"  # KB


def private_database() -> sqlite3.Connection:
    found = sqlite3.connect("", isolation_level=None)
    found.execute("PRAGMA journal_mode = OFF")
    found.execute("PRAGMA synchronous = OFF")
    found.execute(CACHE)
    found.execute("BEGIN")  # never committed: one transaction as long as it is open
    return found


class KeptRecords:
    """Records of a file that is slow to read, or gone when they are wanted again."""

    def __init__(self, records: Iterable[list[str]]) -> None:
        self.database = private_database()
        weakref.finalize(self, self.database.close)
        self.database.execute("CREATE TABLE records (number INTEGER PRIMARY KEY, cells TEXT)")
        self.database.executemany(
            "INSERT INTO records (cells) VALUES (?)", ((packed(cells),) for cells in records)
        )

    def __call__(self) -> Iterator[list[str]]:
        for (cells,) in self.database.execute("SELECT cells FROM records ORDER BY number"):
            yield json.loads(cells)


def packed(value: Any) -> str:
    """As JSON, as small as it can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
