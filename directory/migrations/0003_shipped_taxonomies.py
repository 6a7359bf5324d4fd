from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from directory.taxonomies import load_taxonomies


def load(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    load_taxonomies(
        apps.get_model("directory", "Taxonomy"), apps.get_model("directory", "TaxonomyTerm")
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_confidential_places")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
