"""What makes a release unchangeable: triggers in the database itself, on SQLite and PostgreSQL.

A later migration that alters the table on SQLite rebuilds it and loses the triggers: it must end
with `install`. `verify_releases` fails when one is missing.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "transparency_release"
MESSAGE = "A published release can be neither changed nor deleted."

# REPLACE deletes without firing a delete trigger, hence the one on INSERT.
SQLITE = {
    "transparency_release_no_update": f"""
        CREATE TRIGGER transparency_release_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
    "transparency_release_no_delete": f"""
        CREATE TRIGGER transparency_release_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
    "transparency_release_no_replace": f"""
        CREATE TRIGGER transparency_release_no_replace BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR digest = NEW.digest
                     OR (dataset_id = NEW.dataset_id AND number = NEW.number))
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",  # noqa: S608  # constants alone
}

# An empty table may be truncated: nothing published is lost.
POSTGRESQL_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION transparency_release_refuse() RETURNS trigger AS $$
    BEGIN
        IF TG_OP <> 'TRUNCATE' OR EXISTS (SELECT 1 FROM {TABLE}) THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$ LANGUAGE plpgsql"""  # noqa: S608  # constants alone
POSTGRESQL = {
    "transparency_release_no_change": f"""
        CREATE TRIGGER transparency_release_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION transparency_release_refuse()""",
    "transparency_release_no_truncate": f"""
        CREATE TRIGGER transparency_release_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION transparency_release_refuse()""",
}

PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'",
}


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.vendor]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that should be there and are not."""
    with connection.cursor() as cursor:
        cursor.execute(PRESENT[connection.vendor], [TABLE])
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in _triggers(connection) if name not in present]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the missing triggers in place."""
    absent = missing(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for name in absent:
            cursor.execute(_triggers(connection)[name])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a migration that rebuilds the table."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
