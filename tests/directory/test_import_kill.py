"""An import killed at any point leaves the directory as before or complete, and goes on there."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections

from directory.models import ImportBatch, Service
from directory.search.backends.sqlite.files import IndexFiles
from tests.conftest import ROOT
from tests.directory.importing import ROW, directory_state, write
from tests.services.postgres import _programs

DEFAULT = "default"
KILLS = 6
SHARE = 0.6  # of the statements: staging takes the smaller part, and is done but once
ROWS = 150
NEVER = 0


@dataclass
class Site:
    """A database of its own, in which a process of its own imports."""

    name: str
    url: str
    folder: Path

    @contextmanager
    def at_hand(self) -> Iterator[None]:
        """For a moment the models here read this database."""
        usual = connections[DEFAULT]
        connections[DEFAULT] = type(usual)(usual.settings_dict | {"NAME": self.name}, DEFAULT)
        try:
            yield
        finally:
            connections[DEFAULT].close()
            connections[DEFAULT] = usual

    def bring_in(self, path: Path, *options: str, dies_at: int = NEVER) -> int:
        """Imports and publishes; the statements that took, or NEVER when it was killed."""
        command = [sys.executable, "-m", "tests.directory.killed", str(dies_at), str(path)]
        done = subprocess.run(
            [*command, "--source", "city", "--publish", *options],
            cwd=ROOT,
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == -signal.SIGKILL:
            return NEVER
        assert done.returncode == 0, done.stderr
        return int(done.stdout.split()[-1])

    def starts(self) -> str:
        """What the server does first, and what it says."""
        done = subprocess.run(
            [sys.executable, "manage.py", "prepare"],
            cwd=ROOT,
            env=os.environ
            | self.environment
            | {"DJANGO_SETTINGS_MODULE": "opendoor.settings.test"},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        """The secret is the same for all, and with it the keys of places."""
        return {
            "DJANGO_SETTINGS_MODULE": "opendoor.settings.test",
            "DATABASE_URL": self.url,
            "OPENDOOR_DATA_DIR": str(self.folder),
            "OPENDOOR_SECRET_KEY": "one secret for all sites of this test, long enough for checks",
        }

    def content(self) -> dict[str, list[str]]:
        """What the directory says, whatever ids and moments it says it with."""
        with self.at_hand():
            state = directory_state()
        names = {
            row["id"]: f"{model} {row['source_id']}"
            for model, rows in state.items()
            for row in rows
            if row.get("source_id")
        }
        return {
            model: sorted(str([_known(name, row[name], names) for name in row]) for row in rows)
            for model, rows in state.items()
        }

    def index_is_right(self) -> bool:
        """Whether the search index holds the public listings as they are."""
        file = IndexFiles(self.folder / "index", "public").current()
        with closing(sqlite3.connect(file)) as db:
            told = dict(db.execute("SELECT service_id, json_extract(json, '$.phone') FROM body"))
        with self.at_hand():
            public = Service.objects.public().prefetch_related("phones")
            there = {str(s.pk): str(next(iter(s.phones.all()), "")) for s in public}
        return told == there

    def index_due(self) -> bool:
        with self.at_hand():
            return ImportBatch.objects.filter(index_due=True).exists()

    def batches(self) -> list[tuple[str, int]]:
        with self.at_hand():
            found = ImportBatch.objects.order_by("pk")
            return list(found.values_list("state", "rows_read"))


def _known(name: str, value: Any, names: dict[Any, str]) -> Any:
    if isinstance(value, UUID):
        return names.get(value, "somebody")
    return bool(value) if name in ("id", "set_aside_at") else value


Sites = Callable[[str], Site]


@pytest.fixture
def sites(tmp_path: Path, db: None) -> Iterator[Sites]:
    """Makes sites that all have brought the first file in, from copies of the test's database."""
    made: list[str] = []

    def new(name: str) -> Site:
        made.append(f"{name}_{os.getpid()}")
        return Site(*_copied(tmp_path, made[-1]), tmp_path / name)

    first = new("first")
    first.bring_in(write(tmp_path / "first.csv", *rows("one", range(ROWS))))

    def with_first(name: str) -> Site:
        made.append(f"{name}_{os.getpid()}")
        shutil.copytree(first.folder, tmp_path / name)
        return Site(*_twin(first, made[-1]), tmp_path / name)

    yield with_first
    if connection.vendor == "postgresql":
        for copy in made:
            _psql(f"DROP DATABASE {copy} WITH (FORCE)")


def _twin(site: Site, name: str) -> tuple[str, str]:
    if connection.vendor == "sqlite":
        file = Path(site.name).with_name(f"{name}.sqlite3")
        shutil.copy(site.name, file)
        return str(file), f"sqlite:///{file}"
    _psql(f"CREATE DATABASE {name} TEMPLATE {site.name}")
    return name, _address(name)


def _copied(folder: Path, name: str) -> tuple[str, str]:
    """The copy's name and its address."""
    if connection.vendor == "sqlite":
        file = folder / f"{name}.sqlite3"
        file.write_bytes(connection.connection.serialize())
        return str(file), f"sqlite:///{file}"
    known = connection.settings_dict
    _psql(f"CREATE DATABASE {name}")
    dump = subprocess.run(
        [_program("pg_dump"), _address(known["NAME"])], check=True, capture_output=True
    )
    subprocess.run(
        [_program("psql"), "-q", "-d", _address(name)],
        input=dump.stdout,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return name, _address(name)


def _psql(statement: str) -> None:
    command = [_program("psql"), "-q", "-d", _address("postgres"), "-c", statement]
    subprocess.run(command, check=True)


def _program(name: str) -> str:
    return str(_programs() / name)


def _address(name: str) -> str:
    known = connection.settings_dict
    word = f":{known['PASSWORD']}" if known["PASSWORD"] else ""
    return f"postgres://{known['USER']}{word}@{known['HOST']}:{known['PORT']}/{name}"


def rows(changed: str, numbers: range) -> list[dict[str, str]]:
    """Of every ten listings one differs by `changed`."""
    return [
        ROW
        | {"": str(number), "name1": f"House {number // 3}", "street1": f"{number // 2} Elm"}
        | ({"website": f"{changed}{number}.org", "phone": ""} if number % 10 == 0 else {})
        for number in numbers
    ]


def test_an_import_killed_anywhere_is_as_before_or_complete_and_goes_on(
    sites: Sites, tmp_path: Path
) -> None:
    second = write(tmp_path / "second.csv", *rows("two", range(15, 15 + ROWS)))
    whole, site, late = sites("whole"), sites("killed"), sites("late")
    before = site.content()
    statements = whole.bring_in(second)
    complete = whole.content()
    assert before != complete

    states = []
    for point in _points(statements):
        assert site.bring_in(second, dies_at=point) == NEVER
        (state, rows_read), *_first = reversed(site.batches())
        states.append(state)
        assert site.content() == (complete if state == "published" else before)
        assert rows_read in (0, 40, 80, 120, ROWS)
        assert len(site.batches()) == 2  # it goes on, and begins no other
    assert {"reading", "staged"} <= set(states)
    site.bring_in(second)
    assert site.content() == complete

    assert late.bring_in(second, dies_at=statements - 2) == NEVER
    assert late.batches()[-1] == ("published", ROWS)
    assert late.content() == complete
    late.bring_in(second)
    assert not late.index_due()
    for each in (whole, site, late):
        assert each.index_is_right()


def test_the_next_start_lets_the_index_follow_an_import_killed_after_its_commit(
    sites: Sites, tmp_path: Path
) -> None:
    second = write(tmp_path / "second.csv", *rows("two", range(15, 15 + ROWS)))
    whole, late = sites("counted"), sites("waiting")
    statements = whole.bring_in(second)
    index, before = late.folder / "index", tmp_path / "index before"
    shutil.copytree(index, before)
    assert late.bring_in(second, dies_at=statements - 2) == NEVER
    assert late.batches()[-1] == ("published", ROWS)
    shutil.rmtree(index)  # it may have died a moment earlier
    shutil.copytree(before, index)
    assert late.index_due() and not late.index_is_right()
    assert "has followed" in late.starts()
    assert not late.index_due() and late.index_is_right()


def _points(statements: int) -> Iterator[int]:
    """Ever later, so that all of the work is hit; what was done need not be done again."""
    random = Random(11)  # no secret
    for kill in range(KILLS):
        yield round((kill + random.random()) / KILLS * SHARE * statements)
