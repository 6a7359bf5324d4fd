"""When a location becomes confidential, no file that waits here may go on telling where it is."""

from pathlib import Path

from django.conf import settings

from directory.viewsets.imports import kept
from directory.viewsets.imports.kept import State


def drop_waiting_files() -> None:
    """Nobody knows which of them tell the place, so all go that wait for a person or were given
    up; the steward brings his in again. One that is being read goes as soon as that is done.
    """
    root = Path(settings.OPENDOOR_UPLOAD_DIR)
    for folder in root.iterdir() if root.is_dir() else ():
        work = kept.found(folder.name)
        if work is None or not work.file_name:
            continue
        if work.state in (State.COLUMNS, State.FAILED) or work.stopped:
            work.drop()
