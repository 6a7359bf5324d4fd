"""The mapping that a file is read by: given, saved by a steward, shipped, or proposed.

Shipped mappings are in `directory/mappings/`. docs/stewards.md shows how to write one.
"""

import tomllib
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.columns import Mapping, Names, PhoneColumn, TermColumn
from directory.imports.faults import MappingFault
from directory.imports.mapping_content import read_content, write_content
from directory.imports.proposing import UNUSED, Proposal, propose
from directory.imports.rows import Row
from directory.models import SavedMapping

__all__ = [
    "Choice",
    "Mapping",
    "Names",
    "Origin",
    "PhoneColumn",
    "TermColumn",
    "choose",
    "explain",
    "load",
    "remember",
    "sample_of",
    "saved_for",
    "shipped",
]
SHIPPED = Path(__file__).parents[1] / "mappings"
SAMPLE = 200  # rows
SURE_OF_A_NAME = 0.6  # below that a person has to say which column is the name
SAME_FILE = 0.8  # share of headings that a steward has seen before


class Origin(StrEnum):
    """Where a mapping comes from."""

    SAVED = "saved"
    SHIPPED = "shipped"
    PROPOSED = "proposed"


@dataclass(frozen=True)
class Choice:
    """The mapping chosen for a file. `proposal`: what was proposed, when anything was."""

    mapping: Mapping
    origin: Origin
    proposal: Proposal | None = None


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
    return _read(path.stem, path.name, content)


def _read(name: str, called: str, content: dict[str, Any]) -> Mapping:
    try:
        return read_content(name, content)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        message = _("The mapping %(name)s is wrong: %(error)s.")
        raise MappingFault("bad-mapping", message % {"name": called, "error": error}) from None


def shipped() -> list[Mapping]:
    """The mappings that come with the project, the most demanding first."""
    mappings = [load(path) for path in sorted(SHIPPED.glob("*.toml"))]
    return sorted(mappings, key=lambda mapping: -len(mapping.requires))


def remember(mapping: Mapping, headings: Sequence[str], by: Any = None) -> SavedMapping:
    """Saves a mapping that a person has confirmed, for the next file with these headings."""
    saved, _created = SavedMapping.objects.update_or_create(
        name=mapping.name[:100],
        defaults={
            "headings": list(headings),
            "content": write_content(mapping),
            "created_by": by,
        },
    )
    return saved


def saved_for(headings: tuple[str, ...]) -> Mapping | None:
    """The newest mapping that a person saved for these headings: all that it reads are there, and
    hardly one is new. A saved mapping that can no longer be read is passed over."""
    told = set(headings)
    for saved in SavedMapping.objects.order_by("-created_at", "-pk"):
        if len(told & set(saved.headings)) < SAME_FILE * len(told):
            continue
        try:
            mapping = _read(saved.name, saved.name, saved.content)
        except MappingFault:
            continue
        if not mapping.missing(headings):
            return mapping
    return None


def choose(headings: tuple[str, ...], sample: Sequence[Table[str, str]] = ()) -> Choice:
    """A saved mapping that fits, else a shipped one that reads as much of the file as could be
    proposed, else the proposal when it is sure of a name. `sample`: some rows, heading → cell.
    Raises MappingFault, which says what is missing and what was found."""
    saved = saved_for(headings)
    if saved:
        return Choice(saved, Origin.SAVED)
    told = set(headings)
    for mapping in shipped():
        if not mapping.missing(headings) and told <= mapping.reads():
            return Choice(mapping, Origin.SHIPPED)  # no proposal could read more
    proposal = propose(headings, sample)
    for mapping in shipped():
        reads = len(mapping.reads() & told)
        if not mapping.missing(headings) and reads >= len(proposal.choices()):
            return Choice(mapping, Origin.SHIPPED, proposal)
    if proposal.without_headings:
        raise MappingFault("no-headings", _without_headings(headings))
    if proposal.sure_of_a_name < SURE_OF_A_NAME:
        raise MappingFault("missing-column", _nameless(proposal, headings))
    return Choice(proposal.as_mapping(), Origin.PROPOSED, proposal)


def sample_of(rows: Iterable[Row]) -> list[dict[str, str]]:
    """The first rows of a file, as `choose` and `propose` take them."""
    return [row.cells for row in islice(rows, SAMPLE)]


def explain(mapping: Mapping, headings: tuple[str, ...]) -> str:
    """Says which columns a mapping misses in a file, and what to do."""
    missing = _quoted(mapping.missing(headings))
    return _(
        "The file has no column %(missing)s, which the mapping %(mapping)s requires. "
        "It has %(found)s. Put the column back, or give a mapping that fits."
    ) % {"missing": missing, "mapping": mapping.name, "found": _quoted(headings)}


def _nameless(proposal: Proposal, headings: tuple[str, ...]) -> str:
    nearest = min(shipped(), key=lambda m: (len(m.missing(headings)), -len(m.requires)))
    told = [f"“{c.column}”: {c.label}" for c in proposal.columns if c.target != UNUSED]
    found = _("No column is clearly the name of an organization or of a service.")
    if told:
        found += " " + _("What was understood: %(told)s.") % {"told": ", ".join(told)[:300]}
    return f"{found} {explain(nearest, headings)}"


def _without_headings(headings: tuple[str, ...]) -> str:
    return _(
        "The first row of the file is a listing, not the names of its columns: %(found)s. "
        "Put a row with the names of the columns above it, and import the file again."
    ) % {"found": _quoted(headings)}


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)[:300]
