"""Faults of the file itself: a clear error, exit status 2, nothing changed."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from directory.imports.faults import MappingFault
from directory.imports.mapping import choose
from directory.imports.readers import limits
from directory.models import ImportBatch, Service
from tests.directory.importing import ROW, SAMHSA, run, table_of, write

pytestmark = pytest.mark.django_db
HEAD = ",".join(SAMHSA)


def zipped() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("a.csv", "name\nTalk\n")
    return kept.getvalue()


FAULTS: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "empty", "is empty"),
    "blank lines": (b"\n\n\n", "empty", "blank lines"),
    "headings alone": (HEAD.encode() + b"\n", "no-rows", "no rows"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "not-csv", "a picture"),
    "a ZIP": (zipped(), "not-csv", "ZIP"),
    "half of UTF-16": ("name\nTalk\n".encode("utf-16")[:-1], "encoding", "UTF-16"),
    "no encoding": (b"name\nNi\xf1os\x81\n", "encoding", "Line 2 of listings.csv is not UTF-8"),
    "damaged UTF-8": ("name\nNiños\nJosé\n".encode() + b"\xff\n", "encoding", "Line 4"),
    "NUL": (b"name\nTa\0lk\n", "not-text", "NUL"),
    "an open quote": (b'name\n"Talk\nWalk\n', "not-csv", "quotation mark"),
    "HTML": (b"<!doctype html>\n<p>Moved</p>\n", "missing-column", "a mapping that fits"),
    "JSON": (b'{"name": "Talk"}\n[]\n', "missing-column", "a mapping that fits"),
    "a heading twice": (b"name,city,Name\nTalk,Denver,Walk\n", "duplicate-heading", "name"),
    "a column missing": (
        HEAD.replace("name1,", "").encode() + b"\n1,b\n",
        "missing-column",
        "“name1”",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_file_changes_nothing(tmp_path: Path, fault: str) -> None:
    content, code, said = FAULTS[fault]
    path = tmp_path / "listings.csv"
    path.write_bytes(content)
    outcome = run(path)
    assert outcome.status == 2
    assert said in outcome.message
    assert outcome.counts == (0, 0, 0, 0, 0)
    assert [problem["code"] for problem in outcome.report["errors"]] == [code]
    assert not ImportBatch.objects.exists()
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    ("path_of", "said"),
    [
        (lambda folder: folder / "absent.csv", "There is no file"),
        (lambda folder: folder, "holds no table of HSDS"),
        (lambda folder: write(folder / "a.ods", ROW), "Files ending in .ods"),
        (lambda folder: write(folder / "a.xlsx", ROW), "a.xlsx is damaged or is not what"),
    ],
)
def test_a_path_that_cannot_be_read(
    tmp_path: Path, path_of: Callable[[Path], Path], said: str
) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    outcome = run(path_of(folder))
    assert outcome.status == 2
    assert said in outcome.message


def test_a_line_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(b"name\n")
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    outcome = run(path)
    assert outcome.status == 2
    assert "longer than 1 MB" in outcome.message


def test_a_fault_at_the_end_comes_before_any_change(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", *[ROW | {"": str(n)} for n in range(1, 1500)])
    with path.open("ab") as file:
        file.write(b"1500,\x81\n")
    assert run(path).status == 2
    assert not ImportBatch.objects.exists()


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 2)
    path = write(tmp_path / "a.csv", *[ROW | {"": str(n)} for n in range(3)])
    outcome = run(path)
    assert (outcome.status, outcome.codes("errors")[0][2]) == (2, "too-many-rows")


RIGHT = """
[mapping]
requires = ["name1"]
[names]
organization = ["name1"]
service = ["name1"]
"""
TERM = """
[[terms]]
taxonomy = "need"
columns = ["name1"]
[terms.values]
MH = "nothing"
"""


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (None, "There is no mapping"),
        ("not toml at all [", "cannot be read"),
        ('[mapping]\nrequires = ["name1"]\n', "names"),
        (RIGHT.replace('requires = ["name1"]', 'requires = ["nmae"]'), "“nmae”"),
        (RIGHT + '[service]\nnmae = "name1"', "no field “nmae”"),
        (RIGHT + '[fixed]\nstatus = "purple"', "This column takes"),
        (RIGHT + TERM, "“nothing”"),
    ],
)
def test_a_mapping_that_is_wrong(tmp_path: Path, mapping: str | None, said: str) -> None:
    path = tmp_path / "own.toml"
    if mapping is not None:
        path.write_text(mapping, encoding="utf-8")
    outcome = run(write(tmp_path / "a.csv", ROW), "--mapping", str(path))
    assert outcome.status == 2
    assert said in outcome.message
    assert not ImportBatch.objects.exists()


def test_the_mapping_that_misses_least_is_named(tmp_path: Path) -> None:
    """A plain table is told of the one column it lacks, not of six of somebody else's."""
    plain = tmp_path / "plain.csv"
    plain.write_text("city,zip\nDenver,80203\n")
    with pytest.raises(MappingFault, match="no column “name”, which the mapping plain requires"):
        choose(table_of(plain).headings)
