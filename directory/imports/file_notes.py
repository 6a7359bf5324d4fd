"""What should be known of a file that could be read, but not without a guess or a gap."""

from collections.abc import Iterator

from directory.imports.listing import Problem
from directory.imports.messages import Said
from directory.imports.messages import said as _
from directory.imports.readers import Package, Table

GUESSED = _(
    "%(name)s is not in UTF-8: it was read as Windows-1252. Check names with accents before you "
    "publish; if they are wrong, save the file as UTF-8 and import it again."
)
UNREAD = _("%(name)s is no table of HSDS 3.1: it was not read.")
WAITING = _(
    "Rows that would change what came from elsewhere, or add to it: %(count)s. They are not "
    "chosen: look at them under “With warnings”, and choose those that are right."
)
ABSENT = _("The package's description names %(name)s, which is not in it.")


def notes_of(file: Table | Package) -> Iterator[Problem]:
    """Warnings about the file as a whole."""
    if isinstance(file, Table):
        if file.encoding == "cp1252":
            yield _note("encoding", GUESSED, file.path.name)
        return
    for code, text, names in (
        ("encoding", GUESSED, file.guessed),
        ("not-read", UNREAD, file.unread),
        ("absent", ABSENT, file.absent),
    ):
        for name in names:
            yield _note(code, text, name)


def note_of_waiting(count: int) -> Iterator[Problem]:
    """Said of a batch with rows that wait for a person because of others' records."""
    if count:
        yield Problem(None, None, "wait-for-person", WAITING % {"count": f"{count:,}"})


def _note(code: str, text: Said, name: str) -> Problem:
    return Problem(None, None, code, text % {"name": name}, name)
