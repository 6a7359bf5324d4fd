"""Faults of a row: that row alone is warned about or rejected, and the sum is the rows."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Address, Location, Organization, Service, StagedRow
from tests.directory.importing import ROW, SAMHSA, run, write

pytestmark = pytest.mark.django_db
PLAIN = ["id", "name", "organization", "street", "city", "state", "zip", "phone", "website"]
PLAIN += ["latitude", "longitude", "time_zone", "needs", "languages", "from_age", "to_age"]
PLAIN += ["hours", "telehealth", "checked_on", "email", "description"]


def test_a_row_becomes_a_listing(tmp_path: Path) -> None:
    outcome = run(write(tmp_path / "a.csv", ROW))
    assert (outcome.status, outcome.counts) == (0, (1, 1, 0, 0, 0))
    service = Service.objects.with_listing().get()
    assert (service.organization.name, service.name) == ("Harbor Health", "Outpatient Clinic")
    assert service.url == ""
    assert [(str(p), p.description) for p in service.phones.all()] == [
        ("(860) 276-3000", ""),
        ("(860) 276-3000 x301", "New patients"),
    ]
    assert [a.taxonomy_term.code for a in service.attributes.all()] == ["outpatient-therapy"]
    location = Location.objects.get()
    assert (location.latitude, location.longitude) == (41.56, -73.06)
    assert location.time_zone == "America/New_York"
    assert Address.objects.get().postal_code == "06708"


@pytest.mark.parametrize(
    ("cells", "code", "kept"),
    [
        ({"latitude": "391"}, "coordinate", {"latitude": "391", "longitude": "-73.06"}),
        ({"longitude": "west"}, "coordinate", {"latitude": "41.56", "longitude": "west"}),
        ({"latitude": "nan"}, "coordinate", {"latitude": "nan", "longitude": "-73.06"}),
        ({"latitude": "0", "longitude": "0"}, "coordinate", {"latitude": "0", "longitude": "0"}),
        ({"latitude": ""}, "coordinate", {"longitude": "-73.06"}),
        ({"zip": "1234567"}, "zip", {"zip": "1234567"}),
        ({"zip": "6708", "state": "CO"}, "zip", {"zip": "6708"}),
        ({"state": "ZZ"}, "state", {"state": "ZZ"}),
    ],
)
def test_an_impossible_place_is_kept_and_warned_about(
    tmp_path: Path, cells: dict[str, str], code: str, kept: dict[str, str]
) -> None:
    outcome = run(write(tmp_path / "a.csv", ROW | cells, ROW | {"": "8", "street1": "2 Elm"}))
    assert (outcome.status, outcome.counts) == (0, (2, 2, 0, 0, 0))
    assert {(row, c) for row, _, c in outcome.codes()} == {(1, code)}
    location = Service.objects.get(source_id="7").service_at_locations.get().location
    assert location.as_given == kept
    if code == "coordinate":
        assert (location.latitude, location.longitude) == (None, None)
    assert StagedRow.objects.get(row=1).given["zip"] == (ROW | cells)["zip"]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"phone": "call us"}, "phone", "phone"),
        ({"website": "javascript:alert(1)"}, "link", "website"),
        ({"website": "https://a b.org"}, "link", "website"),
        ({"email": "nobody"}, "email", "email"),
        ({"needs": "grief;flying"}, "unknown-code", "needs"),
        ({"languages": "es;Klingonese"}, "language", "languages"),
        ({"from_age": "old"}, "age", "from_age"),
        ({"from_age": "30", "to_age": "20"}, "age-order", "from_age"),
        ({"hours": "sometimes"}, "choice", "hours"),
        ({"telehealth": "perhaps"}, "yes-or-no", "telehealth"),
        ({"checked_on": "02/11/2026"}, "date", "checked_on"),
    ],
)
def test_a_value_that_is_not_understood_is_kept_as_given(
    tmp_path: Path, cells: dict[str, str], code: str, column: str
) -> None:
    outcome = run(write(tmp_path / "a.csv", {"id": "1", "name": "Talk"} | cells, headings=PLAIN))
    assert (outcome.status, outcome.counts) == (0, (1, 1, 0, 0, 0))
    assert (1, column, code) in outcome.codes()
    service = Service.objects.with_listing().get()
    assert service.as_given[column] == cells[column]
    assert (service.url, service.email, service.telehealth) == ("", "", None)
    assert [a.taxonomy_term.code for a in service.attributes.all()] in ([], ["grief"])
    assert [language.code for language in service.languages.all()] in ([], ["es"])
    assert not service.phones.exists()


def test_a_row_without_a_name_or_with_too_many_cells_is_rejected_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW, {"": "8", "city": "Waterbury"})
    with path.open("a", encoding="utf-8") as file:
        file.write("9" + ",x" * 30 + "\n")
        file.write("10,Last House\n")
    outcome = run(path)
    assert (outcome.status, outcome.counts) == (1, (4, 2, 0, 0, 2))
    assert outcome.codes("errors") == [(2, "name1", "no-name"), (3, None, "too-many-cells")]
    assert outcome.codes() == [(4, None, "too-few-cells")]
    assert "2 rows were rejected" in outcome.message
    assert set(Service.objects.values_list("name", flat=True)) == {
        "Outpatient Clinic",
        "Last House",
    }


def test_markup_control_characters_and_length_are_cleaned(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "name": "<script>alert(1)</script><b>Talk</b> & listen \x07\u202e",
        "description": "One\r\n<p>Two &lt;img src=x onerror=y&gt;</p>",
        "organization": "x" * 400,
    }
    outcome = run(write(tmp_path / "a.csv", row, headings=PLAIN))
    service = Service.objects.get()
    assert service.name == "Talk & listen"
    assert service.description == "One\nTwo"
    assert len(service.organization.name) == 255
    assert (1, "organization", "too-long") in outcome.codes()


def test_rows_that_share_an_id_are_told_apart(tmp_path: Path) -> None:
    other = ROW | {"name2": "Day Program", "street1": "2 Elm"}
    outcome = run(write(tmp_path / "a.csv", ROW, other, ROW))
    assert outcome.counts == (3, 2, 0, 1, 0)
    assert outcome.codes() == [(2, None, "duplicate-id"), (3, None, "duplicate-row")]
    assert set(Service.objects.values_list("source_id", flat=True)) == {"7", "7#2"}
    assert run(tmp_path / "a.csv").counts == (3, 0, 0, 3, 0)


def test_units_of_an_organization_share_it_and_its_address(tmp_path: Path) -> None:
    rows = [ROW, ROW | {"": "8", "name1": "HARBOR  health", "name2": "Youth Clinic"}]
    rows.append(ROW | {"": "9", "name1": "Another House"})
    run(write(tmp_path / "a.csv", *rows))
    assert set(Organization.objects.values_list("name", flat=True)) == {
        "Harbor Health",
        "Another House",
    }
    assert Location.objects.count() == 2
    shared = Location.objects.get(organization__name="Harbor Health")
    assert shared.service_at_locations.count() == 2


@pytest.mark.parametrize(
    ("name1", "name2", "organization", "service"),
    [
        ("Harbor", "", "Harbor", "Harbor"),
        ("Harbor", "North Office", "Harbor", "Harbor, North Office"),
        ("Harbor", "Outpt Servs", "Harbor", "Outpatient Services"),
        ("Guidance Center of ", "Denver", "Guidance Center of Denver", "Guidance Center of Denver"),
        ("", "Youth Clinic", "Youth Clinic", "Youth Clinic"),
    ],
)
def test_names_read_well(
    tmp_path: Path, name1: str, name2: str, organization: str, service: str
) -> None:
    run(write(tmp_path / "a.csv", ROW | {"name1": name1, "name2": name2}))
    found = Service.objects.get()
    assert (found.organization.name, found.name) == (organization, service)


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
SHORT = st.lists(
    st.fixed_dictionaries({}, optional={heading: CELL for heading in SAMHSA}), max_size=6
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=SHORT)
def test_the_sum_of_the_report_is_the_rows(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    path = write(tmp_path / "any.csv", ROW | {"": "anchor"}, *rows)
    outcome = run(path, "--dry-run", publish=False)
    total, *parts = outcome.counts
    filled = [row for row in rows if any(cell.strip() for cell in row.values())]
    assert total == sum(parts) == len(filled) + 1
    assert outcome.status == (1 if outcome.report["rejected"] else 0)
    assert len({row for row, _, _ in outcome.codes("errors")}) == outcome.report["rejected"]
