"""Versions of an index: files that are written once, and a pointer to the current one.

Every search reads the pointer, so that all processes move to a new version with their next
request; an open connection to the old file would never notice. A rebuild and an edit hold the
same lock: an edit made during a rebuild waits, and goes into the new version.
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time_ns

from directory.search.interface import EngineUnavailable, IndexMissing

MODE = 0o640
WAIT_SECONDS = 10.0
TRIES = 3
MAPPED_BYTES = 4 << 30  # the system's page cache serves all processes


class IndexFiles:
    """The files of one index, in one folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self.pointer = folder / f"{name}.current"
        self._local = threading.local()

    def current(self) -> Path:
        """The file that holds the index now. Raises IndexMissing."""
        try:
            return self.folder / self.pointer.read_text("ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            raise IndexMissing("There is no search index yet: run rebuild_index.") from None
        except OSError as error:
            raise EngineUnavailable(str(error)) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one read transaction: all that is read is of one moment."""
        db = self._begin()
        try:
            yield db
        finally:
            db.rollback()

    def _begin(self) -> sqlite3.Connection:
        """Tries again when a version went away between pointer and file, or a writer was killed."""
        problem: sqlite3.Error | None = None
        for _ in range(TRIES):
            path = self.current()
            try:
                db = self._reader(path)
                db.execute("BEGIN")
                db.execute("SELECT 1 FROM meta").fetchone()
                return db
            except sqlite3.Error as error:
                problem = error
                self._forget()
                self._mend(path)
        raise EngineUnavailable(f"The search index cannot be read: {problem}") from problem

    def _reader(self, path: Path) -> sqlite3.Connection:
        """This thread's connection to `path`; the one to an older version is closed."""
        if getattr(self._local, "key", None) != (os.getpid(), path):
            self._forget()
            self._local.db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro",
                uri=True,
                timeout=WAIT_SECONDS,
                isolation_level=None,
                cached_statements=256,
            )
            self._local.db.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
            self._local.key = (os.getpid(), path)
        db: sqlite3.Connection = self._local.db
        return db

    def _forget(self) -> None:
        key, db = getattr(self._local, "key", None), getattr(self._local, "db", None)
        self._local.key = self._local.db = None
        if db is not None and key is not None and key[0] == os.getpid():
            db.close()

    def _mend(self, path: Path) -> None:
        """Undoes what a killed writer left half done: only a writer may."""
        if path.with_name(path.name + "-journal").exists():
            with self.writing() as db:
                db.execute("SELECT count(*) FROM meta").fetchone()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that may change the current version, in one transaction."""
        with self._lock():
            path = self.current()
            db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=60)
            try:
                with db:
                    yield db
            finally:
                db.close()

    @contextmanager
    def rebuilding(self) -> Iterator[sqlite3.Connection]:
        """A connection to a new, empty version, which becomes the current one at the end."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._lock():
            path = self.folder / f"{self.name}-{time_ns()}.sqlite3"
            path.touch(MODE)
            path.chmod(MODE)
            try:
                with self._draft(path) as db:
                    yield db
                self._point_to(path)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
            self._remove_others(path)

    @contextmanager
    def _draft(self, path: Path) -> Iterator[sqlite3.Connection]:
        """Without a journal, since nobody reads the file before it is whole; then on the disk."""
        db = sqlite3.connect(path)
        try:
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA cache_size = -32768")
            yield db
            db.commit()
        finally:
            db.close()
        with path.open("rb") as file:
            os.fsync(file.fileno())

    def _point_to(self, path: Path) -> None:
        draft = self.pointer.with_suffix(".draft")
        with draft.open("w", encoding="ascii") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.pointer)

    def _remove_others(self, path: Path) -> None:
        """Connections that are still open keep their file; a new one finds the pointer moved."""
        for old in self.folder.glob(f"{self.name}-*.sqlite3*"):
            if old != path:
                old.unlink(missing_ok=True)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        if not self.folder.is_dir():
            raise IndexMissing("There is no search index yet: run rebuild_index.")
        with (self.folder / f"{self.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
