"""Old imports let their rows go, never one that somebody may still publish or undo."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from directory.imports.faults import PublishRefused
from directory.imports.pruning import KEPT
from directory.imports.undo import undo
from directory.models import ImportBatch, ImportChange, Service, SourceRow, StagedRow
from tests.directory.importing import ROW, run, write

pytestmark = pytest.mark.django_db
State = ImportBatch.State


def prune() -> str:
    told = StringIO()
    call_command("prune_imports", stdout=told)
    return told.getvalue().strip()


def age(batch: ImportBatch, days: int) -> None:
    published = timezone.now() - timedelta(days=days)
    ImportBatch.objects.filter(pk=batch.pk).update(published_at=published)


def published_twice(folder: Path) -> tuple[ImportBatch, ImportBatch]:
    path = folder / "a.csv"
    run(write(path, ROW))
    run(write(path, ROW | {"website": "new.org"}))
    older, newer = ImportBatch.objects.order_by("pk")
    return older, newer


def test_a_replaced_import_loses_its_rows_after_its_time(tmp_path: Path) -> None:
    older, _newer = published_twice(tmp_path)
    age(older, KEPT.days - 1)
    assert prune() == "0 rows of 0 imports dropped"
    age(older, KEPT.days + 1)
    count = older.rows.count() + older.changes.count()
    assert prune() == f"{count} rows of 1 imports dropped"
    assert (older.rows.count(), older.changes.count()) == (0, 0)
    older.refresh_from_db()
    assert older.report["created"] == 1
    assert Service.objects.count() == SourceRow.objects.count() == 1
    assert prune() == "0 rows of 0 imports dropped"


def test_the_newest_import_is_undone_however_old_and_a_pruned_one_is_refused(
    tmp_path: Path,
) -> None:
    older, newer = published_twice(tmp_path)
    age(older, 900)
    age(newer, 800)
    prune()
    assert newer.rows.exists() and ImportChange.objects.filter(batch=newer).exists()
    undo(newer)
    assert Service.objects.get().url == ""
    with pytest.raises(PublishRefused) as refused:
        undo(older)
    assert refused.value.code == "pruned"
    assert Service.objects.count() == 1


def test_what_waits_is_kept_and_what_was_discarded_is_not(tmp_path: Path) -> None:
    run(write(tmp_path / "a.csv", ROW), publish=False)
    assert prune() == "0 rows of 0 imports dropped"
    ImportBatch.objects.update(state=State.DISCARDED)
    assert prune() == "1 rows of 1 imports dropped"
    assert not StagedRow.objects.exists() and ImportBatch.objects.count() == 1
