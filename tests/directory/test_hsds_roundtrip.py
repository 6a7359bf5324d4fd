"""Whatever graph of HSDS comes in goes out field by field, and coming in again changes nothing."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from directory.hsds.objects import OBJECTS
from directory.hsds.spec import Field, HsdsObject
from directory.imports.publish import publish
from directory.imports.records.cells import tidy
from directory.imports.stage import stage
from directory.models import ImportBatch
from directory.records.binding import binding
from tests.directory.hsds_packages import (
    SOURCE,
    exported_rows,
    given_rows,
    lost,
    read_package,
    uid,
    write_package,
)

pytestmark = pytest.mark.django_db

Tables = dict[str, list[dict[str, Any]]]
ODD = "aZ9 .,;:'\"=+-@#%/\\|éñ漢字🙂\u0301\u00a0§\n"
BY_KIND: dict[str, st.SearchStrategy[str]] = {
    "url": st.sampled_from(["http://example.com", "https://example.org/a?b=c&d=%20#e"]),
    "email": st.sampled_from(["email@example.com", "o'neil+x@mail.example.org"]),
    "integer": st.integers(1, 2000).map(str),
    "number": st.integers(0, 90).map(str) | st.sampled_from(["12.5", "0.25"]),
    "date": st.dates().map(str),
    "time": st.times().map(lambda t: t.replace(microsecond=0).isoformat()),
    "datetime": st.sampled_from(["2024-09-25T14:23:06.5+01:00", "2023-03-15T10:30:45.123Z"]),
}
# Fields whose texts are more than texts.
SPECIAL: dict[tuple[str, str], st.SearchStrategy[str]] = {
    ("phone", "type"): st.sampled_from(["voice", "fax", "text", "hotline"]),
    ("schedule", "byday"): st.sampled_from(["MO,TU", "-1FR", "some Mondays"]),
    ("service", "minimum_age"): st.integers(0, 18).map(str),
    ("service", "maximum_age"): st.integers(19, 120).map(str),
    ("attribute", "link_entity"): st.sampled_from([*OBJECTS, "link_entity"]),
}


def _words(table: str, field: Field) -> st.SearchStrategy[str]:
    column = binding(table).fields.get(field.name)
    longest = min(getattr(column, "max_length", None) or 40, 40)
    lines = column is None or column.get_internal_type() == "TextField"
    alphabet = ODD if lines else ODD.replace("\n", "")
    return st.text(alphabet, min_size=1, max_size=longest).filter(
        lambda text: not text.isspace() and tidy(text, lines=lines) == text
    )


def _cell(table: str, field: Field) -> st.SearchStrategy[str]:
    if (table, field.name) in SPECIAL:
        return SPECIAL[table, field.name]
    if field.choices:
        return st.sampled_from(field.choices)
    column = binding(table).fields.get(field.name)
    if field.kind == "url" and column is not None and column.get_internal_type() != "URLField":
        return _words(table, field)
    return BY_KIND[field.kind] if field.kind in BY_KIND else _words(table, field)


@st.composite
def graphs(draw: st.DrawFn) -> Tables:
    """Some rows of some objects, whose links lead to any of them, or nowhere."""
    ids = {
        name: [uid(f"{name}{number}") for number in range(draw(st.integers(0, 2)))]
        for name in OBJECTS
    }
    tables = {name: [draw(_rows(OBJECTS[name], pk, ids)) for pk in ids[name]] for name in OBJECTS}
    return {name: _once(name, rows) for name, rows in tables.items() if rows}


@st.composite
def _rows(draw: st.DrawFn, found: HsdsObject, pk: str, ids: dict[str, list[str]]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": pk}
    for link in found.links:
        targets = ids.get(link.to, [one for several in ids.values() for one in several])
        nowhere = uid(f"nowhere{draw(st.integers(0, 1))}")
        row[link.name] = draw(st.sampled_from(["", nowhere, *targets, *targets]))
    for field in found.fields:
        always = field.name in ("name", "number", "url", "identifier")
        if always or draw(st.booleans()):
            row[field.name] = draw(_cell(found.name, field))
    if not (row.get("latitude") and row.get("longitude")):
        row["latitude"] = row["longitude"] = ""
    return row


def _once(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A service is at a location once."""
    if name != "service_at_location":
        return rows
    return list({(row["service_id"], row["location_id"]): row for row in rows}.values())


def _import(folder: Path) -> ImportBatch:
    batch = stage(read_package(folder), None, SOURCE)
    publish(batch)
    batch.refresh_from_db()
    return batch


@settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(graphs())
def test_in_out_and_in_again_is_a_fixed_point(tables: Tables) -> None:
    if not tables:
        return
    with tempfile.TemporaryDirectory() as folder:
        package = write_package(Path(folder) / "in", tables)
        given_first = given_rows(read_package(package))
        with transaction.atomic():
            report = _import(package).report
            assert report["rejected"] == 0
            told = exported_rows()
            assert lost(given_first, told) == []
            same_again = stage(read_package(package), None, SOURCE)
            changed = same_again.rows.exclude(action="unchanged")
            assert list(changed.values_list("table", "before", "values")) == []
            transaction.set_rollback(True)
        written = write_package(Path(folder) / "out", _tables(told))
        with transaction.atomic():
            _import(written)
            assert exported_rows() == told
            transaction.set_rollback(True)


def _tables(told: dict[tuple[str, str], dict[str, str]]) -> Tables:
    tables: Tables = {}
    for (name, _pk), cells in told.items():
        tables.setdefault(name, []).append(cells)
    return tables
