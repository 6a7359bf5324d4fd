"""Brings the demonstration's directory in, whole."""

import hashlib
from datetime import date
from pathlib import Path

from django.utils import timezone

from directory.models import ImportBatch, TaxonomyTerm
from directory.taxonomies import load_taxonomies, slug_of
from opendoor.demo.entries import County
from opendoor.demo.identity import SOURCE
from opendoor.demo.reading import FOLDER
from opendoor.demo.rows import RowMaker
from opendoor.demo.sync import Changes, sync


def load_directory(county: County, today: date) -> Changes:
    """Organizations, places and services, the same as in the data files."""
    load_taxonomies()
    terms = {
        (slug_of(term), term.code): term for term in TaxonomyTerm.objects.select_related("taxonomy")
    }
    changes = sync(RowMaker(county, terms, today).rows())
    if changes:
        _note(len(county.services), changes)
    return changes


def _note(services: int, changes: Changes) -> None:
    """The site says from when its listings are: from the last batch that was brought in."""
    ImportBatch.objects.update_or_create(
        source=SOURCE,
        defaults={
            "file_name": "demonstration",
            "sha256": _fingerprint(),
            "mapping": SOURCE,
            "state": ImportBatch.State.PUBLISHED,
            "published_at": timezone.now(),
            "report": {"rows": services, "added": changes.added, "changed": changes.changed},
        },
    )


def _fingerprint() -> str:
    files: list[Path] = sorted(FOLDER.glob("*.toml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
