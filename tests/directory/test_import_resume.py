"""An import that was stopped goes on where it was, and only there."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.imports import compare
from directory.imports.faults import ImportFault
from directory.imports.mapping import choose
from directory.imports.readers import Table
from directory.imports.resume import advance
from directory.imports.stage import stage
from directory.models import ImportBatch, StagedRow
from tests.directory.importing import NOWHERE, ROW, run, table_of, write

pytestmark = pytest.mark.django_db
ROWS = [ROW | {"": str(n), "name1": f"House {n}"} for n in range(5)]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "CHUNK", 2)


def stopped_after(table: Table, rows: int, **options: bool) -> ImportBatch:
    """A batch whose import was interrupted once so many rows were read."""
    read = 0

    def stop(count: int) -> None:
        nonlocal read
        read += count
        if read >= rows:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stage(table, choose(table.headings).mapping, "a", stop, **options)
    return ImportBatch.objects.get()


def test_it_goes_on_where_it_was(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", *ROWS)
    batch = stopped_after(table_of(path), 2)
    assert (batch.state, batch.rows_read, batch.rows_in_file, batch.report) == ("reading", 2, 5, {})
    first = list(StagedRow.objects.values_list("pk", flat=True))
    assert run(path, publish=False).counts == (5, 5, 0, 0, 0)
    batch.refresh_from_db()
    assert (batch.state, batch.rows_read) == ("staged", 5)
    assert list(StagedRow.objects.values_list("pk", flat=True))[:2] == first
    assert list(StagedRow.objects.values_list("number", "row")) == [(n, n) for n in range(1, 6)]


def test_another_file_source_or_part_begins_anew(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", *ROWS)
    stopped_after(table_of(path), 2)
    run(path, "--source", "b", publish=False)
    run(path, "--part", publish=False)
    run(write(path, *ROWS[1:]), publish=False)
    states = list(ImportBatch.objects.order_by("pk").values_list("state", "rows_read"))
    assert states == [("reading", 2), ("staged", 5), ("staged", 5), ("staged", 4)]


def test_two_processes_do_not_read_one_file_into_one_batch(tmp_path: Path) -> None:
    table = table_of(write(tmp_path / "a.csv", *ROWS))
    batch = stopped_after(table, 2)
    behind = ImportBatch.objects.get()
    advance(batch, 2)
    with pytest.raises(ImportFault, match="by someone else"):
        advance(behind, 2)
    batch.refresh_from_db()
    assert batch.rows_read == 4


def test_the_command_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.csv", *ROWS)
    module = "directory.management.commands.import_directory"

    def interrupted(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"{module}.stage", interrupted)
    with pytest.raises(CommandError, match="the same command again") as stopped:
        call_command("import_directory", str(path), stdout=NOWHERE, stderr=NOWHERE)
    assert stopped.value.returncode == 130
