"""Services, organizations and locations keep their history (Wagtail's revisions); a provider may
decline reminders.

History tells places. When a location becomes confidential the database itself drops its revisions
and those of the services given there, and takes the place out of the log and out of what providers
sent, whoever writes and however. New columns that may be empty rebuild no table, so the triggers of
0008 and 0009 stand; a later migration that rebuilds directory_location calls this `create` too.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SERVICES = "SELECT service_id FROM directory_serviceatlocation WHERE location_id = NEW.id"
SQLITE = [
    f"""
    CREATE TRIGGER IF NOT EXISTS directory_location_forgets_history
    AFTER UPDATE OF confidential ON directory_location
    WHEN NEW.confidential AND NOT OLD.confidential
    BEGIN
        UPDATE directory_location SET latest_revision_id = NULL WHERE id = NEW.id;
        UPDATE directory_service SET latest_revision_id = NULL WHERE id IN ({SERVICES});
        DELETE FROM wagtailcore_revision
            WHERE replace(object_id, '-', '') = NEW.id
            OR replace(object_id, '-', '') IN ({SERVICES});
        UPDATE wagtailcore_modellogentry SET label = NEW.name, data = '{{}}'
            WHERE replace(object_id, '-', '') = NEW.id;
        UPDATE directory_provideranswer
            SET "values" = json_remove("values", '$.address'),
                "before" = json_remove("before", '$.address')
            WHERE service_id IN ({SERVICES});
    END
    """
]
POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION directory_location_forgets_history() RETURNS trigger AS $$
    BEGIN
        UPDATE directory_location SET latest_revision_id = NULL WHERE id = NEW.id;
        UPDATE directory_service SET latest_revision_id = NULL WHERE id IN ({SERVICES});
        DELETE FROM wagtailcore_revision
            WHERE object_id = NEW.id::text
            OR object_id IN (SELECT told.service_id::text FROM ({SERVICES}) told);
        UPDATE wagtailcore_modellogentry SET label = NEW.name, data = '{{}}'
            WHERE object_id = NEW.id::text;
        UPDATE directory_provideranswer
            SET "values" = "values" - 'address', "before" = "before" - 'address'
            WHERE service_id IN ({SERVICES});
        RETURN NULL;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE TRIGGER directory_location_forgets_history
    AFTER UPDATE OF confidential ON directory_location
    FOR EACH ROW WHEN (NEW.confidential AND NOT OLD.confidential)
    EXECUTE FUNCTION directory_location_forgets_history()
    """,
]


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Safe to run again."""
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


def latest_revision() -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to="wagtailcore.revision",
        verbose_name="latest revision",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_reachable"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField("location", "latest_revision", latest_revision()),
        migrations.AddField("organization", "latest_revision", latest_revision()),
        migrations.AddField("service", "latest_revision", latest_revision()),
        migrations.AddField(
            "providerlink",
            "no_reminders",
            models.BooleanField(default=False, verbose_name="wants no reminders"),
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
