"""The triggers of 0002 again, because 0005 rebuilt the tables they stand on, and further ones for
what else of HSDS tells a place: accessibility, and the source's own metadata.
"""

from importlib import import_module

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

first = import_module("directory.migrations.0002_confidential_places")
MESSAGE = "a confidential location cannot hold what tells its place"
HIDDEN = "(SELECT confidential FROM directory_location WHERE id = NEW.{column})"

SQLITE = [
    f"""
    CREATE TRIGGER IF NOT EXISTS directory_accessibility_{event}_confidential
    BEFORE {event.upper()} ON directory_accessibility WHEN {HIDDEN.format(column="location_id")}
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """
    for event in ("insert", "update")
] + [
    f"""
    CREATE TRIGGER IF NOT EXISTS directory_metadata_insert_confidential
    BEFORE INSERT ON directory_metadata WHEN {HIDDEN.format(column="of_id")}
    BEGIN SELECT RAISE(IGNORE); END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS directory_location_forgets
    AFTER UPDATE OF confidential ON directory_location WHEN NEW.confidential
    BEGIN
        DELETE FROM directory_accessibility WHERE location_id = NEW.id;
        DELETE FROM directory_metadata WHERE of_id = NEW.id;
    END
    """,
]
POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION directory_accessibility_confidential() RETURNS trigger AS $$
    BEGIN
        IF {HIDDEN.format(column="location_id")} THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE TRIGGER directory_accessibility_confidential
    BEFORE INSERT OR UPDATE ON directory_accessibility
    FOR EACH ROW EXECUTE FUNCTION directory_accessibility_confidential()
    """,
    f"""
    CREATE OR REPLACE FUNCTION directory_metadata_confidential() RETURNS trigger AS $$
    BEGIN
        IF {HIDDEN.format(column="of_id")} THEN RETURN NULL; END IF;
        RETURN NEW;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE TRIGGER directory_metadata_confidential
    BEFORE INSERT ON directory_metadata
    FOR EACH ROW EXECUTE FUNCTION directory_metadata_confidential()
    """,
    """
    CREATE OR REPLACE FUNCTION directory_location_forgets() RETURNS trigger AS $$
    BEGIN
        DELETE FROM directory_accessibility WHERE location_id = NEW.id;
        DELETE FROM directory_metadata WHERE of_id = NEW.id;
        RETURN NULL;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE TRIGGER directory_location_forgets
    AFTER UPDATE OF confidential ON directory_location
    FOR EACH ROW WHEN (NEW.confidential) EXECUTE FUNCTION directory_location_forgets()
    """,
]


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Safe to run again: a later migration that rebuilds one of these tables calls it."""
    first.create(apps, schema_editor)
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_ids_of_terms")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
