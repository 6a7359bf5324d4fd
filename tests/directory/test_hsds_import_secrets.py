"""A confidential place leaves nothing behind in what imports keep, and no import brings it back."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from wagtail.models import Revision

from directory.imports.publish import publish
from directory.imports.stage import stage
from directory.models import (
    Accessibility,
    Address,
    ImportBatch,
    ImportChange,
    Location,
    Metadata,
    Service,
    SourceRow,
    StagedRow,
)
from directory.models.location import TELLING
from directory.records.binding import MODELS
from tests.directory.hsds_packages import SOURCE, exported_rows, read_package, uid, write_package

pytestmark = pytest.mark.django_db

CANARY = "Zeisig"
TABLES: dict[str, list[dict[str, Any]]] = {
    "organization": [{"id": uid("o"), "name": "Harbor"}],
    "service": [{"id": uid("s"), "name": "Shelter", "organization_id": uid("o")}],
    "location": [
        {
            "id": uid("l"),
            "name": f"House {CANARY}",
            "description": f"at {CANARY} Street",
            "transportation": f"Bus to {CANARY}",
            "url": f"https://example.org/{CANARY}",
            "latitude": "39.7001",
            "longitude": "-104.9001",
            "external_identifier": CANARY,
            "x_time_zone": f"America/{CANARY}",
            "way_in": f"door of {CANARY}",
        }
    ],
    "service_at_location": [
        {
            "id": uid("a"),
            "service_id": uid("s"),
            "location_id": uid("l"),
            "description": f"in {CANARY} Street",
        }
    ],
    "address": [
        {
            "id": uid("d"),
            "location_id": uid("l"),
            "address_1": f"<b>1</b> {CANARY} Street",
            "city": CANARY,
            "address_type": CANARY,
        }
    ],
    "accessibility": [
        {"id": uid("c"), "location_id": uid("l"), "description": f"ramp at {CANARY}"}
    ],
    "attribute": [
        {"id": uid("t"), "link_id": uid("l"), "value": CANARY, "label": f"near {CANARY}"}
    ],
    "contact": [
        {
            "id": uid("p"),
            "service_at_location_id": uid("a"),
            "name": f"<b>Ann</b> of {CANARY}",
            "title": f"Porter of {CANARY}",
            "room": f"in {CANARY}",
        }
    ],
    "phone": [
        {
            "id": uid("n"),
            "location_id": uid("l"),
            "service_id": uid("s"),
            "number": "303-555-0177",
            "description": f"the <b>bell</b> at {CANARY}",
        },
        {
            "id": uid("n2"),
            "contact_id": uid("p"),
            "number": "303-555-0178",
            "description": f"Ann in {CANARY}",
        },
    ],
    "schedule": [
        {
            "id": uid("h"),
            "service_at_location_id": uid("a"),
            "byday": "MO",
            "freq": "WEEKLY",
            "opens_at": "09:00",
            "closes_at": "17:00",
            "description": f"ring at {CANARY}",
            "notes": f"<b>side</b> door of {CANARY}",
        }
    ],
    "service_area": [
        {"id": uid("r"), "service_at_location_id": uid("a"), "name": f"around {CANARY}"}
    ],
    "language": [
        {"id": uid("g"), "phone_id": uid("n2"), "code": "es", "note": f"on {CANARY}'s phone"}
    ],
    "metadata": [
        {"id": uid(f"m{of}"), "resource_id": uid(of), "previous_value": f"2 {CANARY} Street"}
        for of in ("l", "d", "c", "n", "h")
    ],
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "package", TABLES)


def _import(package: Path) -> ImportBatch:
    batch = stage(read_package(package), None, SOURCE)
    publish(batch)
    batch.refresh_from_db()
    return batch


def _make_confidential() -> None:
    location = Location.objects.get()
    location.confidential, location.name = True, "Safe house"
    location.save()


def _traces() -> list[tuple[str, str]]:
    """Where the canary is found: model and field."""
    kept: list[type[Model]] = [ImportBatch, ImportChange, SourceRow, StagedRow, *MODELS.values()]
    found = [record for model in kept for record in model._default_manager.all()]
    told = json.loads(serializers.serialize("json", found))
    return [
        (one["model"], f"{name}: {value}"[:300])
        for one in told
        for name, value in one["fields"].items()
        if CANARY in json.dumps(value)
    ]


def _exported() -> str:
    return str(list(exported_rows().values()))


def test_the_canary_is_seen_while_the_place_is_public(package: Path) -> None:
    _import(package)
    assert len(_traces()) > 20
    assert CANARY in _exported()


def test_a_place_that_becomes_confidential_is_forgotten(package: Path) -> None:
    _import(package)
    _make_confidential()
    assert _traces() == []
    assert CANARY not in _exported()
    assert "303-555-0177" in _exported() and "09:00" in _exported()


def test_a_batch_that_waits_forgets_it_too(package: Path) -> None:
    _import(package)
    changed = {name: [dict(row) for row in rows] for name, rows in TABLES.items()}
    changed["address"][0]["address_1"] = f"3 {CANARY} Street"
    changed["metadata"][1]["previous_value"] = f"4 {CANARY} Street"
    batch = stage(read_package(write_package(package.parent / "next", changed)), None, SOURCE)
    assert _traces()
    _make_confidential()
    assert _traces() == []
    publish(batch)
    assert _traces() == []
    assert not Address.objects.exists()


def test_what_an_import_removed_before_is_forgotten_too(package: Path) -> None:
    _import(package)
    fewer: dict[str, list[dict[str, Any]]] = TABLES | {"contact": [], "phone": [], "language": []}
    gone = read_package(write_package(package.parent / "next", fewer))
    publish(stage(gone, None, SOURCE), accept_vanished=True)
    assert ("directory.importchange", True) in {(m, "phone" in text) for m, text in _traces()}
    _make_confidential()
    assert _traces() == []


def test_no_import_brings_the_place_back(package: Path) -> None:
    _import(package)
    _make_confidential()
    batch = _import(package)
    assert batch.report["rejected"] == 0
    assert _traces() == []
    location = Location.objects.get()
    assert (location.name, location.confidential) == ("Safe house", True)
    assert not Address.objects.exists()
    assert not Accessibility.objects.exists()
    assert not Metadata.objects.exists()
    assert _import(package).report["unchanged"] == batch.report["rows"]


def test_another_source_does_not_bring_it_back_either(package: Path) -> None:
    _import(package)
    _make_confidential()
    publish(stage(read_package(package), None, "another"))
    assert _traces() == []


def test_a_file_may_call_its_own_place_confidential(package: Path) -> None:
    secret = {**TABLES, "location": [{**TABLES["location"][0], "x_confidential": "true"}]}
    secret["location"][0]["name"] = "Safe house"
    path = write_package(package.parent / "secret", secret)
    first = _import(path)
    assert _traces() == []
    location = Location.objects.get()
    assert (location.name, location.confidential) == ("Safe house", True)
    assert _import(path).report["unchanged"] == first.report["rows"]
    _import(package)  # no file makes it public again
    assert _traces() == []
    assert Location.objects.get().confidential


def _hide_past_all() -> None:
    """As a place was that became confidential before words that hang on it counted."""
    empty = dict.fromkeys(TELLING, "") | {"latitude": None, "longitude": None}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE directory_location DISABLE TRIGGER USER")
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master"
                " WHERE type = 'trigger' AND tbl_name = 'directory_location'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        place = Location._base_manager.filter(pk=uid("l"))
        place.update(confidential=True, name="Safe house", as_given={}, **empty)
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE directory_location ENABLE TRIGGER USER")
    for name in ("0008_confidential_places_again", "0010_history"):
        import_module(f"directory.migrations.{name}").create(apps, connection.schema_editor())


def test_places_that_were_confidential_before_are_forgotten_when_the_site_is_updated(
    package: Path,
) -> None:
    _import(package)
    changed = TABLES | {"phone": [{**TABLES["phone"][0], "description": f"bell by {CANARY}"}]}
    path = write_package(package.parent / "next", changed)
    publish(stage(read_package(path), None, SOURCE))
    stage(read_package(package), None, SOURCE)
    service = Service.objects.get()
    for record in (Location.objects.get(), service):
        record.save_revision()
    other = Location.objects.create(name="Open house")
    other.save_revision()
    _hide_past_all()
    assert any(CANARY in str(kept.content) for kept in Revision.objects.all())
    told = {model for model, _text in _traces()}
    assert told >= {f"directory.{name}" for name in ("sourcerow", "stagedrow", "importchange")}
    migration = import_module("directory.migrations.0017_words_at_a_secret_place")
    before = MigrationExecutor(connection).loader.project_state(
        [("directory", "0016_unknown_and_places")]
    )
    migration.create(before.apps, connection.schema_editor())
    migration.wipe(before.apps, connection.schema_editor())
    assert _traces() == []
    history = {kept.object_id: str(kept.content) for kept in Revision.objects.all()}
    assert str(other.pk) in history and not any(CANARY in text for text in history.values())
    assert Location.objects.get(name="Safe house").confidential
    kept = SourceRow.objects.get(table="phone", source_id=uid("n")).values
    assert kept["number"] == "303-555-0177" and "description" not in kept
    assert _import(package).report["rejected"] == 0
    assert _traces() == []


@pytest.mark.parametrize("rows", [1, 3, 4, 5])
def test_an_import_that_was_stopped_still_knows_what_its_file_called_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    """The file alone says so, in a row that was staged before it was stopped."""

    class Stopped(Exception):
        pass

    def stop(count: int) -> None:
        if ImportBatch.objects.get().rows_read >= rows:
            raise Stopped

    tables = TABLES | {"location": [TABLES["location"][0] | {"x_confidential": "true"}]}
    folder = write_package(tmp_path / "package", tables)
    monkeypatch.setattr("directory.imports.compare.CHUNK", 1)
    with pytest.raises(Stopped):
        stage(read_package(folder), None, SOURCE, stop)
    assert ImportBatch.objects.get().rows_read == rows
    batch = stage(read_package(folder), None, SOURCE)
    kept = serializers.serialize("json", [batch, *batch.rows.exclude(table="location")])
    assert batch.state == ImportBatch.State.STAGED and CANARY not in kept
