"""HSDS data on the same engine: set aside, chosen, undone."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.imports.publish import publish
from directory.imports.undo import undo
from directory.models import ImportBatch, Organization, Service, StagedRow
from tests.directory.hsds_packages import uid, write_package
from tests.directory.importing import directory_state, run

pytestmark = pytest.mark.django_db
BATCH = ImportBatch.objects.order_by("-pk")


def row(known: str, **cells: str) -> dict[str, str]:
    return {"id": uid(known)} | cells


TABLES: dict[str, list[dict[str, str]]] = {
    "organization": [
        row("o1", name="Harbor", description="Help"),
        row("o2", name="Haven", description="Help", parent_organization_id=uid("o1")),
    ],
    "service": [
        row("s1", name="Talk", organization_id=uid("o1"), status="active"),
        row("s2", name="Walk", organization_id=uid("o2"), status="active"),
    ],
    "location": [
        row("l1", name="House", location_type="physical", latitude="39.7", longitude="-105")
    ],
    "service_at_location": [
        row("sl1", service_id=uid("s1"), location_id=uid("l1")),
        row("sl2", service_id=uid("s2"), location_id=uid("l1")),
    ],
    "address": [
        row(
            "a1",
            location_id=uid("l1"),
            address_1="1 Elm",
            city="Denver",
            state_province="CO",
            postal_code="80203",
            country="US",
            address_type="physical",
        )
    ],
    "contact": [row("c1", service_id=uid("s1"), name="Ana")],
    "phone": [
        row("p1", service_id=uid("s1"), number="303-555-0142"),
        row("p2", contact_id=uid("c1"), number="303-555-0143"),
    ],
    "schedule": [
        row(
            "h1",
            service_id=uid("s1"),
            freq="WEEKLY",
            byday="MO",
            opens_at="09:00",
            closes_at="17:00",
        )
    ],
}
OTHER = {
    "name": ("Bridge", "River"),
    "number": ("303-555-0199",),
    "organization_id": (uid("o1"), uid("o2"), uid("nobody")),
    "parent_organization_id": (uid("o2"), ""),
    "service_id": (uid("s1"), uid("s2")),
    "latitude": ("39.8", "391"),
    "address_1": ("2 Oak",),
    "byday": ("TU",),
}


@st.composite
def packages(draw: Any) -> dict[str, list[dict[str, str]]]:
    """Some of the rows, some of them otherwise."""
    found = {}
    for table, rows in TABLES.items():
        kept = [dict(one) for one in rows if draw(st.integers(0, 4))]
        for one in kept:
            for column in sorted(one.keys() & OTHER.keys()):
                if not draw(st.integers(0, 3)):
                    one[column] = draw(st.sampled_from(OTHER[column]))
        if kept:
            found[table] = kept
    found.setdefault("organization", TABLES["organization"][:1])
    return found


def bring_in(folder: Path, tables: dict[str, list[dict[str, str]]]) -> None:
    run(write_package(folder, tables), "--source", "county", publish=False)
    batch = BATCH[0]
    if batch.state == "staged":
        publish(batch, accept_vanished=True)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(files=st.lists(packages(), min_size=1, max_size=3))
def test_undo_gives_back_the_directory_field_by_field(
    tmp_path_factory: pytest.TempPathFactory, files: list[dict[str, list[dict[str, str]]]]
) -> None:
    with transaction.atomic():
        states = [directory_state()]
        for tables in files:
            bring_in(tmp_path_factory.mktemp("package"), tables)
            states.append(directory_state())
        while BATCH.filter(state="published").exists():
            undo(BATCH.filter(state="published")[0])
            states.pop()
            assert directory_state() == states[-1]
        transaction.set_rollback(True)


def test_a_chosen_service_takes_along_its_new_organization(tmp_path: Path) -> None:
    run(write_package(tmp_path / "a", TABLES), "--source", "county", publish=False)
    batch = BATCH[0]
    batch.rows.exclude(table="service", source_id=uid("s2")).update(chosen=False)
    publish(batch)
    assert Service.objects.get().name == "Walk"
    assert Organization.objects.get(name="Haven").services.count() == 1
    taken = batch.rows.filter(chosen=True).values_list("table", flat=True)
    assert sorted(set(taken)) == ["organization", "service"]


def test_what_vanished_is_set_aside_with_all_that_belonged_to_it(tmp_path: Path) -> None:
    bring_in(tmp_path / "a", TABLES)
    before = directory_state()
    less = {"organization": TABLES["organization"], "service": TABLES["service"][1:]}
    outcome = run(write_package(tmp_path / "b", less), "--source", "county")
    assert (outcome.status, outcome.report["errors"][0]["code"]) == (2, "many-vanished")
    assert directory_state() == before
    batch = BATCH[0]
    vanished = batch.rows.filter(action=StagedRow.Action.VANISH)
    assert outcome.report["vanished"] == vanished.count() == 9
    publish(batch, accept_vanished=True)
    assert Service.objects.get(name="Talk").set_aside_at is not None
    bring_in(tmp_path / "c", TABLES)
    assert directory_state() == before
