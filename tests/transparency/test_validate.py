"""Every fault of a file is named; a file with one fault leaves nothing behind."""

from typing import Any

import pytest

from transparency import upload
from transparency.errors import InvalidTable, UploadFault
from transparency.figure import Row, State
from transparency.schema import Schema
from transparency.validate import validate

HEADER = "year,calls,eligible,responded,arrests,minutes\n"


@pytest.fixture
def schema(descriptor: dict[str, Any]) -> Schema:
    return Schema.read(descriptor)


def table(text: str, schema: Schema) -> tuple[Row, ...]:
    return validate(upload.read(text.encode()), schema)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\r\n\n", "empty"),
        (HEADER.encode(), "no-rows"),
        (b"year;calls\n2022;3\n", "separator"),
        (b"PK\x03\x04rest of a spreadsheet", "not-csv"),
        ("year,calls\n2022,caf\u00e9".encode("latin-1"), "encoding"),
        ("year,calls\n2022,3".encode("utf-16"), "not-csv"),
        (b'year,calls\n2022,"never closed\n', "not-csv"),
        (b"year,calls\n" + b"9" * 2000, "cell-too-long"),
        (b"," * 200, "too-wide"),
        (b"x" * (upload.MOST_BYTES + 1), "too-large"),
        (b"a\n" * (upload.MOST_ROWS + 2), "too-long"),
    ],
)
def test_faults_of_the_file(content: bytes, code: str) -> None:
    with pytest.raises(UploadFault) as fault:
        upload.read(content)
    assert fault.value.code == code
    assert fault.value.remedy


@pytest.mark.parametrize(
    ("text", "row", "column", "code"),
    [
        ("year,calls\n2022,1\n", 1, "eligible", "missing-column"),
        (HEADER.replace("arrests", "colour") + "2022,1,1,1,1,1\n", 1, "colour", "unknown-column"),
        (HEADER.replace("arrests", "calls") + "2022,1,1,1,1,1\n", 1, "calls", "repeated-column"),
        (HEADER + "2022,1,1\n", 2, "", "row-length"),
        (HEADER + "22,100,50,20,0,1\n", 2, "year", "type"),
        (HEADER + ",100,50,20,0,1\n", 2, "year", "empty"),
        (HEADER + "2022,many,50,20,0,1\n", 2, "calls", "type"),
        (HEADER + '2022,"1,000",50,20,0,1\n', 2, "calls", "type"),
        (HEADER + "2022,100.5,50,20,0,1\n", 2, "calls", "type"),
        (HEADER + "2022,-5,50,20,0,1\n", 2, "calls", "negative"),
        (HEADER + "2022,100,200,20,0,1\n", 2, "eligible", "more-than-all"),
        (HEADER + "2022,100,50,60,0,1\n", 2, "responded", "more-than-all"),
        (HEADER + "\n2022,100,50,20,0,1\n2022,1,1,1,1,1\n", 4, "year", "repeated-row"),
    ],
)
def test_faults_of_a_cell(text: str, row: int, column: str, code: str, schema: Schema) -> None:
    with pytest.raises(InvalidTable) as invalid:
        table(text, schema)
    assert (row, column, code) in {(e.row, e.column, e.code) for e in invalid.value.errors}
    assert all(e.message and e.remedy for e in invalid.value.errors)


def test_all_faults_at_once(schema: Schema) -> None:
    with pytest.raises(InvalidTable) as invalid:
        table(HEADER + "22,x,50,20,0,1\n2023,100,50,-1,y,1\n", schema)
    found = [(e.row, e.column) for e in invalid.value.errors]
    assert found == [(2, "year"), (2, "calls"), (3, "responded"), (3, "arrests")]


@pytest.mark.parametrize(
    ("share", "fits"), [("40", True), ("39.5", False), ("40.4", False), ("0", False)]
)
def test_a_share_agrees_with_what_it_is_made_of(share: str, fits: bool, schema: Schema) -> None:
    header = "year,calls,eligible,responded,arrests,minutes,of_eligible\n"
    text = header + f"2022,100,50,20,0,1,{share}\n"
    if fits:
        assert table(text, schema)[0]["of_eligible"].text == share
    else:
        with pytest.raises(InvalidTable, match=r"is 40\.00"):
            table(text, schema)


def test_states_are_told_apart(schema: Schema) -> None:
    (row,) = table(HEADER + "2022,100p,*,n/a,0,-\n", schema)
    assert {name: cell.state for name, cell in row.items()} == {
        "year": State.VALUE,
        "calls": State.PROVISIONAL,
        "eligible": State.SUPPRESSED,
        "responded": State.MISSING,
        "arrests": State.ZERO,
        "of_eligible": State.SUPPRESSED,
        "of_all": State.MISSING,
        "minutes": State.NOT_APPLICABLE,
    }


def test_shares_are_worked_out(schema: Schema) -> None:
    many, rare, none, of_none = table(
        HEADER + "2021,30000,15000,5000,0,1\n2022,9000000,9000000,100,0,1\n"
        "2023,100,50,0,0,1\n2024,100,0,0,0,1\n",
        schema,
    )
    assert (many["of_eligible"].text, many["of_all"].text) == ("33.3", "16.7")
    # Rounding never makes a zero of what is none.
    assert (rare["of_all"].text, rare["of_all"].state) == ("0.001", State.VALUE)
    assert none["of_eligible"].state is State.ZERO
    assert of_none["of_eligible"].state is State.NOT_APPLICABLE


@pytest.mark.parametrize("value", ["=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "x\ty"])
def test_a_value_that_a_spreadsheet_would_run_is_refused(
    value: str, descriptor: dict[str, Any]
) -> None:
    descriptor["schema"]["fields"][0]["type"] = "string"
    with pytest.raises(InvalidTable, match="formula"):
        table(HEADER + f"{value},100,50,20,0,1\n", Schema.read(descriptor))


def test_only_allowed_values(descriptor: dict[str, Any]) -> None:
    descriptor["schema"]["fields"][0]["labels"] = {"2022": {"en": "The first year"}}
    with pytest.raises(InvalidTable, match="Use one of: 2022"):
        table(HEADER + "2023,100,50,20,0,1\n", Schema.read(descriptor))


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("month", "2026-02", True),
        ("month", "2026-13", False),
        ("date", "2024-02-29", True),
        ("date", "2026-02-29", False),
        ("year", "0000", False),
    ],
)
def test_times_are_real(kind: str, value: str, fits: bool, descriptor: dict[str, Any]) -> None:
    descriptor["schema"]["fields"][0]["type"] = kind
    text = f"{HEADER}{value},100,50,20,0,1\n"
    if fits:
        assert len(table(text, Schema.read(descriptor))) == 1
    else:
        with pytest.raises(InvalidTable, match=f"not a {kind}"):
            table(text, Schema.read(descriptor))
