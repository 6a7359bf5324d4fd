"""One row a month: counted, put behind the rows already published, and released as a version."""

import csv
import io
import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop

from directory.stewardship.freshness import Freshness, freshness
from transparency.descriptor import define
from transparency.models import Dataset, Release
from transparency.release import figure_of, publish

DESCRIPTOR = Path(__file__).parent / "descriptor.json"
SLUG = "directory-freshness"
NOTES = gettext_noop("Counted and published by this site.")


def publish_freshness(today: date | None = None) -> Release | None:
    """Publishes this month's row; None when it is published already. Raises RecordError."""
    counted = freshness(today or timezone.localdate())
    month = f"{counted.on:%Y-%m}"
    dataset = define(descriptor())
    rows = _published(dataset)
    if any(row["month"] == month for row in rows):
        return None
    return publish(dataset, _file([*rows, _row(month, counted)]), notes=NOTES)


def descriptor() -> dict[str, object]:
    """What is counted and how, as this site publishes it."""
    name = settings.WAGTAIL_SITE_NAME
    given: dict[str, object] = json.loads(DESCRIPTOR.read_text(encoding="utf-8"))
    return given | {"place": name, "publisher": name}


def _published(dataset: Dataset) -> list[dict[str, str]]:
    """The rows of the newest version, as a file gives them; what is worked out is left out."""
    newest = dataset.releases.first()
    if newest is None:
        return []
    figure = figure_of(newest)
    names = [column.name for column in figure.schema.columns if not column.is_share]
    return [{name: row[name].text for name in names} for row in figure.rows]


def _row(month: str, counted: Freshness) -> dict[str, str]:
    days = counted.median_days_report_to_fix
    return {
        "month": month,
        "listings": str(counted.services),
        "checked_180": str(counted.verified_180),
        "checked_365": str(counted.verified_365),
        "problems_fixed": str(counted.reports_fixed),
        "days_to_fix": "" if days is None else str(days),
        "links": str(counted.links_checked),
        "dead_links": str(counted.dead_links),
    }


def _file(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
