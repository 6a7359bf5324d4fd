"""A small dataset in the shape of a programme's year."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from transparency.descriptor import define
from transparency.models import Dataset

HERE = Path(__file__).parent


def column(name: str, role: str, kind: str, **more: Any) -> dict[str, Any]:
    texts = {"title": {"en": name.replace("_", " ")}, "definition": {"en": f"What {name} is."}}
    unit = {} if role == "dimension" or kind == "percent" else {"unit": {"en": "calls"}}
    return {"name": name, "role": role, "type": kind, **texts, **unit, **more}


YEARLY: dict[str, Any] = {
    "name": "teams",
    "title": {"en": "Calls that got a team", "es": "Llamadas con equipo"},
    "description": {"en": "How many calls got a team."},
    "place": "Denver, Colorado",
    "publisher": "City of Denver",
    "sources": [{"title": "STAR report", "path": "https://example.org/star"}],
    "licenses": [{"title": "Public domain"}],
    "rhythm": "yearly",
    "coverage": {"en": "2022 to 2024"},
    "method": {"en": "Counted from dispatch records."},
    "limits": {"en": "It cannot say what happened later."},
    "codes": {
        "suppressed": ["*"],
        "missing": ["", "n/a"],
        "not-applicable": ["-"],
        "provisional": "p",
    },
    "schema": {
        "fields": [
            column("year", "dimension", "year"),
            column("calls", "denominator", "integer", covers="all"),
            column("eligible", "denominator", "integer", within="calls"),
            column("responded", "count", "integer", within="eligible"),
            column("arrests", "count", "integer"),
            column(
                "of_eligible",
                "measure",
                "percent",
                numerator="responded",
                denominator="eligible",
            ),
            column("of_all", "measure", "percent", numerator="responded", denominator="calls"),
            column("minutes", "measure", "number", base="responded"),
        ]
    },
    "chart": {"kind": "bar", "x": "year", "y": ["responded", "of_eligible", "of_all"]},
    "sentence": {
        "en": "{responded} calls got a team in {year}: {of_eligible} of those eligible, "
        "{of_all} of all.",
        "es": "{responded} llamadas en {year}: {of_eligible} de las elegibles, {of_all} de todas.",
    },
}

ROWS = """year,calls,eligible,responded,arrests,minutes
2022,20000,8000,3000,0,14.5
2023,21000,9000,4000,,13
2024,30000,15000p,6000p,7,-
"""


@pytest.fixture
def descriptor() -> dict[str, Any]:
    return deepcopy(YEARLY)


@pytest.fixture
def b_heard() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((HERE / "b_heard.json").read_text())
    return loaded


@pytest.fixture
def teams(db: None, descriptor: dict[str, Any]) -> Dataset:
    return define(descriptor)


@pytest.fixture
def rows() -> bytes:
    return ROWS.encode()
