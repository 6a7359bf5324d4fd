"""A source brought in again: only what it changed changes, and a steward's edits stay."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from directory.imports import indexed
from directory.imports.faults import PublishRefused
from directory.imports.publish import publish
from directory.imports.undo import undo
from directory.models import (
    Address,
    ImportBatch,
    Location,
    Phone,
    Service,
    SourceRow,
    StagedRow,
    TaxonomyTerm,
)
from directory.search.engines import public_engine
from directory.search.interface import SearchQuery
from tests.directory.importing import ROW, run, write

pytestmark = pytest.mark.django_db
OTHER = ROW | {"": "8", "name2": "Youth Clinic", "street1": "2 Elm Street"}


def test_the_same_file_again_writes_no_listing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW, OTHER)
    run(path)
    with CaptureQueriesContext(connection) as queries:
        outcome = run(path)
    assert (outcome.status, outcome.counts) == (0, (2, 0, 0, 2, 0))
    written = {
        query["sql"].split('"')[1]
        for query in queries.captured_queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    }
    assert written == {"directory_importbatch", "directory_stagedrow"}


def test_a_changed_cell_changes_only_that(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW, OTHER))
    service = Service.objects.get(source_id="7")
    service.description = "A steward wrote this."
    service.name = "The clinic by the river"
    service.save()
    Phone.objects.create(service=service, number="(860) 555-0100")
    before = Service.objects.get(source_id="8").last_modified
    outcome = run(write(path, ROW | {"phone": "860-276-3999", "website": "x.org"}, OTHER))
    assert outcome.counts == (2, 0, 1, 1, 0)
    service.refresh_from_db()
    assert service.name == "The clinic by the river"
    assert service.description == "A steward wrote this."
    assert service.url == "https://x.org"
    assert {str(p) for p in service.phones.all()} == {
        "(860) 276-3999",
        "(860) 276-3000 x301",
        "(860) 555-0100",
    }
    assert Service.objects.get(source_id="8").last_modified == before
    assert run(path).counts == (2, 0, 0, 2, 0)


def test_a_changed_name_keeps_the_listing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW))
    kept = Service.objects.get()
    outcome = run(write(path, ROW | {"name1": "Haven", "name2": "Walk-in Center"}))
    assert outcome.counts == (1, 0, 1, 0, 0)
    found = Service.objects.get()
    assert (found.pk, found.name, found.organization.name) == (kept.pk, "Walk-in Center", "Haven")


def test_a_move_takes_one_service_and_leaves_no_empty_location(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    shared = ROW | {"": "8", "name2": "Youth Clinic"}
    run(write(path, ROW, shared))
    assert Location.objects.count() == 1
    run(write(path, ROW, shared | {"street1": "9 Oak"}))
    assert {a.address_1 for a in Address.objects.all()} == {"1 Elm Street", "9 Oak"}
    run(write(path, ROW | {"street1": "9 Oak"}, shared | {"street1": "9 Oak"}))
    assert [a.address_1 for a in Address.objects.all()] == ["9 Oak"]
    assert Location.objects.get().service_at_locations.count() == 2


def test_a_corrected_point_is_written_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW | {"latitude": "391"}))
    location = Location.objects.get()
    run(write(path, ROW | {"county": "Hartford"}))
    location.refresh_from_db()
    assert (location.latitude, location.as_given) == (41.56, {})
    assert location.addresses.get().region == "Hartford"


def test_a_term_that_a_steward_added_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW))
    service = Service.objects.get()
    service.attributes.create(taxonomy_term=TaxonomyTerm.objects.get(code="grief"))
    service.save()
    run(write(path, ROW | {"type_facility": "SA"}))
    codes = service.attributes.values_list("taxonomy_term__code", flat=True)
    assert set(codes) == {"grief", "substance-use-treatment"}


def test_a_source_that_numbers_its_rows_anew_is_warned_about(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW))
    other = ROW | {"name1": "Far Away", "name2": "Family Clinic", "street1": "99 Main"}
    outcome = run(write(path, other), publish=False)
    assert outcome.codes() == [(1, None, "other-listing")]


def test_sources_do_not_mix(tmp_path: Path) -> None:
    assert run(write(tmp_path / "a.csv", ROW)).counts == (1, 1, 0, 0, 0)
    assert run(write(tmp_path / "b.csv", ROW)).counts == (1, 1, 0, 0, 0)
    assert run(tmp_path / "b.csv", "--source", "a").counts == (1, 0, 0, 1, 0)
    assert Service.objects.count() == 2


def test_staging_and_a_dry_run_change_nothing_public(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW)
    assert run(path, "--dry-run", publish=False).counts == (1, 1, 0, 0, 0)
    assert not ImportBatch.objects.exists()
    assert run(path, publish=False).counts == (1, 1, 0, 0, 0)
    assert ImportBatch.objects.get().state == "staged"
    assert not Service.objects.exists()
    assert not SourceRow.objects.exists()


def test_an_older_batch_is_refused_once_a_newer_one_is_public(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW)
    run(path, publish=False)
    old = ImportBatch.objects.get()
    run(write(path, ROW | {"phone": "860-276-3999"}))
    with pytest.raises(PublishRefused, match="newer import"):
        publish(old)
    assert Service.objects.count() == 1


def test_two_batches_that_wait_make_one_listing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW)
    run(path, publish=False)
    run(write(path, ROW | {"phone": "860-276-3999"}), publish=False)
    old, new = ImportBatch.objects.order_by("pk")
    publish(old)
    publish(new)
    assert Service.objects.count() == Location.objects.count() == 1
    assert new.rows.get().action == StagedRow.Action.UPDATE
    assert Phone.objects.filter(number="(860) 276-3999").exists()


def test_a_file_that_waits_already_is_not_staged_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW)
    for _ in range(2):
        assert run(path, publish=False).counts == (1, 1, 0, 0, 0)
    assert ImportBatch.objects.count() == StagedRow.objects.count() == 1


def test_what_had_not_changed_is_not_taken_for_granted(tmp_path: Path) -> None:
    path, other = tmp_path / "a.csv", ROW | {"phone": "860-276-3999"}
    run(write(path, ROW))
    run(write(path, other), publish=False)
    run(write(path, ROW), publish=False)  # says the same as what is published now
    between, newest = ImportBatch.objects.filter(state="staged").order_by("pk")
    publish(between)
    with pytest.raises(PublishRefused, match="import its file again"):
        publish(newest)
    assert Phone.objects.filter(number="(860) 276-3999").exists()


def test_the_index_follows_after_commit(
    tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    path = write(tmp_path / "a.csv", ROW)
    with django_capture_on_commit_callbacks() as callbacks:
        run(path)
    assert len(callbacks) == 1
    assert ImportBatch.objects.get().index_due
    with django_capture_on_commit_callbacks() as callbacks:
        run(path)
    assert callbacks == []


def test_an_index_that_did_not_follow_is_made_anew_by_the_clock(
    tmp_path: Path, own_index: None
) -> None:
    """`on_commit` never comes here: as if the process had been killed."""
    run(write(tmp_path / "a.csv", ROW))
    call_command("rebuild_index", "--if-due", verbosity=0)
    assert ImportBatch.objects.get().index_due, "its own process may still be at it"
    long_ago = timezone.now() - indexed.WORKED_ON - timedelta(minutes=1)
    ImportBatch.objects.update(published_at=long_ago)
    call_command("rebuild_index", "--if-due", verbosity=0)
    assert not ImportBatch.objects.get().index_due
    assert public_engine().search(SearchQuery()).total == 1
    undo(ImportBatch.objects.get())
    call_command("rebuild_index", "--if-due", verbosity=0)
    assert ImportBatch.objects.get().index_due
    call_command("rebuild_index", verbosity=0)
    assert not ImportBatch.objects.get().index_due


def everything_stored() -> str:
    tables = (Location, Address, SourceRow, StagedRow, ImportBatch, Service)
    return str([list(table.objects.values()) for table in tables])


def test_a_place_made_confidential_never_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW | {"zip": "1234567"}, ROW | {"": "8", "name2": "Youth Clinic"}))
    run(write(path, ROW, ROW | {"": "8", "name2": "Youth Clinic"}))
    for location in Location.objects.all():
        location.confidential = True
        location.save()
    assert "Elm" not in everything_stored()
    assert "1234567" not in everything_stored()
    again = run(path)
    assert again.counts == (2, 0, 0, 2, 0)
    moved = [ROW | {"street1": "9 Oak", "zip": "9999999"}, ROW | {"": "9", "name2": "Day Unit"}]
    outcome = run(write(path, *moved), "--part")
    assert outcome.report["warnings"] == []
    stored = everything_stored()
    assert "Elm" not in stored
    assert "Oak" not in stored
    assert "41.56" not in stored
    assert not Service.objects.get(source_id="9").service_at_locations.exists()


def test_a_batch_staged_before_the_place_became_confidential(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW))
    run(write(path, ROW | {"street1": "9 Oak"}, ROW | {"": "8", "name2": "Unit"}), publish=False)
    location = Location.objects.get()
    location.confidential = True
    location.save()
    publish(ImportBatch.objects.first())  # type: ignore[arg-type]
    stored = everything_stored()
    assert "Elm" not in stored
    assert "Oak" not in stored
    assert Service.objects.count() == 2
