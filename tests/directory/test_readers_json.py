"""HSDS JSON in all its shapes: nested objects become rows, each once, and nothing is lost."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.imports.readers import Package, limits, open_source

SERVICE = {
    "id": "s1",
    "name": "Talk",
    "status": "active",
    "minimum_age": 12,
    "organization": {"id": "o1", "name": "Harbor"},
    "phones": [{"id": "p1", "number": "1", "languages": [{"id": "en", "name": "English"}]}],
}


def opened(path: Path, content: Any) -> Package:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    found = open_source(path)
    assert isinstance(found, Package)
    return found


def said(package: Package) -> list[tuple[str, dict[str, str]]]:
    return [(row.table, {key: cell for key, cell in row.cells.items() if cell}) for row in package]


def only(package: Package, table: str) -> list[dict[str, str]]:
    return [cells for name, cells in said(package) if name == table]


SAID = [
    ("organization", {"id": "o1", "name": "Harbor"}),
    (
        "service",
        {
            "id": "s1",
            "organization_id": "o1",
            "name": "Talk",
            "status": "active",
            "minimum_age": "12",
        },
    ),
    ("phone", {"id": "p1", "service_id": "s1", "number": "1"}),
    ("language", {"id": "en", "phone_id": "p1", "name": "English"}),
]


@pytest.mark.parametrize(
    "content",
    [
        SERVICE,
        [SERVICE],
        {"total_items": 1, "links": {"next": None}, "contents": [SERVICE], "size": 1},
        [{"total_items": 1, "contents": [SERVICE]}, {"total_items": 0, "contents": []}],
        json.dumps(SERVICE) + "\n" + json.dumps(SERVICE) + "\n",
        json.dumps({"page": 1, "contents": [SERVICE]}) + "\n" + json.dumps({"contents": []}),
        {"services.csv": [SERVICE]},
        {"services": [SERVICE]},
        "\ufeff" + json.dumps(SERVICE),
    ],
    ids=["one", "list", "page", "pages", "lines", "page-lines", "tables", "plain-tables", "mark"],
)
def test_every_shape_gives_the_same_rows(tmp_path: Path, content: Any) -> None:
    package = opened(tmp_path / "a.json", content)
    assert said(package) == SAID
    assert said(package) == SAID
    assert package.counts == {"organization": 1, "service": 1, "phone": 1, "language": 1}
    assert package.rows == 4


def test_objects_cut_by_chunks_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.imports.readers.json_items.CHUNK", 7)
    content = {"total": -1.5e3, "ok": True, "contents": [SERVICE, SERVICE | {"id": "s2"}]}
    package = opened(tmp_path / "a.json", json.dumps(content, indent=2))
    assert [cells["id"] for cells in only(package, "service")] == ["s1", "s2"]


@pytest.mark.parametrize(
    ("item", "name", "table"),
    [
        ({"id": "1", "name": "A", "year_incorporated": 1999}, "a", "organization"),
        ({"id": "1", "name": "A", "latitude": 1}, "a", "location"),
        ({"id": "1", "service": {"id": "2"}, "location": {"id": "3"}}, "a", "service_at_location"),
        ({"id": "1", "name": "A", "version": "1"}, "a", "taxonomy"),
        ({"id": "1", "name": "A", "code": "1"}, "a", "taxonomy_term"),
        ({"id": "1", "name": "A", "description": "B"}, "a", "service"),
        ({"id": "1", "name": "A", "description": "B"}, "organizations", "organization"),
        ({"id": "1", "name": "A", "description": "B"}, "taxonomy_list", "taxonomy"),
    ],
)
def test_an_object_is_known_by_its_keys(
    tmp_path: Path, item: dict[str, Any], name: str, table: str
) -> None:
    assert opened(tmp_path / f"{name}.json", [item]).tables[-1] == table


def test_one_object_at_many_places_is_one_row(tmp_path: Path) -> None:
    phone = {"id": "p1", "number": "1"}
    item = SERVICE | {
        "phones": [phone],
        "service_at_locations": [
            {
                "id": "x1",
                "phones": [phone | {"type": "voice"}],
                "location": {"id": "l1", "phones": [phone]},
            }
        ],
    }
    assert only(opened(tmp_path / "a.json", item), "phone") == [
        {
            "id": "p1",
            "service_id": "s1",
            "service_at_location_id": "x1",
            "location_id": "l1",
            "number": "1",
            "type": "voice",
        }
    ]


def test_two_owners_in_one_column_are_two_rows(tmp_path: Path) -> None:
    """What hangs on the second row names the second row."""
    language = {"id": "en", "name": "English"}
    several = [
        {"id": f"s{n}", "name": "Talk", "phones": [{"id": "p", "languages": [language]}]}
        for n in (1, 2, 1)
    ]
    package = opened(tmp_path / "services.json", several)
    assert only(package, "phone") == [
        {"id": "p", "service_id": "s1"},
        {"id": "p#2", "service_id": "s2"},
    ]
    assert only(package, "language") == [
        {"id": "en", "phone_id": "p", "name": "English"},
        {"id": "en#2", "phone_id": "p#2", "name": "English"},
    ]
    assert package.has_id("phone", "p#2")
    assert not package.has_id("phone", "p#3")


def test_two_values_in_one_cell_are_two_rows(tmp_path: Path) -> None:
    item = SERVICE | {"phones": [{"id": "p", "number": "1"}, {"id": "p", "number": "2"}]}
    phones = only(opened(tmp_path / "a.json", item), "phone")
    assert [(cells["id"], cells["number"]) for cells in phones] == [("p", "1"), ("p#2", "2")]


def test_an_id_shared_by_thousands_stays_fast(tmp_path: Path) -> None:
    several = [
        {"id": f"s{n}", "name": "Talk", "languages": [{"id": "en", "code": "en"}]}
        for n in range(2_000)
    ]
    package = opened(tmp_path / "services.json", several + several[:50])
    languages = only(package, "language")
    assert len(languages) == 2_000
    assert len({cells["id"] for cells in languages}) == 2_000
    assert len({cells["service_id"] for cells in languages}) == 2_000


def test_attributes_name_what_they_stood_in(tmp_path: Path) -> None:
    term = {"id": "t1", "name": "Shelter", "taxonomy_detail": {"id": "x1", "name": "Own"}}
    item = SERVICE | {
        "attributes": [{"id": "a1", "taxonomy_term": term}],
        "metadata": [{"id": "m1", "last_action_type": "update"}],
    }
    rows = {row.table: row for row in opened(tmp_path / "a.json", item)}
    assert rows["attribute"].parent == ("service", "s1")
    assert rows["attribute"].cells["link_id"] == "s1"
    assert rows["attribute"].cells["taxonomy_term_id"] == "t1"
    assert rows["taxonomy_term"].cells["taxonomy_id"] == "x1"
    assert rows["metadata"].parent == ("service", "s1")
    assert rows["metadata"].cells["resource_id"] == "s1"
    assert rows["service"].parent is None


def test_an_object_without_an_id_is_the_same_next_time(tmp_path: Path) -> None:
    def read(*numbers: str) -> Package:
        phones = [{"number": number} for number in numbers]
        items = [
            {"id": f"s{n}", "name": "Talk", "phones": phones, "organization": {"name": "Harbor"}}
            for n in (1, 2)
        ]
        return opened(tmp_path / "services.json", items)

    first, again, changed = read("1", "2"), read("1", "2"), read("1", "3")
    assert said(first) == said(again)
    assert len({cells["id"] for cells in only(first, "phone")}) == 4
    assert len(only(first, "organization")) == 1  # what says the same is the same
    before, after = only(first, "phone"), only(changed, "phone")
    assert [cells["id"] for cells in before] == [cells["id"] for cells in after]


def test_a_link_that_contradicts_the_place_keeps_both(tmp_path: Path) -> None:
    item = SERVICE | {"phones": [{"id": "p", "service_id": "s9", "number": "1"}]}
    phones = only(opened(tmp_path / "a.json", item), "phone")
    assert [cells["service_id"] for cells in phones] == ["s9", "s1"]


def test_values_are_kept_as_they_were_written(tmp_path: Path) -> None:
    content = (
        '{"id": 7, "name": "Ta\\u0000lk\\ud800", "status": "active", "minimum_age": 1.50, '
        '"maximum_age": 123456789012345678901234567890, "x-own": {"a": [1, 2]}, "alert": null, '
        '"x-flag": true, "languages": ["en", "es"], "email": ""}'
    )
    ((_table, cells),) = said(opened(tmp_path / "a.json", content))
    assert cells == {
        "id": "7",
        "name": "Talk\N{REPLACEMENT CHARACTER}",
        "status": "active",
        "minimum_age": "1.50",
        "maximum_age": "123456789012345678901234567890",
        "x-own": '{"a":["1","2"]}',
        "x-flag": "true",
        "languages": '["en","es"]',
    }


def test_lists_that_are_no_table_are_named(tmp_path: Path) -> None:
    content = {"services.csv": [SERVICE], "people.csv": [{"id": "1"}]}
    package = opened(tmp_path / "a.json", content)
    assert package.unread == ("people.csv",)
    assert said(package) == SAID


def test_an_object_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ITEM", 1_000)
    with pytest.raises(Exception, match="line 2 of a"):
        opened(tmp_path / "a.json", '[\n{"id": "1", "name": "' + "x" * 300_000 + '"}]')
