"""A file that waits for a steward may tell a place: it goes when a place becomes confidential."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from directory.imports.readers import Table
from directory.models import Location
from directory.viewsets.imports import background, kept
from directory.viewsets.imports.forgetting import drop_waiting_files
from directory.viewsets.imports.kept import State, Work

pytestmark = pytest.mark.django_db


def test_files_that_wait_go_when_a_place_becomes_confidential(
    settings: Settings,
    tmp_path: Path,
    own_index: None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.OPENDOOR_UPLOAD_DIR = tmp_path / "uploads"
    file = SimpleUploadedFile("list.csv", b"name,street\nHarbor,1 Nightjar Hollow\n")
    works = {
        state: kept.keep(file, state=state, sample=[{"street": "1 Nightjar Hollow"}])
        for state in (State.COLUMNS, State.FAILED, State.WAITING, State.RUNNING)
    }
    note = kept.new_work(batch=1, state=State.FAILED)
    location = Location.objects.create(name="Harbor")
    with django_capture_on_commit_callbacks(execute=True):
        location.confidential = True
        location.save()
    left = {state for state, work in works.items() if work.folder.exists()}
    assert left == {State.RUNNING}
    assert note.folder.exists()


@pytest.mark.parametrize("hidden", ["before it is asked about", "just as it is"])
def test_a_file_that_is_being_read_goes_instead_of_waiting_for_a_person(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hidden: str
) -> None:
    settings.OPENDOOR_UPLOAD_DIR = tmp_path / "uploads"
    file = SimpleUploadedFile("list.csv", b"programme;lane\nHarbor;1 Nightjar Hollow\n")
    work = kept.keep(file, source="county", check=True)
    if hidden == "just as it is":
        noted = Work.noted

        def hides(work: Work, **changes: Any) -> Work:
            if changes.get("state") == State.COLUMNS:
                drop_waiting_files()
            return noted(work, **changes)

        monkeypatch.setattr(Work, "noted", hides)
    else:
        sample_of = background.sample_of

        def samples(file: Table) -> list[dict[str, str]]:
            drop_waiting_files()
            return list(sample_of(file))

        monkeypatch.setattr(background, "sample_of", samples)
    background.run.call(work.token, "read")
    after = kept.found(work.token)
    assert after is not None and after.state == State.FAILED
    assert "bring it in again" in after.fault.lower()
    assert not after.has_file and not after.sample
    held = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert held and not any("Nightjar" in text for text in held)


def test_a_file_that_failed_while_a_place_was_hidden_is_not_kept(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OPENDOOR_UPLOAD_DIR = tmp_path / "uploads"

    def breaks(work: Work) -> None:
        drop_waiting_files()
        raise OSError

    monkeypatch.setitem(background.WORK, "read", breaks)
    file = SimpleUploadedFile("list.csv", b"name,street\nHarbor,1 Nightjar Hollow\n")
    work = kept.keep(file, source="county", sample=[{"street": "1 Nightjar Hollow"}])
    with pytest.raises(background.Failed):
        background.run.call(work.token, "read")
    held = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert held and not any("Nightjar" in text for text in held)


def test_a_file_that_came_since_stays_when_the_place_is_saved_again(
    settings: Settings,
    tmp_path: Path,
    own_index: None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.OPENDOOR_UPLOAD_DIR = tmp_path / "uploads"
    location = Location.objects.create(name="Harbor", confidential=True)
    file = SimpleUploadedFile("list.csv", b"name\nHarbor\n")
    work = kept.keep(file, state=State.COLUMNS, sample=[])
    with django_capture_on_commit_callbacks(execute=True):
        location.time_zone = "America/Denver"
        location.save()
    assert work.folder.exists()
