"""Cells of a CSV that a spreadsheet would run: harmless outside, unchanged after a round trip."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hsds.cells import as_written, defused

RUN = re.compile(r"[=+\-@\t\r]")
BEGINNINGS = st.text(alphabet="'=+-@\t\r 1a", max_size=6)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(0)", "'=HYPERLINK(0)"),
        ("+44 1234 234567", "'+44 1234 234567"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("-104.98", "-104.98"),
        ("+12", "+12"),
        ("303-555-0100", "303-555-0100"),
        ("'tis", "'tis"),
        ("", ""),
    ],
)
def test_a_formula_is_marked_as_text(text: str, cell: str) -> None:
    assert defused(text) == cell
    assert as_written(cell) == text


@given(st.builds(str.__add__, BEGINNINGS, st.text(max_size=10)))
def test_every_text_survives(text: str) -> None:
    cell = defused(text)
    assert as_written(cell) == text
    assert not RUN.match(cell) or re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell)
