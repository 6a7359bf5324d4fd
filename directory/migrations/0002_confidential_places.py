"""The database itself keeps a confidential location without a place, whoever writes: no address,
nothing of what an import could not understand, and nothing that a service says about it.

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
        UPDATE directory_serviceatlocation SET description = '' WHERE location_id = NEW.id;
    END
    """,
]
SQLITE += [
    f"""
    CREATE TRIGGER IF NOT EXISTS directory_location_{event}_as_given
    AFTER {when} ON directory_location WHEN NEW.confidential AND NEW.as_given <> '{{}}'
    BEGIN UPDATE directory_location SET as_given = '{{}}' WHERE id = NEW.id; END
    """
    for event, when in (("insert", "INSERT"), ("update", "UPDATE OF as_given"))
]
SQLITE += [
    f"""
    CREATE TRIGGER IF NOT EXISTS directory_serviceatlocation_{event}_confidential
    AFTER {when} ON directory_serviceatlocation WHEN NEW.description <> ''
    AND (SELECT confidential FROM directory_location WHERE id = NEW.location_id)
    BEGIN UPDATE directory_serviceatlocation SET description = '' WHERE id = NEW.id; END
    """
    for event, when in (("insert", "INSERT"), ("update", "UPDATE OF description, location_id"))
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
        UPDATE directory_serviceatlocation SET description = '' WHERE location_id = NEW.id;
        RETURN NULL;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE TRIGGER directory_location_becomes_confidential
    AFTER UPDATE OF confidential ON directory_location
    FOR EACH ROW WHEN (NEW.confidential) EXECUTE FUNCTION directory_location_confidential()
    """,
    """
    CREATE OR REPLACE FUNCTION directory_location_as_given() RETURNS trigger AS $$
    BEGIN
        NEW.as_given := '{}';
        RETURN NEW;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE TRIGGER directory_location_as_given
    BEFORE INSERT OR UPDATE ON directory_location
    FOR EACH ROW WHEN (NEW.confidential) EXECUTE FUNCTION directory_location_as_given()
    """,
    """
    CREATE OR REPLACE FUNCTION directory_serviceatlocation_confidential() RETURNS trigger AS $$
    BEGIN
        IF (SELECT confidential FROM directory_location WHERE id = NEW.location_id) THEN
            NEW.description := '';
        END IF;
        RETURN NEW;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE TRIGGER directory_serviceatlocation_confidential
    BEFORE INSERT OR UPDATE ON directory_serviceatlocation
    FOR EACH ROW EXECUTE FUNCTION directory_serviceatlocation_confidential()
    """,
]

SQLITE_TRIGGERS = [
    "directory_address_insert_confidential",
    "directory_address_update_confidential",
    "directory_location_becomes_confidential",
    "directory_location_insert_as_given",
    "directory_location_update_as_given",
    "directory_serviceatlocation_insert_confidential",
    "directory_serviceatlocation_update_confidential",
]
POSTGRESQL_FUNCTIONS = [
    "directory_address_confidential",
    "directory_location_confidential",
    "directory_location_as_given",
    "directory_serviceatlocation_confidential",
]


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in POSTGRESQL_FUNCTIONS:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")
        return
    for name in SQLITE_TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
