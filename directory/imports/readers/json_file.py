"""HSDS as JSON, nested or tabular, to a package."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.faults import FileFault
from directory.imports.readers.encoding import WESTERN, survey
from directory.imports.readers.files import check_text
from directory.imports.readers.flatten import flatten
from directory.imports.readers.json_items import Item, JsonItems
from directory.imports.readers.kinds import hinted, recognised
from directory.imports.readers.names import known_table
from directory.imports.readers.package import Package
from directory.imports.readers.store import Store


def read_json(path: Path, named: Path) -> Package:
    """`named` is what the person named: the file, or a ZIP with it. Raises FileFault."""
    check_text(path)
    found = survey(path)
    if found.encoding == WESTERN:
        message = _("%(name)s is not UTF-8 text. Export it again as UTF-8.")
        raise FileFault("encoding", message % {"name": path.name})
    store = Store()
    try:
        unread = _read(path, found.encoding, store)
    except RecursionError:
        message = _("%(name)s has objects inside objects without end: this is not HSDS.")
        raise FileFault("too-deep", message % {"name": path.name}) from None
    if not store.counts():
        raise FileFault("no-rows", _("%(name)s holds no records.") % {"name": path.name})
    return Package(named, found.sha256, store, unread)


def _read(path: Path, encoding: str, store: Store) -> tuple[str, ...]:
    """Fills the store; the names of lists that are no table of HSDS."""
    unread = dict[str, None]()
    kind = hinted(path.stem)
    for name, item in _separate(JsonItems(path, encoding)):
        if name:
            kind = _table(name, item)
            if kind is None:
                unread[name] = None
                continue
        else:
            kind = recognised(item, kind)
            if kind is None:
                raise _not_hsds(path, item)
        flatten(store, kind, item)
    return tuple(unread)


def _table(name: str, item: dict[str, Any]) -> str | None:
    known = known_table(name.casefold().removesuffix(".csv"))
    return known.object if known else None


def _separate(items: JsonItems) -> Iterator[Item]:
    """Lists by name without the ending .csv are tables too, when nothing else is beside them."""
    for name, item in items:
        tables = {key: value for key, value in item.items() if _is_table(key, value)}
        if not name and tables and len(tables) == len(item):
            for key, several in tables.items():
                yield from ((key, one) for one in several)
        else:
            yield name, item


def _is_table(key: str, value: Any) -> bool:
    return (
        known_table(key) is not None
        and isinstance(value, list)
        and all(isinstance(one, dict) for one in value)
    )


def _not_hsds(path: Path, item: dict[str, Any]) -> FileFault:
    keys = ", ".join(list(item)[:5])[:100]
    message = _(
        "%(name)s has an object that is none of HSDS (%(keys)s). Services, organizations, "
        "locations, services at locations, taxonomies and their terms are read."
    )
    return FileFault("not-hsds", message % {"name": path.name, "keys": keys})
