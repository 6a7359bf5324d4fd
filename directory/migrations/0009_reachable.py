"""Whether a service can be reached at all, kept by the database itself: a listing is public only
with a phone, a link, an e-mail, a place or words on how to start, whoever writes it and however.

A later migration that rebuilds one of these tables on SQLite drops its triggers: run `create`
again after it (tests/directory/test_models_reachable.py fails otherwise).
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REACHED = """(
    {s}.url <> '' OR {s}.email <> '' OR {s}.application_process <> ''
    OR EXISTS (SELECT 1 FROM directory_phone p WHERE p.service_id = {s}.id)
    OR EXISTS (SELECT 1 FROM directory_phone p WHERE p.organization_id = {s}.organization_id)
    OR EXISTS (SELECT 1 FROM directory_organization o
               WHERE o.id = {s}.organization_id AND (o.website <> '' OR o.email <> ''))
    OR EXISTS (SELECT 1 FROM directory_serviceatlocation l WHERE l.service_id = {s}.id AND (
        EXISTS (SELECT 1 FROM directory_phone p WHERE p.service_at_location_id = l.id)
        OR EXISTS (SELECT 1 FROM directory_phone p WHERE p.location_id = l.location_id)
        OR EXISTS (SELECT 1 FROM directory_address a WHERE a.location_id = l.location_id)
        OR EXISTS (SELECT 1 FROM directory_location g
                   WHERE g.id = l.location_id AND g.latitude IS NOT NULL)))
)"""
# Which services a row of a table has to do with, and which of its columns matter.
AT_LOCATION = "SELECT service_id FROM directory_serviceatlocation WHERE location_id = {r}.%s"
AFFECTED = {
    "phone": (
        "SELECT {r}.service_id UNION "
        "SELECT service_id FROM directory_serviceatlocation WHERE id = {r}.service_at_location_id"
        f" UNION {AT_LOCATION % 'location_id'}"
        " UNION SELECT id FROM directory_service WHERE organization_id = {r}.organization_id",
        "service_id, service_at_location_id, location_id, organization_id",
    ),
    "serviceatlocation": ("SELECT {r}.service_id", "service_id, location_id"),
    "address": (AT_LOCATION % "location_id", "location_id"),
    "location": (AT_LOCATION % "id", "latitude"),
    "organization": (
        "SELECT id FROM directory_service WHERE organization_id = {r}.id",
        "website, email",
    ),
}


def _again(table: str, row: str, only: str = "") -> str:
    services = AFFECTED[table][0].format(r=row)
    reached = REACHED.format(s="directory_service")
    return (
        f"UPDATE directory_service SET reachable = {reached} WHERE id IN ({services})"
        f"{only} AND reachable <> {reached};"
    )


def _sqlite() -> list[str]:
    own = (
        f"UPDATE directory_service SET reachable = {REACHED.format(s='directory_service')}"
        " WHERE id = NEW.id;"
    )
    columns = "url, email, application_process, organization_id, reachable"
    events = [("insert", "INSERT"), ("update", f"UPDATE OF {columns}")]
    found = [_trigger("service", event, when, own) for event, when in events]
    for table, (_services, columns) in AFFECTED.items():
        new, old = _again(table, "NEW"), _again(table, "OLD")
        arrived = _again(table, "NEW", " AND NOT reachable")
        found.append(_trigger(table, "insert", "INSERT", arrived))
        found.append(_trigger(table, "update", f"UPDATE OF {columns}", old + new))
        found.append(_trigger(table, "delete", "DELETE", old))
    return found


def _trigger(table: str, event: str, when: str, statements: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS directory_{table}_{event}_reach"
        f" AFTER {when} ON directory_{table} BEGIN {statements} END"
    )


def _postgresql() -> list[str]:
    found = [
        f"""
        CREATE OR REPLACE FUNCTION directory_service_reach() RETURNS trigger AS $$
        BEGIN NEW.reachable := {REACHED.format(s="NEW")}; RETURN NEW; END $$ LANGUAGE plpgsql
        """,
        """
        CREATE OR REPLACE TRIGGER directory_service_reach
        BEFORE INSERT OR UPDATE ON directory_service
        FOR EACH ROW EXECUTE FUNCTION directory_service_reach()
        """,
    ]
    for table, (_services, columns) in AFFECTED.items():
        arrived = _again(table, "NEW", " AND NOT reachable")
        found += [
            f"""
            CREATE OR REPLACE FUNCTION directory_{table}_reach() RETURNS trigger AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN {arrived} RETURN NULL; END IF;
                {_again(table, "OLD")}
                IF TG_OP = 'UPDATE' THEN {_again(table, "NEW")} END IF;
                RETURN NULL;
            END $$ LANGUAGE plpgsql
            """,
            f"""
            CREATE OR REPLACE TRIGGER directory_{table}_reach
            AFTER INSERT OR DELETE OR UPDATE OF {columns} ON directory_{table}
            FOR EACH ROW EXECUTE FUNCTION directory_{table}_reach()
            """,
        ]
    return found


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Safe to run again: a later migration that rebuilds one of these tables calls it."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _postgresql() if postgresql else _sqlite():
        schema_editor.execute(statement, params=None)
    reached = REACHED.format(s="directory_service")
    schema_editor.execute(f"UPDATE directory_service SET reachable = {reached}", params=None)


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_confidential_places_again")]

    operations = [
        migrations.AddField(
            model_name="service",
            name="reachable",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="can be reached"
            ),
        ),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(fields=["status", "reachable"], name="directory_service_public"),
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
