"""A file that waits for a steward may tell a place: it goes when a place becomes confidential."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from directory.models import Location
from directory.viewsets.imports import kept
from directory.viewsets.imports.kept import State

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
        for state in (State.COLUMNS, State.FAILED, State.RUNNING)
    }
    note = kept.new_work(batch=1, state=State.FAILED)
    location = Location.objects.create(name="Harbor")
    with django_capture_on_commit_callbacks(execute=True):
        location.confidential = True
        location.save()
    left = {state for state, work in works.items() if work.folder.exists()}
    assert left == {State.RUNNING}
    assert note.folder.exists()
