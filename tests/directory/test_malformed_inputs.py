"""Files that are broken or mean harm: each a clear fault that says what to do, or clean values.

What is malformed in a single row is in the tests of the import; here it is the file itself.
"""

import io
import json
import stat
import struct
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from directory.imports.faults import FileFault
from directory.imports.readers import open_source
from directory.imports.rows import MAX_CELL

SERVICES = "id,name\ns1,Talk\n"
LIST = '[{"id": "s1", "name": "Talk", "status": "active"}'


def packed(entries: dict[str, str | bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return kept.getvalue()


def symlink() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        entry = zipfile.ZipInfo("services.csv")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return kept.getvalue()


def encrypted() -> bytes:
    """The flag in both headers is what a ZIP with a password differs in."""
    content = bytearray(packed({"services.csv": SERVICES}))
    central = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[central + 8] |= 1
    return bytes(content)


def lying() -> bytes:
    """Says that it unpacks to 20 bytes, and would to a hundred million."""
    content = bytearray(packed({"services.csv": b"id,name\n" + bytes(100_000_000)}))
    central = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, central + 24, 20)
    return bytes(content)


def workbook(change: Callable[[str, bytes], bytes] = lambda name, part: part) -> bytes:
    book, kept, changed = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["name", "city"])
    book.active.append(["Talk", "Denver"])
    book.save(kept)
    with zipfile.ZipFile(kept) as source, zipfile.ZipFile(changed, "w", 8) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return changed.getvalue()


def in_sheet(text: bytes, by: bytes) -> bytes:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(text, by) if name == "xl/worksheets/sheet1.xml" else part

    return workbook(change)


def linked() -> bytes:
    """A workbook whose cell shows what another file, on another server, last held."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    added = {
        "xl/workbook.xml": (
            b"</sheets>",
            f'<externalReferences><externalReference xmlns:r="{relation}" r:id="rId99"/>'
            "</externalReferences>",
        ),
        "xl/_rels/workbook.xml.rels": (
            b'relationships">',
            f'<Relationship Id="rId99" Type="{relation}/externalLink"'
            ' Target="http://203.0.113.1/secret.xlsx" TargetMode="External"/>',
        ),
        "xl/worksheets/sheet1.xml": (
            b"</sheetData>",
            '<row r="3"><c r="A3" t="str"><f>[1]Sheet1!A1</f><v>Kept</v></c></row>',
        ),
    }

    def change(name: str, part: bytes) -> bytes:
        place, more = added.get(name, (b"", ""))
        if not more:
            return part
        assert place in part
        before = place.startswith(b"</sheetData")
        return part.replace(place, more.encode() + place if before else place + more.encode(), 1)

    return workbook(change)


def described(path: object) -> bytes:
    resources = {"resources": [{"name": "services", "path": path}]}
    return packed({"datapackage.json": json.dumps(resources), "services.csv": SERVICES})


ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
DEEP = '[{"id": "s1", "name": "Talk", "phones": ' + "[" * 10_000

FAULTS: dict[str, tuple[str, bytes | Callable[[], bytes], str, str]] = {
    "a zip bomb": (
        "a.zip",
        lambda: packed({"services.csv": bytes(30_000_000)}),
        "zip-bomb",
        "would unpack to 30 MB",
    ),
    "a zip that lies about its size": ("a.zip", lying, "damaged", "damaged"),
    "a zip of ten thousand files": (
        "a.zip",
        lambda: packed({f"{n}.csv": "" for n in range(10_000)}),
        "too-many-files",
        "more than 2,000 files",
    ),
    "a zip with ../": ("a.zip", packed({"../services.csv": SERVICES}), "outside", "../services"),
    "a zip with ../ deeper": ("a.zip", packed({"a/../../x.csv": ""}), "outside", "a/../../x"),
    "a zip with an absolute path": ("a.zip", packed({"/etc/x.csv": ""}), "outside", "/etc/x.csv"),
    "a zip with a backslash": ("a.zip", packed({"..\\x.csv": ""}), "outside", "leads out"),
    "a zip with a drive": ("a.zip", packed({"C:x.csv": ""}), "outside", "C:x.csv"),
    "a zip with a symbolic link": ("a.zip", symlink, "outside", "services.csv"),
    "a zip with a password": ("a.zip", encrypted, "encrypted", "without one"),
    "half a zip": (
        "a.zip",
        lambda: packed({"services.csv": SERVICES * 99})[:-40],
        "damaged",
        "not whole",
    ),
    "a zip with nothing to read": ("a.zip", packed({"a.png": "x"}), "not-hsds", "no table"),
    "a zip in a zip": ("a.zip", packed({"b.zip": packed({"a": ""})}), "not-hsds", "no table"),
    "a picture named .zip": ("a.zip", b"\x89PNG\r\n\x1a\n", "not-zip", "is a picture"),
    "a description that leads up": ("a.zip", described("../x.csv"), "outside", "../x.csv"),
    "a description with a root": ("a.zip", described("/etc/passwd"), "outside", "/etc/passwd"),
    "a description with a link": ("a.zip", described(["http://e.org/x"]), "outside", "e.org"),
    "a description with a drive": ("a.zip", described("C:\\x.csv"), "outside", "outside its"),
    "a workbook that is a bomb": (
        "a.xlsx",
        lambda: in_sheet(b"</sheetData>", b" " * 40_000_000 + b"</sheetData>"),
        "zip-bomb",
        "would unpack",
    ),
    "a workbook with entities": (
        "a.xlsx",
        lambda: in_sheet(SHEET, ENTITIES),
        "not-workbook",
        "save it again",
    ),
    "a workbook that numbers rows without end": (
        "a.xlsx",
        lambda: in_sheet(b'<row r="2"', b'<row r="999999999"'),
        "not-workbook",
        "numbers rows",
    ),
    "half a workbook's sheet": (
        "a.xlsx",
        lambda: in_sheet(b"</sheetData>", b""),
        "not-workbook",
        "save it again",
    ),
    "a workbook without a sheet": ("a.xlsx", packed({"a": ""}), "not-workbook", "save it again"),
    "old Excel": ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "format", "ending in .xls"),
    "old Excel named new": ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "not-zip", "password"),
    "JSON with NaN": ("a.json", b'[{"id": "1", "name": "A", "x": NaN}]', "not-json", "NaN"),
    "JSON with -Infinity": ("a.json", b'[{"id": "1", "x": -Infinity}]', "not-json", "Infinity"),
    "JSON without a floor": ("a.json", DEEP.encode(), "too-deep", "inside objects"),
    "half of JSON": ("a.json", LIST.encode(), "not-json", "Export it again"),
    "a string without end": ("a.json", LIST.encode()[:-4], "not-json", "Unterminated"),
    "JSON that names twice": ("a.json", b'[{"id": "1", "id": "2"}]', "duplicate-key", "twice"),
    "JSON with a comma too many": ("a.json", LIST.encode() + b",]", "not-json", "comma"),
    "JSON without commas": ("a.json", LIST.encode() + b" {}]", "not-json", "comma is missing"),
    "JSON with text behind": ("a.json", LIST.encode() + b"] x", "not-json", "neither"),
    "JSON that is not HSDS": ("a.json", b'{"type": "Feature"}', "not-hsds", "(type)"),
    "JSON of numbers": ("a.json", b"[1, 2]", "not-json", "an object is missing"),
    "JSON of nothing": ("a.json", b"[]", "no-rows", "no records"),
    "a page of nothing": ("a.json", b'{"contents": []}', "no-rows", "no records"),
    "JSON in cp1252": ("a.json", '[{"id": "ñ"}]'.encode("cp1252"), "encoding", "UTF-8"),
    "spaces named JSON": ("a.json", b" \n ", "no-rows", "no records"),
    "NUL bytes": ("a.csv", b"id,name\ns1,Ta\0lk\n", "not-text", "Line 2"),
    "a line without end": ("a.csv", b"name\n" + b"x" * 1_100_000, "line-too-long", "Line 2"),
    "a quotation never closed": ("a.csv", b'id,name\ns1,"Talk\ns2,b\n', "not-csv", "line 3"),
    "headings twice": ("a.csv", b"id,name,Name\ns1,a,b\n", "duplicate-heading", "name"),
    "an empty file": ("a.csv", b"", "empty", "is empty"),
    "blank lines": ("a.csv", b"\n\r\n\r\r , ,\n", "empty", "blank lines"),
    "a picture named .csv": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "not-csv", "a picture"),
    "a zip named .csv": ("a.csv", packed({"a": "x"}), "not-csv", "a ZIP or Excel file"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_malformed_file_is_a_clear_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    name, content, code, said = FAULTS[fault]
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content())
    with pytest.raises(FileFault) as caught:
        open_source(path)
    assert caught.value.code == code
    assert said in str(caught.value)
    assert name in str(caught.value) or code in ("outside", "format")
    assert list(temporary.iterdir()) == []  # nothing stays behind
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([name, "temporary"])


CLEAN: dict[str, tuple[str, bytes | Callable[[], bytes], list[list[str]]]] = {
    "lone CR": ("a.csv", b"id,name\rs1,Talk\rs2,Walk", [["s1", "Talk"], ["s2", "Walk"]]),
    "mixed line ends": (
        "a.csv",
        b'id,name\r\ns1,"Ta\rlk"\rs2,Walk\n\rs3,"a\r\nb"\r\n',
        [["s1", "Ta\rlk"], ["s2", "Walk"], ["s3", "a\r\nb"]],
    ),
    "UTF-16 without a mark": ("a.csv", SERVICES.encode("utf-16-le"), [["s1", "Talk"]]),
    "UTF-16 big end first": ("a.csv", SERVICES.encode("utf-16-be"), [["s1", "Talk"]]),
    "a huge cell": (
        "a.csv",
        b"id,name\ns1," + b"x" * 900_000 + b"\ns2,Walk\n",
        [["s1", "x" * MAX_CELL], ["s2", "Walk"]],
    ),
    "a workbook with links to others": ("a.xlsx", linked, [["Talk", "Denver"], ["Kept", ""]]),
    "a formula in a workbook": (
        "a.xlsx",
        lambda: in_sheet(
            b"</row></sheetData>",
            b'</row><row r="3"><c r="A3" t="str"><f>HYPERLINK("http://e.org")</f><v>Shown</v></c>'
            b"</row></sheetData>",
        ),
        [["Talk", "Denver"], ["Shown", ""]],
    ),
    "markup in a cell": ("a.csv", b"id,name\ns1,<b>Talk</b>\n", [["s1", "<b>Talk</b>"]]),
}


@pytest.mark.parametrize("case", CLEAN)
def test_what_only_looks_malformed_is_read(tmp_path: Path, case: str) -> None:
    name, content, rows = CLEAN[case]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content())
    assert [list(row.cells.values()) for row in open_source(path)] == rows


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(SERVICES)
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "services.csv").symlink_to(secret)
    with pytest.raises(FileFault, match="lies outside its folder"):
        open_source(folder)


def test_a_linked_folder_in_a_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "services.csv").write_text(SERVICES)
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "data").symlink_to(tmp_path / "elsewhere")
    resources = {"resources": [{"name": "services", "path": "data/services.csv"}]}
    (folder / "datapackage.json").write_text(json.dumps(resources))
    with pytest.raises(FileFault, match="lies outside its folder"):
        open_source(folder / "datapackage.json")


def test_objects_inside_objects_end(tmp_path: Path) -> None:
    item: dict[str, object] = {"id": "s", "name": "Talk"}
    for n in range(20):
        item = {"id": f"s{n}", "name": "Talk", "organization": {"id": f"o{n}", "services": [item]}}
    (tmp_path / "a.json").write_text(json.dumps(item))
    with pytest.raises(FileFault) as caught:
        open_source(tmp_path / "a.json")
    assert caught.value.code == "too-deep"
