"""The database itself refuses to change or delete a release."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from transparency import immutable
from transparency.descriptor import define
from transparency.models import Dataset, Draft, Release
from transparency.release import publish
from transparency.verify import verify

TABLE = immutable.TABLE
FIELDS = ", ".join(
    connection.ops.quote_name(field.column or "") for field in Release._meta.concrete_fields
)


@pytest.fixture
def release(teams: Dataset, rows: bytes) -> Release:
    return publish(teams, rows)


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        yield


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE transparency_release SET notes = 'nicer'",
        "UPDATE transparency_release SET content = content",
        "DELETE FROM transparency_release",
    ],
)
def test_plain_statements(release: Release, statement: str) -> None:
    with refused(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Release.objects.get().notes == ""


def test_through_the_models(release: Release) -> None:
    release.notes = "nicer"
    with refused():
        release.save()
    with refused():
        Release.objects.update(number=9)
    Draft.objects.all().delete()  # whatever points to it may go
    with refused():
        release.delete()
    assert list(verify()) == []


ANEW = FIELDS.replace('"id"', "NULL")
OWN_WAYS = {
    "sqlite": (
        f"REPLACE INTO {TABLE} SELECT {FIELDS} FROM {TABLE}",  # noqa: S608  # constants alone
        f"REPLACE INTO {TABLE} ({FIELDS}) SELECT {ANEW} FROM {TABLE}",  # noqa: S608
        f"UPDATE OR REPLACE {TABLE} SET number = 2",  # noqa: S608
    ),
    "postgresql": (
        f"TRUNCATE {TABLE} CASCADE",
        f"TRUNCATE {Dataset._meta.db_table} CASCADE",
    ),
}


@pytest.mark.parametrize("statement", OWN_WAYS[connection.vendor])
def test_ways_that_one_database_alone_has(release: Release, statement: str) -> None:
    connection.check_constraints()  # what PostgreSQL defers would stand before the trigger
    with refused(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Release.objects.get().pk == release.pk


def test_a_dataset_with_releases_cannot_be_deleted(release: Release) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        release.dataset.delete()
    assert Dataset.objects.exists()


def tampered(release: Release, **changes: object) -> list[str]:
    """What `verify` finds after somebody with all rights on the database changed a release."""
    immutable.remove(connection)
    Release.objects.filter(pk=release.pk).update(**changes)
    immutable.install(connection)
    return [fault for _, fault in verify()]


def test_one_byte_is_noticed(release: Release) -> None:
    content = bytearray(release.content)
    content[-3] ^= 1
    assert tampered(release, content=bytes(content)) == [
        "The table's bytes are not what was published."
    ]


def test_changed_definitions_are_noticed(release: Release) -> None:
    changed = bytes(release.schema_content).replace(b"City of Denver", b"City of Boulder")
    assert tampered(release, schema_content=changed) == [
        "The definitions are not what was published."
    ]


def test_a_changed_record_is_noticed(release: Release) -> None:
    assert tampered(release, notes="nicer") == ["The record of the release was changed."]


def test_a_version_that_went_missing_is_noticed(
    release: Release, teams: Dataset, rows: bytes
) -> None:
    second = publish(teams, rows.replace(b"3000", b"3100"))
    immutable.remove(connection)
    Draft.objects.all().delete()
    release.delete()
    immutable.install(connection)
    assert list(verify()) == [
        (second, "A version before it is gone."),
        (second, "It does not follow the version before it."),
    ]


def test_missing_triggers_are_noticed(release: Release) -> None:
    immutable.remove(connection)
    assert len([fault for _, fault in verify() if "trigger" in fault]) == len(
        immutable.missing(connection)
    )
    assert immutable.missing(connection)
    immutable.install(connection)
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_with_real_transactions(descriptor: dict[str, Any], rows: bytes) -> None:
    publish(define(descriptor), rows)
    with pytest.raises(DatabaseError):
        Release.objects.update(notes="nicer")
    assert Release.objects.get().notes == ""


@pytest.mark.django_db
def test_the_triggers_stand_after_a_test_with_real_transactions() -> None:
    assert immutable.missing(connection) == []
