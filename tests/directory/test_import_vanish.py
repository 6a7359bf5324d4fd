"""What a source no longer has is set aside, much of it only when a person has looked."""

from pathlib import Path

import pytest

from directory.imports.faults import PublishRefused
from directory.imports.publish import discard, publish
from directory.models import ImportBatch, Location, Service, SourceRow, StagedRow
from tests.directory.importing import ROW, directory_state, run, write

pytestmark = pytest.mark.django_db


def rows(*numbers: int) -> list[dict[str, str]]:
    return [ROW | {"": str(n), "name1": f"House {n}", "street1": f"{n} Elm"} for n in numbers]


def waiting() -> ImportBatch:
    return ImportBatch.objects.get(state="staged")


def public() -> set[str]:
    return set(Service.objects.public().values_list("source_id", flat=True))


def test_a_listing_that_vanished_is_set_aside_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, *rows(1, 2, 3, 4, 5)))
    outcome = run(write(path, *rows(1, 2, 3, 4)))
    assert (outcome.status, outcome.counts) == (0, (4, 0, 0, 4, 0))
    assert outcome.report["vanished"] == 1
    assert public() == {"1", "2", "3", "4"}
    kept = Service.objects.get(source_id="5")
    assert kept.set_aside_at is not None
    assert kept.phones.exists()
    assert SourceRow.objects.get(source_id="5").set_aside
    assert run(path).report["vanished"] == 0  # once is enough

    back = run(write(path, *rows(1, 2, 3, 4, 5)))
    assert back.counts == (5, 0, 1, 4, 0)
    assert back.codes() == [(5, None, "came-back")]
    again = Service.objects.get(source_id="5")
    assert (again.pk, again.set_aside_at) == (kept.pk, None)
    assert not SourceRow.objects.filter(set_aside=True).exists()
    assert public() == {"1", "2", "3", "4", "5"}


def test_many_vanished_wait_for_a_person(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, *rows(1, 2, 3, 4, 5)))
    before = directory_state()
    outcome = run(write(path, *rows(1, 2, 9)))
    assert outcome.status == 2
    assert outcome.counts == (3, 1, 0, 2, 0)
    assert outcome.report["errors"][0]["code"] == "many-vanished"
    assert "3 of the 5 rows" in outcome.message
    assert "Directory, Imports" in outcome.message
    assert directory_state() == before
    assert waiting().rows.filter(action=StagedRow.Action.VANISH).count() == 3
    publish(waiting(), accept_vanished=True)
    assert public() == {"1", "2", "9"}


def test_a_part_of_a_source_sets_nothing_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, *rows(1, 2, 3)))
    outcome = run(write(path, *rows(4)), "--part")
    assert (outcome.status, outcome.report["vanished"]) == (0, 0)
    assert public() == {"1", "2", "3", "4"}


def test_the_same_file_as_a_part_and_as_a_whole_are_two_things(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, *rows(1, 2, 3)))
    write(path, *rows(1))
    assert run(path, "--part", publish=False).report["vanished"] == 0
    assert run(path, publish=False).report["vanished"] == 2
    assert ImportBatch.objects.filter(state="staged").count() == 2


def test_a_dry_run_counts_what_would_vanish(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, *rows(1, 2, 3)))
    write(path, *rows(1, 4))
    assert run(path, "--dry-run", publish=False).report["vanished"] == 2
    assert run(path, "--dry-run", "--part", publish=False).report["vanished"] == 0


def test_a_rejected_row_is_no_reason_to_set_its_listing_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, *rows(1, 2)))
    outcome = run(write(path, rows(1)[0], {"": "2", "city": "Waterbury"}))
    assert (outcome.status, outcome.report["vanished"]) == (1, 0)
    assert public() == {"1", "2"}


def test_another_source_does_not_vanish(tmp_path: Path) -> None:
    run(write(tmp_path / "a.csv", *rows(1)))
    assert run(write(tmp_path / "b.csv", *rows(2))).report["vanished"] == 0
    assert Service.objects.public().count() == 2


def test_only_the_chosen_rows_are_published(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, *rows(1, 2, 3, 4, 5)))
    run(write(path, *rows(2, 3, 4, 6, 7)), publish=False)
    batch = waiting()
    batch.rows.filter(source_id__in=["7", "5"]).update(chosen=False)
    publish(batch)
    assert public() == {"2", "3", "4", "5", "6"}
    assert not SourceRow.objects.filter(source_id="7").exists()
    assert run(path, publish=False).counts == (5, 1, 0, 4, 0)  # the seventh is new again


def test_all_rows_can_be_published_whatever_was_chosen(tmp_path: Path) -> None:
    run(write(tmp_path / "a.csv", *rows(1, 2)), publish=False)
    waiting().rows.update(chosen=False)
    publish(waiting(), rows="all")
    assert public() == {"1", "2"}


def test_an_import_that_was_not_read_to_its_end_can_only_be_discarded(tmp_path: Path) -> None:
    run(write(tmp_path / "a.csv", *rows(1, 2)), publish=False)
    ImportBatch.objects.update(state="reading", report={}, rows_read=1)
    StagedRow.objects.filter(number=2).delete()
    batch = ImportBatch.objects.get()
    with pytest.raises(PublishRefused, match="Start the same import again"):
        publish(batch)
    assert run(tmp_path / "a.csv", publish=False).counts == (2, 2, 0, 0, 0)
    assert ImportBatch.objects.get().rows_read == 2
    ImportBatch.objects.update(state="reading")
    discard(ImportBatch.objects.get())
    assert ImportBatch.objects.get().state == "discarded"
    assert not StagedRow.objects.exists()
    assert not Location.objects.exists()
