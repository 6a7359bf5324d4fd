"""Writes many new records at once.

`bulk_create` does the same in twice the time: it composes SQL cell by cell, and no more than 999
cells to a statement.
"""

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

from django.db import connections, router
from django.db.models import CharField, Field, Model, TextField

CELLS = 30_000  # SQLite takes 32,766 in one statement


def insert(records: Iterable[Model], *, ignore_conflicts: bool = False) -> None:
    """Writes records of one model, whose keys are their own."""
    waiting = iter(records)
    for first in waiting:
        most = CELLS // len(first._meta.concrete_fields)
        some = list(chain([first], islice(waiting, most - 1)))
        _insert(type(first), some, "ON CONFLICT DO NOTHING" if ignore_conflicts else "")


def _insert(model: type[Model], records: list[Model], otherwise: str) -> None:
    connection = connections[router.db_for_write(model)]
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    rows = ", ".join([row] * len(records))
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"INSERT INTO {table} ({columns}) VALUES {rows} {otherwise}"  # noqa: S608  # our own names
    cells = [_cell(field, record, connection) for record in records for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, cells)
    for record in records:
        record._state.adding, record._state.db = False, connection.alias


def _cell(field: "Field[Any, Any]", record: Model, connection: Any) -> Any:
    """A value as the database's driver takes it; most are plain text, which it takes as it is."""
    value = field.pre_save(record, True)
    if value is None or (type(value) is str and isinstance(field, CharField | TextField)):
        return value
    return field.get_db_prep_save(value, connection)
