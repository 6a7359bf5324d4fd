"""Ids for records that came without one: the same file gives the same ids again."""

import uuid

from directory.imports.readers.scratch import packed

NAMESPACE = uuid.UUID("5a0d4c1e-9d0f-5c8e-8f43-2f1f0a4b7c11")


def id_by_content(name: str, cells: dict[str, str]) -> str:
    """For what stands alone or may stand at many places: what says the same is the same."""
    said = sorted(cell for cell in cells.items() if cell[1] and cell[0] != "id")
    return str(uuid.uuid5(NAMESPACE, packed([name, said])))


def id_by_place(parent: str, key: str, position: int) -> str:
    """For what belongs to its parent: a phone whose number changes stays the same phone."""
    return str(uuid.uuid5(NAMESPACE, packed([parent, key, position])))
