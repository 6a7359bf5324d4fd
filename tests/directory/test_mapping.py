"""Mappings: written down and read again, chosen for a file, and what they make of its cells."""

import json
import tomllib
from pathlib import Path

import pytest

from directory.imports.addresses import split_address
from directory.imports.ages import read_ages
from directory.imports.faults import MappingFault
from directory.imports.hours_text import read_hours
from directory.imports.mapping import Mapping, Origin, choose, load, remember, saved_for, shipped
from directory.imports.mapping_content import read_content, write_content, write_toml
from directory.imports.proposing import mapping_from_choices
from directory.models import SavedMapping
from tests.directory.proposing import LAYOUTS, TRUTHS, sampled


def every_mapping() -> list[Mapping]:
    return [*shipped(), *(sampled(LAYOUTS / name).proposal().as_mapping() for name in TRUTHS)]


def test_a_mapping_is_the_same_after_json_and_toml(tmp_path: Path) -> None:
    for mapping in every_mapping():
        content = write_content(mapping)
        assert read_content(mapping.name, json.loads(json.dumps(content))) == mapping
        path = tmp_path / f"{mapping.name}.toml"
        path.write_text(write_toml(content), encoding="utf-8")
        assert load(path) == mapping


def test_toml_keeps_every_character() -> None:
    content = {
        "a b": 'quote " back\\slash\nline\ttab \x7f \x01 ñ',
        "list": ["x", "y"],
        "t": {"é": True},
    }
    assert tomllib.loads(write_toml(content)) == content


def test_a_proposal_is_handed_on_as_mapping_table_and_file() -> None:
    proposal = sampled(LAYOUTS / "one_cell.csv").proposal()
    mapping = proposal.as_mapping()
    assert mapping.names.organization == ("agency", "site / program")
    assert mapping.names.service == ("site / program", "agency")
    assert mapping.whole_address == "where"
    assert [(p.column, p.extension, p.type) for p in mapping.phones] == [
        ("main phone", "phone ext.", "voice"),
        ("text line", None, "text"),
        ("tty", None, "tty"),
    ]
    insurance = next(term for term in mapping.terms if term.taxonomy == "insurance")
    assert (insurance.columns, insurance.separator) == (("insurance accepted",), "|")
    assert "data entry initials" not in mapping.requires
    assert proposal.to_dict()["ages"] == {"column": "ages served"}
    assert tomllib.loads(proposal.as_toml()) == proposal.to_dict()


def test_choices_of_a_steward_become_a_mapping() -> None:
    choices = {"who": "organization", "what": "service", "tel": "hotline", "x": "unused"}
    mapping = mapping_from_choices("county list", choices)
    assert (mapping.name, mapping.requires) == ("county list", ("who", "what", "tel"))
    assert mapping.names.service == ("what", "who")
    assert [(p.column, p.description) for p in mapping.phones] == [("tel", "Crisis line")]


@pytest.mark.parametrize(
    ("choices", "code", "said"),
    [
        ({"a": "city"}, "no-name-column", "No column is the name"),
        ({"a": "organization", "b": "city", "c": "city"}, "two-columns", "“b”, “c”"),
        ({"a": "organization", "b": "mayor"}, "no-target", "“mayor”"),
    ],
)
def test_choices_that_make_no_mapping(choices: dict[str, str], code: str, said: str) -> None:
    with pytest.raises(MappingFault, match=said) as fault:
        mapping_from_choices("x", choices)
    assert fault.value.code == code


def test_two_names_in_one_cell_are_found() -> None:
    rows = [
        {"name": "Harbor House - Night shelter"},
        {"name": "Harbor House - Meals"},
        {"name": "River Clinic"},
    ]
    assert mapping_from_choices("x", {"name": "organization"}, rows).names.split == " - "
    assert mapping_from_choices("x", {"name": "organization"}, rows[2:]).names.split == ""


def test_a_term_with_a_typing_error_is_the_term() -> None:
    rows = [{"n": "A", "t": "Support gruops, Food"}]
    mapping = mapping_from_choices("x", {"n": "organization", "t": "needs"}, rows)
    assert mapping.terms[0].separator == ","
    assert mapping.terms[0].values == {"support gruops": "support-group"}


# Choosing a mapping


@pytest.mark.django_db
@pytest.mark.parametrize("name", TRUTHS)
def test_a_file_that_no_mapping_fits_is_proposed_for(name: str) -> None:
    file = sampled(LAYOUTS / name)
    choice = choose(file.headings, file.rows)
    assert choice.origin == Origin.PROPOSED
    assert choice.proposal == file.proposal()
    assert choice.mapping == file.proposal().as_mapping()


@pytest.mark.django_db
def test_a_shipped_mapping_goes_before_a_proposal_that_reads_no_more() -> None:
    plain = choose(("name", "city", "note"), [{"name": "Talk", "city": "Denver", "note": "x"}])
    assert (plain.origin, plain.mapping.name) == (Origin.SHIPPED, "plain")
    more = choose(("name", "city", "telephone"), [{"name": "Talk", "telephone": "303-555-0101"}])
    assert (more.origin, more.mapping.phones[0].column) == (Origin.PROPOSED, "telephone")


@pytest.mark.django_db
def test_a_saved_mapping_goes_before_all_others() -> None:
    file = sampled(LAYOUTS / "silent.csv")
    confirmed = mapping_from_choices("steward's", {"column3": "service", "dato 12": "hotline"})
    remember(confirmed, file.headings)
    assert saved_for(tuple(reversed(file.headings))) == confirmed
    choice = choose(file.headings, file.rows)
    assert (choice.origin, choice.mapping) == (Origin.SAVED, confirmed)
    again = mapping_from_choices("steward's", {"f16": "service"})
    remember(again, file.headings)
    assert SavedMapping.objects.count() == 1
    assert saved_for(file.headings) == again


@pytest.mark.django_db
def test_a_saved_mapping_fits_the_same_file_grown_by_a_column_but_no_other() -> None:
    headings = ("who", "tel", "town", "zip", "web")
    mapping = mapping_from_choices("list", {"who": "organization", "tel": "phone"})
    remember(mapping, headings)
    assert saved_for((*headings, "new")) == mapping
    assert saved_for(("tel", "town", "zip", "web")) is None  # the name is gone
    assert saved_for(("who", "tel", "a", "b", "c")) is None  # another file


@pytest.mark.django_db
def test_a_saved_mapping_that_is_broken_is_passed_over() -> None:
    SavedMapping.objects.create(name="old", headings=["name"], content={"mapping": {}})
    assert saved_for(("name",)) is None
    assert choose(("name",), [{"name": "Talk"}]).origin == Origin.SHIPPED


@pytest.mark.django_db
def test_a_fault_says_what_is_missing_and_what_was_found() -> None:
    rows = [{"stadt": "Denver", "tel": "303-555-0101"}]
    with pytest.raises(MappingFault) as fault:
        choose(("stadt", "tel"), rows)
    assert fault.value.code == "missing-column"
    assert "No column is clearly the name" in str(fault.value)
    assert "“tel”: Phone" in str(fault.value)
    assert "--" not in str(fault.value)


@pytest.mark.django_db
def test_a_file_without_headings_is_refused_with_a_remedy() -> None:
    headings = ("harbor health", "1 elm street", "06708", "860-276-3000")
    rows = [dict(zip(headings, ("Haven", "2 Oak Road", "06010", "860-555-0112"), strict=True))]
    with pytest.raises(
        MappingFault, match="Put a row with the names of the columns above"
    ) as fault:
        choose(headings, rows)
    assert fault.value.code == "no-headings"


# What the parts of a mapping make of a cell


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("123 Main St, Denver, CO 80203", "123 Main St||Denver|CO|80203|"),
        ("123 Main St Denver CO 80203", "123 Main St||Denver|CO|80203|"),
        ("3 Main St Suite 201, Frisco, CO 80443-1234", "3 Main St|Suite 201|Frisco|CO|80443|1234"),
        ("1 Elm St\nSte 4\nSaint Paul, MN 55101", "1 Elm St|Ste 4|Saint Paul|MN|55101|"),
        ("88 Oak Ave, 2nd Floor, Essex, CT 06426, USA", "88 Oak Ave|2nd Floor|Essex|CT|06426|"),
        ("12 Park City Rd Park City UT 84060", "12 Park City Rd||Park City|UT|84060|"),
        ("100 Broadway, New York, New York 10005", "100 Broadway||New York|NY|10005|"),
        ("Calle 5 #22, San Juan, PR 00901", "Calle 5 #22||San Juan|PR|00901|"),
        ("PO Box 12, Grand Junction, Colorado", "PO Box 12||Grand Junction|CO||"),
        ("100 Broadway, 80203", "100 Broadway||Denver|CO|80203|"),
        ("1600 K St NW, Washington, D.C. 20006", "1600 K St NW||Washington|DC|20006|"),
    ],
)  # fmt: skip
def test_a_whole_address_is_taken_apart(text: str, parts: str) -> None:
    split = split_address(text)
    names = ("address_1", "address_2", "city", "state_province", "postal_code", "zip4")
    assert "|".join(split.fields.get(name, "") for name in names) == parts
    assert not split.whole


@pytest.mark.parametrize(
    "text",
    ["call for address", "4 Rue X, Paris", "123 Main St, Denver", "123 Main St, Denver, CO 06103"],
)
def test_an_address_that_cannot_be_told_stays_whole(text: str) -> None:
    split = split_address(text)
    assert (split.fields, split.whole) == ({"address_1": text}, True)


WEEK = "MO,TU,WE,TH,FR"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Mon-Fri 9-5", [(WEEK, "09:00", "17:00")]),
        ("M-F 8:30am - 4:30pm", [(WEEK, "08:30", "16:30")]),
        ("Lun-Vie 8:00-17:00", [(WEEK, "08:00", "17:00")]),
        ("L-V 9:00-18:00h", [(WEEK, "09:00", "18:00")]),
        ("Lunes a viernes de 8 a.m. a 5 p.m.", [(WEEK, "08:00", "17:00")]),
        ("Weekdays 9 to noon", [(WEEK, "09:00", "12:00")]),
        ("Mon, Wed 1-5pm", [("MO,WE", "13:00", "17:00")]),
        ("Fri-Mon 22:00-06:00", [("MO,FR,SA,SU", "22:00", "06:00")]),
        (
            "Mon-Thu 8:00-12:00 y 14:00-18:00; Sat 10am - 2pm; Sun closed",
            [
                ("MO,TU,WE,TH", "08:00", "12:00"),
                ("MO,TU,WE,TH", "14:00", "18:00"),
                ("SA", "10:00", "14:00"),
            ],
        ),
        ("Mon 12:00-00:00", [("MO", "12:00", "00:00")]),
        ("Tue 09:00-24:00", [("TU", "09:00", "00:00")]),
        ("Fri, Sat 12:00-02:00", [("FR,SA", "12:00", "02:00")]),
        ("Mon 9am-9am", [("MO", "09:00", "09:00")]),
        ("Todos los días 8am a 8pm", [("MO,TU,WE,TH,FR,SA,SU", "08:00", "20:00")]),
    ],
)
def test_hours_are_read(text: str, rules: list[tuple[str, str, str]]) -> None:
    hours = read_hours(text)
    assert hours is not None
    assert hours.availability == "schedule"
    assert [(r.byday, r.opens_at, r.closes_at) for r in hours.rules] == rules


@pytest.mark.parametrize(
    ("text", "availability"),
    [
        ("24/7", "always"),
        ("24 hours a day, 7 days a week", "always"),
        ("Las 24 horas", "always"),
        ("By appointment only", "by-appointment"),
        ("Con cita previa", "by-appointment"),
    ],
)
def test_hours_without_times_are_read(text: str, availability: str) -> None:
    hours = read_hours(text)
    assert hours is not None
    assert (hours.availability, hours.rules) == (availability, ())


@pytest.mark.parametrize(
    "text",
    [
        "9-5",  # which days?
        "Mon 5-8",  # morning or evening?
        "Mon 8-10",  # two hours or fourteen?
        "Mon 8-11pm",
        "Mon-Fri 09:00-05:00",
        "Mon 9-5, Mon 10-6",
        "Mon 25:00-26:00",
        "1st Monday 9-5",
        "Mon-Fri 9-5, closed on holidays",
        "Mon-Fri",
        "call us",
        "",
    ],
)
def test_hours_that_may_be_read_in_two_ways_are_not(text: str) -> None:
    assert read_hours(text) is None


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("6-17", (6, 17)),
        ("Ages 18 to 64", (18, 64)),
        ("18+", (18, None)),
        ("12 and over", (12, None)),
        ("18 años y más", (18, None)),
        ("up to 25", (None, 25)),
        ("All ages", (None, None)),
        ("Todas las edades", (None, None)),
        ("17-6", None),
        ("6-170", None),
        ("adults", None),
    ],
)
def test_ages_are_read(text: str, ages: tuple[int | None, int | None] | None) -> None:
    assert read_ages(text) == ages
