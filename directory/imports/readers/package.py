"""HSDS records, however they came: all tables, in the order in which they can be written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from directory.hsds.objects import OBJECTS
from directory.imports.readers.store import RANKS, Store
from directory.imports.rows import Row, limited


@dataclass(frozen=True)
class Package:
    """`tables` are the objects present, in OBJECTS order, and `counts` their rows.

    `unread` names files and lists that are no table of HSDS, `absent` files that the package's
    description promises and that are not there, `guessed` files that are neither UTF-8 nor
    UTF-16 and were taken for cp1252.
    """

    path: Path
    sha256: str
    store: Store = field(repr=False)
    unread: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    counts: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", self.store.counts())

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(self.counts)

    def has_id(self, name: str, record_id: str) -> bool:
        """Whether a row of the object has the id: where a link may lead to."""
        return name in RANKS and self.store.has_id(name, record_id)

    def __iter__(self) -> Iterator[Row]:
        for name, number, cells, surplus, parent in self.store.rows():
            whole = dict.fromkeys(OBJECTS[name].columns, "") | json.loads(cells)
            yield Row(
                number,
                whole,
                surplus=tuple(json.loads(surplus)) if surplus else (),
                table=name,
                parent=tuple(json.loads(parent)) if parent else None,
                problems=limited(number, whole),
            )
