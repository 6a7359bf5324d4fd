"""Work on an import that takes longer than a request, or was stopped."""

import os
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from directory.imports.mapping import choose
from directory.imports.stage import stage
from directory.models import (
    ImportBatch,
)
from directory.viewsets.imports import background, kept
from tests.directory.importing import table_of
from tests.directory.reviewing import (
    KNOWN,
    act,
    bring,
    look,
    newest,
    row,
    uploads,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_folders")]


def test_a_batch_that_stopped_goes_on_where_it_was(
    steward: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after the first chunk; the file and the rows are still there."""
    monkeypatch.setattr("directory.imports.compare.CHUNK", 2)
    table = KNOWN + "".join(row(n) for n in range(5))
    work = kept.keep(SimpleUploadedFile("county.csv", table.encode()), source="county", user=None)
    work = work.noted(sha256=table_of(work.file).sha256, state=kept.State.RUNNING)

    def dies(count: int) -> None:
        if ImportBatch.objects.get().rows_read:
            raise KeyboardInterrupt

    file = table_of(work.file)
    with pytest.raises(KeyboardInterrupt):
        stage(file, choose(file.headings).mapping, "county", dies)
    assert newest().rows_read == 2
    assert "2 of 5 rows have been read" in look(steward)
    act(steward, "resume")
    assert (newest().state, newest().rows.count()) == ("staged", 5)
    assert ImportBatch.objects.count() == 1
    assert uploads(settings) == []


def test_what_a_database_quotes_of_a_row_is_not_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """PostgreSQL tells the failing row word for word."""

    def quotes(work: kept.Work) -> None:
        raise IntegrityError("Failing row contains (77 Canary Lane)")

    monkeypatch.setitem(background.WORK, "publish", quotes)
    work = kept.keep(SimpleUploadedFile("a.csv", b"x"), source="county", user=None)
    work = work.noted(batch=41)
    with pytest.raises(background.Failed) as failed:
        background.run.call(work.token, "publish")
    told = "".join(traceback.format_exception(failed.value)) + caplog.text
    assert "IntegrityError" in told and "import 41" in caplog.text
    assert "Canary" not in told and failed.value.__context__ is None
    found = kept.found(work.token)
    assert found is not None and found.state == kept.State.FAILED


def test_a_stopped_batch_is_discarded_with_its_file(steward: Client, settings: Settings) -> None:
    work = kept.keep(SimpleUploadedFile("a.csv", b"x"), source="county", user=None)
    work.noted(sha256="abc", state=kept.State.RUNNING)
    ImportBatch.objects.create(source="county", file_name="a.csv", sha256="abc", state="reading")
    act(steward, "discard")
    assert newest().state == "discarded" and uploads(settings) == []


def test_a_large_file_is_read_by_the_worker_behind_a_bar(
    steward: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.viewsets.imports.uploading.SMALL_FILE", 0)
    waiting: list[tuple[str, str]] = []
    monkeypatch.setattr(
        type(background.run), "enqueue", lambda _task, token, what: waiting.append((token, what))
    )
    answer = bring(steward, KNOWN + row(1))
    assert b"Waiting for its turn" in answer.content and b"<progress" in answer.content
    assert answer["Refresh"] == "3"
    ((token, what),) = waiting
    assert uploads(settings) and not ImportBatch.objects.exists()
    background.run.call(token, what)
    done = steward.get(reverse("directory_imports:progress", args=[token]))
    assert done["Location"] == reverse("directory_imports:inspect", args=[newest().pk])
    assert uploads(settings) == []


def test_the_bar_counts_rows(steward: Client) -> None:
    ImportBatch.objects.create(
        source="county", sha256="abc", state="reading", rows_read=1500, rows_in_file=6000
    )
    work = kept.new_work(source="county", sha256="abc", state=kept.State.RUNNING)
    page = steward.get(reverse("directory_imports:progress", args=[work.token])).content.decode()
    assert 'max="6000" value="1500"' in page and "1500 of 6000 rows" in page


def test_work_whose_process_died_says_so(steward: Client) -> None:
    work = kept.new_work(state=kept.State.RUNNING)
    url = reverse("directory_imports:progress", args=[work.token])
    assert "Refresh" in steward.get(url)
    note = work.folder / kept.NOTE
    old = time.time() - kept.SILENT_FOR - 5
    os.utime(note, (old, old))
    answer = steward.get(url)
    assert "Refresh" not in answer and b"did not work" in answer.content


def test_what_nobody_came_back_for_is_dropped(settings: Settings) -> None:
    work = kept.keep(SimpleUploadedFile("a.csv", b"x"), source="s", user=None)
    assert work.folder.stat().st_mode & 0o077 == 0
    old = time.time() - kept.KEPT_FOR - 5
    os.utime(work.folder, (old, old))
    kept.sweep()
    assert not work.folder.exists()


def test_work_that_is_dropped_while_others_look_is_passed_over(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder may go between its being listed and its being looked into."""
    gone, left = (
        kept.keep(SimpleUploadedFile("a.csv", b"x"), source="s", user=None) for _n in range(2)
    )
    listed = {name: getattr(Path, name) for name in ("glob", "iterdir")}

    def dropping(name: str) -> Callable[..., Iterator[Path]]:
        def meanwhile(folder: Path, *pattern: str) -> Iterator[Path]:
            found = list(listed[name](folder, *pattern))
            if folder == settings.OPENDOOR_UPLOAD_DIR:
                gone.drop()
            return iter(found)

        return meanwhile

    monkeypatch.setattr(Path, "glob", dropping("glob"))
    assert [work.token for work in kept.not_yet_read()] == [left.token]
    gone = gone.noted(state=kept.State.RUNNING)
    monkeypatch.setattr(Path, "iterdir", dropping("iterdir"))
    kept.sweep()
    assert left.folder.exists() and not gone.folder.exists()
    assert gone.stopped and gone.kept_until.year == 1970


@pytest.mark.parametrize("token", ["../../etc/passwd", "x", "a" * 30])
def test_a_token_leads_to_no_other_file(steward: Client, token: str) -> None:
    assert kept.found(token) is None
