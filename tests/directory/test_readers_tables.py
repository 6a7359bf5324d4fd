"""Flat files: whatever program wrote them, the same rows come out."""

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from directory.imports import rows
from directory.imports.readers import Package, Table, open_source
from tests.directory.importing import table_of

HEAD = ("name", "city", "phone")
ROWS = [["Niños y Más", "Denver, CO", "+1 303 555 0100"], ["Two\nlines", "Zoë's", ""]]


def written(delimiter: str = ",", end: str = "\r\n") -> str:
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([HEAD, *ROWS])
    return kept.getvalue()


def opened(path: Path, content: bytes) -> Table:
    path.write_bytes(content)
    found = open_source(path)
    assert isinstance(found, Table)
    return found


def cells(table: Table) -> list[list[str]]:
    return [list(row.cells.values()) for row in table]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter_and_line_end(tmp_path: Path, delimiter: str, end: str) -> None:
    table = opened(tmp_path / "a.csv", written(delimiter, end).encode())
    assert table.headings == HEAD
    assert cells(table) == ROWS
    assert table.rows == 2


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_any_usual_encoding(tmp_path: Path, encoding: str, told: str) -> None:
    table = opened(tmp_path / "a.txt", written().encode(encoding))
    assert (table.encoding, table.headings) == (told, HEAD)
    assert cells(table) == ROWS


def test_big_endian_with_a_mark(tmp_path: Path) -> None:
    table = opened(tmp_path / "a.csv", ("\ufeff" + written()).encode("utf-16-be"))
    assert (table.encoding, table.headings) == ("utf-16", HEAD)


def test_a_letter_cut_by_a_block_is_whole(tmp_path: Path) -> None:
    """UTF-8 is judged over blocks of a megabyte: a letter may lie across two of them."""
    line = "x" * 499_990 + "\n"
    content = ("name\n" + line + line).encode()
    content += b"y" * (1_000_000 - len(content) - 1) + "é\n".encode()
    table = opened(tmp_path / "a.csv", content)
    assert table.encoding == "utf-8"
    assert [row.cells["name"][-1] for row in table] == ["x", "x", "é"]


def test_one_column_with_commas_in_a_sentence(tmp_path: Path) -> None:
    table = opened(tmp_path / "a.csv", b"name;about\nA;Open, warm, free\nB;Near, far\n")
    assert table.headings == ("name", "about")


def test_a_tsv_keeps_its_commas(tmp_path: Path) -> None:
    table = opened(tmp_path / "a.tsv", b"name,city\tzip\nA,B\t80203\n")
    assert cells(table) == [["A,B", "80203"]]


def test_rows_without_text_are_nothing(tmp_path: Path) -> None:
    table = opened(tmp_path / "a.csv", b"\n,\nname,city\n,,\nA,B\n\n , \n")
    assert cells(table) == [["A", "B"]]
    assert [row.number for row in table] == [1]


def test_rows_too_long_and_too_short_are_told(tmp_path: Path) -> None:
    table = opened(tmp_path / "a.csv", b"name,city\nA\nA,B,C\nA,B,\n")
    assert [(row.short, row.surplus) for row in table] == [
        (True, ()),
        (False, ("C",)),
        (False, ()),
    ]


def test_a_huge_cell_costs_itself_alone(tmp_path: Path) -> None:
    huge = "x" * (rows.MAX_CELL + 1)
    table = opened(tmp_path / "a.csv", f"name,about\nA,{huge}\nB,short\n".encode())
    first, second = table
    assert len(first.cells["about"]) == rows.MAX_CELL
    assert [(p.row, p.column, p.code) for p in first.problems] == [(1, "about", "cell-too-long")]
    assert (second.cells["about"], second.problems) == ("short", ())


def test_an_apostrophe_before_a_formula_is_taken_off(tmp_path: Path) -> None:
    table = opened(tmp_path / "a.csv", b"name,phone\n'=A1,'+44 1234\n'tis,-1\n")
    assert cells(table) == [["=A1", "+44 1234"], ["'tis", "-1"]]


def workbook(path: Path, *lines: list[object]) -> Path:
    book = Workbook()
    book.active.append(["Only a title"])
    sheet = book.create_sheet("Listings")
    for line in lines:
        sheet.append(line)
    for row in sheet.iter_rows(min_row=2, min_col=2, max_col=2):
        row[0].number_format = "00000"
    book.save(path)
    return path


def test_a_workbook_is_text_as_it_is_shown(tmp_path: Path) -> None:
    moment = dt.datetime.fromisoformat("2026-01-02T03:04:00")
    path = workbook(
        tmp_path / "a.xlsx",
        ["Name", "ZIP", "Phone", "Lat", "Seen", "From", "Open", "Text", None],
        ["A", 1234, 3035550100, 39.50, dt.date(2026, 1, 2), dt.time(9, 30), True, "007", None],
        [None, None],
        ["B", "06708", 12.0, -104.98, moment, None, "=1+1", "_x0041_", " "],
        [None, " "],
    )
    table = table_of(path)
    assert table.headings == ("name", "zip", "phone", "lat", "seen", "from", "open", "text")
    first = ["A", "01234", "3035550100", "39.5", "2026-01-02", "09:30:00", "TRUE", "007"]
    second = ["B", "06708", "12", "-104.98", "2026-01-02T03:04:00", "", "", "A"]
    assert cells(table) == [first, second]
    assert not any(row.short or row.surplus for row in table)
    assert cells(table) == [first, second]  # and once more


def test_a_sheet_that_lies_about_its_size_is_read_to_its_end(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["name", "zip"], *[[f"A{n}", n] for n in range(20)])
    lying = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(lying, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'ref="A1:B21"', b'ref="A1:A1"'))
    assert table_of(lying).rows == 20


@pytest.mark.parametrize("name", ["listings.csv", "top/listings.csv"])
def test_a_zip_of_one_file_is_that_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, written("|"))
        archive.writestr("__MACOSX/._listings.csv", b"\0\1")
        archive.writestr("README.txt", "Read me")
    table = open_source(path)
    assert isinstance(table, Table)
    assert (table.path, cells(table), cells(table)) == (path, ROWS, ROWS)


def test_a_zip_of_a_workbook_is_the_workbook(tmp_path: Path) -> None:
    inner = workbook(tmp_path / "a.xlsx", ["name", "zip"], ["A", 7])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(inner, "a.xlsx")
    assert cells(table_of(tmp_path / "a.zip")) == [["A", "00007"]]


def test_one_record_of_hsds_is_a_package(tmp_path: Path) -> None:
    path = tmp_path / "services.json"
    path.write_text('{"id": "1", "name": "Talk", "status": "active"}')
    assert isinstance(open_source(path), Package)
