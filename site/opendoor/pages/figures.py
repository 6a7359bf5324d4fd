"""What the record says on a page of ours: its own sentence, never a copy of a number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from transparency.models import Release


@dataclass(frozen=True)
class Finding:
    """What the latest release of a dataset says."""

    title: str
    place: str
    url: str
    published_at: datetime


def figures(chosen: Iterable[Any]) -> list[Finding]:
    """In the editor's order, in one query. A dataset without a public release is left out."""
    wanted = [row.dataset_id for row in chosen]
    latest = Release.objects.latest_of_each().filter(dataset__in=wanted)
    found = {release.dataset_id: _finding(release) for release in latest}
    return [found[dataset] for dataset in wanted if dataset in found]


def _finding(release: Release) -> Finding:
    dataset = release.dataset
    return Finding(dataset.title, dataset.place, dataset.get_absolute_url(), release.published_at)
