"""The engine against the best SQL written by hand, on the same file, in the same run.

    python benchmarks/search.py [10000 100000]

Prints the time to build, then p50 and p95 of both and their ratio, in milliseconds of this
process's CPU time, so that a busy machine does not spoil them. The hand-written query answers the
first page alone; the engine also groups by service, counts, makes facets and clusters.
"""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import monotonic, process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opendoor.settings.test")

import django  # noqa: E402  # after the settings are named

django.setup()

from benchmarks.documents import NEEDS, TOWNS, WORDS, documents, terms  # noqa: E402
from directory.search.backends.sqlite import SqliteBackend  # noqa: E402
from directory.search.backends.sqlite.cells import (  # noqa: E402
    NO_POINT,
    cells_of_circle,
    chord2,
    vector,
)
from directory.search.backends.sqlite.schema import code_token  # noqa: E402
from directory.search.interface import Point, SearchQuery  # noqa: E402

RADIUS_KM = 10.0
ROUNDS = 60
BY_HAND = """
SELECT body.json,
       (d.x - :x) * (d.x - :x) + (d.y - :y) * (d.y - :y) + (d.z - :z) * (d.z - :z) AS far
FROM words CROSS JOIN document d ON d.number = words.rowid CROSS JOIN body USING (number)
WHERE words MATCH :words AND (far IS NULL OR far <= :reach)
ORDER BY far IS NULL, far LIMIT 20
"""


def questions() -> list[SearchQuery]:
    """Text, within ten kilometres of a town, in one category, by distance."""
    random = Random(9)  # noqa: S311  # no secret
    return [
        SearchQuery(
            text=random.choice(WORDS),
            centre=Point(*random.choice(TOWNS)),
            radius_km=RADIUS_KM,
            filters={"need": (random.choice(NEEDS),)},
            sort="distance",
        )
        for _ in range(ROUNDS)
    ]


def by_hand(db: sqlite3.Connection, query: SearchQuery) -> int:
    """The same question as one statement."""
    assert query.centre is not None  # noqa: S101  # questions() gives one
    x, y, z = vector(query.centre.lat, query.centre.lon)
    cells = " OR ".join([*(cells_of_circle(query.centre, query.radius_km) or []), NO_POINT])
    need = code_token("need", query.filters["need"][0])
    words = f'tags : ({need} AND ({cells})) AND {{name needs description}} : "{query.text}"*'
    values = {"x": x, "y": y, "z": z, "reach": chord2(query.radius_km), "words": words}
    return len(db.execute(BY_HAND, values).fetchall())


def times(ask: Callable[[SearchQuery], object]) -> tuple[float, float]:
    """p50 and p95 of all questions, after one round to warm up."""
    spent = []
    for query in questions() * 2:
        before = process_time()
        ask(query)
        spent.append((process_time() - before) * 1000)
    warm = sorted(spent[ROUNDS:])
    return warm[len(warm) // 2], warm[int(len(warm) * 0.95)]


def measure(count: int, folder: Path) -> None:
    engine = SqliteBackend(folder / str(count), "public")
    wall, spent = monotonic(), process_time()
    engine.rebuild(documents(count), terms())
    size = engine.files.current().stat().st_size / 1e6
    print(
        f"{count:,} documents: built in {process_time() - spent:.1f} s of CPU"
        f" ({monotonic() - wall:.1f} s), {size:.0f} MB"
    )
    with engine.files.reading() as db:
        hand = times(lambda query: by_hand(db, query))
    whole = times(engine.search)
    for name, (p50, p95) in (("by hand", hand), ("engine", whole)):
        print(f"  {name:8} p50 {p50:7.2f} ms   p95 {p95:7.2f} ms")
    print(f"  ratio    p50 {whole[0] / hand[0]:7.1f}      p95 {whole[1] / hand[1]:7.1f}")


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            measure(size, Path(folder))


if __name__ == "__main__":
    main()
