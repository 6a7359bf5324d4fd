"""The mapping that a file is read by: a file's own, or a shipped one whose columns all stand in it.

Shipped mappings are in `directory/mappings/`. docs/stewards.md shows how to write one.
"""

import tomllib
from pathlib import Path

from django.utils.translation import gettext as _

from directory.imports.columns import Mapping, Names, PhoneColumn, TermColumn
from directory.imports.faults import MappingFault
from directory.imports.mapping_content import read_content

__all__ = [
    "Mapping",
    "Names",
    "PhoneColumn",
    "TermColumn",
    "choose",
    "explain",
    "load",
    "shipped",
]
SHIPPED = Path(__file__).parents[1] / "mappings"


def load(path: Path) -> Mapping:
    """Reads one mapping. Raises MappingFault."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = _("There is no mapping %(path)s.") % {"path": path}
        raise MappingFault("no-mapping", message) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = _("The mapping %(name)s cannot be read: %(error)s.")
        message %= {"name": path.name, "error": error}
        raise MappingFault("bad-mapping", message) from None
    try:
        return read_content(path.stem, content)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        message = _("The mapping %(name)s is wrong: %(error)s.")
        message %= {"name": path.name, "error": error}
        raise MappingFault("bad-mapping", message) from None


def shipped() -> list[Mapping]:
    """The mappings that come with the project, the most demanding first."""
    mappings = [load(path) for path in sorted(SHIPPED.glob("*.toml"))]
    return sorted(mappings, key=lambda mapping: -len(mapping.requires))


def choose(headings: tuple[str, ...]) -> Mapping:
    """The shipped mapping whose required columns all stand in the file. Raises MappingFault."""
    candidates = shipped()
    for mapping in candidates:
        if not mapping.missing(headings):
            return mapping
    nearest = min(candidates, key=lambda m: (len(m.missing(headings)), -len(m.requires)))
    raise MappingFault("missing-column", explain(nearest, headings))


def explain(mapping: Mapping, headings: tuple[str, ...]) -> str:
    """Says which columns a mapping misses in a file, and what to do."""
    found = ", ".join(f"“{heading}”" for heading in headings)[:300]
    missing = ", ".join(f"“{column}”" for column in mapping.missing(headings))
    return _(
        "The file has no column %(missing)s, which the mapping %(mapping)s requires. "
        "It has %(found)s. Put the column back, or give a mapping that fits with --mapping."
    ) % {"missing": missing, "mapping": mapping.name, "found": found}
