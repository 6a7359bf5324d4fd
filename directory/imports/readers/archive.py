"""ZIP files: what is checked before anything in one is unpacked, and the unpacking itself."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from directory.imports.faults import FileFault
from directory.imports.readers import limits

BLOCK = 1_000_000
ENCRYPTED = 0x1
READ = {".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl", ".xlsx", ".xlsm"}
_DRIVE = re.compile(r"[A-Za-z]:")


def entries(path: Path) -> list[zipfile.ZipInfo]:
    """The files of a ZIP, once all of them are known to be harmless. Raises FileFault.

    Sizes are what the ZIP's own list says; whoever unpacks gets no more bytes than that.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _damaged(path) from None
    _check_sizes(path, found)
    for entry in found:
        _check_entry(path, entry)
    return [entry for entry in found if not entry.is_dir()]


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """A private folder with the files that can be read, and the names of the others.

    The folder is taken away at the end. Raises FileFault.
    """
    with TemporaryDirectory(prefix="opendoor-import-") as name:
        folder = Path(name)
        visible = [entry for entry in entries(path) if not _hidden(entry.filename)]
        read = [entry for entry in visible if _suffix(entry) in READ]
        try:
            with zipfile.ZipFile(path) as archive:
                for entry in read:
                    _unpack(archive, entry, folder)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            raise _damaged(path) from None
        yield folder, tuple(entry.filename for entry in visible if _suffix(entry) not in READ)


def leaves_its_folder(name: str) -> bool:
    """Whether a file named so would lie outside the folder that is named relative to."""
    if not name or "\\" in name or "\0" in name or "://" in name or _DRIVE.match(name):
        return True
    return name.startswith("/") or ".." in PurePosixPath(name).parts


def _check_sizes(path: Path, found: list[zipfile.ZipInfo]) -> None:
    if len(found) > limits.MAX_ENTRIES:
        message = _("%(name)s holds more than %(most)s files. Pack the tables alone.")
        most = f"{limits.MAX_ENTRIES:,}"
        raise FileFault("too-many-files", message % {"name": path.name, "most": most})
    size = sum(entry.file_size for entry in found)
    ratio = size / max(1, path.stat().st_size)
    if size > limits.MAX_BYTES or (size > limits.SMALL and ratio > limits.MAX_RATIO):
        message = _(
            "%(name)s would unpack to %(size)s MB: more than a directory needs. "
            "Pack the tables anew or send them in parts."
        ) % {"name": path.name, "size": f"{size // 1_000_000:,}"}
        raise FileFault("zip-bomb", message)


def _check_entry(path: Path, entry: zipfile.ZipInfo) -> None:
    here = {"name": path.name, "entry": entry.orig_filename[:200]}
    if entry.flag_bits & ENCRYPTED:
        message = _("%(name)s has a password. Pack it again without one.")
        raise FileFault("encrypted", message % here)
    link = stat.S_ISLNK(entry.external_attr >> 16)
    if link or leaves_its_folder(entry.orig_filename):
        message = _(
            "%(name)s holds “%(entry)s”, which leads out of its folder: nothing was read. "
            "Pack the tables anew."
        )
        raise FileFault("outside", message % here)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    target = folder / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as packed, target.open("wb") as file:
        while block := packed.read(BLOCK):
            file.write(block)


def _hidden(name: str) -> bool:
    """What macOS and others add to every ZIP."""
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _suffix(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).suffix.lower()


def _damaged(path: Path) -> FileFault:
    message = _("%(name)s is damaged or not whole. Pack it or download it again.")
    return FileFault("damaged", message % {"name": path.name})
