"""Small counts stay hidden from somebody who has every published column of their row."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transparency.conftest import YEARLY, column
from transparency import upload
from transparency.disclosure import control
from transparency.disclosure.primary import hide
from transparency.errors import TotalsRefused
from transparency.figure import Row, State
from transparency.schema import Schema
from transparency.validate import validate

HEADER = "year,calls,eligible,responded,arrests,minutes\n"
K = 4
SMALL = Schema.read(YEARLY | {"k": K})


def table(text: str, schema: Schema | None = None) -> tuple[Row, ...]:
    return validate(upload.read(text.encode()), schema or Schema.read(YEARLY))


def hidden(line: str) -> set[str]:
    (row,) = control(table(HEADER + line), Schema.read(YEARLY)).rows
    return {name for name, cell in row.items() if cell.state is State.SUPPRESSED}


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("2022,500,300,100,0,9\n", set()),  # a true zero stays
        ("2022,500,300,100,1,9\n", {"arrests"}),
        ("2022,500,300,100,10,9\n", {"arrests"}),
        ("2022,500,300,100,11,9\n", set()),
        # A small numerator takes its shares and what is based on it along.
        ("2022,500,300,7,0,9\n", {"responded", "of_eligible", "of_all", "minutes"}),
        # 300 - 295 = 5 tells of the five who got no team.
        ("2022,500,300,295,0,9\n", {"responded", "of_eligible", "of_all", "minutes"}),
        # A small denominator; the zero over it stays.
        ("2022,500,6,0,0,9\n", {"eligible", "of_eligible"}),
        # 500 - 497 = 3 were not eligible; responded would not tell.
        ("2022,500,497,100,0,9\n", {"eligible", "of_eligible"}),
        ("2022,500,300,0,0,9\n", set()),
        ("2022,500,300,300,0,9\n", set()),  # nobody was left out
    ],
)
def test_what_is_hidden_in_a_row(line: str, gone: set[str]) -> None:
    assert hidden(line) == gone


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("2022,n/a,748,n/a,0,9,1,\n", State.SUPPRESSED),  # 1 % of 748 is seven calls
        ("2022,n/a,748,n/a,0,9,99.5,\n", State.SUPPRESSED),  # all but four
        ("2022,n/a,748,n/a,0,9,68,\n", State.VALUE),
        ("2022,n/a,748,n/a,0,9,0,\n", State.ZERO),
        ("2022,n/a,n/a,100,0,9,98,\n", State.SUPPRESSED),  # 100 is 98 % of 102: two were left
        ("2022,n/a,n/a,5700,0,9,44,\n", State.VALUE),
        ("2022,n/a,n/a,n/a,0,9,44,\n", State.VALUE),
        ("2022,n/a,900,*,0,9,44,\n", State.SUPPRESSED),  # hidden by the source
    ],
)
def test_a_share_that_leads_back_to_a_small_count_goes(line: str, state: State) -> None:
    header = HEADER.strip() + ",of_eligible,of_all\n"
    (row,) = control(table(header + line), Schema.read(YEARLY)).rows
    assert row["of_eligible"].state is state


def parts(*names: str, k: int = 11) -> Schema:
    fields = [
        column("year", "dimension", "year"),
        column("all_calls", "denominator", "integer", covers="all"),
        *(column(name, "count", "integer", within="all_calls") for name in names),
    ]
    chart = {"kind": "bar", "x": "year", "y": [names[0]]}
    given = YEARLY | {"k": k, "schema": {"fields": fields}, "chart": chart}
    given.pop("sentence")
    return Schema.read(given)


def published(schema: Schema, line: str) -> dict[str, State]:
    header = ",".join(column.name for column in schema.columns)
    rows = table(f"{header}\n{line}\n", schema)
    shown, _ = hide(rows[0], schema, [])
    return {name: cell.state for name, cell in shown.items() if name != "year"}


def test_a_sum_with_one_hidden_part_loses_a_second() -> None:
    states = published(parts("a", "b", "c"), "2022,60,5,25,30")
    assert [states[n] for n in ("all_calls", "a", "b", "c")] == [
        "value",
        "suppressed",
        "suppressed",
        "value",
    ]


def test_parts_that_leave_a_small_rest_lose_one() -> None:
    states = published(parts("a", "b"), "2022,100,60,37")
    assert [states[n] for n in ("all_calls", "a", "b")] == ["value", "value", "suppressed"]


PARTS = (("calls", "eligible"), ("eligible", "responded"), ("calls", "responded"))


def _span(cell_value: Decimal | None) -> list[int]:
    return [int(cell_value)] if cell_value is not None else list(range(25))


def _attack(row: Row) -> list[dict[str, int]]:
    """All counts that agree with what is published; separate from the code that hides."""
    names = ("calls", "eligible", "responded")
    found = []
    for values in product(*(_span(row[name].number) for name in names)):
        calls, eligible, responded = values
        if not responded <= eligible <= calls:
            continue
        shares = ((row["of_eligible"], eligible), (row["of_all"], calls))
        if all(
            share.number is None
            or (bottom and abs(share.number - Decimal(100 * responded) / bottom) <= Decimal("0.05"))
            for share, bottom in shares
        ):
            found.append(dict(zip(names, values, strict=True)))
    return found


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 24), st.integers(0, 24), st.integers(0, 24))
def test_an_attacker_learns_no_small_count(a: int, b: int, c: int) -> None:
    responded, eligible, calls = sorted((a, b, c))
    text = HEADER + f"2022,{calls},{eligible},{responded},0,1\n"
    (row,) = control(table(text, SMALL), SMALL, allow_totals=True).rows
    worlds = _attack(row)
    assert {"calls": calls, "eligible": eligible, "responded": responded} in worlds
    for whole, part in (("calls", ""), ("eligible", ""), ("responded", ""), *PARTS):
        counts = {world[whole] - world.get(part, 0) for world in worlds}
        assert not all(0 < count < K for count in counts), (whole, part, counts)


CATEGORIES = [column("outcome", "dimension", "string"), column("calls", "count", "integer")]


def categories(*, second: bool = False, **more: Any) -> Schema:
    chart = {"kind": "bar", "x": "outcome", "y": ["calls"]}
    fields = [CATEGORIES[0] | more, CATEGORIES[1]]
    fields += [column("people", "count", "integer")] if second else []
    given = YEARLY | {"schema": {"fields": fields}, "chart": chart}
    given.pop("sentence")
    return Schema.read(given)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("arrest,20\nhold,31\nTotal,999\n", "outcome has the row Total"),
        ("arrest,20\nhold,31\nAll outcomes,999\n", "outcome has the row All outcomes"),
        ("arrest,20\nhold,31\nTodas,999\n", "outcome has the row Todas"),
        ("arrest,20\nhold,31\nany,51\n", "outcome any is the sum of the other rows"),
        ("2023,90\n2023-01,20\n2023-02,31\n", "outcome has 2023 and its parts"),
    ],
)
def test_totals_are_found_and_refused(text: str, found: str) -> None:
    schema = categories()
    rows = table("outcome,calls\n" + text, schema)
    with pytest.raises(TotalsRefused) as refused:
        control(rows, schema)
    assert refused.value.found == [found]
    assert control(rows, schema, allow_totals=True).totals == (found,)


TWO_COUNTS = "outcome,calls,people\narrest,20,19\nhold,5,5\nrelease,31,30\nany,56,{people}\n"


@pytest.mark.parametrize("people", ["52", "n/a"])
def test_a_row_that_is_a_total_in_one_column_alone_gives_a_small_number_away(people: str) -> None:
    """Calls add up; people, some of whom were met twice, do not."""
    schema = categories(second=True)
    with pytest.raises(TotalsRefused, match="any is the sum of the other rows"):
        control(table(TWO_COUNTS.format(people=people), schema), schema)


def test_a_sum_by_chance_in_one_column_passes_when_it_gives_nothing_away() -> None:
    schema = categories(second=True)
    rows = table("outcome,calls,people\na,20,20\nb,30,30\nc,50,49\nd,0,0\n", schema)
    assert control(rows, schema).totals == ()


def test_declared_totals_are_refused() -> None:
    schema = categories(totals=["anything"])
    rows = table("outcome,calls\narrest,20\nhold,31\nanything,999\n", schema)
    with pytest.raises(TotalsRefused, match="anything"):
        control(rows, schema)


def test_a_column_that_is_the_sum_of_others_is_refused() -> None:
    schema = parts("a", "b", "c")
    rows = table("year,all_calls,a,b,c\n2022,60,20,25,15\n2023,90,30,40,20\n", schema)
    with pytest.raises(TotalsRefused, match="all_calls is the sum of a and b and c"):
        control(rows, schema)


def test_words_that_only_look_like_totals_pass() -> None:
    schema = categories()
    rows = table("outcome,calls\narrest,20\nAll other outcomes,31\nhold,77\n", schema)
    assert control(rows, schema).totals == ()


def test_counts_of_things_are_all_shown_and_those_of_people_are_not() -> None:
    line = HEADER + "2022,500,300,295,1,9\n"
    things = Schema.read(YEARLY | {"counts": "things"})
    shown = control(table(line, things), things).rows[0]
    assert {cell.state for cell in shown.values()} == {State.VALUE}
    assert hidden("2022,500,300,295,1,9\n")
