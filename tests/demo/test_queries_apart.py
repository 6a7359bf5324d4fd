"""The demonstration is not written towards the queries that search is judged by."""

import json
import re
from pathlib import Path

import pytest

from opendoor.demo.content import DATA


def _plain(text: str) -> str:
    return f" {re.sub(r'[^0-9a-záéíóúüñ]+', ' ', text.casefold())} "


@pytest.mark.real_data
def test_no_judged_query_stands_in_the_data(real_data: Path) -> None:
    queries = json.loads((real_data / "queries_development.json").read_text(encoding="utf-8"))
    long = [_plain(q["q"]) for q in queries if len(_plain(q["q"]).split()) >= 4]
    files = [path for path in DATA.rglob("*") if path.suffix in {".toml", ".json"}]
    written = " ".join(_plain(path.read_text(encoding="utf-8")) for path in files)
    assert len(long) > 50
    assert len(written) > 100_000
    assert not [query for query in long if query in written]
