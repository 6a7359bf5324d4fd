"""Work on a file that takes longer than a request: the file itself, and how far the work is.

Each piece has a folder of its own in OPENDOOR_UPLOAD_DIR, readable by the site alone, named by a
token that cannot be guessed. The file goes as soon as it is staged; the note of what came of it
goes a week later, with everything that was left lying.
"""

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from directory.models import ImportBatch

KEPT_FOR = 7 * 24 * 3600  # seconds
SILENT_FOR = 15 * 60
LONGEST_NAME = 60  # characters: a file system counts bytes, of which one may take four
NOTE = "work.json"
UNWANTED = "unwanted"  # a mark, and no part of the note: whoever does the work writes that anew
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    COLUMNS = "columns"  # a steward says what each column is for
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Work:
    """`batch`: the import that it is about, once there is one. `check`: the steward wants to see
    how the columns are read even when a mapping fits. `sample`: some rows, heading → cell.
    `aside`: listings that an undo would leave, and that a steward wants set aside.
    """

    token: str
    state: State = State.WAITING
    fault: str = ""
    file_name: str = ""
    source: str = ""
    whole: bool = True
    check: bool = False
    user: int | None = None
    sha256: str = ""
    batch: int | None = None
    mapping: str = ""
    aside: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    sample: list[dict[str, str]] = field(default_factory=list)
    done: int = 0
    total: int = 0

    @property
    def folder(self) -> Path:
        return _root() / self.token

    @property
    def file(self) -> Path:
        return self.folder / "file" / self.file_name

    @property
    def stopped(self) -> bool:
        """Whether its process must have died: the note is written anew with every chunk."""
        if self.state != State.RUNNING:
            return False
        return time.time() - _written(self.folder / NOTE) > SILENT_FOR

    @property
    def kept_until(self) -> datetime:
        return datetime.fromtimestamp(_written(self.folder) + KEPT_FOR, tz=UTC)

    @property
    def has_file(self) -> bool:
        return bool(self.file_name) and self.file.is_file()

    @property
    def unwanted(self) -> bool:
        """Whether the file may not be kept beyond this work."""
        return (self.folder / UNWANTED).exists()

    def mark_unwanted(self) -> None:
        with suppress(FileNotFoundError):  # it is gone already
            (self.folder / UNWANTED).touch(mode=0o600)

    def noted(self, **changes: Any) -> "Work":
        """The same with changes, written down: readers see the old note or the new one, whole."""
        work = replace(self, **changes)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / f"{secrets.token_hex(4)}.draft"
        draft.write_text(json.dumps(asdict(work)), encoding="utf-8")
        draft.replace(self.folder / NOTE)
        return work

    def drop_file(self) -> None:
        shutil.rmtree(self.folder / "file", ignore_errors=True)

    def drop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _root() -> Path:
    folder: Path = settings.OPENDOOR_UPLOAD_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _written(path: Path) -> float:
    """When, in seconds since 1970; 0 for what somebody dropped meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def new_work(**known: Any) -> Work:
    return Work(secrets.token_urlsafe(24)).noted(**known)


def keep(upload: "UploadedFile[bytes]", **known: Any) -> Work:
    """Keeps an uploaded file under its own name, as far as a file system takes it."""
    sweep()
    given = Path(upload.name or "upload.csv")
    name = (given.stem[:LONGEST_NAME] + given.suffix[:10]).replace("\0", "")
    work = new_work(file_name=name, **known)
    work.file.parent.mkdir(mode=0o700)
    with work.file.open("wb") as target:
        for chunk in upload.chunks():
            target.write(chunk)
    return work


def found(token: str) -> Work | None:
    """The work of a token; None when there is none (any more)."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        note = json.loads((_root() / token / NOTE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Work(**note | {"state": State(note["state"])})


def file_of(batch: ImportBatch) -> Work | None:
    """The work that still holds the file of an import that was stopped while it was read."""
    same = (work for work in _newest_first() if work.sha256 == batch.sha256)
    return next((work for work in same if work.source == batch.source and work.has_file), None)


def not_yet_read() -> list[Work]:
    """Files that no import holds yet: they wait for a person to say how they are read, or for
    the worker.
    """
    early = (State.COLUMNS, State.WAITING)
    return [work for work in _newest_first() if work.state in early and work.has_file]


def going_on(batch: ImportBatch) -> Work | None:
    """The publishing or undoing of an import that waits for its turn or is being done."""
    busy = (State.WAITING, State.RUNNING)
    works = (work for work in _newest_first() if work.batch == batch.pk)
    return next((work for work in works if work.state in busy and not work.stopped), None)


def _newest_first() -> Iterator[Work]:
    notes = sorted(_root().glob(f"*/{NOTE}"), key=_written, reverse=True)
    for note in notes:
        work = found(note.parent.name)
        if work:
            yield work


def sweep() -> None:
    """Drops what nobody came back for."""
    for folder in _root().iterdir():
        if time.time() - _written(folder) > KEPT_FOR:
            shutil.rmtree(folder, ignore_errors=True)
