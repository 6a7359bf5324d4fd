"""The figures of the demonstration: what real places published, and two invented examples."""

import json

from opendoor.demo.content import DATA, read
from opendoor.demo.errors import DemoError
from opendoor.demo.sync import Changes
from transparency.descriptor import define
from transparency.errors import RecordError, Unchanged
from transparency.models import Dataset
from transparency.release import publish

NOTES = "Typed from the source named on this page."


def load_figures() -> tuple[Changes, dict[str, int]]:
    """Defines and publishes; returns the datasets' keys by name."""
    changes, keys = Changes(), {}
    for entry in read("datasets/order")["dataset"]:
        name = entry["name"]
        try:
            dataset = _define(name)
            changes += _publish(dataset, entry.get("allow_totals", ""))
        except RecordError as error:
            raise DemoError(f"dataset “{name}”: {error}") from error
        keys[name] = dataset.pk
    return changes, keys


def _define(name: str) -> Dataset:
    return define(json.loads((DATA / "datasets" / f"{name}.json").read_text(encoding="utf-8")))


def _publish(dataset: Dataset, allow_totals: str) -> Changes:
    content = (DATA / "datasets" / f"{dataset.slug}.csv").read_bytes()
    invented = dataset.slug.startswith("invented-")
    notes = "Invented for this demonstration." if invented else NOTES
    try:
        publish(dataset, content, notes=notes, allow_totals=allow_totals)
    except Unchanged:
        return Changes(same=1)
    return Changes(added=1)
