"""The embedded engine: one SQLite file, made from the main database and never the other way.

    files.py      versions of the file, the pointer to the current one, connections
    schema.py     the tables; how a document is written
    cells.py      the globe as cells and vectors: tokens for places, exact distances
    matching.py   from a query to FTS5's language
    candidates.py the documents that match, with distance and tier
    ranking.py    one row a service, in order
    facets.py     counts by bitset
    clusters.py   places near each other, for the map
    writing.py    rebuild and replace
    backend.py    the engine itself

Words, place cells and filter codes are tokens of one FTS5 table, so that one intersection of
posting lists answers all three; distance is then
exact (docs/decisions/0006-search-tokens-in-fts5.md).
"""

from directory.search.backends.sqlite.backend import SqliteBackend

__all__ = ["SqliteBackend"]
