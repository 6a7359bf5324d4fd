"""Brings the shipped taxonomies in, as they were when the directory began; `load_taxonomies`
keeps them up to date from then on.
"""

import csv
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FOLDER = Path(__file__).parents[1] / "data" / "taxonomies"
NAMES = {
    "need": "What people need help with",
    "population": "Who a service is for",
    "cost": "What it costs",
    "insurance": "Which insurance is taken",
    "accessibility": "How people get in and around",
}


def load(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Taxonomy = apps.get_model("directory", "Taxonomy")
    TaxonomyTerm = apps.get_model("directory", "TaxonomyTerm")
    for slug, name in NAMES.items():
        taxonomy = Taxonomy.objects.create(slug=slug, name=name, version="1")
        kept = {}
        with (FOLDER / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
            for position, row in enumerate(csv.DictReader(file)):
                kept[row["code"]] = TaxonomyTerm.objects.create(
                    taxonomy=taxonomy,
                    code=row["code"],
                    name=row["name_en"],
                    name_es=row["name_es"],
                    description=row["definition"],
                    parent=kept[row["parent"]] if row["parent"] else None,
                    position=position,
                )


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_confidential_places")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
