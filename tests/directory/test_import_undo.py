"""A published batch undone: the directory is as it was, but for what people did since."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.imports.faults import PublishRefused
from directory.imports.publish import discard, publish
from directory.imports.undo import undo
from directory.models import (
    Address,
    Attribute,
    ImportBatch,
    ImportChange,
    Location,
    Organization,
    Phone,
    Service,
    SourceRow,
    StagedRow,
    TaxonomyTerm,
)
from tests.directory.importing import ROW, directory_state, run, write

pytestmark = pytest.mark.django_db
OTHER = ROW | {"": "8", "name2": "Youth Clinic", "street1": "2 Elm Street"}


def newest() -> ImportBatch:
    return ImportBatch.objects.order_by("-pk")[0]


def test_what_an_import_created_is_gone_again(tmp_path: Path) -> None:
    before = directory_state()
    run(write(tmp_path / "a.csv", ROW, OTHER))
    assert Service.objects.count() == Location.objects.count() == 2
    undo(newest())
    assert directory_state() == before
    batch = newest()
    assert (batch.state, batch.changes.count()) == ("undone", 0)


def test_what_was_deleted_meanwhile_is_refused(tmp_path: Path) -> None:
    run(write(tmp_path / "a.csv", ROW))
    batch = newest()
    ImportBatch.objects.all().delete()
    for act in (publish, discard, undo):
        with pytest.raises(PublishRefused) as refused:
            act(batch)
        assert refused.value.code == "gone"


def test_what_it_changed_says_again_what_it_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW, OTHER))
    service = Service.objects.get(source_id="7")
    service.url = "https://steward.example.org"
    service.save()
    before = directory_state()
    moved = {"street1": "9 Oak", "website": "x.org", "phone": "860-276-3999", "type_facility": "SA"}
    run(write(path, ROW | moved | {"name1": "Haven"}, OTHER))
    service.refresh_from_db()
    assert (service.url, service.organization.name) == ("https://x.org", "Haven")
    undo(newest())
    assert directory_state() == before


def test_what_somebody_changed_since_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW | {"website": "old.org"}))
    run(write(path, ROW | {"website": "new.org", "name2": "Day Clinic"}))
    service = Service.objects.get()
    service.url = "https://steward.example.org"
    service.save()
    undo(newest())
    service.refresh_from_db()
    assert (service.url, service.name) == ("https://steward.example.org", "Outpatient Clinic")


def test_a_line_that_somebody_corrected_since_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW))
    run(write(path, ROW | {"phone": "860-276-3999"}))
    Phone.objects.filter(number="(860) 276-3999").update(number="(860) 276-3998")
    undo(newest())
    numbers = set(Phone.objects.values_list("number", flat=True))
    assert numbers == {"(860) 276-3998", "(860) 276-3000"}


def test_an_organization_that_somebody_uses_by_now_stays(tmp_path: Path) -> None:
    run(write(tmp_path / "a.csv", ROW))
    by_hand = Service.objects.create(organization=Organization.objects.get(), name="By hand")
    undo(newest())
    assert Service.objects.get() == by_hand
    assert Organization.objects.get().name == "Harbor Health"


def test_what_had_vanished_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW, OTHER))
    before = directory_state()
    run(write(path, ROW), publish=False)
    publish(newest(), accept_vanished=True)
    assert Service.objects.public().count() == 1
    undo(newest())
    assert directory_state() == before


def test_what_came_back_is_set_aside_again(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW, OTHER))
    run(write(path, ROW), publish=False)
    publish(newest(), accept_vanished=True)
    before = directory_state()
    run(write(path, ROW, OTHER | {"phone": "860-276-3999"}))
    assert Service.objects.public().count() == 2
    undo(newest())
    assert directory_state() == before


def test_only_the_newest_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    empty = directory_state()
    run(write(path, ROW))
    run(write(path, ROW | {"name2": "Day Clinic"}))
    first, second = ImportBatch.objects.order_by("pk")
    with pytest.raises(PublishRefused, match="undo that one first"):
        undo(first)
    assert Service.objects.get().name == "Day Clinic"
    undo(second)
    with pytest.raises(PublishRefused, match="published and undone"):
        undo(second)
    undo(first)
    assert directory_state() == empty


def test_a_batch_that_waits_cannot_be_undone(tmp_path: Path) -> None:
    run(write(tmp_path / "a.csv", ROW), publish=False)
    with pytest.raises(PublishRefused, match="Only an import that is published"):
        undo(newest())


def test_the_same_file_can_be_brought_in_after_an_undo(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROW)
    run(path)
    undo(newest())
    assert run(path).counts == (1, 1, 0, 0, 0)
    assert Service.objects.count() == 1


def stored_places() -> str:
    tables = (Location, Address, SourceRow, StagedRow, ImportBatch, ImportChange)
    return str([list(table.objects.values()) for table in tables])


@pytest.mark.parametrize("by_save", [True, False])
def test_a_place_that_became_confidential_does_not_come_back(tmp_path: Path, by_save: bool) -> None:
    path = tmp_path / "a.csv"
    run(write(path, ROW))
    run(write(path, ROW | {"street1": "9 Oak", "name2": "Day Clinic"}))
    location = Location.objects.get()
    if by_save:
        location.confidential = True
        location.save()
        assert "Elm" not in stored_places()
        assert "Oak" not in stored_places()
    else:
        Location.objects.update(confidential=True, latitude=None, longitude=None)
    undo(newest())
    assert Service.objects.get().name == "Outpatient Clinic"
    assert not Address.objects.exists()
    kept = Service.objects.get().service_at_locations.get().location
    assert (kept.confidential, kept.latitude) == (True, None)
    assert Location.objects.count() == 1


CHANGES: dict[str, Any] = {
    "name1": st.sampled_from(["Harbor Health", "Haven", "harbor  HEALTH"]),
    "name2": st.sampled_from(["Outpatient Clinic", "Youth Clinic"]),
    "street1": st.sampled_from(["1 Elm Street", "2 Oak Street", ""]),
    "phone": st.sampled_from(["860-276-3000", "860-276-3999", "", "call us"]),
    "latitude": st.sampled_from(["41.56", "41.57", "391"]),
    "website": st.sampled_from(["", "x.org", "y.org", "javascript:x"]),
    "type_facility": st.sampled_from(["MH", "SA", ""]),
}
ROWS = st.dictionaries(st.sampled_from("1234"), st.fixed_dictionaries(CHANGES), min_size=1)
EDITS = st.lists(st.sampled_from(["url", "name", "phone", "term", "point", "drop"]), max_size=3)


def edit(what: str) -> None:
    """What a steward may do meanwhile, to the first listing there is."""
    service = Service.objects.order_by("source_id").first()
    if service is None:
        return
    location = Location.objects.filter(service_at_locations__service=service).first()
    if what == "url":
        Service.objects.filter(pk=service.pk).update(url="https://steward.example.org")
    elif what == "name":
        Service.objects.filter(pk=service.pk).update(name="A steward's name")
    elif what == "phone":
        Phone.objects.create(service=service, number="(860) 555-0100")
    elif what == "term":
        term = TaxonomyTerm.objects.get(taxonomy__slug="need", code="grief")
        Attribute.objects.get_or_create(service=service, taxonomy_term=term)
    elif what == "point" and location:
        Location.objects.filter(pk=location.pk).update(latitude=40.5, longitude=-73.5)
    elif what == "drop":
        service.delete()


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(files=st.lists(ROWS, min_size=2, max_size=4), edits=EDITS)
def test_undo_gives_back_the_directory_field_by_field(
    tmp_path: Path, files: list[dict[str, dict[str, str]]], edits: list[str]
) -> None:
    path = tmp_path / "any.csv"
    with transaction.atomic():
        states = [directory_state()]
        for number, rows in enumerate(files):
            run(
                write(path, *(ROW | cells | {"": key} for key, cells in rows.items())),
                publish=False,
            )
            batch = newest()
            if batch.state == "staged":
                publish(batch, accept_vanished=True)
            if number == len(files) - 2:
                for what in edits:
                    edit(what)
            states.append(directory_state())
        undo(newest())
        assert directory_state() == states[-2]
        transaction.set_rollback(True)
