"""What the record says on a page of ours: its own finding, never a copy of a number."""

from collections.abc import Iterable
from typing import Any

from transparency.models import Release
from transparency.presentation import Finding


def figures(chosen: Iterable[Any]) -> list[Finding]:
    """In the editor's order, in one query. A dataset without a public release is left out."""
    return findings([row.dataset_id for row in chosen])


def findings(datasets: list[int]) -> list[Finding]:
    """What the latest releases say, in the order asked for."""
    latest = Release.objects.latest_of_each().filter(dataset__in=datasets)
    found = {release.dataset_id: Finding.of(release) for release in latest}
    return [found[dataset] for dataset in datasets if dataset in found]
