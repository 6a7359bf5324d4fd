"""Words that hang on a confidential location tell where it is as well as its address does: what a
phone is for, notes on hours and languages, a contact's name and job. Numbers, e-mails and hours
are needed to reach the place and stay; the words are kept nowhere, whoever writes them and however.
Nor are the attributes' values and the source's record of changes, of whatever hangs there.

A later migration that rebuilds one of these tables on SQLite drops its triggers: run `create`
again after it (tests/directory/test_models_confidential.py fails otherwise). One that gives such a
table another text adds it to TEXTS and does the same.
"""

from collections.abc import Iterator

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from directory.migrations._kept_by_imports import forget_imported

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
    "serviceatlocation": ["location_id"],
}
OWNERS = {"contact_id": "contact", "phone_id": "phone"}
# What else hangs on a place, of which sources note attributes and changes.
NOTED = ("contact", "phone", "language", "schedule", "servicearea", "serviceatlocation")
ON_A_PLACE = ("address", "accessibility")  # a confidential one has none of these
ATTRIBUTE = ("value", "label", "link_type")


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


def about_secret(subject: str) -> str:
    """Whether an id is that of a confidential location, or of what hangs on one."""
    tables = {"location": "directory_location.confidential"} | {t: secret(t) for t in NOTED}
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM directory_{table}"
        f" WHERE directory_{table}.id = {subject} AND ({hidden}))"
        for table, hidden in tables.items()
    )


def described(row: str) -> str:
    """Whether an attribute has words."""
    return " OR ".join(
        [*(f"{row}.{name} <> ''" for name in ATTRIBUTE), f"{row}.as_given <> '{{}}'"]
    )


def undescribed(which: str) -> str:
    texts = ", ".join(f"{name} = ''" for name in ATTRIBUTE)
    return (
        f"UPDATE directory_attribute SET {texts}, as_given = '{{}}'"
        f" WHERE ({which}) AND ({described('directory_attribute')});"
    )


def unnoted(ids: str) -> str:
    """Drops what is noted of the records whose ids a query finds, and of their attributes."""
    attributes = f"SELECT id FROM directory_attribute WHERE of_id IN ({ids})"
    noted = f"DELETE FROM directory_metadata WHERE of_id IN ({ids} UNION {attributes});"
    return noted + undescribed(f"of_id IN ({ids})")


def found(which: dict[str, str], *, only_secret: bool) -> str:
    """The ids of rows of several tables."""
    return " UNION ".join(
        f"SELECT id FROM directory_{table} WHERE ({where})"
        + (f" AND ({secret(table)})" if only_secret else "")
        for table, where in which.items()
    )


PLACES = "SELECT id FROM directory_serviceatlocation WHERE location_id = NEW.id"
AT_PLACE = (
    f"service_at_location_id IN ({PLACES})",
    f"location_id = NEW.id OR service_at_location_id IN ({PLACES})",
)


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
        """Table, name, moment, condition and statements of each."""
        yield from self._wordless()
        yield from self._noteless()

    def _wordless(self) -> Iterator[tuple[str, str, str, str, str]]:
        for table in TEXTS:
            columns = [*LINKS[table], *self.texts[table], *self.given[table]]
            below = self._below(table)
            own = self.wiped(table, f"directory_{table}.id = NEW.id")
            when = self.told(table, "NEW")
            yield table, "wordless_insert", "AFTER INSERT", when, own
            yield table, "wordless_update", f"AFTER UPDATE OF {', '.join(columns)}", when, own
            if below:
                moved = f"AFTER UPDATE OF {', '.join(LINKS[table])}"
                yield table, "wordless_moved", moved, "", below
        at = self._every(self._at("service_at_location_id = NEW.id"))
        yield "serviceatlocation", "wordless_moved", "AFTER UPDATE OF location_id", "", at
        every = self._every(self._at(*AT_PLACE))
        yield "location", "wordless", "AFTER UPDATE OF confidential", "NEW.confidential", every

    def _noteless(self) -> Iterator[tuple[str, str, str, str, str]]:
        """What is noted of a place goes before its addresses go, or nobody knows whose it was."""
        own = {"location": "id = NEW.id", **dict.fromkeys(ON_A_PLACE, "location_id = NEW.id")}
        own |= {"serviceatlocation": "location_id = NEW.id", **self._at(*AT_PLACE)}
        del own["scheduleexception"]
        every = unnoted(found(own, only_secret=False))
        yield "location", "noteless", "BEFORE UPDATE OF confidential", "NEW.confidential", every
        for table in NOTED:
            columns = LINKS[table]
            moved = " OR ".join(
                f"(NEW.{c} IS NOT NULL AND (OLD.{c} IS NULL OR OLD.{c} <> NEW.{c}))"
                for c in columns
            )
            ids = found({table: "id = NEW.id", **self._with(table)}, only_secret=True)
            event = f"AFTER UPDATE OF {', '.join(columns)}"
            yield table, "noteless_moved", event, moved, unnoted(ids)
        yield from self._about()

    def _about(self) -> Iterator[tuple[str, str, str, str, str]]:
        hidden = about_secret("NEW.of_id")
        attributes = about_secret("directory_attribute.of_id")
        noted = (
            f"DELETE FROM directory_metadata WHERE id = NEW.id AND ({hidden}"
            " OR EXISTS (SELECT 1 FROM directory_attribute"
            f" WHERE directory_attribute.id = NEW.of_id AND ({attributes})));"
        )
        texts = undescribed(f"id = NEW.id AND ({hidden})")
        when = f"NEW.of_id IS NOT NULL AND ({described('NEW')})"
        for name, event in (("insert", "AFTER INSERT"), ("update", "AFTER UPDATE")):
            yield "metadata", f"noteless_{name}", event, "", noted
            yield "attribute", f"noteless_{name}", event, when, texts

    def _with(self, table: str) -> dict[str, str]:
        """What comes along with a row that is moved."""
        if table == "serviceatlocation":
            hanging = self._at("service_at_location_id = NEW.id")
            return {name: where for name, where in hanging.items() if name in NOTED}
        phones = "SELECT id FROM directory_phone WHERE contact_id = NEW.id"
        if table == "contact":
            return {"phone": "contact_id = NEW.id", "language": f"phone_id IN ({phones})"}
        return {"language": "phone_id = NEW.id"} if table == "phone" else {}

    def _below(self, table: str) -> str:
        """The words of what hangs on a contact or a phone."""
        return self._every(self._with(table))

    def _every(self, which: dict[str, str]) -> str:
        return "".join(self.wiped(table, where) for table, where in which.items())

    def _at(self, at: str, anywhere: str = "") -> dict[str, str]:
        """What hangs on places: `at` their services, `anywhere` the location too."""
        both = anywhere or at
        people = f"contact_id IN (SELECT id FROM directory_contact WHERE {both})"
        phones = f"SELECT id FROM directory_phone WHERE {both} OR {people}"
        spoken = f"phone_id IN ({phones})"
        return {
            "contact": both,
            "phone": f"{both} OR {people}",
            "language": f"location_id = NEW.id OR {spoken}" if anywhere else spoken,
            "schedule": both,
            "scheduleexception": at,
            "servicearea": at,
        }


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
        f"CREATE TRIGGER {full} {event} ON directory_{table}{condition} BEGIN {statements} END",
    ]


def _postgresql(table: str, name: str, event: str, when: str, statements: str) -> list[str]:
    condition = f" WHEN ({when})" if when else ""
    full = f"directory_{table}_{name}"
    return [
        f"CREATE OR REPLACE FUNCTION {full}() RETURNS trigger AS $$"
        f" BEGIN {statements} RETURN NEW; END $$ LANGUAGE plpgsql",
        f"CREATE OR REPLACE TRIGGER {full} {event} ON directory_{table}"
        f" FOR EACH ROW{condition} EXECUTE FUNCTION {full}()",
    ]


def wipe(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was written at places that are confidential already. They become so again, so that
    all triggers fire, those on the history of the services there too.
    """
    locations = apps.get_model("directory", "Location").objects
    hidden = list(locations.filter(confidential=True).values_list("pk", flat=True))
    for start in range(0, len(hidden), 500):
        places = locations.filter(pk__in=hidden[start : start + 500])
        places.update(confidential=False)
        places.update(confidential=True)
    if hidden:
        forget_imported(apps)


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
