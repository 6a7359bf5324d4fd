"""Whoever has a row rejected is told what to write, and not merely that something is wrong."""

from directory.hsds.objects import OBJECTS
from directory.imports.mapping import shipped
from directory.imports.messages import ANY_REMEDY, remedy
from directory.imports.records.reading import RowReader
from directory.imports.rows import Row
from directory.imports.terms import Terms
from directory.imports.validate import validate

BAD: tuple[tuple[dict[str, str], tuple[str, ...]], ...] = (
    ({"id": "1"}, ()),
    ({"id": ""}, ()),
    ({"id": "1"}, ("beyond",)),
)


def rejections() -> set[str]:
    """Every code for which a row of any table, or of a flat file, is rejected."""
    codes = set()
    for cells, surplus in BAD:
        for table in OBJECTS:
            reading = RowReader().read(Row(1, cells, surplus, table=table))
            if reading.rejected:
                codes |= {problem.code for problem in reading.problems}
        for mapping in shipped():
            listing, problems = validate(Row(1, cells, surplus), mapping, Terms({}))
            if listing is None:
                codes |= {problem.code for problem in problems}
    return codes


def test_each_reason_to_reject_a_row_says_what_to_write() -> None:
    codes = rejections()
    assert codes >= {"no-id", "no-name", "no-number", "no-url", "place-no-id", "too-many-cells"}
    told = {code: remedy(code) for code in codes}
    assert [code for code, text in told.items() if text == ANY_REMEDY] == []
    reasons = {code.removeprefix("place-") for code in codes}
    assert len(set(told.values())) == len(reasons)


def test_a_place_has_the_remedies_of_any_row() -> None:
    assert remedy("place-no-id") == remedy("no-id")
    assert remedy("choice") == ANY_REMEDY
