"""Inserting and updating rows without building a query for them.

Hot paths write five to ten rows a request; compiling each statement anew costs
more than running it. Values pass through their fields as in `save()`.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault


@lru_cache(maxsize=256)
def _statement(model: type[models.Model], columns: tuple[str, ...], rows: int, met_by: str, vendor: str) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * rows)
    table, back = quote(model._meta.db_table), ", ".join(quote(field.column) for field in _returned(model))
    key = quote(met_by) if met_by else ""
    again = f" ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}" if met_by else ""
    return f"INSERT INTO {table} ({names}) VALUES {marks}{again} RETURNING {back}"  # noqa: S608 # names of our own tables


@cache
def _returned(model: type[models.Model]) -> tuple[Any, ...]:
    """The primary key and the columns that an INSERT echoes."""
    return tuple(field for field in model._meta.concrete_fields if getattr(field, "db_returning", False))


def _values(row: models.Model) -> tuple[tuple[str, ...], list[Any]]:
    columns: list[str] = []
    values: list[Any] = []
    for field in row._meta.concrete_fields:
        value = field.pre_save(row, add=True)
        if field.primary_key or isinstance(value, DatabaseDefault):
            continue
        columns.append(str(field.column))
        values.append(field.get_db_prep_save(value, connection))
    return tuple(columns), values


def _read(field: Any, value: Any) -> Any:
    """An echoed value as a query would give it: SQLite keeps moments as text."""
    column = field.get_col(field.model._meta.db_table)
    for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection)):
        value = convert(value, column, connection)
    return value


def insert(row: models.Model) -> None:
    """INSERT the row as it is and set its primary key; no signals, no checks
    but the database's."""
    insert_few([row])


def insert_few(rows: Sequence[models.Model], *, met_by: str = "") -> None:
    """INSERT some rows of one model in one statement and set their primary keys.

    With `met_by`, a unique column, a row that is there already is met: it stays
    as it is, is locked, and gives its primary key and echoed columns. No two rows may have one value.
    """
    if not rows:
        return
    columns, values = _values(rows[0])
    for row in rows[1:]:
        values += _values(row)[1]
    statement = _statement(type(rows[0]), columns, len(rows), met_by, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchall()
    for row, echoed in zip(rows, found, strict=True):
        for field, value in zip(_returned(type(row)), echoed, strict=True):
            setattr(row, field.attname, _read(field, value))
        row._state.adding = False
        row._state.db = connection.alias


@lru_cache(maxsize=256)
def _update(model: type[models.Model], names: tuple[str, ...], where: tuple[str, ...], vendor: str) -> str:
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(_column(model, name))} = %s" for name in names)
    conditions = " AND ".join(f"{quote(_column(model, name))} = %s" for name in where)
    return f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {conditions}"  # noqa: S608 # names of our own tables


@cache
def _fields(model: type[models.Model]) -> dict[str, Any]:
    named = {field.name: field for field in model._meta.concrete_fields}
    return named | {field.attname: field for field in model._meta.concrete_fields}


def _column(model: type[models.Model], name: str) -> str:
    return str(_fields(model)[name].column)


def _given(model: type[models.Model], fields: Mapping[str, Any]) -> list[Any]:
    plain = ((name, value.pk if isinstance(value, models.Model) else value) for name, value in fields.items())
    return [_fields(model)[name].get_db_prep_save(value, connection) for name, value in plain]


def update(model: type[models.Model], fields: Mapping[str, Any], *, where: Mapping[str, Any]) -> int:
    """UPDATE the rows whose fields all equal `where` (no nulls); how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            _update(model, tuple(fields), tuple(where), connection.vendor),
            [*_given(model, fields), *_given(model, where)],
        )
        return int(cursor.rowcount)
