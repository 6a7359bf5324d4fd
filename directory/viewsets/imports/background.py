"""What the worker does with an import. Small ones are done at once, within the request."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django_tasks import task

from directory.imports.columns import Mapping
from directory.imports.faults import FileFault, ImportFault, MappingFault
from directory.imports.mapping import Origin, choose, sample_of
from directory.imports.mapping_content import read_content
from directory.imports.publish import gone, publish
from directory.imports.readers import Table, open_source
from directory.imports.stage import stage
from directory.imports.undo import undo
from directory.models import ImportBatch, SavedMapping
from directory.viewsets.imports import kept
from directory.viewsets.imports.kept import State, Work

logger = logging.getLogger(__name__)
SMALL_FILE = 300_000  # bytes
FEW_ROWS = 1_000
LONGEST_CELL = 500  # of the sample that a steward looks at


class Failed(Exception):
    """Names the kind of an unforeseen error alone: a database quotes the row that it refuses."""


@task()
def run(token: str, what: str) -> None:
    """Reads, publishes or undoes; what came of it is written into the work's note."""
    work = kept.found(token)
    if work is None or work.state in (State.DONE, State.RUNNING):
        return
    work, failed = work.noted(state=State.RUNNING, fault=""), ""
    try:
        WORK[what](work)
    except ImportFault as fault:
        _failed(work, str(fault))
    except Exception as error:
        failed = type(error).__name__
    if failed:  # outside of `except`, so that nothing hands the error itself on
        _failed(work)
        logger.error("The work %s on import %s failed: %s.", what, work.batch, failed)
        raise Failed(failed)


def _failed(work: Work, fault: str = "") -> None:
    if work.unwanted:
        work.drop_file()
    work.noted(state=State.FAILED, fault=fault, sample=[])


def start(work: Work, what: str, *, small: bool) -> Work:
    """Does small work at once and hands the rest to the worker; how it stands then."""
    if small:
        run.call(work.token, what)
    else:
        run.enqueue(work.token, what)
    return kept.found(work.token) or work


def _read(work: Work) -> None:
    """Stages the file, or asks a steward how to read it. A file at fault is not kept."""
    try:
        file = open_source(work.file)
        work = work.noted(sha256=file.sha256, total=file.rows)
        mapping = None
        if isinstance(file, Table):
            mapping = _mapping(work, file)
            if mapping is None:
                _ask(work, file)
                return
        batch = stage(file, mapping, work.source, _progress(work), by=_user(work), whole=work.whole)
    except ImportFault:
        work.drop_file()
        raise
    work.drop_file()
    work.noted(state=State.DONE, batch=batch.pk, sample=[])


def _mapping(work: Work, file: Table) -> Mapping | None:
    """The steward's own choice, else one that is known; None when a person should look."""
    if work.mapping:
        saved = SavedMapping.objects.get(name=work.mapping)
        return read_content(saved.name, saved.content)
    if work.check:
        return None
    try:
        choice = choose(file.headings, sample_of(file))
    except MappingFault as fault:
        if fault.code == "no-headings":
            raise
        return None
    return None if choice.origin == Origin.PROPOSED else choice.mapping


def _ask(work: Work, file: Table) -> None:
    sample = [
        {heading: cell[:LONGEST_CELL] for heading, cell in cells.items()}
        for cells in sample_of(file)
    ]
    work = work.noted(state=State.COLUMNS, headings=list(file.headings), sample=sample)
    if work.unwanted:
        raise FileFault(
            "unwanted",
            _(
                "A place was made confidential while this file was being read, so it was not "
                "kept: it may tell where that is. Bring it in again."
            ),
        )


def _publish(work: Work) -> None:
    """`check`: a person has seen how many listings would disappear."""
    batch = _batch(work)
    publish(batch, by=_user(work), accept_vanished=work.check, progress=_progress(work))
    work.noted(state=State.DONE)


def _undo(work: Work) -> None:
    aside = [UUID(pk) for pk in work.aside]
    undo(_batch(work), by=_user(work), aside=aside, progress=_progress(work))
    work.noted(state=State.DONE)


WORK: dict[str, Callable[[Work], None]] = {"read": _read, "publish": _publish, "undo": _undo}


def _progress(work: Work) -> Callable[[int], None]:
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        work.noted(done=done)

    return tell


def _batch(work: Work) -> ImportBatch:
    found = ImportBatch.objects.filter(pk=work.batch or 0).first()
    if found is None:
        raise gone()
    return found


def _user(work: Work) -> Any:
    return get_user_model()._default_manager.filter(pk=work.user or 0).first()
