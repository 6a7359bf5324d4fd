"""The database itself keeps a confidential location without a place, whoever writes.

`Location.save` and the check constraints do the same; these triggers hold for `bulk_create`,
`QuerySet.update` and plain SQL too. A later migration that rebuilds one of these tables on SQLite
drops its triggers: run `create` again after it (tests/directory/test_models_confidential.py fails
otherwise).
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MESSAGE = "a confidential location cannot hold an address"

SQLITE = [
    f"""
    CREATE TRIGGER IF NOT EXISTS directory_address_{event}_confidential
    BEFORE {when} ON directory_address
    WHEN (SELECT confidential FROM directory_location WHERE id = NEW.location_id)
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """
    for event, when in (("insert", "INSERT"), ("update", "UPDATE"))
] + [
    """
    CREATE TRIGGER IF NOT EXISTS directory_location_becomes_confidential
    AFTER UPDATE OF confidential ON directory_location WHEN NEW.confidential
    BEGIN
        DELETE FROM directory_address WHERE location_id = NEW.id;
        UPDATE directory_location SET as_given = '{}' WHERE id = NEW.id;
    END
    """,
]

POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION directory_address_confidential() RETURNS trigger AS $$
    BEGIN
        IF (SELECT confidential FROM directory_location WHERE id = NEW.location_id) THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE TRIGGER directory_address_confidential
    BEFORE INSERT OR UPDATE ON directory_address
    FOR EACH ROW EXECUTE FUNCTION directory_address_confidential()
    """,
    """
    CREATE OR REPLACE FUNCTION directory_location_confidential() RETURNS trigger AS $$
    BEGIN
        DELETE FROM directory_address WHERE location_id = NEW.id;
        UPDATE directory_location SET as_given = '{}' WHERE id = NEW.id;
        RETURN NULL;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE TRIGGER directory_location_becomes_confidential
    AFTER UPDATE OF confidential ON directory_location
    FOR EACH ROW WHEN (NEW.confidential) EXECUTE FUNCTION directory_location_confidential()
    """,
]


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION directory_address_confidential CASCADE")
        schema_editor.execute("DROP FUNCTION directory_location_confidential CASCADE")
        return
    for name in (
        "directory_address_insert_confidential",
        "directory_address_update_confidential",
        "directory_location_becomes_confidential",
    ):
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
