"""Nested JSON to flat rows: each object a row, who stood inside whom in its link columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory.hsds.objects import OBJECTS
from directory.hsds.spec import ANY, Nested
from directory.imports.faults import FileFault
from directory.imports.readers import limits
from directory.imports.readers.ids import id_by_content, id_by_place
from directory.imports.readers.scratch import packed
from directory.imports.readers.store import Store

# What many may share is recognised by what it says. All else belongs to where it stands.
SHARED = {"organization", "taxonomy", "taxonomy_term", "unit"}
NESTED = {name: {nested.key: nested for nested in found.nested} for name, found in OBJECTS.items()}
ANY_PARENT = {
    name: next((link.name for link in found.links if link.to == ANY), None)
    for name, found in OBJECTS.items()
}
_UNFIT = re.compile("[\x00\ud800-\udfff]")  # no database keeps these


@dataclass(frozen=True)
class _Inside:
    """Where an object stands: in whom, under which key, as which of several."""

    name: str
    id: str
    nested: Nested
    position: int


@dataclass
class _Parts:
    """An object taken apart: its own cells, and the objects inside."""

    cells: dict[str, str] = field(default_factory=dict)
    ones: list[tuple[Nested, dict[str, Any]]] = field(default_factory=list)
    many: list[tuple[Nested, list[dict[str, Any]]]] = field(default_factory=list)


def flatten(store: Store, name: str, item: dict[str, Any]) -> str:
    """Writes the object and all inside it; the id of its row. Raises FileFault."""
    return _placed(store, name, item, None, 0)


def _placed(
    store: Store, name: str, item: dict[str, Any], inside: _Inside | None, depth: int
) -> str:
    if depth > limits.MAX_DEPTH:
        message = _("Objects stand inside objects more than %(most)s deep: this is not HSDS.")
        raise FileFault("too-deep", message % {"most": limits.MAX_DEPTH})
    parts = _apart(name, item)
    cells = parts.cells
    cells["id"] = cells.get("id", "").strip() or _new_id(name, cells, inside)
    for nested, one in parts.ones:
        _link_to(store, name, cells, nested, one, depth)
    found = _merged(store, name, cells, inside)
    for nested, several in parts.many:
        for position, one in enumerate(several):
            within = _Inside(name, found, nested, position)
            _placed(store, nested.object, one, within, depth + 1)
    return found


def _merged(store: Store, name: str, cells: dict[str, str], inside: _Inside | None) -> str:
    """The row under its parent; where its own link names another, a row under that one too."""
    if inside is None or not inside.nested.many:
        return store.merge(name, cells, None)
    link = inside.nested.link
    parent = (inside.name, inside.id) if link == ANY_PARENT[name] else None
    if cells.get(link) not in (None, "", inside.id):
        store.merge(name, cells, None)
    return store.merge(name, cells | {link: inside.id}, parent)


def _link_to(
    store: Store,
    name: str,
    cells: dict[str, str],
    nested: Nested,
    one: dict[str, Any],
    depth: int,
) -> None:
    """Writes an object that this one's own link column names."""
    found = _placed(store, nested.object, one, _Inside(name, cells["id"], nested, 0), depth + 1)
    if cells.get(nested.link, "") in ("", _text(one.get("id"))):
        cells[nested.link] = found


def _new_id(name: str, cells: dict[str, str], inside: _Inside | None) -> str:
    if inside is None or name in SHARED:
        return id_by_content(name, cells)
    return id_by_place(inside.id, inside.nested.key, inside.position)


def _apart(name: str, item: dict[str, Any]) -> _Parts:
    parts = _Parts()
    for key, value in item.items():
        nested = NESTED[name].get(key)
        objects = list(_objects(value)) if nested else []
        if nested and nested.many and objects:
            parts.many.append((nested, objects))
        elif nested and len(objects) == 1:
            parts.ones.append((nested, objects[0]))
        else:
            parts.cells[_UNFIT.sub("", key)] = _text(value)
    return parts


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a nested value; none when anything else is among them."""
    several = value if isinstance(value, list) else [value]
    if all(isinstance(one, dict) for one in several):
        yield from several


def _text(value: Any) -> str:
    """As a CSV's cell would hold it. Numbers have been read as they were written."""
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else packed(value)
    return _UNFIT.sub(lambda found: "" if found[0] == "\0" else "�", text)
