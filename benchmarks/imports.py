"""How quickly a large flat file is staged and published, and how much memory that takes.

    python -m benchmarks.imports [ROWS]

Each step runs in a process of its own: what is reported is its own time on the processor and its
own peak of memory. The floor is what cannot be saved: reading the CSV and writing as many bare
rows with `executemany`, measured in the same run, so that the ratio holds on any machine.
"""

import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

HEADINGS = ["id", "name", "organization", "street", "city", "state", "zip", "phone", "website"]
HEADINGS += ["latitude", "longitude", "needs", "languages", "description"]
WORDS = "hope bridge river harbor mountain access outreach recovery therapy clinic centre".split()  # noqa: SIM905
NEEDS = ["grief", "peer-support", "outpatient-therapy", "crisis"]


def write_file(path: Path, rows: int) -> None:
    """About one organization for four services, one address for two."""
    random = Random(4)  # noqa: S311  # no secret
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(rows):
            writer.writerow(_row(random, number))


def _row(random: Random, number: int) -> list[object]:
    name = " ".join(random.choices(WORDS, k=3)).title()
    house = number // 2
    return [
        number,
        f"{name} {number}",
        f"Organization {number // 4}",
        f"{house} Elm Street",
        "Denver",
        "CO",
        "80203",
        f"303-{200 + house % 700}-{house % 10_000:04}",
        f"service{number}.example.org",
        39.7 + house % 1_000 / 10_000,
        -104.9 - house % 1_000 / 10_000,
        random.choice(NEEDS),
        random.choice(["", "es", "es;vi"]),
        " ".join(random.choices(WORDS, k=20)),
    ]


def floor(path: Path, target: Path) -> None:
    """Reads the file and writes its cells, no more."""
    with sqlite3.connect(target) as db, path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        columns = ", ".join(f'"{name}"' for name in next(reader))
        db.execute(f"CREATE TABLE listing ({columns})")
        marks = ", ".join("?" * len(HEADINGS))
        db.executemany(f"INSERT INTO listing VALUES ({marks})", reader)  # noqa: S608


def measured(name: str, rows: int, command: list[str], folder: Path) -> float:
    """Runs a step and reports on it; returns its seconds on the processor."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "opendoor.settings.test",
        "OPENDOOR_DATA_DIR": str(folder),
    }
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], env=os.environ | settings)  # noqa: S603  # our own
    _pid, status, used = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - started
    if status:
        raise SystemExit(f"{name} failed")
    seconds = used.ru_utime + used.ru_stime
    print(
        f"{name:10} {seconds:7.1f} s on the processor, {elapsed:7.1f} s by the clock, "
        f"{rows / seconds:8,.0f} rows/s, peak {used.ru_maxrss / 1024:5.0f} MB",
        flush=True,
    )
    return seconds


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="opendoor-benchmark-") as name:
        folder = Path(name)
        path = folder / "large.csv"
        write_file(path, rows)
        bare = [__file__, "--floor", str(path), str(folder / "floor")]
        least = measured("floor", rows, bare, folder)
        measured("migrate", rows, ["manage.py", "migrate", "-v", "0"], folder)
        bring_in = ["manage.py", "import_directory", str(path)]
        stage = measured("stage", rows, bring_in, folder)
        publish = measured("publish", rows, [*bring_in, "--publish"], folder)
        again = measured("again", rows, bring_in, folder)
        for step, seconds in (("stage", stage), ("publish", publish), ("again", again)):
            print(f"{step}: {seconds / least:.0f} times the floor")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--floor"]:
        floor(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
