"""Files that no mapping fits, brought in whole by what was proposed for them."""

import shutil
from datetime import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from directory.imports.mapping import load
from directory.models import Address, Phone, Schedule, Service
from tests.directory.importing import Outcome, run, table_of
from tests.directory.proposing import LAYOUTS

pytestmark = pytest.mark.django_db


def bring_in(folder: Path, name: str) -> Outcome:
    return run(Path(shutil.copy(LAYOUTS / name, folder)))


def write(folder: Path, text: str) -> Path:
    path = folder / "listings.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_in_spanish(tmp_path: Path) -> None:
    outcome = bring_in(tmp_path, "spanish.csv")
    assert outcome.counts == (12, 12, 0, 0, 0)
    service = Service.objects.get(source_id="TX-0001")
    assert (service.organization.name, service.name) == (
        "Fundación Camino Claro",
        "Terapia para adultos",
    )
    assert service.fees_description == "Gratis"
    assert service.eligibility_description == "Vivir en el condado"
    assert (service.minimum_age, service.availability) == (18, "schedule")
    assert str(service.assured_date) == "2026-03-14"
    schedule = Schedule.objects.get(service=service)
    assert (schedule.byday, schedule.opens_at, schedule.closes_at) == (
        "MO,TU,WE,TH,FR",
        time(8),
        time(17),
    )
    assert {(p.number, p.type, p.description) for p in service.phones.all()} == {
        ("(915) 555-0101", "voice", ""),
        ("(915) 555-0171", "fax", ""),
        ("(915) 555-0181", "voice", "Crisis line"),
    }
    closed = Service.objects.get(source_id="NM-0007")
    assert closed.status == "temporarily closed"
    assert set(closed.languages.values_list("code", flat=True)) >= {"es"}
    assert Service.objects.get(source_id="TX-0003").availability == "always"
    assert (outcome.report["errors"], outcome.report["warnings"]) == ([], [])


def test_a_whole_address_in_one_cell(tmp_path: Path) -> None:
    outcome = bring_in(tmp_path, "one_cell.csv")
    assert outcome.counts == (12, 12, 0, 0, 0)
    service = Service.objects.get(source_id="1001")
    address = Address.objects.get(location__service_at_locations__service=service)
    assert (address.address_1, address.address_2, address.city) == (
        "1400 Grant Street",
        "Suite 300",
        "Denver",
    )
    assert (address.state_province, address.postal_code) == ("CO", "80203")
    assert (service.organization.name, service.name) == (
        "Front Range Counseling Inc",
        "Adult Outpatient Clinic",
    )
    terms = set(service.attributes.values_list("taxonomy_term__code", flat=True))
    assert terms == {"medicaid", "medicare", "outpatient-therapy", "wheelchair", "parking"}
    assert (service.minimum_age, service.maximum_age, service.telehealth) == (18, None, True)
    youth = Service.objects.get(source_id="1002")
    assert (youth.minimum_age, youth.maximum_age) == (6, 17)
    assert Phone.objects.get(service=youth, type="voice").extension == "14"
    assert Phone.objects.get(service=youth, type="text").number == "(303) 555-0190"
    assert set(youth.languages.values_list("code", flat=True)) == {"en", "es", "am"}
    assert Service.objects.get(source_id="1003").name == "Boulder Creek Psychiatry LLC"


def test_headings_that_say_nothing(tmp_path: Path) -> None:
    outcome = bring_in(tmp_path, "silent.csv")
    assert outcome.counts == (12, 12, 0, 0, 0)
    assert outcome.report["warnings"] == []
    service = Service.objects.get(source_id="A-20440")
    place = service.service_at_locations.get().location
    assert (place.latitude, place.longitude) == (40.0176, -105.2543)
    assert place.addresses.get().postal_code == "80301"
    again = bring_in(tmp_path, "silent.csv")
    assert again.counts == (12, 0, 0, 12, 0)


def test_typing_errors_and_abbreviations(tmp_path: Path) -> None:
    outcome = bring_in(tmp_path, "typing_errors.csv")
    assert outcome.counts == (10, 10, 0, 0, 0)
    service = Service.objects.get(source_id="505")
    assert (service.organization.name, service.name) == (
        "Hill Country Recovery LLC",
        "Medication clinic",
    )
    terms = set(service.attributes.values_list("taxonomy_term__code", flat=True))
    assert terms == {"medication-treatment", "self-pay", "insurance-accepted"}
    assert str(Service.objects.get(source_id="503").assured_date) == "2026-02-01"
    assert {code for _row, _column, code in outcome.codes()} == {"too-few-cells", "unknown-code"}


def test_what_cannot_be_told_stays_as_it_was_given(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Agency,Full address,Opening hours,Ages served,Phone\n"
        "Talk,somewhere behind the church,Mon 5-8,grown-ups,303-555-0101\n"
        'Walk,"1 Elm Street, Denver, CO 80203",Mon-Fri 9-5,18+,303-555-0102\n',
    )
    outcome = run(path)
    assert outcome.counts == (2, 2, 0, 0, 0)
    assert sorted(outcome.codes()) == [
        (1, "ages served", "ages"),
        (1, "full address", "address"),
        (1, "opening hours", "hours"),
    ]
    talk = Service.objects.get(name="Talk")
    assert talk.as_given == {"opening hours": "Mon 5-8", "ages served": "grown-ups"}
    assert (talk.availability, talk.schedules.count()) == ("unknown", 0)
    address = Address.objects.get(location__service_at_locations__service=talk)
    assert (address.address_1, address.city) == ("somewhere behind the church", "")


def test_changed_hours_take_the_place_of_the_old_ones(tmp_path: Path) -> None:
    text = "Agency,Id,Phone,Opening hours\nTalk,1,303-555-0101,Mon-Fri 9-5\n"
    run(write(tmp_path, text))
    outcome = run(write(tmp_path, text.replace("9-5", "10-6")))
    assert outcome.counts == (1, 0, 1, 0, 0)
    assert [s.opens_at for s in Schedule.objects.all()] == [time(10)]
    run(write(tmp_path, text.replace("Mon-Fri 9-5", "By appointment")))
    assert not Schedule.objects.exists()
    assert Service.objects.get().availability == "by-appointment"


def test_two_names_in_one_cell(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Agency,Phone\n"
        "Harbor House - Night shelter,303-555-0101\n"
        "Harbor House - Meals,303-555-0102\n"
        "River Clinic,303-555-0103\n",
    )
    assert run(path).counts == (3, 3, 0, 0, 0)
    assert set(Service.objects.values_list("organization__name", "name")) == {
        ("Harbor House", "Night shelter"),
        ("Harbor House", "Meals"),
        ("River Clinic", "River Clinic"),
    }


def test_what_was_proposed_is_printed_as_a_mapping_to_save(tmp_path: Path) -> None:
    path = Path(shutil.copy(LAYOUTS / "spanish.csv", tmp_path))
    told = StringIO()
    call_command("import_directory", str(path), "--dry-run", stdout=told)
    printed = told.getvalue().split("--mapping:\n\n")[1].split("\n\n12 ")[0]
    saved = tmp_path / "ours.toml"
    saved.write_text(printed, encoding="utf-8")
    assert load(saved).missing(table_of(path).headings) == []
    outcome = run(path, "--mapping", str(saved))
    assert outcome.counts == (12, 12, 0, 0, 0)
