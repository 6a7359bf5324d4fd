"""One object, many forms: page, chart, sentence, CSV and JSON never disagree."""

import csv
import io
import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transparency.conftest import YEARLY
from transparency import charts
from transparency.exports import from_csv, to_csv, to_json
from transparency.figure import MISSING, NOT_APPLICABLE, SUPPRESSED, Cell, Figure, State
from transparency.presentation import Reading
from transparency.schema import Schema
from transparency.sentence import sentence
from transparency.words import bare

Seen = dict[tuple[str, str], tuple[str, str]]  # (row, column) → (value, state)

absent = st.sampled_from([SUPPRESSED, MISSING, NOT_APPLICABLE])
whole = st.integers(0, 10**9).map(Decimal)
tenths = st.integers(0, 1000).map(lambda n: Decimal(n) / 10)


def cells(numbers: st.SearchStrategy[Decimal]) -> st.SearchStrategy[Cell]:
    return st.one_of(absent, st.builds(Cell.of_number, numbers, st.booleans()))


@st.composite
def figures(draw: st.DrawFn, kind: str) -> Figure:
    chart = YEARLY["chart"] | {"kind": kind}
    schema = Schema.read(YEARLY | {"chart": chart})
    years = draw(st.lists(st.integers(1990, 2030), min_size=1, max_size=8, unique=True))
    rows = [
        {
            column.name: Cell(str(year), State.VALUE)
            if column.is_dimension
            else draw(cells(whole if column.type == "integer" else tenths))
            for column in schema.columns
        }
        for year in years
    ]
    return Figure(schema, tuple(rows), draw(st.integers(1, 99)))


class TableReader(HTMLParser):
    """The cells of the table as a script sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, str]]] = []
        self.release = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.release = found["data-release"]
        if tag == "tr":
            self.rows.append([])
        if "data-state" in found:
            self.rows[-1].append((found["data-value"], found["data-state"]))


def of_figure(figure: Figure) -> Seen:
    return {
        (row["year"].text, name): (cell.text, str(cell.state))
        for row in figure.rows
        for name, cell in row.items()
        if name != "year"
    }


def of_html(figure: Figure) -> tuple[Seen, str]:
    html = render_to_string("components/figure_table.html", {"reading": Reading.of_figure(figure)})
    reader = TableReader()
    reader.feed(html)
    names = [column.name for column in figure.schema.columns]
    seen = {
        (row[0][0], name): cell
        for row in reader.rows
        if row
        for name, cell in zip(names[1:], row[1:], strict=True)
    }
    return seen, reader.release


def of_csv(figure: Figure) -> tuple[Seen, set[str]]:
    table = list(csv.DictReader(io.StringIO(to_csv(figure).decode())))
    names = [column.name for column in figure.schema.columns if not column.is_dimension]
    seen = {(r["year"], n): (r[n], r[f"{n}_state"]) for r in table for n in names}
    return seen, {row["release"] for row in table}


def of_json(figure: Figure) -> tuple[Seen, str]:
    document = json.loads(to_json(figure), parse_float=Decimal, parse_int=Decimal)
    seen = {
        (row["year"]["value"], name): (
            "" if cell["value"] is None else f"{cell['value']:f}",
            cell["state"],
        )
        for row in document["rows"]
        for name, cell in row.items()
        if name != "year"
    }
    return seen, document["release"]


def of_svg(text: str) -> tuple[Seen, str]:
    root = ElementTree.fromstring(text)  # noqa: S314  # drawn by ourselves
    seen = {
        (mark.attrib["data-label"], mark.attrib["data-column"]): (
            mark.attrib["data-value"],
            mark.attrib["data-state"],
        )
        for mark in root.iter()
        if "data-column" in mark.attrib
    }
    return seen, root.attrib["data-release"]


def numbers(seen: Seen) -> dict[tuple[str, str], tuple[Decimal | None, str]]:
    return {key: (Decimal(value) if value else None, state) for key, (value, state) in seen.items()}


@pytest.mark.parametrize("kind", ["bar", "series"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_all_forms_agree(kind: str, data: st.DataObject) -> None:
    figure = data.draw(figures(kind))
    truth = of_figure(figure)
    html, html_release = of_html(figure)
    table, releases = of_csv(figure)
    document, json_release = of_json(figure)
    assert html == truth
    assert table == truth
    assert numbers(document) == numbers(truth)
    assert {html_release, json_release, *releases} == {figure.release}
    charted = {key: cell for key, cell in truth.items() if key[1] in figure.schema.chart.y}
    drawn: Seen = {}
    for drawing in charts.inline(figure):
        seen, release = of_svg(drawing.svg)
        drawn |= seen
        assert release == figure.release
    assert drawn == charted
    assert of_svg(charts.standalone(figure)) == (charted, figure.release)


@settings(max_examples=60, deadline=None)
@given(figure=figures("bar"))
def test_a_file_reads_back_to_the_same_bytes(figure: Figure) -> None:
    rows = from_csv(to_csv(figure), figure.schema)
    assert rows == figure.rows
    assert to_csv(Figure(figure.schema, rows, figure.version)) == to_csv(figure)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (None, State.VALUE),
        (Decimal(3), State.SUPPRESSED),
        (Decimal(0), State.VALUE),
        (Decimal(1), State.ZERO),
        (None, State.ZERO),
    ],
)
def test_a_state_and_its_value_cannot_contradict(value: Decimal | None, state: State) -> None:
    with pytest.raises(ValueError, match=r"zero|hold"):
        Cell(value, state)


def figure(*cell_rows: dict[str, Cell], **changes: Any) -> Figure:
    schema = Schema.read(YEARLY | changes)
    blank = {column.name: MISSING for column in schema.columns}
    return Figure(schema, tuple(blank | row for row in cell_rows), 3)


def year(number: int, responded: Cell) -> dict[str, Cell]:
    return {"year": Cell(str(number), State.VALUE), "responded": responded}


def test_the_sentence_says_states_in_words() -> None:
    zero = figure(year(2024, Cell.of_number(Decimal(0))))
    hidden = figure(year(2024, SUPPRESSED))
    assert sentence(zero).startswith("0 calls got a team in 2024: an unknown share of those")
    assert sentence(hidden).startswith("A hidden number calls got")
    with override("es"):
        assert sentence(zero).startswith("0 llamadas en 2024")


def test_the_sentence_can_name_other_rows_and_a_lead() -> None:
    rows = (year(2022, Cell.of_number(Decimal(1500))), year(2024, Cell.of_number(Decimal(2500))))
    told = {"en": "From {first.responded} to {last.responded}; {year}: {responded}."}
    assert sentence(figure(*rows, sentence=told, lead={"year": "2022"})) == (
        "From 1,500 to 2,500; 2022: 1,500."
    )


def test_a_sentence_is_made_where_none_is_given() -> None:
    made = sentence(figure(year(2024, Cell.of_number(Decimal(2500))), sentence=None))
    assert made == (
        "Denver, Colorado, 2024: responded: 2,500; of eligible: missing; of all: missing."
    )


def widths(drawing: charts.Drawing) -> list[float]:
    bars = re.findall(r'<rect class="chart-bar[^>]* width="([\d.]+)%"', drawing.svg)
    return [float(width) for width in bars]


def test_bars_are_as_long_as_their_numbers() -> None:
    drawing = charts.inline(
        figure(
            year(2022, Cell.of_number(Decimal(1000))),
            year(2023, Cell.of_number(Decimal(500))),
            year(2024, Cell.of_number(Decimal(0))),
        )
    )[0]
    assert widths(drawing) == [66.0, 33.0]
    assert ">0</text>" in drawing.svg


def test_a_chart_needs_no_style_attribute_and_escapes_what_it_is_given() -> None:
    hostile = {"year": Cell('<script>"&', State.VALUE), "responded": Cell.of_number(Decimal(5))}
    drawn = figure(hostile)
    for text in (*(d.svg for d in charts.inline(drawn)), charts.standalone(drawn)):
        assert " style=" not in text
        assert "<script" not in text
        ElementTree.fromstring(text)  # noqa: S314  # drawn by ourselves


def test_the_file_of_a_chart_says_where_it_is_from() -> None:
    text = charts.standalone(figure(year(2024, Cell.of_number(Decimal(2500)))))
    for needed in ("2,500 calls got a team", "STAR report", "City of Denver", "teams/v3"):
        assert needed in text


def test_a_long_table_says_that_it_is_cut() -> None:
    long = figure(*(year(n, Cell.of_number(Decimal(50))) for n in range(1000, 1600)))
    html = render_to_string("components/figure_table.html", {"reading": Reading.of_figure(long)})
    assert html.count("<tr>") == 1 + 500
    assert "the first 500 of 600 rows" in html
    assert to_csv(long).count(b"teams/v3") == 600


@pytest.mark.parametrize(("share", "width"), [(Decimal(50), 33.0), (Decimal(5), 66.0)])
def test_a_large_share_is_drawn_as_a_part_of_the_whole(share: Decimal, width: float) -> None:
    drawn = charts.inline(
        figure({"year": Cell("2024", State.VALUE), "of_eligible": Cell.of_number(share)})
    )[1]
    assert widths(drawn) == [width]
    assert ("chart-whole" in drawn.svg) is (share == 50)


def test_months_and_dates_are_said_in_words() -> None:
    fields = YEARLY["schema"]["fields"]
    month = Schema.read(
        YEARLY | {"schema": {"fields": [fields[0] | {"type": "month"}, *fields[1:]]}}
    )
    assert month.by_name["year"].label("2026-10") == "October 2026"
    with override("es"):
        assert month.by_name["year"].label("2026-10") == "octubre de 2026"


def test_what_is_below_zero_says_so() -> None:
    assert bare(Decimal("-16.5"), Schema.read(YEARLY).by_name["minutes"]) == "−16.5"
