"""The CMS: faults listed, the page previewed, rights kept."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from transparency.descriptor import define
from transparency.models import Dataset, Draft, Release
from transparency.release import publish

User = get_user_model()
UPLOAD = "/cms/record/drafts/"


def steward(name: str) -> Client:
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name="Data stewards"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ana(db: None) -> Client:
    return steward("ana")


def upload(client: Client, dataset: Dataset, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("figures.csv", content)
    return client.post(UPLOAD, {"dataset": dataset.pk, "file": file} | more, follow=True)


def test_upload_preview_publish(ana: Client, teams: Dataset, rows: bytes) -> None:
    page = upload(ana, teams, rows, notes="First figures.").content.decode()
    assert "Rows read: 3. Figures suppressed: 1." in page
    draft = Draft.objects.get()
    preview = ana.get(f"{UPLOAD}{draft.pk}/page/")
    assert "6,000 (provisional) calls got a team" in preview.content.decode()
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert not Release.objects.exists()
    done = ana.post(f"{UPLOAD}{draft.pk}/act/", {"action": "publish"}, follow=True)
    assert "Version 1 is published." in done.content.decode()
    release = Release.objects.get()
    assert (release.notes, release.role) == ("First figures.", "Data stewards")
    assert release.sha256 in preview.content.decode()
    assert ana.get(f"{UPLOAD}{draft.pk}/").status_code == 404


def test_faults_are_listed_by_row_and_column(ana: Client, teams: Dataset, rows: bytes) -> None:
    page = upload(ana, teams, rows.replace(b"4000", b"lots")).content.decode()
    for needed in ("1 cell is wrong", "<td>3</td>", "<td>responded</td>", "<td>lots</td>"):
        assert needed in page
    assert "is not a CSV file" in upload(ana, teams, b"PK\x03\x04").content.decode()
    assert not Draft.objects.exists()


def test_totals_need_a_reason(ana: Client, db: None, b_heard: dict[str, Any]) -> None:
    dataset = define(b_heard)
    content = b"period,calls,ineligible,eligible,unserved\nFY22-24,96291,59178,37113,13042\n"
    assert "holds totals" in upload(ana, dataset, content).content.decode()
    assert not Draft.objects.exists()
    upload(ana, dataset, content, allow_totals="All is public already.")
    assert Draft.objects.get().override_reason == "All is public already."


def test_drop(ana: Client, teams: Dataset, rows: bytes) -> None:
    upload(ana, teams, rows)
    ana.post(f"{UPLOAD}{Draft.objects.get().pk}/act/", {"action": "drop"})
    assert Draft.objects.get().state == "dropped"
    assert not Release.objects.exists()


def test_a_second_person_publishes(
    ana: Client, teams: Dataset, descriptor: dict[str, Any], rows: bytes
) -> None:
    upload(ana, define(descriptor | {"needs_approval": True}), rows)
    act = f"{UPLOAD}{Draft.objects.get().pk}/act/"
    assert b"Somebody else" in ana.get(act.replace("act/", "")).content
    refused = ana.post(act, {"action": "publish"}, follow=True)
    assert "Version 1 is published." not in refused.content.decode()
    assert not Release.objects.exists()
    assert b"Version 1 is published." in steward("ben").post(act, follow=True).content


def test_datasets_are_defined_and_edited(
    ana: Client, descriptor: dict[str, Any], teams: Dataset
) -> None:
    new = "/cms/record/datasets/new/"
    page = ana.post(new, {"descriptor": json.dumps(descriptor | {"k": 1})}).content.decode()
    assert "Give a whole number from 3." in page
    page = ana.post(new, {"descriptor": json.dumps(descriptor)}).content.decode()
    assert "There is a dataset teams." in page
    ana.post(new, {"descriptor": json.dumps(descriptor | {"name": "other"})})
    assert Dataset.objects.filter(slug="other").exists()
    edit = f"/cms/record/datasets/edit/{teams.pk}/"
    assert "City of Denver" in ana.get(edit).content.decode()
    ana.post(edit, {"descriptor": json.dumps(descriptor | {"k": 20})})
    teams.refresh_from_db()
    assert teams.descriptor["k"] == 20
    ana.post(edit, {"descriptor": json.dumps(descriptor | {"name": "moved"})})
    assert not Dataset.objects.filter(slug="moved").exists()


def test_one_person_loosens_no_protection(
    ana: Client, descriptor: dict[str, Any], rows: bytes
) -> None:
    """Or a second person's approval, and numbers already suppressed, would be worth nothing."""
    dataset = define(descriptor | {"needs_approval": True})
    edit = f"/cms/record/datasets/edit/{dataset.pk}/"
    page = ana.post(edit, {"descriptor": json.dumps(descriptor)}).content.decode()
    assert "needs_approval: " in page
    kept = descriptor | {"needs_approval": True}
    assert ana.post(edit, {"descriptor": json.dumps(kept | {"k": 9})}).status_code == 302
    publish(define(descriptor | {"k": 9}), rows)  # an operator's command may
    page = ana.post(edit, {"descriptor": json.dumps(descriptor | {"k": 5})}).content.decode()
    assert "k: " in page
    dataset = Dataset.objects.get()
    assert (dataset.needs_approval, dataset.descriptor["k"]) == (False, 9)
    assert ana.post(edit, {"descriptor": json.dumps(descriptor | {"k": 12})}).status_code == 302


def test_releases_can_be_read_and_nothing_else(ana: Client, teams: Dataset, rows: bytes) -> None:
    release = publish(teams, rows)
    page = ana.get("/cms/record/releases/").content.decode()
    assert "/transparency/teams/v/1/" in page
    for path in (f"edit/{release.pk}/", f"delete/{release.pk}/", "new/"):
        answer = ana.get(f"/cms/record/releases/{path}", follow=True).content.decode()
        assert "do not have permission" in answer


def test_others_see_nothing(teams: Dataset, rows: bytes) -> None:
    user = User.objects.create_user("editor")
    user.groups.add(Group.objects.get(name="Editors"))
    editor = Client()
    editor.force_login(user)
    for client in (editor, Client()):
        upload(client, teams, rows)
        for path in ("drafts/", "releases/", "datasets/", "datasets/new/"):
            assert client.get(f"/cms/record/{path}").status_code in (302, 403)
    assert not Draft.objects.exists()


def test_the_menu(ana: Client) -> None:
    page = ana.get("/cms/").content.decode()
    assert UPLOAD in page
    assert "/cms/record/datasets/" in page
