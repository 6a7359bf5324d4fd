"""The directory as a table for people, which the plain mapping reads back."""

import csv
from datetime import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from directory.export import write_spreadsheet
from directory.export.opening_hours import opening_hours
from directory.imports.hours_text import DAYS, read_hours
from directory.models import Address, OfficerDetails, Phone, Schedule, Service
from tests.directory.importing import run
from tests.directory.listings import (
    make_confidential,
    make_place,
    make_service,
    open_daily,
    speak,
    tag,
)

pytestmark = pytest.mark.django_db
FACTS = ("organization__name", "name", "description", "availability", "minimum_age", "telehealth")


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))


def make_listing() -> Service:
    service = make_service("=1+1", minimum_age=12, telehealth=True, organization="Lantern Inc.")
    at = make_place(service)
    Address.objects.filter(location=at.location).update(zip4="1234", address_2="Suite 5")
    Phone.objects.create(service=service, number="303-555-0109", type="text")
    for code in ("grief", "trauma"):
        tag(service, "need", code)
    speak(service, "es")
    open_daily(service)
    Schedule.objects.create(service=service, byday="SA", opens_at=time(20), closes_at=time(2))
    OfficerDetails.objects.create(service=service, back_line="303-555-0666", notes="Side gate")
    return service


def test_one_row_has_what_people_ask_for(tmp_path: Path) -> None:
    service = make_listing()
    write_spreadsheet(tmp_path / "out.csv")
    (row,) = rows(tmp_path / "out.csv")
    at = service.service_at_locations.get()
    told = {
        "id": str(at.pk),
        "name": "'=1+1",
        "organization": "Lantern Inc.",
        "phone": "303-555-0101",
        "text_line": "303-555-0109",
        "street": "100 Main Street",
        "zip": "80203-1234",
        "latitude": "39.7392",
        "needs": "grief;trauma",
        "languages": "es",
        "from_age": "12",
        "telehealth": "yes",
        "opening_hours": "Mon, Tue, Wed, Thu, Fri, Sun 09:00-17:00; Sat 09:00-17:00, 20:00-02:00",
    }
    assert {column: row[column] for column in told} == told
    assert "303-555-0666" not in str(row)


def test_the_plain_mapping_reads_it_back(tmp_path: Path) -> None:
    service = make_listing()
    before = Service.objects.filter(pk=service.pk).values(*FACTS).get()
    hours = sorted(service.schedules.values_list("byday", "opens_at", "closes_at"))
    write_spreadsheet(tmp_path / "out.csv")
    Service.objects.all().delete()
    outcome = run(tmp_path / "out.csv")
    assert outcome.counts == (1, 1, 0, 0, 0)
    assert outcome.codes() == []
    back = Service.objects.get()
    assert Service.objects.filter(pk=back.pk).values(*FACTS).get() == before
    assert {a.taxonomy_term.code for a in back.attributes.all() if a.taxonomy_term} == {
        "grief",
        "trauma",
    }
    address = back.service_at_locations.get().location.addresses.get()
    assert (address.address_2, address.postal_code, address.zip4) == ("Suite 5", "80203", "1234")
    assert {(p.number[-4:], p.type) for p in back.phones.all()} == {
        ("0101", "voice"),
        ("0109", "text"),
    }
    days = {day for byday, *_times in hours for day in byday.split(",")}
    again = list(back.schedules.values_list("byday", "opens_at", "closes_at"))
    assert {day for byday, *_times in again for day in byday.split(",")} == days
    assert ("SA", time(20), time(2)) in again
    write_spreadsheet(tmp_path / "again.csv")
    first, second = rows(tmp_path / "out.csv")[0], rows(tmp_path / "again.csv")[0]
    formed = ("id", "phone", "text_line", "opening_hours", "time_zone")  # told in another way
    assert {c: t for c, t in second.items() if c not in formed} == {
        c: t for c, t in first.items() if c not in formed
    }


def test_a_service_without_a_place_and_a_confidential_one(tmp_path: Path) -> None:
    line = make_service("Line")
    hidden = make_service("Shelter")
    make_confidential(hidden)
    write_spreadsheet(tmp_path / "out.csv")
    found = {row["name"]: row for row in rows(tmp_path / "out.csv")}
    assert found["Line"]["id"] == str(line.pk)
    shelter = found["Shelter"]
    assert shelter["confidential"] == "yes"
    assert not any(shelter[column] for column in ("street", "city", "zip", "latitude"))


@pytest.mark.parametrize("form", ["hsds-csv", "hsds-json", "csv"])
def test_the_command_writes_each_format(tmp_path: Path, form: str) -> None:
    make_service()
    out = tmp_path / "out.csv"
    call_command("export_directory", str(out), "--format", form)
    assert out.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_the_command_says_what_is_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Make it first") as caught:
        call_command("export_directory", str(tmp_path / "no" / "out"), "--format", "csv")
    assert caught.value.returncode == 2


MOMENTS = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
LATE = st.sampled_from([time(0), time(2), time(9), time(10), time(11), time(12)])
SPAN = st.tuples(MOMENTS | LATE, MOMENTS | LATE)
WEEKS = st.dictionaries(
    st.sampled_from(DAYS), st.sets(SPAN, min_size=1, max_size=3), min_size=1, max_size=7
)


@given(WEEKS)
def test_weekly_hours_are_read_back_as_they_were(
    week: dict[str, set[tuple[time, time]]],
) -> None:
    schedules = [
        Schedule(byday=day, freq="WEEKLY", opens_at=opens, closes_at=closes)
        for day, spans in week.items()
        for opens, closes in spans
    ]
    text = opening_hours(schedules)
    read = read_hours(text)
    assert read is not None, text
    assert {
        (day, time.fromisoformat(line.opens_at), time.fromisoformat(line.closes_at))
        for line in read.rules
        for day in line.byday.split(",")
    } == {(day, *span) for day, spans in week.items() for span in spans}
