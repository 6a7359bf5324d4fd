"""When a location becomes confidential, no file that waits here may go on telling where it is."""

from pathlib import Path

from django.conf import settings

from directory.viewsets.imports import kept
from directory.viewsets.imports.kept import State

NOT_BEING_READ = (State.COLUMNS, State.FAILED, State.WAITING)


def drop_waiting_files() -> None:
    """Nobody knows which of them tell the place, so all go that wait for a person or their turn, or
    were given up; the steward brings his in again. One that is being read is marked first, and
    looked at after that: whoever reads it sees the mark, or it waits for a person by now.
    """
    root = Path(settings.OPENDOOR_UPLOAD_DIR)
    for folder in root.iterdir() if root.is_dir() else ():
        work = kept.found(folder.name)
        if work is None or not work.file_name:
            continue
        work.mark_unwanted()
        work = kept.found(folder.name)
        if work and (work.state in NOT_BEING_READ or work.stopped):
            work.drop()
