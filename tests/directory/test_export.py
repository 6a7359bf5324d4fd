"""The directory as files of HSDS: all that is shown, and nothing of what is not."""

import csv
import json
import tracemalloc
import zipfile
from datetime import time
from pathlib import Path

import pytest

from directory.export import ExportFault, write_hsds_csv, write_hsds_json
from directory.imports.readers import Package, open_source
from directory.models import (
    Attribute,
    Metadata,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceRow,
)
from tests.directory.listings import make_confidential, make_place, make_service, tag

pytestmark = pytest.mark.django_db
Tables = dict[str, list[dict[str, str]]]


def tables(folder: Path) -> Tables:
    return {
        path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline="")))
        for path in folder.glob("*.csv")
    }


def exported(tmp_path: Path) -> Tables:
    folder = tmp_path / "package"
    write_hsds_csv(folder)
    return tables(folder)


def test_every_object_is_a_table_that_the_description_names(tmp_path: Path) -> None:
    service = make_service(minimum_age=12)
    make_place(service, (39.5, -105.0))
    tag(service, "need", "grief")
    found = exported(tmp_path)
    described = json.loads((tmp_path / "package" / "datapackage.json").read_text())
    paths = {resource["path"] for resource in described["resources"]}
    assert paths == {f"{name}.csv" for name in found}
    for resource in described["resources"]:
        rows = found[resource["path"].removesuffix(".csv")]
        assert [field["name"] for field in resource["schema"]["fields"]] == list(rows[0])
    (row,) = found["services"]
    assert (row["id"], row["minimum_age"]) == (str(service.pk), "12")
    assert row["organization_id"] == str(service.organization_id)
    (place,) = found["locations"]
    assert (place["latitude"], place["longitude"]) == ("39.5", "-105")
    (attribute,) = found["attributes"]
    assert (attribute["link_id"], attribute["link_entity"]) == (str(service.pk), "service")


def test_what_could_not_be_understood_comes_out_as_it_was_given(tmp_path: Path) -> None:
    service = make_service()
    at = make_place(service, None, as_given={"latitude": "100", "longitude": "101"})
    nowhere = "af69894e-7bed-11ef-a85c-07e0918a608c"
    given = {"timezone": "3", "service_at_location_id": nowhere, "byday": "someday"}
    Schedule.objects.create(service=service, opens_at=time(9), as_given=given)
    mended = {"number": "12"}
    Phone.objects.create(location=at.location, number="303-555-0102", as_given=mended)
    found = exported(tmp_path)
    assert found["locations"][0]["latitude"] == "100"
    (schedule,) = found["schedules"]
    assert (schedule["timezone"], schedule["byday"]) == ("3", "someday")
    assert schedule["service_at_location_id"] == nowhere
    assert {phone["number"] for phone in found["phones"]} == {"303-555-0101", "303-555-0102"}


def test_an_organization_that_nobody_described_is_only_named(tmp_path: Path) -> None:
    service = make_service()
    Organization.objects.update(unknown=True, source="x", source_id="nobody-1")
    found = exported(tmp_path)
    assert "organizations" not in found
    assert found["services"][0]["organization_id"] == "nobody-1"
    assert found["services"][0]["id"] == str(service.pk)


def test_a_row_that_waits_for_its_owner_comes_out(tmp_path: Path) -> None:
    values = {"location_id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "city": "Nowhere"}
    SourceRow.objects.create(source="x", table="address", source_id="a-1", values=values)
    SourceRow.objects.create(
        source="x", table="address", source_id="a-2", values=values, set_aside=True
    )
    (row,) = exported(tmp_path)["addresses"]
    assert (row["id"], row["city"], row["location_id"]) == ("a-1", "Nowhere", values["location_id"])


def test_a_waiting_row_s_whole_numbers_come_out_as_they_came_in(tmp_path: Path) -> None:
    values = {"service_id": "f75b808e-7bdb-11ef-afaa-ab00a77dc5c4", "available": 12.0, "maximum": 0}
    SourceRow.objects.create(source="x", table="service_capacity", source_id="c-1", values=values)
    (row,) = exported(tmp_path)["service_capacity"]
    assert (row["available"], row["maximum"]) == ("12", "0")


def test_a_waiting_row_of_a_confidential_place_does_not(tmp_path: Path) -> None:
    at = make_confidential(make_service())
    values = {"location_id": str(at.location_id), "city": "Hidden Springs"}
    SourceRow.objects.create(source="x", table="address", source_id="a-1", values=values)
    told = {"resource_id": str(at.location_id), "previous_value": "Hidden Springs"}
    SourceRow.objects.create(source="x", table="metadata", source_id="m-1", values=told)
    found = exported(tmp_path)
    assert not {"addresses", "metadata"} & set(found)


def test_what_is_set_aside_or_merged_stays_in(tmp_path: Path) -> None:
    kept = make_service("Kept", status="inactive")
    aside, merged = make_service("Aside"), make_service("Merged")
    for service in (kept, aside, merged):
        make_place(service)
        tag(service, "need", "grief")
        Metadata.objects.create(of="service", of_id=service.pk, field_name=service.name)
    Service.objects.filter(pk=aside.pk).update(set_aside_at="2026-11-01T00:00Z")
    Service.objects.filter(pk=merged.pk).update(merged_into=kept)
    found = exported(tmp_path)
    assert [(row["name"], row["status"]) for row in found["services"]] == [("Kept", "inactive")]
    for name in ("organizations", "locations", "addresses", "service_at_location", "attributes"):
        assert len(found[name]) == 1, name
    assert [row["field_name"] for row in found["metadata"]] == ["Kept"]


def test_a_place_of_two_services_stays_with_the_one_that_is_shown(tmp_path: Path) -> None:
    kept, aside = make_service("Kept"), make_service("Aside")
    at = make_place(kept)
    ServiceAtLocation.objects.create(service=aside, location=at.location)
    Service.objects.filter(pk=aside.pk).update(set_aside_at="2026-11-01T00:00Z")
    found = exported(tmp_path)
    assert [row["id"] for row in found["service_at_location"]] == [str(at.pk)]
    assert len(found["locations"]) == 1


def test_a_link_to_what_is_set_aside_is_left_out(tmp_path: Path) -> None:
    kept, aside = make_service("Kept"), make_service("Aside")
    Phone.objects.filter(service=aside).update(organization=kept.organization)
    Service.objects.filter(pk=aside.pk).update(set_aside_at="2026-11-01T00:00Z")
    phones = exported(tmp_path)["phones"]
    assert sorted(row["service_id"] for row in phones) == sorted(["", str(kept.pk)])


def test_a_confidential_place_tells_that_it_is_there_and_no_more(tmp_path: Path) -> None:
    at = make_confidential(make_service())
    at.description = "Behind the mill"
    at.save()
    for of, pk in (("location", at.location_id), ("service_at_location", at.pk)):
        Metadata.objects.create(of=of, of_id=pk, previous_value="12 Mill Lane")
        Attribute.objects.create(of=of, of_id=pk, value="12 Mill Lane")
    found = exported(tmp_path)
    (place,) = found["locations"]
    told = {"id", "location_type", "x_confidential"}
    assert {column for column, cell in place.items() if cell} == told
    assert place["x_confidential"] == "true"
    assert found["service_at_location"][0]["description"] == ""
    assert not {"metadata", "attributes"} & set(found)


def test_a_formula_is_harmless_and_comes_back(tmp_path: Path) -> None:
    make_service("=HYPERLINK(1)", description="+1 for all")
    write_hsds_csv(tmp_path / "out")
    assert "\n=" not in (tmp_path / "out" / "services.csv").read_text()
    package = open_source(tmp_path / "out")
    assert isinstance(package, Package)
    (row,) = [row for row in package if row.table == "service"]
    assert (row.cells["name"], row.cells["description"]) == ("=HYPERLINK(1)", "+1 for all")


def test_zip_and_json_hold_the_same_rows(tmp_path: Path) -> None:
    service = make_service()
    make_place(service)
    tag(service, "need", "grief")
    write_hsds_csv(tmp_path / "folder")
    write_hsds_csv(tmp_path / "out.zip")
    write_hsds_json(tmp_path / "out.json")
    assert zipfile.ZipFile(tmp_path / "out.zip").testzip() is None
    rows = [
        [(row.table, {k: v for k, v in row.cells.items() if v}) for row in open_source(path)]
        for path in (tmp_path / "folder", tmp_path / "out.zip", tmp_path / "out.json")
    ]
    assert rows[0] == rows[1] == rows[2]
    assert {table for table, _cells in rows[0]} >= {"service", "location", "taxonomy_term"}


def test_an_export_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_service()
    for name, write in (("out", write_hsds_csv), ("out.zip", write_hsds_csv)):
        write(tmp_path / name)
    write_hsds_json(tmp_path / "out.json")
    before = {path: path.stat().st_ino for path in tmp_path.iterdir()}
    Phone.objects.all().delete()
    make_service(wait_time="long")
    monkeypatch.setattr("directory.records.flat.CHUNK", -1)
    for name, write in (("out", write_hsds_csv), ("out.zip", write_hsds_csv)):
        with pytest.raises(ValueError, match=r"(?i)chunk"):
            write(tmp_path / name)
    with pytest.raises(ValueError, match=r"(?i)chunk"):
        write_hsds_json(tmp_path / "out.json")
    assert {path: path.stat().st_ino for path in tmp_path.iterdir()} == before
    monkeypatch.undo()
    write_hsds_csv(tmp_path / "out")
    assert "long" in (tmp_path / "out" / "services.csv").read_text()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    make_service()
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(ExportFault, match="new folder"):
        write_hsds_csv(tmp_path)
    with pytest.raises(ExportFault, match="Name a file"):
        write_hsds_json(tmp_path)
    with pytest.raises(ExportFault, match="Make it first"):
        write_hsds_json(tmp_path / "absent" / "out.json")
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_memory_stays_flat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.records.flat.CHUNK", 20)

    def peak(services: int) -> int:
        kept = Organization.objects.create(name="Lantern Inc.")
        text = "Talking therapy. " * 50
        Service.objects.bulk_create(
            [Service(name="Lantern", organization=kept, description=text) for _ in range(services)]
        )
        tracemalloc.start()
        write_hsds_json(tmp_path / "out.json")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(20)
    first = peak(40)
    assert peak(600) < first * 2
    assert (tmp_path / "out.json").stat().st_size > first / 2
