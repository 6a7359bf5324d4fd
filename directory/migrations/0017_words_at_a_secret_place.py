"""Words that hang on a confidential location tell where it is as well as its address does: what a
phone is for, notes on hours and languages, a contact's name and job. Numbers, e-mails and hours
are needed to reach the place and stay; the words are kept nowhere, whoever writes them and however.

A later migration that rebuilds one of these tables on SQLite drops its triggers: run `create`
again after it (tests/directory/test_models_confidential.py fails otherwise). One that gives such a
table another text adds it to TEXTS and does the same.
"""

from collections.abc import Iterator

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# What people can read, besides `as_given`, which these tables have but for the exceptions.
TEXTS = {
    "contact": ["name", "title", "department"],
    "phone": ["description"],
    "language": ["name", "note"],
    "schedule": ["description", "notes", "schedule_link", "attending_type"],
    "scheduleexception": ["description", "description_es"],
    "servicearea": ["name", "description", "extent", "extent_type", "uri"],
}
LINKS = {
    "contact": ["location_id", "service_at_location_id"],
    "phone": ["location_id", "service_at_location_id", "contact_id"],
    "language": ["location_id", "phone_id"],
    "schedule": ["location_id", "service_at_location_id"],
    "scheduleexception": ["service_at_location_id"],
    "servicearea": ["service_at_location_id"],
}
OWNERS = {"contact_id": "contact", "phone_id": "phone"}


def secret(table: str) -> str:
    """Whether a row hangs on a confidential location, be it through a contact or a phone."""
    said = []
    for column in LINKS[table]:
        name = f"directory_{table}.{column}"
        if column in OWNERS:
            owner = OWNERS[column]
            said.append(
                f"EXISTS (SELECT 1 FROM directory_{owner}"
                f" WHERE directory_{owner}.id = {name} AND ({secret(owner)}))"
            )
        elif column == "location_id":
            said.append(
                f"EXISTS (SELECT 1 FROM directory_location WHERE directory_location.id = {name}"
                " AND directory_location.confidential)"
            )
        else:
            said.append(
                "EXISTS (SELECT 1 FROM directory_serviceatlocation at_place"
                " JOIN directory_location place ON place.id = at_place.location_id"
                f" WHERE at_place.id = {name} AND place.confidential)"
            )
    return " OR ".join(said)


class Words:
    """The statements, for the columns that the tables have at this time."""

    def __init__(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            for_table = connection.introspection.get_table_description
            there = {t: {c.name for c in for_table(cursor, f"directory_{t}")} for t in TEXTS}
        self.texts = {t: [c for c in names if c in there[t]] for t, names in TEXTS.items()}
        self.given = {t: ["as_given"] if "as_given" in there[t] else [] for t in TEXTS}

    def told(self, table: str, row: str) -> str:
        """Whether a row has words."""
        texts = [f"{row}.{name} <> ''" for name in self.texts[table]]
        return " OR ".join([*texts, *(f"{row}.{name} <> '{{}}'" for name in self.given[table])])

    def wiped(self, table: str, which: str) -> str:
        texts = [f"{name} = ''" for name in self.texts[table]]
        given = [f"{name} = '{{}}'" for name in self.given[table]]
        name = f"directory_{table}"
        return (
            f"UPDATE {name} SET {', '.join([*texts, *given])}"
            f" WHERE ({which}) AND ({secret(table)}) AND ({self.told(table, name)});"
        )

    def triggers(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Table, name, event, condition and statements of each."""
        for table in TEXTS:
            columns = [*LINKS[table], *self.texts[table], *self.given[table]]
            below = self._below(table)
            own = self.wiped(table, f"directory_{table}.id = NEW.id")
            when = self.told(table, "NEW")
            yield table, "wordless_insert", "INSERT", when, own
            yield table, "wordless_update", f"UPDATE OF {', '.join(columns)}", when, own
            if below:
                moved = f"UPDATE OF {', '.join(LINKS[table])}"
                yield table, "wordless_moved", moved, "", below
        at = self._at("service_at_location_id = NEW.id")
        yield "serviceatlocation", "wordless_moved", "UPDATE OF location_id", "", at
        places = "SELECT id FROM directory_serviceatlocation WHERE location_id = NEW.id"
        own = f"service_at_location_id IN ({places})"
        every = self._at(own, f"location_id = NEW.id OR {own}")
        yield "location", "wordless", "UPDATE OF confidential", "NEW.confidential", every

    def _below(self, table: str) -> str:
        """What hangs on a contact or a phone."""
        phones = "SELECT id FROM directory_phone WHERE contact_id = NEW.id"
        if table == "contact":
            words = self.wiped("phone", "contact_id = NEW.id")
            return words + self.wiped("language", f"phone_id IN ({phones})")
        return self.wiped("language", "phone_id = NEW.id") if table == "phone" else ""

    def _at(self, at: str, anywhere: str = "") -> str:
        """What hangs on places: `at` their services, `anywhere` the location too."""
        both = anywhere or at
        people = f"contact_id IN (SELECT id FROM directory_contact WHERE {both})"
        phones = f"SELECT id FROM directory_phone WHERE {both} OR {people}"
        spoken = f"phone_id IN ({phones})"
        which = {
            "contact": both,
            "phone": f"{both} OR {people}",
            "language": f"location_id = NEW.id OR {spoken}" if anywhere else spoken,
            "schedule": both,
            "scheduleexception": at,
            "servicearea": at,
        }
        ids = [f"SELECT id FROM directory_{t} WHERE {w}" for t, w in which.items() if t in KEPT]
        about = " OR ".join(f"of_id IN ({found})" for found in ids)
        noted = f"DELETE FROM directory_metadata WHERE {about};" if anywhere else ""
        return noted + "".join(self.wiped(table, where) for table, where in which.items())


KEPT = ("contact", "phone", "language", "schedule", "servicearea")  # tables with ids of HSDS


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Safe to run again."""
    words = Words(schema_editor)
    make = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
    for trigger in words.triggers():
        for statement in make(*trigger):
            schema_editor.execute(statement, params=None)


def _sqlite(table: str, name: str, event: str, when: str, statements: str) -> list[str]:
    condition = f" WHEN {when}" if when else ""
    full = f"directory_{table}_{name}"
    return [
        f"DROP TRIGGER IF EXISTS {full}",
        f"CREATE TRIGGER {full} AFTER {event} ON directory_{table}{condition}"
        f" BEGIN {statements} END",
    ]


def _postgresql(table: str, name: str, event: str, when: str, statements: str) -> list[str]:
    condition = f" WHEN ({when})" if when else ""
    full = f"directory_{table}_{name}"
    return [
        f"CREATE OR REPLACE FUNCTION {full}() RETURNS trigger AS $$"
        f" BEGIN {statements} RETURN NULL; END $$ LANGUAGE plpgsql",
        f"CREATE OR REPLACE TRIGGER {full} AFTER {event} ON directory_{table}"
        f" FOR EACH ROW{condition} EXECUTE FUNCTION {full}()",
    ]


def wipe(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was written at places that are confidential already."""
    words = Words(schema_editor)
    for table in TEXTS:
        schema_editor.execute(words.wiped(table, "1 = 1").rstrip(";"), params=None)


class Migration(migrations.Migration):
    dependencies = [("directory", "0016_unknown_and_places")]

    operations = [
        migrations.AlterField(
            "location",
            "confidential",
            models.BooleanField(
                default=False,
                help_text=(
                    "Saving with this ticked erases the address, the point on the map, the way "
                    "there and all words beside its phones, contacts and hours for good: this "
                    "site keeps them nowhere, and later imports do not bring them back. Make sure "
                    "that the name of the place and the words of its services do not tell it "
                    "either."
                ),
                verbose_name="confidential address",
            ),
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunPython(wipe, migrations.RunPython.noop),
    ]
