"""The taxonomies that come with the project, and how they reach the database.

One CSV a taxonomy in `data/taxonomies/`; the file's name is the taxonomy's slug, which is also
the name of a search filter.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

FOLDER = Path(__file__).parent / "data" / "taxonomies"
NAMES = {
    "need": "What people need help with",
    "population": "Who a service is for",
    "cost": "What it costs",
    "insurance": "Which insurance is taken",
    "accessibility": "How people get in and around",
}
VERSION = "1"


def read_terms(slug: str) -> list[dict[str, str]]:
    """The rows of one shipped taxonomy, in its order: a parent stands before its children."""
    with (FOLDER / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_taxonomies(taxonomy_model: Any = None, term_model: Any = None) -> int:
    """Brings the shipped terms in, or up to date; returns how many there are.

    Terms that a steward added stay. A migration passes its historical models.
    """
    if taxonomy_model is None or term_model is None:
        from directory.models import Taxonomy, TaxonomyTerm

        taxonomy_model, term_model = Taxonomy, TaxonomyTerm
    return sum(
        len(list(_load(slug, name, taxonomy_model, term_model))) for slug, name in NAMES.items()
    )


def _load(slug: str, name: str, taxonomy_model: Any, term_model: Any) -> Iterator[Any]:
    taxonomy, _ = taxonomy_model.objects.update_or_create(
        slug=slug, defaults={"name": name, "version": VERSION}
    )
    kept: dict[str, Any] = {}
    for position, row in enumerate(read_terms(slug)):
        kept[row["code"]], _ = term_model.objects.update_or_create(
            taxonomy=taxonomy,
            code=row["code"],
            defaults={
                "name": row["name_en"],
                "name_es": row["name_es"],
                "description": row["definition"],
                "parent": kept[row["parent"]] if row["parent"] else None,
                "position": position,
            },
        )
        yield kept[row["code"]]
