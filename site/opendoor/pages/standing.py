"""Since when the data of the two products stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from directory.models import ImportBatch
from transparency.models import Release


@dataclass(frozen=True)
class Standing:
    """When the directory was last brought up to date, and when a figure was last published."""

    directory: datetime | None
    record: datetime | None


def standing() -> Standing:
    """Two queries over what was published."""
    brought = ImportBatch.objects.filter(state=ImportBatch.State.PUBLISHED)
    released = Release.objects.public()
    return Standing(
        brought.aggregate(latest=Max("published_at"))["latest"],
        released.aggregate(latest=Max("published_at"))["latest"],
    )
