"""The shape in which `objects` describes HSDS 3.1."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "url", "email", "number", "integer", "date", "time", "datetime"]
ANY = "*"  # a link that may lead to any object


@dataclass(frozen=True)
class Field:
    name: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A column that holds another object's id. `owner`: the row belongs to what it leads to."""

    name: str
    to: str
    owner: bool = True
    required: bool = False


@dataclass(frozen=True)
class Nested:
    """Where the object stands inside another's JSON: under `key`, found by the column `link`.

    `many`: the child's `link` column names the parent. Else the parent's own `link` column names
    the child, as a service's `organization_id` does for `organization`.
    """

    key: str
    object: str
    link: str
    many: bool = True


@dataclass(frozen=True)
class HsdsObject:
    """`file` is the CSV's name in a package, without its ending."""

    name: str
    file: str
    fields: tuple[Field, ...]
    links: tuple[Link, ...] = ()
    nested: tuple[Nested, ...] = field(default=())

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the table, `id` first."""
        links = [link.name for link in self.links]
        return ("id", *links, *(f.name for f in self.fields))

    @property
    def owners(self) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.owner)
