"""An import undone at a place that is confidential: numbers, hours and codes come back, words do
not, and what the source's rows say is true afterwards, so that a later import repairs the rest."""

from pathlib import Path
from typing import Any

import pytest

from directory.imports.publish import publish
from directory.imports.undo import undo
from directory.models import (
    Address,
    ImportBatch,
    Language,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceRow,
)
from tests.directory.hsds_packages import uid, write_package
from tests.directory.importing import Outcome, run

pytestmark = pytest.mark.django_db
Said = tuple[str, str, str]
FIRST: Said = ("303-555-0111", "08:00", "fr")
OTHER: Said = ("303-555-0222", "11:00", "de")
HERE = {"location_id": uid("house")}
THERE = {"service_at_location_id": uid("there")}
WEEKLY = {"freq": "WEEKLY", "byday": "MO", "closes_at": "17:00"}
LINE = {"phone_id": uid("phone")}


def tables(said: Said, words: str) -> dict[str, list[dict[str, Any]]]:
    number, opens, code = said
    return {
        "organization": [{"id": uid("org"), "name": "Harbor", "description": "Help"}],
        "service": [
            {"id": uid("service"), "organization_id": uid("org"), "name": "Talk"}
            | {"status": "active"},
            *(
                {"id": uid(f"s{n}"), "organization_id": uid("org"), "name": f"Walk {n}"}
                | {"status": "active"}
                for n in range(20)
            ),
        ],
        "location": [{"id": uid("house"), "location_type": "physical", "name": "House"}],
        "service_at_location": [{"id": uid("there"), "service_id": uid("service")} | HERE],
        "phone": [
            {"id": uid("phone"), "number": number, "description": words} | HERE,
            {"id": uid("phone there"), "number": number, "description": words} | THERE,
        ],
        "schedule": [
            {"id": uid("hours"), "opens_at": opens, "description": words} | WEEKLY | HERE,
            {"id": uid("hours there"), "opens_at": opens, "description": words} | WEEKLY | THERE,
        ],
        "language": [
            {"id": uid("language"), "code": code, "note": words} | HERE,
            {"id": uid("language of line"), "code": code, "note": words} | LINE,
        ],
    }


def bring_in(folder: Path, said: Said, *without: str, words: str = "") -> Outcome:
    """A package without what belongs to some: whatever is about the place itself may go."""
    found = {
        table: [row for row in rows if row["id"] not in map(uid, without)]
        for table, rows in tables(said, words).items()
    }
    outcome = run(write_package(folder, found), "--source", "county", publish=False)
    batch = ImportBatch.objects.order_by("-pk")[0]
    if batch.state == "staged":
        publish(batch, accept_vanished=True)
    return outcome


def hide(by_save: bool = True) -> None:
    location = Location.objects.get()
    if by_save:
        location.confidential = True
        location.save()
    else:
        Location.objects.update(confidential=True, latitude=None, longitude=None)


def take_back() -> None:
    undo(ImportBatch.objects.filter(state="published").order_by("-pk")[0])


def state() -> dict[str, list[str]]:
    return {
        "numbers": sorted(str(phone.number) for phone in Phone.objects.all()),
        "opens": sorted(str(hours.opens_at)[:5] for hours in Schedule.objects.all()),
        "codes": sorted(spoken.code for spoken in Language.objects.all()),
    }


def of(said: Said) -> dict[str, list[str]]:
    number, opens, code = said
    return {"numbers": [number] * 2, "opens": [opens] * 2, "codes": [code] * 2}


def no_words() -> bool:
    told = [
        *Phone.objects.values_list("description", flat=True),
        *Schedule.objects.values_list("description", flat=True),
        *Language.objects.values_list("note", flat=True),
    ]
    return not any(told)


def dangling() -> list[SourceRow]:
    models = {"phone": Phone, "schedule": Schedule, "language": Language}
    rows = SourceRow.objects.filter(table__in=models, set_aside=False)
    return [
        row
        for row in rows
        if not models[row.table]._default_manager.filter(pk=row.record_id).exists()
    ]


GONE = ("phone", "hours", "language", "hours there", "phone there", "language of line")


@pytest.mark.parametrize("by_save", [True, False])
def test_numbers_hours_and_codes_come_back(tmp_path: Path, by_save: bool) -> None:
    bring_in(tmp_path / "a", FIRST, words="behind the mill")
    hide(by_save)
    bring_in(tmp_path / "b", OTHER, words="beside the mill")
    assert state() == of(OTHER)
    take_back()
    assert state() == of(FIRST) and no_words()
    bring_in(tmp_path / "c", FIRST, words="behind the mill")
    assert state() == of(FIRST) and no_words()
    assert Location.objects.get().confidential


def test_what_the_second_file_lacked_comes_back(tmp_path: Path) -> None:
    bring_in(tmp_path / "a", FIRST, words="behind the mill")
    hide()
    bring_in(tmp_path / "b", FIRST, *GONE)
    assert state() == {"numbers": [], "opens": [], "codes": []}
    take_back()
    assert state() == of(FIRST) and no_words() and not dangling()
    assert Phone.objects.get(pk=uid("phone")).location == Location.objects.get()


@pytest.mark.parametrize("second", [FIRST, OTHER])
def test_what_the_journal_forgot_is_brought_by_the_next_import(
    tmp_path: Path, second: Said
) -> None:
    """The place became confidential after the second file: nothing is known of what it changed."""
    bring_in(tmp_path / "a", FIRST)
    bring_in(tmp_path / "b", OTHER)
    hide()
    take_back()
    bring_in(tmp_path / "c", second)
    assert state() == of(second) and not dangling()


def test_what_the_journal_forgot_to_have_removed_is_brought_by_the_next_import(
    tmp_path: Path,
) -> None:
    bring_in(tmp_path / "a", FIRST)
    bring_in(tmp_path / "b", FIRST, *GONE)
    hide()
    take_back()
    assert not dangling()
    bring_in(tmp_path / "c", FIRST)
    assert state() == of(FIRST) and not dangling()


def test_what_a_person_changed_meanwhile_stays(tmp_path: Path) -> None:
    bring_in(tmp_path / "a", FIRST)
    hide()
    bring_in(tmp_path / "b", OTHER)
    Phone.objects.filter(pk=uid("phone")).update(number="303-555-0333")
    take_back()
    assert str(Phone.objects.get(pk=uid("phone")).number) == "303-555-0333"
    assert str(Phone.objects.get(pk=uid("phone there")).number) == FIRST[0]


def test_a_service_that_left_the_place_is_there_again(tmp_path: Path) -> None:
    bring_in(tmp_path / "a", FIRST)
    hide()
    bring_in(tmp_path / "b", FIRST, *GONE, "there")
    assert not ServiceAtLocation.objects.exists()
    take_back()
    assert ServiceAtLocation.objects.get().service == Service.objects.get(name="Talk")
    assert state() == of(FIRST)
    assert not Address.objects.exists()
