"""Files and folders that are there whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _


class ExportFault(Exception):
    """The export cannot be written there; nothing was changed. The text says what to do."""


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path to write to. What is written there becomes `path` when the block ends well."""
    with _beside(path) as folder:
        if path.is_dir():
            message = _("%(path)s is a folder. Name a file.") % {"path": path}
            raise ExportFault(message)
        draft = folder / path.name
        yield draft
        draft.replace(path)


@contextmanager
def whole_folder(path: Path, ours: frozenset[str]) -> Iterator[Path]:
    """The same for a folder of files named in `ours`. One with anything else in it is no export
    of ours: it is left alone.
    """
    if path.exists() and not (path.is_dir() and {f.name for f in path.iterdir()} <= ours):
        message = _("%(path)s holds something else than an export. Name a new folder.")
        raise ExportFault(message % {"path": path})
    with _beside(path) as folder:
        draft = folder / "new"
        draft.mkdir()
        yield draft
        if path.exists():
            path.rename(folder / "old")
        draft.rename(path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterwards, so that moving is one step."""
    parent = path.absolute().parent
    if not parent.is_dir():
        message = _("There is no folder %(path)s. Make it first.") % {"path": parent}
        raise ExportFault(message)
    folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
