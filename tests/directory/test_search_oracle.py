"""The SQLite engine against the oracle: the same documents, order, distances, counts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from directory.search.backends.sqlite import SqliteBackend
from directory.search.interface import Box, Document, Point, SearchQuery
from tests.directory.search_oracle import CENTRES, CODES, NOON, WORDS, answer, documents, terms

QUERIES = 450
METRE = 0.001


@pytest.fixture(scope="module")
def everything() -> list[Document]:
    return documents(Random(7), 120)


@pytest.fixture(scope="module")
def engine(everything: list[Document], tmp_path_factory: pytest.TempPathFactory) -> SqliteBackend:
    backend = SqliteBackend(tmp_path_factory.mktemp("oracle"), "public")
    assert backend.rebuild(everything, terms()) == len(everything)
    return backend


def queries(random: Random) -> Iterator[SearchQuery]:
    for _ in range(QUERIES):
        lat, lon = random.choice(CENTRES)
        west, south = lon + random.uniform(-1, 0.2), lat + random.uniform(-1, 0.2)
        east = (west + random.uniform(0.1, 2) + 180) % 360 - 180
        north = min(south + random.uniform(0.1, 1.5), 90)
        box = Box(max(west, -180), max(south, -90), east, max(north, south))
        names = random.sample(sorted(CODES), k=random.choice((0, 0, 1, 2)))
        yield SearchQuery(
            text=" ".join(random.choices(WORDS, k=random.choice((0, 0, 1, 2, 4)))),
            centre=Point(lat, lon) if random.random() < 0.7 else None,
            radius_km=random.choice((0.1, 2, 5, 10, 25, 80, 500, 12_000)),
            bbox=box if random.random() < 0.2 else None,
            filters={n: tuple(random.sample(CODES[n], k=random.choice((1, 2)))) for n in names},
            telehealth=random.random() < 0.1,
            accepts_drop_off=random.random() < 0.1,
            open_at=datetime.fromtimestamp(NOON, UTC) if random.random() < 0.2 else None,
            fresh_on=random.choice((None, date(2025, 11, 24), date(2026, 10, 1))),
            sort=random.choice(("best", "distance", "name")),
            page=random.choice((1, 1, 1, 2, 50)),
            per_page=random.choice((1, 5, 20, 100)),
        )


def assert_as_oracle(engine: SqliteBackend, everything: list[Document], query: SearchQuery) -> int:
    expected, page = answer(everything, query), engine.search(query)
    assert [(h.document.id, h.others) for h in page.hits] == [(i, n) for i, _, n in expected.hits]
    for hit, (_id, km, _others) in zip(page.hits, expected.hits, strict=True):
        if km is None:
            assert hit.distance_km is None
        else:
            assert hit.distance_km == pytest.approx(km, abs=METRE)
    assert page.total == expected.total
    assert page.nearest_only == expected.nearest_only
    counted = {name: {f.code: f.count for f in found} for name, found in page.facets.items()}
    assert counted == expected.facets
    assert sum(cluster.count for cluster in page.clusters) == expected.places
    return len(page.hits)


def test_equal_to_the_oracle(engine: SqliteBackend, everything: list[Document]) -> None:
    found = [assert_as_oracle(engine, everything, query) for query in queries(Random(11))]
    assert len(found) == QUERIES
    assert sum(1 for hits in found if hits) > QUERIES / 2  # the questions are not empty ones


def test_documents_come_back_as_given(engine: SqliteBackend, everything: list[Document]) -> None:
    given = {document.id: document for document in everything}
    for page in range(1, 4):
        for hit in engine.search(SearchQuery(per_page=100, page=page)).hits:
            assert hit.document == given[hit.document.id]


def test_equal_after_edits(everything: list[Document], tmp_path: Path) -> None:
    """Services taken out, changed, put back and new: the same as an index made anew."""
    random = Random(3)
    engine = SqliteBackend(tmp_path, "public")
    engine.rebuild(everything, terms())
    now = list(everything)
    for _ in range(12):
        gone = set(random.sample(sorted({d.service_id for d in now}), k=7))
        changed = [d for d in documents(random, 120) if d.service_id in gone][
            : random.randrange(12)
        ]
        now = [d for d in now if d.service_id not in gone] + changed
        engine.replace(gone, changed, [])
    for query in list(queries(Random(5)))[:120]:
        assert_as_oracle(engine, now, query)
