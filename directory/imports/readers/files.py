"""What is checked of every file before it is opened, and how a faulty one is spoken of."""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from directory.imports.faults import FileFault
from directory.imports.readers import limits

ZIP = b"PK\x03\x04"
SIGNATURES = {
    ZIP: gettext_noop("a ZIP or Excel file"),
    b"\x89PNG": gettext_noop("a picture"),
    b"\xff\xd8\xff": gettext_noop("a picture"),
    b"GIF8": gettext_noop("a picture"),
    b"%PDF": gettext_noop("a PDF"),
    b"\x1f\x8b": gettext_noop("a compressed file"),
    b"\xd0\xcf\x11\xe0": gettext_noop("an old or password-protected Excel or Word file"),
    b"SQLite format": gettext_noop("a database"),
}
SAVE_AS = gettext_noop("Save it as “CSV UTF-8 (comma delimited)” and import that file.")


def save_as(code: str, message: str) -> FileFault:
    """A fault that saving the file anew takes away: its message ends in how."""
    return FileFault(code, f"{message} {_(SAVE_AS)}")


def check_size(path: Path) -> None:
    """Raises FileFault for a file without a byte, and for one too large."""
    size = path.stat().st_size
    if size == 0:
        raise FileFault("empty", _("%(name)s is empty. Export it again.") % {"name": path.name})
    if size > limits.MAX_BYTES:
        message = _("%(name)s is larger than %(most)s MB. Split it into parts.")
        most = limits.MAX_BYTES // 1_000_000
        raise FileFault("too-big", message % {"name": path.name, "most": most})


def check_text(path: Path) -> None:
    """Raises FileFault for a file that is known to be something else than text."""
    check_size(path)
    start = _start(path)
    for signature, kind in SIGNATURES.items():
        if start.startswith(signature):
            message = _("%(name)s is %(kind)s, not a CSV file.")
            raise save_as("not-csv", message % {"name": path.name, "kind": _(kind)})


def check_zip(path: Path) -> None:
    """Raises FileFault for what is named like a ZIP or a workbook and is none."""
    check_size(path)
    start = _start(path)
    if start.startswith(ZIP):
        return
    for signature, kind in SIGNATURES.items():
        if start.startswith(signature):
            message = _("%(name)s is %(kind)s, not what its name says.")
            raise save_as("not-zip", message % {"name": path.name, "kind": _(kind)})
    message = _("%(name)s is damaged or is not what its name says. Export it again.")
    raise FileFault("not-zip", message % {"name": path.name})


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)
