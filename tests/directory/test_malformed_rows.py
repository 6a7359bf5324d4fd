"""Malformed rows: each a clear error or a clean value, and nothing lost beside it."""

import csv
import io
from pathlib import Path

import pytest
from django.utils.translation import override

from directory.imports.messages import shown
from directory.imports.publish import publish
from directory.imports.rejected import rejected_csv, rejected_tables
from directory.imports.report import in_words
from directory.models import ImportBatch, Location, Service, StagedRow
from tests.directory.importing import ROW, SAMHSA, run, write
from tests.directory.test_import_rows import PLAIN

pytestmark = pytest.mark.django_db
GOOD = {"id": "2", "name": "Neighbor", "phone": "303-555-0142", "street": "1 Elm", "city": "Denver"}


def bring_in(tmp_path: Path, cells: dict[str, str]) -> Service:
    """The listing of a row with these cells; the row beside it must come through whole."""
    row = {"id": "1", "name": "Talk", "website": "talk.example.org"} | cells
    path = write(tmp_path / "a.csv", row, GOOD, headings=PLAIN)
    outcome = run(path)
    assert (outcome.status, outcome.counts) == (0, (2, 2, 0, 0, 0))
    assert {row for row, _column, _code in outcome.codes()} <= {1}
    neighbor = Service.objects.get(source_id="2")
    assert (neighbor.name, neighbor.phones.get().number) == ("Neighbor", "(303) 555-0142")
    assert neighbor.service_at_locations.get().location.addresses.get().city == "Denver"
    return Service.objects.get(source_id="1")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("<script>alert(1)</script>Talk", "Talk"),
        ("<b>Talk</b> & listen", "Talk & listen"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Talk", "Talk"),
        ("Talk\u202egnp.exe", "Talkgnp.exe"),
        ("Ta\x07lk\x1b[31m", "Ta lk [31m"),
        ("\ufeffTalk\u200b", "Talk"),
        ("  Talk \n  now ", "Talk now"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("@SUM(A1)", "@SUM(A1)"),
    ],
)
def test_a_name_is_clean_text(tmp_path: Path, given: str, name: str) -> None:
    assert bring_in(tmp_path, {"name": given}).name == name


@pytest.mark.parametrize(
    ("column", "given"),
    [
        ("website", "javascript:alert(1)"),
        ("website", "JaVaScRiPt://%0aalert(1)"),
        ("website", "data:text/html,<script>"),
        ("website", "https://user:word@bank.example"),
        ("website", "https://a b.org"),
        ("phone", "call us"),
        ("phone", "303-HELP"),
        ("from_age", "old"),
        ("from_age", "-3"),
        ("from_age", "1e3"),
        ("checked_on", "11/12/2026"),
        ("checked_on", "a week ago"),
        ("checked_on", "2026-13-01"),
        ("email", "nobody at example"),
        ("telehealth", "maybe"),
    ],
)
def test_a_value_that_cannot_be_is_kept_for_stewards_alone(
    tmp_path: Path, column: str, given: str
) -> None:
    service = bring_in(tmp_path, {column: given})
    assert service.as_given[column] == given
    assert (service.minimum_age, service.assured_date, service.email) == (None, None, "")
    if column == "website":
        assert service.url == ""
    staged = StagedRow.objects.get(row=1)
    assert [problem["column"] for problem in staged.problems] == [column]
    assert staged.given[column] == given


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("-104.99", "39.74"), ("391", "-104.99"), ("N 39°", "W 104°"), ("inf", "0"), ("39.74", "")],
)
def test_a_point_that_is_nowhere_is_no_point(tmp_path: Path, latitude: str, longitude: str) -> None:
    cells = {"street": "9 Oak", "latitude": latitude, "longitude": longitude}
    location = bring_in(tmp_path, cells).service_at_locations.get().location
    assert (location.latitude, location.longitude) == (None, None)
    assert location.as_given["latitude"] == latitude
    assert location.addresses.get().address_1 == "9 Oak"


@pytest.mark.parametrize("given", ["2026-11-24", "24/11/2026", "24.11.2026"])
def test_a_date_that_can_mean_one_day_alone_is_read(tmp_path: Path, given: str) -> None:
    service = bring_in(tmp_path, {"checked_on": given})
    assert str(service.assured_date) == "2026-11-24"


def test_a_cell_as_long_as_a_book_costs_itself_alone(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        {"id": "1", "name": "Talk", "phone": "303-555-0142", "description": "long " * 60_000},
        GOOD,
        headings=PLAIN,
    )
    outcome = run(path)
    assert (outcome.status, outcome.counts) == (0, (2, 2, 0, 0, 0))
    assert (1, "description", "cell-too-long") in outcome.codes()
    assert len(Service.objects.get(source_id="1").description) == 10_000
    assert len(StagedRow.objects.get(row=1).given["description"]) == 1_000


def test_a_cell_of_ten_megabytes_is_a_fault_of_the_file(tmp_path: Path) -> None:
    row = {"id": "1", "name": "Talk", "description": "long " * 2_000_000}
    outcome = run(write(tmp_path / "a.csv", row, GOOD, headings=PLAIN))
    assert outcome.status == 2
    assert "longer than" in outcome.message
    assert not Service.objects.exists()


def test_ids_of_one_row_twice_of_two_rows_and_of_none(tmp_path: Path) -> None:
    same = {"id": "7", "name": "Talk", "phone": "303-555-0142"}
    other = same | {"name": "Walk"}
    without = {"name": "Rest", "phone": "303-555-0143"}
    path = write(tmp_path / "a.csv", same, other, same, other, without, headings=PLAIN)
    outcome = run(path)
    assert outcome.counts == (5, 3, 0, 2, 0)
    assert outcome.codes() == [
        (2, None, "duplicate-id"),
        (3, None, "duplicate-row"),
        (4, None, "duplicate-row"),
    ]
    names = dict(Service.objects.values_list("source_id", "name"))
    assert (names["7"], names["7#2"]) == ("Talk", "Walk")
    assert len(names) == 3


def test_duplicates_are_known_after_a_restart(tmp_path: Path) -> None:
    rows = [{"id": "7", "name": name, "phone": "303-555-0142"} for name in ("Talk", "Walk", "Talk")]
    path = write(tmp_path / "a.csv", *rows, headings=PLAIN)
    run(path, publish=False)
    whole = list(StagedRow.objects.values_list("source_id", "action", "digest"))
    ImportBatch.objects.update(state="reading", report={}, rows_read=1)
    StagedRow.objects.exclude(number=1).delete()
    assert run(path, publish=False).counts == (3, 2, 0, 1, 0)
    assert list(StagedRow.objects.values_list("source_id", "action", "digest")) == whole


def test_nul_bytes_are_a_fault_of_the_file_and_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,name,phone\n1,Ta\0lk,303-555-0142\n2,Walk,303-555-0143\n")
    outcome = run(path)
    assert outcome.status == 2
    assert not Service.objects.exists()


def test_problems_are_read_in_the_language_of_the_reader(tmp_path: Path) -> None:
    with override("es"):
        run(write(tmp_path / "a.csv", ROW | {"phone": "call us", "zip": "1234567"}), publish=False)
    problems = StagedRow.objects.get().problems
    assert {problem["message"] for problem in problems} >= {
        "This is not a phone number we can read."
    }
    with override("en"):
        english = {shown(problem) for problem in problems}
    with override("es"):
        spanish = {shown(problem) for problem in problems}
        report = in_words(ImportBatch.objects.get().report)
    assert "This is not a phone number we can read." in english
    assert "This is not a phone number we can read." not in spanish
    assert len(spanish) == len(english)
    assert {warning["message"] for warning in report["warnings"]} == spanish
    assert {key for warning in report["warnings"] for key in warning} == {
        "row",
        "column",
        "code",
        "message",
        "value",
    }


def test_a_message_with_numbers_in_it_is_translated_with_them(tmp_path: Path) -> None:
    row = {"id": "1", "name": "Talk " * 100, "phone": "303-555-0142"}
    run(write(tmp_path / "a.csv", row, headings=PLAIN), publish=False)
    problem = StagedRow.objects.get().problems[0]
    with override("es"):
        spanish = shown(problem)
    assert "255" in spanish
    assert spanish != problem["message"] == "Longer than 255 characters: the end is cut off."


def test_rejected_rows_come_back_as_a_file_that_can_be_mended(tmp_path: Path) -> None:
    bad = {"": "8", "street1": "=1+1", "city": "Waterbury", "state": "CT", "phone": "860-276-3000"}
    path = write(tmp_path / "a.csv", ROW, bad)
    with path.open("a", encoding="utf-8") as file:
        file.write("9,Too,Many" + "," * (len(SAMHSA) - 3) + ",beyond,cells\n")
    outcome = run(path)
    assert (outcome.status, outcome.counts) == (1, (3, 1, 0, 0, 2))
    batch = ImportBatch.objects.get()
    assert rejected_tables(batch) == ["listing"]
    text = b"".join(rejected_csv(batch)).decode()
    assert "'=1+1" in text
    first, second = csv.DictReader(io.StringIO(text))
    assert list(first) == [*SAMHSA, "error", "remedy"]
    assert (first[""], first["city"]) == ("8", "Waterbury")
    assert first["error"] == "name1: The row has no name."
    assert first["remedy"] == "Fill in the name, or delete the row."
    assert "beyond, cells" in second["error"]

    mended = tmp_path / "mended.csv"
    mended.write_text(
        text.replace("8,,", "8,Haven,", 1).replace("9,Too", "9,Just", 1), encoding="utf-8"
    )
    again = run(mended, "--source", "a", "--part")
    assert (again.status, again.counts) == (0, (2, 2, 0, 0, 0))
    streets = {a.address_1 for location in Location.objects.all() for a in location.addresses.all()}
    assert streets == {"1 Elm Street", "=1+1"}
    assert Service.objects.count() == 3


def test_a_rejected_row_is_kept_whole(tmp_path: Path) -> None:
    long = "street " * 1_000
    run(write(tmp_path / "a.csv", ROW, {"": "8", "street1": long}), publish=False)
    assert long in b"".join(rejected_csv(ImportBatch.objects.get())).decode()


def test_a_batch_of_rejected_rows_alone_publishes_nothing(tmp_path: Path) -> None:
    run(write(tmp_path / "a.csv", {"": "8", "city": "Waterbury"}), publish=False)
    assert publish(ImportBatch.objects.get()) == []
    assert not Service.objects.exists()
