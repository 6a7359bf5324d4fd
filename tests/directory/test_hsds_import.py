"""The specification's own examples come in whole and go out whole."""

import shutil
from pathlib import Path

import pytest

from directory.export import write_hsds_csv
from directory.models import Location, Organization, Schedule, Service, SourceRow
from tests.directory.hsds_packages import given_rows, lost, read_package
from tests.directory.importing import run

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]

EXAMPLES = (
    "csv",
    "location.json",
    "organization_full.json",
    "organization_list.json",
    "service_at_location_full.json",
    "service_at_location_list.json",
    "service_full.json",
    "service_list.json",
    "tabular.json",
    "taxonomy.json",
    "taxonomy_list.json",
    "taxonomy_term.json",
    "taxonomy_term_list.json",
)


@pytest.fixture
def example(real_data: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy: reports are written beside it."""
    path = real_data / "hsds-3.1" / "examples" / request.param
    copy = shutil.copytree if path.is_dir() else shutil.copy
    return Path(copy(path, tmp_path / request.param))


@pytest.mark.parametrize("example", EXAMPLES, indirect=True)
def test_every_field_of_every_example_comes_out_again(example: Path, tmp_path: Path) -> None:
    given = given_rows(read_package(example))
    first = run(example, "--source", "spec")
    assert (first.status, first.counts) == (0, (len(given), len(given), 0, 0, 0))
    write_hsds_csv(tmp_path / "out")
    told = given_rows(read_package(tmp_path / "out"))
    assert lost(given, told) == []
    again = run(example, "--source", "spec")
    assert again.counts == (len(given), 0, 0, len(given), 0)


@pytest.mark.parametrize("example", ["csv"], indirect=True)
def test_what_cannot_be_is_kept_and_said_and_used_nowhere(example: Path) -> None:
    outcome = run(example, "--source", "spec")
    told = {(p.get("table"), p["column"], p["value"]) for p in outcome.report["warnings"]}
    assert ("location", "latitude", "100") in told
    assert ("schedule", "timezone", "3") in told
    location = Location.objects.get()
    assert (location.latitude, location.longitude) == (None, None)
    assert (location.as_given["latitude"], location.as_given["longitude"]) == ("100", "101")
    assert location.as_given["organization_id"] == "985e4a42-bd9f-4edc-911d-0243a4640aca"
    assert Schedule.objects.get().as_given == {"timezone": "3"}
    assert Organization.objects.get().parent_organization is None
    assert Service.objects.get().availability == "schedule"
    waiting = SourceRow.objects.filter(record_id=None).values_list("table", flat=True)
    assert set(waiting) == {"attribute", "metadata", "service_capacity", "url"}
