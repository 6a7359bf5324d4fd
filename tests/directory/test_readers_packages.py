"""HSDS as a folder, a datapackage.json or a ZIP: all tables, in the order to write them in."""

import json
import zipfile
from pathlib import Path

import pytest

from directory.hsds.objects import OBJECTS
from directory.imports.faults import FileFault
from directory.imports.readers import Package, open_source

TABLES = {
    "services.csv": "id,organization_id,name\ns1,o1,Talk\ns2,o1,Walk\n",
    "organizations.csv": "id,name,colour\no1,Harbor,blue\n",
    "phones.csv": "id,service_id,number\np1,s1,'+44 1234\n",
}


def folder(path: Path, tables: dict[str, str]) -> Path:
    path.mkdir()
    for name, text in tables.items():
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


def opened(path: Path) -> Package:
    found = open_source(path)
    assert isinstance(found, Package)
    return found


def said(package: Package) -> list[tuple[str, int, dict[str, str]]]:
    return [
        (row.table, row.number, {key: cell for key, cell in row.cells.items() if cell})
        for row in package
    ]


SAID = [
    ("organization", 1, {"id": "o1", "name": "Harbor", "colour": "blue"}),
    ("service", 1, {"id": "s1", "organization_id": "o1", "name": "Talk"}),
    ("service", 2, {"id": "s2", "organization_id": "o1", "name": "Walk"}),
    ("phone", 1, {"id": "p1", "service_id": "s1", "number": "+44 1234"}),
]


def test_a_folder_of_tables(tmp_path: Path) -> None:
    package = opened(folder(tmp_path / "a", TABLES))
    assert said(package) == SAID
    assert said(package) == SAID  # and once more
    assert package.tables == ("organization", "service", "phone")
    assert package.rows == 4
    assert all(set(OBJECTS[row.table].columns) <= set(row.cells) for row in package)


def test_ids_are_known(tmp_path: Path) -> None:
    package = opened(folder(tmp_path / "a", TABLES))
    assert package.has_id("service", "s2")
    assert not package.has_id("service", "o1")
    assert not package.has_id("service", "s2#2")
    assert not package.has_id("nothing", "s1")


@pytest.mark.parametrize("top", ["", "export/"])
def test_a_zip_of_tables(tmp_path: Path, top: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in TABLES.items():
            archive.writestr(top + name, text)
        archive.writestr(f"{top}older.zip", b"PK")
    package = opened(path)
    assert said(package) == SAID
    assert (package.path, package.unread) == (path, (f"{top}older.zip",))


def test_what_is_no_table_of_hsds_is_named(tmp_path: Path) -> None:
    tables = TABLES | {"service_taxonomies.csv": "id\n1\n", "notes.csv": "a\nb\n", "a.md": "x"}
    package = opened(folder(tmp_path / "a", tables))
    assert package.unread == ("notes.csv", "service_taxonomies.csv")
    assert said(package) == SAID


def test_a_description_says_which_file_is_which(tmp_path: Path) -> None:
    tables = {
        "data/one.csv": TABLES["organizations.csv"],
        "two.tsv": TABLES["services.csv"].replace(",", "\t"),
        "phone.csv": TABLES["phones.csv"],
    }
    path = folder(tmp_path / "a", tables)
    resources = [
        {"name": "organization", "path": "data/one.csv"},
        {"name": "services", "path": "two.tsv"},
        {"name": "contact", "path": "contacts.csv"},
        {"name": "eligibility", "path": "phone.csv"},
    ]
    (path / "datapackage.json").write_text(json.dumps({"resources": resources}))
    for named in (path, path / "datapackage.json"):
        package = opened(named)
        assert said(package) == SAID
        assert package.absent == ("contacts.csv",)
        assert package.path == named


def test_older_names_and_columns(tmp_path: Path) -> None:
    tables = {
        "organization.csv": "id,name,url\no1,Harbor,https://e.org\n",
        "physical_addresses.csv": "id,address_1\na1,1 Elm\n",
        "postal_address.csv": "id,address_1\na2,PO Box 1\n",
        "services_at_location.csv": "id,service_id\nx1,s1\n",
        "accessibility_for_disabilities.csv": "id,accessibility\ny1,Ramp\n",
        "taxonomy.csv": "id,name,parent_id,vocabulary\nt2,Child,t1,own\n",
    }
    assert [
        (name, cells) for name, _number, cells in said(opened(folder(tmp_path / "a", tables)))
    ] == [
        ("taxonomy_term", {"id": "t2", "name": "Child", "parent_id": "t1", "taxonomy": "own"}),
        ("organization", {"id": "o1", "name": "Harbor", "website": "https://e.org"}),
        ("service_at_location", {"id": "x1", "service_id": "s1"}),
        ("address", {"id": "a1", "address_1": "1 Elm", "address_type": "physical"}),
        ("address", {"id": "a2", "address_1": "PO Box 1", "address_type": "postal"}),
        ("accessibility", {"id": "y1", "description": "Ramp"}),
    ]


def test_a_row_without_an_id_gets_the_same_one_each_time(tmp_path: Path) -> None:
    tables = {"phones.csv": "id,service_id,number\n,s1,1\n,s1,2\n,s1,1\n"}
    path = folder(tmp_path / "a", tables)
    first, second = opened(path), opened(path)
    ids = [row.cells["id"] for row in first]
    assert ids == [row.cells["id"] for row in second]
    assert ids[0] == ids[2] != ids[1]


def test_the_same_id_twice_stays_two_rows(tmp_path: Path) -> None:
    tables = {"services.csv": "id,name\ns1,Talk\ns1,Walk\ns1,Talk\n"}
    names = [row.cells["name"] for row in opened(folder(tmp_path / "a", tables))]
    assert names == ["Talk", "Walk", "Talk"]


def test_rows_too_long_are_told(tmp_path: Path) -> None:
    tables = {"services.csv": "id,name\ns1,Talk,more\ns2,Walk\n"}
    rows = list(opened(folder(tmp_path / "a", tables)))
    assert [row.surplus for row in rows] == [("more",), ()]


def test_a_guessed_encoding_is_named(tmp_path: Path) -> None:
    path = folder(tmp_path / "a", TABLES)
    (path / "locations.csv").write_bytes("id,name\nl1,Peñón\n".encode("cp1252"))
    package = opened(path)
    assert package.guessed == ("locations.csv",)
    assert {"id": "l1", "name": "Peñón"} in [cells for _t, _n, cells in said(package)]


def test_the_digest_is_that_of_what_is_read(tmp_path: Path) -> None:
    one = opened(folder(tmp_path / "a", TABLES)).sha256
    assert opened(folder(tmp_path / "b", TABLES)).sha256 == one
    changed = TABLES | {"phones.csv": "id,service_id,number\np1,s1,2\n"}
    assert opened(folder(tmp_path / "c", changed)).sha256 != one


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({}, "not-hsds"),
        ({"people.csv": "id\n1\n"}, "not-hsds"),
        ({"services.csv": "id,name\n", "phones.csv": ""}, "no-rows"),
        ({"services.csv": "id,name,NAME\n1,a,b\n"}, "duplicate-heading"),
        ({"datapackage.json": "[]"}, "not-package"),
        ({"datapackage.json": '{"resources": 1}'}, "not-package"),
        ({"datapackage.json": "{"}, "not-package"),
    ],
)
def test_a_folder_that_is_no_package(tmp_path: Path, tables: dict[str, str], code: str) -> None:
    with pytest.raises(FileFault) as caught:
        open_source(folder(tmp_path / "a", tables))
    assert caught.value.code == code
