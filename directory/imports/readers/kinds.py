"""Which HSDS object a JSON object is, by its keys."""

from collections.abc import Iterable

from directory.hsds.objects import OBJECTS
from directory.imports.readers.names import known_table

LIKELY = ("service", "organization", "service_at_location", "location", "taxonomy_term", "taxonomy")
KEYS = {
    name: frozenset((*found.columns, *(nested.key for nested in found.nested)))
    for name, found in OBJECTS.items()
}


def hinted(file_name: str) -> str | None:
    """What a file's name says of its objects: services.json, service_list.json."""
    for ending in ("_list", "_full", ""):
        known = known_table(file_name.removesuffix(ending))
        if known:
            return known.object
    return None


def recognised(keys: Iterable[str], hint: str | None) -> str | None:
    """The object that knows most of the keys; of equals the hinted one, then the likelier.

    None when no object knows half of the keys and two of them.
    """
    given = set(keys)
    order = [name for name in (hint, *LIKELY) if name]
    best = max(order, key=lambda name: (len(given & KEYS[name]), -order.index(name)))
    known = len(given & KEYS[best])
    return best if known >= 2 and known * 2 >= len(given) else None
