"""Which engine the site searches with."""

from functools import cache
from pathlib import Path

from django.conf import settings

from directory.search.interface import SearchBackend


@cache
def _sqlite(folder: Path) -> SearchBackend:
    from directory.search.backends.sqlite import SqliteBackend

    return SqliteBackend(folder, "public")


def public_engine() -> SearchBackend:
    """The engine over the public index (settings.OPENDOOR_INDEX_DIR)."""
    return _sqlite(Path(settings.OPENDOOR_INDEX_DIR))
