"""What the columns of unknown files are for: proposals against tables written by hand."""

import random
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports.proposing import TARGETS, UNUSED, Proposal, propose
from directory.imports.proposing.assignment import assign
from directory.imports.proposing.headings import read_heading
from directory.imports.proposing.vocabulary import CONCEPTS, SETS
from directory.taxonomies import read_terms
from tests.directory.proposing import LAYOUTS, SAMHSA, TRUTHS, Sampled, right, sampled

RIGHT = 0.95
SAMHSA_FILES = ("mental_health_providers_co.csv", "mental_health_providers_ct_ma.csv")


@pytest.mark.real_data
@pytest.mark.parametrize("name", SAMHSA_FILES)
def test_samhsa_with_its_mapping_hidden(real_data: Path, name: str) -> None:
    proposal = sampled(real_data / "samhsa" / name).proposal()
    assert right(proposal, SAMHSA) >= RIGHT
    assert not proposal.without_headings


@pytest.mark.real_data
@pytest.mark.parametrize("name", SAMHSA_FILES)
def test_samhsa_by_its_values_alone(real_data: Path, name: str) -> None:
    """Without headings that speak, only what no value can tell is left: ZIP+4 and codes."""
    file = sampled(real_data / "samhsa" / name)
    silent = {heading: f"field{n}" for n, heading in enumerate(file.headings, start=1)}
    rows = [{silent[heading]: cell for heading, cell in row.items()} for row in file.rows]
    found = {c.column: c.target for c in propose(tuple(silent.values()), rows).columns}
    untold = {"zip4": UNUSED, "type_facility": UNUSED, "intake1": "phone", "intake2": "phone"}
    assert {heading: found[silent[heading]] for heading in file.headings} == SAMHSA | untold


@pytest.mark.parametrize("name", TRUTHS)
def test_other_layouts(name: str) -> None:
    proposal = sampled(LAYOUTS / name).proposal()
    wrong = [c for c in proposal.columns if c.target != TRUTHS[name][c.column]]
    assert right(proposal, TRUTHS[name]) >= RIGHT, wrong


@pytest.mark.parametrize("name", TRUTHS)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_the_order_of_columns_changes_nothing(name: str, seed: int) -> None:
    file = sampled(LAYOUTS / name)
    headings = list(file.headings)
    random.Random(seed).shuffle(headings)
    rows = [{heading: row[heading] for heading in headings if heading in row} for row in file.rows]
    shuffled = propose(tuple(headings), rows)
    assert tuple(c.column for c in shuffled.columns) == tuple(headings)
    assert set(shuffled.columns) == set(file.proposal().columns)


@pytest.mark.parametrize("name", TRUTHS)
def test_what_takes_one_column_gets_one(name: str) -> None:
    file = sampled(LAYOUTS / name)
    twice = file.headings + tuple(f"{heading} again" for heading in file.headings)
    rows = [row | {f"{heading} again": cell for heading, cell in row.items()} for row in file.rows]
    counts = Counter(c.target for c in propose(twice, rows).columns)
    assert {target: n for target, n in counts.items() if n > 1 and not TARGETS[target].many} == {}
    assert counts["phone"] >= 2


def test_each_proposal_says_why() -> None:
    columns = {c.column: c for c in sampled(LAYOUTS / "spanish.csv").proposal().columns}
    phone = columns["teléfono"]
    assert phone.reasons == (
        "The heading says so: “teléfono”.",
        "100% of the values look like phone numbers.",
    )
    assert phone.samples[0] == "(915) 555-0101"
    assert (str(phone.label), phone.confidence > 0.9) == ("Phone", True)
    assert all(0 <= column.confidence <= 1 for column in columns.values())


def test_a_column_whose_place_is_taken_says_so() -> None:
    proposal = propose(("city", "mailing city"), [{"city": "Denver", "mailing city": "Boulder"}])
    left = next(c for c in proposal.columns if c.target == UNUSED)
    assert left.reasons == ("Another column fits “City” better.",)
    assert left.confidence < 0.5  # a person should look


HEADLESS = [
    ("harbor health", "1 elm street", "waterbury", "ct", "06708", "860-276-3000"),
    ("Haven House", "22 Oak Avenue", "Bristol", "CT", "06010", "860-555-0112"),
    ("River Clinic", "5 Main Street", "Danbury", "CT", "06810", "203-555-0113"),
]


def table(first: tuple[str, ...], *rows: tuple[str, ...]) -> Proposal:
    return Sampled(first, [dict(zip(first, row, strict=True)) for row in rows]).proposal()


def test_a_file_without_headings_is_recognised() -> None:
    proposal = table(*HEADLESS)
    assert proposal.without_headings
    assert [c.target for c in proposal.columns] == [
        "organization",
        "address_1",
        "city",
        "state",
        "postal_code",
        "phone",
    ]


def test_headings_are_headings_even_when_one_is_a_number() -> None:
    headings = ("name", "street", "city", "state", "zip", "2024")
    rows = [(*row[:5], str(n)) for n, row in enumerate(HEADLESS)]
    assert not table(headings, *rows).without_headings


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Código Postal", "postal_code"),
        ("Postal Cd", "postal_code"),
        ("zipcode", "postal_code"),
        ("C.P.", "postal_code"),
        ("ZIP+4", "zip4"),
        ("OrganizationName", "organization"),
        ("organization_name", "organization"),
        ("Nombre de la organización", "organization"),
        ("Provider", "organization"),
        ("AddressLine2", "address_2"),
        ("Full address", "whole_address"),
        ("Correo-e", "email"),
        ("Telefono principal", "phone"),
        ("Phone (fax)", "fax"),
        ("TDD", "tty"),
        ("Text us", "text_line"),
        ("Crisis hotline", "hotline"),
        ("Teléfono para nuevos pacientes", "intake"),
        ("latitud", "latitude"),
        ("Huso horario", "time_zone"),
        ("Edad mínima", "minimum_age"),
        ("From age", "minimum_age"),
        ("Ages served", "ages"),
        ("Última actualización", "checked_on"),
        ("Also known as", "alternate_name"),
        ("Who can come", "eligibility"),
        ("What happens when you call", "what_happens"),
        ("Acepta seguro", "insurances"),
    ],
)
def test_a_heading_speaks(heading: str, target: str) -> None:
    told = read_heading(heading)
    assert max(told, key=lambda key: told[key]) == target, told
    assert told[target] >= 0.6


@pytest.mark.parametrize("heading", ["email opt out", "phone notes", "city id", "created", "foo"])
def test_a_heading_of_something_else_does_not(heading: str) -> None:
    told = read_heading(heading)
    assert max(told.values(), default=0.0) < 0.6, told


def test_values_overrule_a_heading() -> None:
    """ "Estado" is a state or a status; a column of faxes named "phone" is what it says."""
    rows = [{"estado": "activo", "provincia": "CO"}, {"estado": "inactivo", "provincia": "TX"}]
    found = {c.column: c.target for c in propose(("estado", "provincia"), rows).columns}
    assert found == {"estado": "status", "provincia": "state"}


KNOWN_NEEDS = [term["name_en"] for term in read_terms("need")][:11]


@pytest.mark.parametrize("heading", ["Help", "Program", "Service", "Description", "x"])
def test_values_that_are_nearly_all_terms_are_terms(heading: str) -> None:
    rows = [
        {"Agency": f"Harbor Health {n}", heading: value}
        for n, value in enumerate([*KNOWN_NEEDS, "Equine therapy"])
    ]
    column = propose(("Agency", heading), rows).columns[1]
    assert column.target == "needs"
    assert column.reasons[-2:] == (
        "92% of the values look like needs that the directory knows.",
        "Not known here: “Equine therapy”.",
    )


@pytest.mark.parametrize("heading", ["Parking fee", "ParkingFee", "No-show fee", "Late fee"])
def test_what_is_paid_beside_the_service_is_not_what_it_costs(heading: str) -> None:
    rows = [{heading: "$5", "Fee": "Free"}, {heading: "$10", "Fee": "$20"}, {heading: "Free"}]
    alone = propose((heading,), rows).columns
    assert [c.target for c in alone] == [UNUSED]
    assert [c.target for c in propose((heading, "Fee"), rows).columns] == [UNUSED, "fees"]


def test_a_zip_is_told_from_another_number_by_the_places_beside_it() -> None:
    rows = [
        {"a": "10025", "b": "80203", "c": "Denver"},
        {"a": "10118", "b": "80301", "c": "Boulder"},
        {"a": "10451", "b": "81003", "c": "Pueblo"},
    ]
    found = {c.column: c.target for c in propose(("a", "b", "c"), rows).columns}
    assert (found["b"], found["c"]) == ("postal_code", "city")


def test_every_target_is_named_and_every_pattern_can_hold() -> None:
    assert len({str(target.label) for target in TARGETS.values()}) == len(TARGETS)
    assert set(SETS) <= set(TARGETS)
    told = set().union(*(words for patterns in SETS.values() for _sure, words in patterns))
    assert {word for word in told if not word.isdigit()} <= set(CONCEPTS)


@given(st.lists(st.lists(st.floats(-1, 1), min_size=5, max_size=5), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_the_assignment_is_the_best_there_is(gains: list[list[float]]) -> None:
    def best(row: int, taken: frozenset[int]) -> float:
        if row == len(gains):
            return 0.0
        without = best(row + 1, taken)
        uses = (
            gains[row][column] + best(row + 1, taken | {column})
            for column in range(5)
            if column not in taken
        )
        return max(without, *uses)

    found = assign(gains)
    used = [column for column in found if column is not None]
    assert len(used) == len(set(used))
    total = sum(gains[row][c] for row, c in enumerate(found) if c is not None)
    assert total == pytest.approx(best(0, frozenset()))


def test_five_hundred_columns_are_read_at_once() -> None:
    """Well under two seconds on an idle machine; the limit leaves room for a busy one."""
    file = sampled(LAYOUTS / "typing_errors.csv")
    file.proposal()  # places and words are read once a process
    headings = tuple(f"{file.headings[n % 28]} {n}" for n in range(500))
    rows = [
        {heading: f"{row.get(heading.rsplit(' ', 1)[0], '')} {n}" for heading in headings}
        for n in range(20)
        for row in file.rows
    ]
    assert len(rows) == 200
    started = time.process_time()
    proposal = propose(headings, rows)
    assert time.process_time() - started < 2
    assert len(proposal.columns) == 500
