"""The taxonomies that come with the project, and how they reach the database.

One CSV a taxonomy in `data/taxonomies/`; the file's name is the taxonomy's slug, which is also
the name of a search filter.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from directory.models.service import Service
from directory.models.taxonomy import Taxonomy, TaxonomyTerm, shipped_id

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


def terms_of(service: Service) -> list[TaxonomyTerm]:
    """The terms that hold for a service, from prefetched attributes. An imported attribute may
    have none: its term was not in the package."""
    terms = (attribute.taxonomy_term for attribute in service.attributes.all())
    return [term for term in terms if term is not None]


def slug_of(term: TaxonomyTerm) -> str:
    """The filter that a term belongs to; "" for a term of no taxonomy or of an imported one."""
    return (term.taxonomy.slug or "") if term.taxonomy else ""


@transaction.atomic
def load_taxonomies() -> int:
    """Brings the shipped terms in, or up to date; returns how many there are.

    Terms that a steward added stay.
    """
    return sum(len(list(_load(slug, name))) for slug, name in NAMES.items())


def _load(slug: str, name: str) -> Iterator[TaxonomyTerm]:
    taxonomy, _ = Taxonomy.objects.update_or_create(
        slug=slug,
        defaults={"name": name, "version": VERSION},
        create_defaults={"id": shipped_id(slug), "name": name, "version": VERSION},
    )
    kept: dict[str, TaxonomyTerm] = {}
    for position, row in enumerate(read_terms(slug)):
        values = {
            "name": row["name_en"],
            "name_es": row["name_es"],
            "description": row["definition"],
            "parent": kept[row["parent"]] if row["parent"] else None,
            "position": position,
        }
        kept[row["code"]], _ = TaxonomyTerm.objects.update_or_create(
            taxonomy=taxonomy,
            code=row["code"],
            defaults=values,
            create_defaults=values | {"id": shipped_id(slug, row["code"])},
        )
        yield kept[row["code"]]
