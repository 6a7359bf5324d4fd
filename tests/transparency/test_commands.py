"""The commands: exit status, report, and that nothing partial stays."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from transparency.descriptor import define
from transparency.models import Dataset, Draft, Release

User = get_user_model()


def run(*arguments: str) -> int:
    """The exit status, as the shell would see it."""
    try:
        call_command(*arguments)
    except SystemExit as status:
        return int(status.code or 0)
    except CommandError as error:
        return error.returncode
    return 0


@pytest.fixture
def file(tmp_path: Path, rows: bytes) -> Path:
    path = tmp_path / "figures.csv"
    path.write_bytes(rows)
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return tmp_path / "report.json"


def publish(file: Path, report: Path, *more: str) -> tuple[int, dict[str, Any]]:
    status = run("publish_release", "teams", str(file), "--report", str(report), *more)
    return status, json.loads(report.read_text())


def test_define_dataset(db: None, tmp_path: Path, descriptor: dict[str, Any]) -> None:
    path = tmp_path / "teams.json"
    path.write_text(json.dumps(descriptor))
    assert run("define_dataset", str(path)) == 0
    assert Dataset.objects.get().slug == "teams"
    for bad in ("not JSON", json.dumps(descriptor | {"k": 1})):
        path.write_text(bad)
        assert run("define_dataset", str(path)) == 2
    assert run("define_dataset", str(tmp_path / "absent.json")) == 2


def test_publish(teams: Dataset, file: Path, report: Path) -> None:
    status, told = publish(file, report, "--notes", "First.")
    release = Release.objects.get()
    assert status == 0
    assert (told["outcome"], told["rows"], told["version"]) == ("published", 3, 1)
    assert told["sha256"] == release.sha256
    assert told["suppressed"] == [{"row": 3, "column": "arrests", "why": "small"}]
    assert (release.notes, release.role) == ("First.", "operator of this site")
    status, told = publish(file, report)
    assert (status, told["outcome"], told["errors"]) == (0, "unchanged", [])


def test_a_dry_run_keeps_nothing(teams: Dataset, file: Path, report: Path) -> None:
    status, told = publish(file, report, "--dry-run")
    assert (status, told["outcome"]) == (0, "checked")
    assert not Draft.objects.exists()


def test_refused_cells(teams: Dataset, file: Path, report: Path) -> None:
    file.write_text(file.read_text().replace("4000", "lots"))
    status, told = publish(file, report)
    assert (status, told["outcome"]) == (1, "refused")
    (error,) = told["errors"]
    assert (error["row"], error["column"], error["value"]) == (3, "responded", "lots")
    assert error["code"] == "type"
    assert error["remedy"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"colour\nred\n", b"PK\x03\x04"])
def test_faults_of_the_file(teams: Dataset, file: Path, report: Path, content: bytes) -> None:
    file.write_bytes(content)
    status, told = publish(file, report)
    assert (status, told["outcome"]) == (2, "refused")
    assert told["errors"][0]["message"]
    assert not Draft.objects.exists()


def test_what_may_not_go_out_yet_leaves_no_draft(
    teams: Dataset, file: Path, report: Path, rows: bytes
) -> None:
    assert publish(file, report, "--embargo", "2999-01-01T09:00")[0] == 0
    file.write_bytes(rows.replace(b"3000", b"3100"))
    status, told = publish(file, report)  # before the version before it may be read
    assert (status, told["outcome"]) == (1, "refused")
    assert not Draft.objects.filter(state=Draft.State.WAITING).exists()


def test_bad_arguments(teams: Dataset, file: Path, tmp_path: Path) -> None:
    assert run("publish_release", "nothing", str(file)) == 2
    assert run("publish_release", "teams", str(tmp_path / "absent.csv")) == 2
    assert run("publish_release", "teams", str(file), "--embargo", "soon") == 2
    assert run("publish_release", "teams", str(file), "--embargo", "2026-13-40T09:00") == 2
    assert run("publish_release", "teams", str(file), "--as", "nobody") == 2
    assert not Draft.objects.exists()


def test_totals(teams: Dataset, file: Path, report: Path) -> None:
    rows = "year,calls,eligible,responded,arrests,minutes\n"
    rows += "2022,20,15,15,0,1\n2023,30,20,20,0,1\n2024,50,35,35,0,1\n"
    file.write_text(rows)
    status, told = publish(file, report)
    assert status == 1
    assert told["totals"] == ["year 2024 is the sum of the other rows"]
    status, told = publish(file, report, "--allow-totals", "It is chance.")
    assert (status, told["totals"]) == (0, ["year 2024 is the sum of the other rows"])
    assert Release.objects.get().override_reason == "It is chance."


def test_a_second_person(
    teams: Dataset, descriptor: dict[str, Any], file: Path, report: Path
) -> None:
    define(descriptor | {"needs_approval": True})
    stewards = Group.objects.get(name="Data stewards")
    for name in ("ana", "ben", "eve"):
        user = User.objects.create_user(name)
        if name != "eve":
            user.groups.add(stewards)
    status, told = publish(file, report, "--as", "ana")
    assert (status, told["outcome"]) == (3, "waiting")
    draft = str(told["draft"])
    assert run("approve_release", draft, "--as", "ana") == 1  # uploaded it
    assert run("approve_release", draft, "--as", "eve") == 1  # may not
    assert run("approve_release", draft, "--as", "nobody") == 2
    assert not Release.objects.exists()
    assert run("approve_release", draft, "--as", "ben") == 0
    release = Release.objects.get()
    assert (release.role, release.approved_role) == ("Data stewards", "Data stewards")
    assert run("approve_release", draft, "--as", "ben") == 1


def test_verify(teams: Dataset, file: Path, report: Path) -> None:
    publish(file, report)
    assert run("verify_releases") == 0
