"""Whether help comes by phone or video, and whether police may bring somebody, can be unknown; the
reason of a closed day has words in Spanish; what belongs to a service at one place is edited as
part of the service (its columns stay as they are).

"No" was what stood wherever nobody had said anything, so it is kept only where a file says no.
SQLite rebuilds the tables, which drops their triggers, and it renames no table while triggers of
others name it: they are put away meanwhile and come back word for word.
"""

import modelcluster.fields
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState, StateApps

SAID = ("accepts_drop_off", "telehealth")
PARENTS = {
    "contact": ("serviceatlocation", "contacts"),
    "phone": ("serviceatlocation", "phones"),
    "schedule": ("serviceatlocation", "schedules"),
    "scheduleexception": ("serviceatlocation", "schedule_exceptions"),
    "servicearea": ("serviceatlocation", "service_areas"),
}


class _UnderTriggers(migrations.operations.base.Operation):
    """Changes a table with all triggers put away, as far as the database needs it."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        kept = _put_away(schema_editor) if schema_editor.connection.vendor == "sqlite" else []
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        for statement in kept:
            schema_editor.execute(statement, params=None)


class AlterField(_UnderTriggers, migrations.AlterField):
    pass


class AddField(_UnderTriggers, migrations.AddField):
    pass


def _put_away(schema_editor: BaseDatabaseSchemaEditor) -> list[str]:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    for name, _statement in triggers:
        schema_editor.execute(f'DROP TRIGGER "{name}"', params=None)
    return [statement for _name, statement in triggers]


def unknown_unless_said(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    services, rows = (
        apps.get_model("directory", "Service").objects,
        apps.get_model("directory", "SourceRow").objects,
    )
    for name in SAID:
        said = {"listing": f"values__texts__{name}", "service": f"values__x_{name}"}
        no = [
            row.record_id
            for table, column in said.items()
            for row in rows.filter(table=table, **{column: False}).only("record_id")
        ]
        services.filter(**{name: False}).update(**{name: None})
        for start in range(0, len(no), 500):
            chunk = services.filter(pk__in=no[start : start + 500])
            chunk.filter(**{f"{name}__isnull": True}).update(**{name: False})


def _yes_or_no(words: str) -> models.BooleanField:
    return models.BooleanField(blank=True, null=True, verbose_name=words)


def _parent(to: str, related_name: str) -> modelcluster.fields.ParentalKey:
    return modelcluster.fields.ParentalKey(
        blank=True,
        null=True,
        on_delete=models.CASCADE,
        related_name=related_name,
        to=f"directory.{to}",
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0015_verifications_end")]

    operations = [
        AlterField("service", "accepts_drop_off", _yes_or_no("accepts police drop-off")),
        AlterField("service", "telehealth", _yes_or_no("by phone or video")),
        AddField(
            "scheduleexception",
            "description_es",
            models.CharField(
                blank=True,
                default="",
                help_text="Empty: people who read Spanish get the words above.",
                max_length=255,
                verbose_name="why, in Spanish",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(unknown_unless_said, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(
                    migrations.AlterField(model, "service_at_location", _parent(*parent))
                    for model, parent in PARENTS.items()
                ),
                migrations.AlterField("phone", "contact", _parent("contact", "phones")),
                migrations.AlterField("language", "phone", _parent("phone", "languages")),
            ]
        ),
    ]
