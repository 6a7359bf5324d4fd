from django.db import migrations

from transparency import immutable


def install(apps, schema_editor):
    immutable.install(schema_editor.connection)


def remove(apps, schema_editor):
    immutable.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("transparency", "0001_initial")]

    operations = [migrations.RunPython(install, remove, elidable=False)]
