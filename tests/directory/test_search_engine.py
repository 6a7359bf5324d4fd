"""The SQLite engine where an oracle does not reach: odd words, swaps, other processes, faults."""

import multiprocessing
import sqlite3
import stat
from dataclasses import replace
from datetime import UTC, date, datetime
from multiprocessing.synchronize import Event
from pathlib import Path
from random import Random

import pytest

from directory.search.backends.sqlite import SqliteBackend
from directory.search.backends.sqlite.cells import chord2, kilometres
from directory.search.interface import (
    Box,
    Document,
    EngineUnavailable,
    IndexMissing,
    Point,
    SearchQuery,
)
from tests.directory.search_oracle import documents, terms

DENVER = Point(39.7392, -104.9847)


@pytest.fixture
def engine(tmp_path: Path) -> SqliteBackend:
    return SqliteBackend(tmp_path / "index", "public")


def document(**values: object) -> Document:
    plain = replace(documents(Random(1), 1)[0], texts={}, names={}, filters={}, codes=())
    return replace(plain, **values)  # type: ignore[arg-type]


def named(number: int, name: str, **values: object) -> Document:
    texts = {"name": name, **values.pop("texts", {})}  # type: ignore[dict-item]
    ids = {"id": f"d{number}", "service_id": f"s{number}", "location_id": f"l{number}"}
    return document(**{**ids, "name": name, "texts": texts, "names": {"en": name}, **values})


def ids(engine: SqliteBackend, query: SearchQuery) -> list[str]:
    return [hit.document.id for hit in engine.search(query).hits]


def test_without_an_index(engine: SqliteBackend) -> None:
    for ask in (lambda: engine.search(SearchQuery()), engine.terms):
        with pytest.raises(IndexMissing):
            ask()
    with pytest.raises(IndexMissing):
        engine.replace(["s"], [], [])


def test_an_empty_index_answers(engine: SqliteBackend) -> None:
    assert engine.rebuild([], terms()) == 0
    page = engine.search(SearchQuery("anything", DENVER))
    assert (page.total, page.hits, page.clusters, page.nearest_only) == (0, (), (), False)
    assert {term.code for term in engine.terms()} >= {"crisis", "free"}


ODD = [
    "NEAR(", "NEAR(a b, 3)", '"', '""', "'", "*", "a*", "^name", "{name} : x", "tags : f", "-", "(",
    ")))", "AND", "NOT", "OR OR", "a AND", "+", ":", "name:", "\0", "a\0b", "😀", "😀 talk", "٣",
    "é" * 50, "a" * 10_000, "a b " * 5_000, "%", ";--", "\\", "\ud800", "ß", "İ", "中文", "𐐀",
    "\u3000", "\u00ad",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_text(engine: SqliteBackend, text: str) -> None:
    engine.rebuild([named(1, "Talk line")], terms())
    assert engine.search(SearchQuery(text)).total in (0, 1)
    assert engine.search(SearchQuery(f"talk {text}", DENVER, sort="best")).total in (0, 1)


def test_syntax_is_not_obeyed(engine: SqliteBackend) -> None:
    engine.rebuild([named(1, "Rose garden"), named(2, "Not near")], terms())
    assert ids(engine, SearchQuery("rose NOT garden")) == ["d1"]  # NOT is a word that d1 lacks
    assert ids(engine, SearchQuery("nopoint0")) == []  # a tag is no word


def test_words_fold_and_stem(engine: SqliteBackend) -> None:
    engine.rebuild(
        [
            named(1, "Consejería y Terapia"),
            named(2, "Women's Counselling Centre"),
            named(3, "Peer groups"),
        ],
        terms(),
    )
    assert ids(engine, SearchQuery("consejeria")) == ["d1"]
    assert ids(engine, SearchQuery("TERAPIAS")) == ["d1"]
    assert ids(engine, SearchQuery("womens counseling")) == ["d2"]
    assert ids(engine, SearchQuery("women’s")) == ["d2"]
    assert ids(engine, SearchQuery("help with a group please")) == ["d3"]
    assert ids(engine, SearchQuery("counsel")) == ["d2"]


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("walk-in crisis center", "Walk-In Crisis Centre"),
        ("counselor", "Counsellor at Midnight"),
        ("counselling", "Counseling West"),
        ("behavioural programmes", "Behavioral Program"),
    ],
)
def test_either_spelling_finds_the_other(engine: SqliteBackend, typed: str, listed: str) -> None:
    engine.rebuild([named(1, listed), named(2, "Crisis Line"), named(3, "Centro")], terms())
    assert ids(engine, SearchQuery(typed)) == ["d1"]


def test_words_may_stand_in_different_fields(engine: SqliteBackend) -> None:
    both = {"texts": {"needs": "anxiety", "place": "Denver"}}
    engine.rebuild([named(1, "Youth house", **both), named(2, "Youth club")], terms())
    assert ids(engine, SearchQuery("youth anxiety denver")) == ["d1"]


def test_the_better_field_stands_first(engine: SqliteBackend) -> None:
    engine.rebuild(
        [
            named(1, "A", texts={"description": "grief"}, lat=39.74, lon=-104.98),
            named(2, "B", texts={"needs": "grief"}, lat=39.9, lon=-104.98),
            named(3, "Grief circle", lat=39.95, lon=-104.98),
            named(4, "Grief", lat=39.96, lon=-104.98),
        ],
        terms(),
    )
    query = SearchQuery("grief", DENVER, 80)
    assert ids(engine, query) == ["d4", "d3", "d2", "d1"]
    assert ids(engine, replace(query, sort="distance")) == ["d1", "d2", "d3", "d4"]


def test_one_hit_a_service_at_its_nearest_place(engine: SqliteBackend) -> None:
    far = named(1, "Talk", lat=39.9, lon=-105.0)
    near = replace(far, id="d1b", location_id="l1b", lat=39.75)
    phone = named(2, "Line", lat=None, lon=None, location_id=None)
    engine.rebuild([far, near, phone], terms())
    page = engine.search(SearchQuery("", DENVER, 50))
    assert [(h.document.id, h.others) for h in page.hits] == [("d1b", 1), ("d2", 0)]
    assert page.hits[1].distance_km is None
    assert page.total == 2
    assert sum(c.count for c in page.clusters) == 2


def test_far_away_gives_the_nearest(engine: SqliteBackend) -> None:
    engine.rebuild(
        [named(1, "Here", lat=39.7, lon=-105.0), named(2, "Line", lat=None, lon=None)], terms()
    )
    page = engine.search(SearchQuery("", Point(21.3, -157.8), 10))
    assert page.nearest_only
    assert page.hits[0].document.id == "d1"
    assert page.hits[0].distance_km == pytest.approx(5_390, rel=0.02)


def test_a_map_that_crosses_the_date_line(engine: SqliteBackend) -> None:
    engine.rebuild(
        [named(1, "Fiji", lat=-17.0, lon=179.9), named(2, "East", lat=-17.0, lon=-179.9)], terms()
    )
    assert ids(engine, SearchQuery(bbox=Box(179.5, -18, -179.5, -16), sort="name")) == ["d2", "d1"]
    assert ids(engine, SearchQuery(bbox=Box(-180, -90, 180, 90))) == ["d2", "d1"]
    assert ids(engine, SearchQuery(bbox=Box(-179.95, -18, -179.5, -16))) == ["d2"]


@pytest.mark.parametrize("km", [0.0, 0.0001, 1, 25, 5_000, 20_015])
def test_chords_are_kilometres(km: float) -> None:
    assert kilometres(chord2(km)) == pytest.approx(km, abs=0.0005)


def test_many_services_make_few_marks(engine: SqliteBackend) -> None:
    random = Random(2)
    spread = [
        named(n, "Talk", lat=39 + random.random(), lon=-105 + random.random()) for n in range(1_500)
    ]
    engine.rebuild(spread, terms())
    marks = engine.search(SearchQuery()).clusters
    assert len(marks) <= 130
    assert sum(mark.count for mark in marks) == 1_500
    for mark in marks:
        assert mark.bbox.south <= mark.lat <= mark.bbox.north
        assert mark.bbox.west <= mark.lon <= mark.bbox.east


def test_open_at_a_moment(engine: SqliteBackend) -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    now = int(noon.timestamp())
    engine.rebuild(
        [
            named(1, "A", availability="schedule", intervals=((now, now + 60),)),
            named(2, "B", availability="schedule", intervals=((now - 60, now),)),
            named(3, "C", availability="always", intervals=()),
            named(4, "D", availability="unknown", intervals=()),
        ],
        terms(),
    )
    assert ids(engine, SearchQuery(open_at=noon, sort="name")) == ["d1", "d3"]


def test_files_are_private_and_old_ones_go(engine: SqliteBackend) -> None:
    for _ in range(3):
        engine.rebuild([named(1, "Talk")], terms())
    files = list(engine.files.folder.glob("public-*"))
    assert files == [engine.files.current()]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o640
    with pytest.raises(sqlite3.OperationalError, match="readonly"), engine.files.reading() as db:
        db.execute("DELETE FROM document")


def test_a_failed_rebuild_changes_nothing(engine: SqliteBackend) -> None:
    engine.rebuild([named(1, "Talk")], terms())

    def breaking() -> object:
        yield named(2, "Other")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        engine.rebuild(breaking(), terms())  # type: ignore[arg-type]
    assert ids(engine, SearchQuery()) == ["d1"]
    assert len(list(engine.files.folder.glob("public-*"))) == 1


def test_a_file_of_another_format_is_no_index(engine: SqliteBackend) -> None:
    engine.rebuild([named(1, "Talk")], terms())
    with engine.files.writing() as db:
        db.execute("UPDATE meta SET format = format - 1")
    with pytest.raises(IndexMissing):
        engine.search(SearchQuery())
    with pytest.raises(IndexMissing):
        engine.replace(["s1"], [], terms())


def test_a_broken_file_is_an_engine_that_is_away(engine: SqliteBackend) -> None:
    engine.rebuild([named(1, "Talk")], terms())
    engine.files.current().write_bytes(b"not a database at all, and long enough to be read" * 100)
    with pytest.raises(EngineUnavailable):
        SqliteBackend(engine.files.folder, "public").search(SearchQuery())


def _read_on(
    folder: Path, stop: Event, started: Event, seen: "multiprocessing.Queue[object]"
) -> None:
    """In a second process: asks until told to stop; every answer must be one whole version."""
    engine, versions = SqliteBackend(folder, "public"), set()
    started.set()
    try:
        while not stop.is_set():
            page = engine.search(SearchQuery("", DENVER, 50, per_page=100))
            versions.add((page.total, *{hit.document.name for hit in page.hits}))
        seen.put(versions)
    except Exception as error:  # told to the test
        seen.put(error)


def test_another_process_reads_on_through_rebuilds_and_edits(engine: SqliteBackend) -> None:
    def version(number: int) -> list[Document]:
        count = 20 + number
        return [named(n, f"Version {number}", lat=39.7, lon=-105.0) for n in range(count)]

    engine.rebuild(version(0), terms())
    spawn = multiprocessing.get_context("spawn")
    stop, started, seen = spawn.Event(), spawn.Event(), spawn.Queue()
    reader = spawn.Process(target=_read_on, args=(engine.files.folder, stop, started, seen))
    reader.start()
    assert started.wait(30)
    for number in range(1, 25):
        if number % 2:
            engine.rebuild(version(number), terms())
        else:
            engine.replace([f"s{n}" for n in range(60)], version(number), [])
    stop.set()
    result = seen.get(timeout=30)
    reader.join(10)
    assert isinstance(result, set), result
    assert result <= {(20 + n, f"Version {n}") for n in range(25)}
    assert len(result) > 1


def _die_midway(folder: Path) -> None:
    """In a second process: killed with an edit half written to the file."""
    import os

    engine = SqliteBackend(folder, "public")
    with engine.files.writing() as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("PRAGMA cache_spill = 1")
        db.execute("UPDATE body SET json = 'spoilt'")
        db.execute("UPDATE document SET lat = 0")
        os._exit(9)


def test_a_writer_killed_midway_leaves_no_trace(engine: SqliteBackend) -> None:
    before = [named(n, "Talk", phone="303-555-0100" * 20) for n in range(400)]
    engine.rebuild(before, terms())
    process = multiprocessing.get_context("spawn").Process(
        target=_die_midway, args=(engine.files.folder,)
    )
    process.start()
    process.join(30)
    path = engine.files.current()
    assert process.exitcode == 9
    assert path.with_name(path.name + "-journal").stat().st_size > 0
    page = SqliteBackend(engine.files.folder, "public").search(SearchQuery(per_page=100))
    assert page.total == 400
    assert page.hits[0].document in before


def test_a_stale_listing_ranks_as_if_it_were_further_away(tmp_path: Path) -> None:
    """Old by five kilometres, no more: far help does not push near help out of sight."""
    engine = SqliteBackend(tmp_path, "stale")
    places = [  # degrees to the north: 3.3 km and 11 km
        ("near-old", 0.0, "2024-01-01"),
        ("fresh", 0.03, "2026-10-01"),
        ("far-fresh", 0.1, "2026-10-01"),
    ]
    engine.rebuild(
        [
            named(n, name, id=name, lat=DENVER.lat + north, lon=DENVER.lon, fresh_until=day)
            for n, (name, north, day) in enumerate(places)
        ],
        [],
    )
    asked = SearchQuery(centre=DENVER, fresh_on=date(2025, 11, 24))
    assert ids(engine, asked) == ["fresh", "near-old", "far-fresh"]
    assert ids(engine, replace(asked, sort="distance")) == ["near-old", "fresh", "far-fresh"]
    assert ids(engine, replace(asked, fresh_on=None)) == ["near-old", "fresh", "far-fresh"]
