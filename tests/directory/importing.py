"""What the tests of imports share: small files, and the command as an operator runs it."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import CommandError, call_command

from directory.imports.readers import Table, open_source

SAMHSA = ["", "name1", "name2", "street1", "street2", "city", "state", "zip", "zip4", "county"]
SAMHSA += ["phone", "intake_prompt", "intake1", "intake2", "website", "latitude", "longitude"]
SAMHSA += ["type_facility"]
ROW = {
    "": "7",
    "name1": "Harbor Health",
    "name2": "Outpatient Clinic",
    "street1": "1 Elm Street",
    "city": "Waterbury",
    "state": "CT",
    "zip": "6708",
    "zip4": "NA",
    "county": "New Haven",
    "phone": "860-276-3000",
    "intake1": "860-276-3000 x301",
    "website": "http://",
    "latitude": "41.56",
    "longitude": "-73.06",
    "type_facility": "MH",
}


@dataclass(frozen=True)
class Outcome:
    status: int
    report: dict[str, Any]
    message: str = ""

    @property
    def counts(self) -> tuple[int, ...]:
        """Rows, created, updated, unchanged, rejected."""
        names = ("rows", "created", "updated", "unchanged", "rejected")
        return tuple(self.report[name] for name in names)

    def codes(self, kind: str = "warnings") -> list[tuple[int, str | None, str]]:
        return [(p["row"], p["column"], p["code"]) for p in self.report[kind]]


def write(path: Path, *rows: dict[str, str], headings: list[str] = SAMHSA) -> Path:
    """A file with these rows; a cell not named is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def table_of(path: Path) -> Table:
    found = open_source(path)
    assert isinstance(found, Table)
    return found


def run(path: Path, *options: str, publish: bool = True) -> Outcome:
    """Imports a file as the command line would."""
    report = path.parent / "report.json"
    report.unlink(missing_ok=True)
    args = ["import_directory", str(path), "--report", str(report), *options]
    if publish:
        args.append("--publish")
    status, message = 0, ""
    try:
        call_command(*args, verbosity=0, stdout=NOWHERE, stderr=NOWHERE)
    except CommandError as error:
        status, message = error.returncode, str(error)
    return Outcome(status, json.loads(report.read_text(encoding="utf-8")), message)


class _Nowhere:
    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass


NOWHERE = _Nowhere()


MACHINERY = {"ImportBatch", "StagedRow", "ImportChange"}
CLOCKS = {"last_modified"}


def directory_state() -> dict[str, list[dict[str, Any]]]:
    """Every record of the directory, column by column, but for when it was last written."""
    state = {}
    for model in apps.get_app_config("directory").get_models():
        if model.__name__ not in MACHINERY:
            names = [f.attname for f in model._meta.concrete_fields if f.attname not in CLOCKS]
            rows = model._default_manager.order_by("pk").values(*names)
            state[model.__name__] = sorted(rows, key=lambda row: str(row[names[0]]))
    return state
