"""What the record says on a page of ours: its own sentence, never a copy of a number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from transparency.models import Release
from transparency.release import figure_of
from transparency.sentence import sentence


@dataclass(frozen=True)
class Finding:
    """What the latest release of a dataset says, and of which place it says so."""

    title: str
    place: str
    sentence: str
    url: str
    published_at: datetime


def figures(chosen: Iterable[Any]) -> list[Finding]:
    """In the editor's order, in one query. A dataset without a public release is left out."""
    return findings([row.dataset_id for row in chosen])


def findings(datasets: list[int]) -> list[Finding]:
    """What the latest releases say, in the order asked for."""
    latest = Release.objects.latest_of_each().filter(dataset__in=datasets)
    found = {release.dataset_id: _finding(release) for release in latest}
    return [found[dataset] for dataset in datasets if dataset in found]


def _finding(release: Release) -> Finding:
    figure = figure_of(release)
    return Finding(
        str(figure.schema.title),
        str(figure.schema.place),
        sentence(figure),
        release.dataset.get_absolute_url(),
        release.published_at,
    )
