"""Inserting and updating rows without building a query for them.

Hot paths write five to ten rows a request; compiling each statement anew costs
more than running it, and asking the database for each costs a round trip.
Values pass through their fields as in `save()`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

SEPARATOR = ";\n"
"""Between statements that go together; counts of statements split there."""


def _nothing(found: Sequence[Sequence[Any]]) -> None:
    """For statements that return no rows."""


class Unmet(Exception):
    """A statement did not meet the rows that it had to."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with a value for each of its marks, who takes the rows it returns, and
    how many rows it has to meet (None: however many there are)."""

    sql: str
    values: Sequence[Any]
    take: Callable[[Sequence[Sequence[Any]]], None] = _nothing
    meets: int | None = None


def send(*statements: Statement) -> list[int]:
    """Run the statements in order; how many rows each one met.

    PostgreSQL gets all of them in one go. They belong into a transaction: one
    that fails, or is Unmet, leaves it to be rolled back.
    """
    together = connection.vendor == "postgresql"
    runs = [statements] if together and statements else [(one,) for one in statements]
    return [count for run in runs for count in _run(run)]


def _run(statements: Sequence[Statement]) -> list[int]:
    counts = []
    with connection.cursor() as cursor:
        cursor.execute(
            SEPARATOR.join(one.sql for one in statements), [value for one in statements for value in one.values]
        )
        for place, statement in enumerate(statements):
            if place:
                cursor.nextset()
            if statement.meets not in {None, cursor.rowcount}:
                raise Unmet(statement.sql)
            counts.append(cursor.rowcount)
            if cursor.description:
                statement.take(cursor.fetchall())
    return counts


@lru_cache(maxsize=256)
def _insert_sql(model: type[models.Model], columns: tuple[str, ...], rows: int, met_by: str, vendor: str) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * rows)
    table, back = quote(model._meta.db_table), ", ".join(quote(one[0].column) for one in _echoed(model, vendor))
    key = quote(met_by) if met_by else ""
    again = f" ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}" if met_by else ""
    return f"INSERT INTO {table} ({names}) VALUES {marks}{again} RETURNING {back}"  # noqa: S608 # names of our own tables


@cache
def _echoed(model: type[models.Model], vendor: str) -> tuple[tuple[Any, Any, tuple[Callable[..., Any], ...]], ...]:
    """The primary key and the columns that an INSERT echoes: field, column, and
    what makes of the echo what a query would give (SQLite keeps moments as text)."""
    found = []
    for field in model._meta.concrete_fields:
        if getattr(field, "db_returning", False):
            column = field.get_col(model._meta.db_table)
            converters = *connection.ops.get_db_converters(column), *column.get_db_converters(connection)
            found.append((field, column, converters))
    return tuple(found)


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


def insert(row: models.Model) -> None:
    """INSERT the row as it is and set its primary key; no signals, no checks
    but the database's."""
    send(inserting([row]))


def insert_few(rows: Sequence[models.Model], *, met_by: str = "") -> None:
    """INSERT some rows of one model in one statement and set their primary keys.

    With `met_by`, a unique column, a row that is there already is met: it stays
    as it is, is locked, and gives its primary key and echoed columns. No two rows may have one value.
    """
    if rows:
        send(inserting(rows, met_by=met_by))


def inserting(rows: Sequence[models.Model], *, met_by: str = "") -> Statement:
    """The statement of `insert_few`, for `send`; there must be a row."""
    model = type(rows[0])
    columns, values = _values(rows[0])
    for row in rows[1:]:
        values += _values(row)[1]
    sql = _insert_sql(model, columns, len(rows), met_by, connection.vendor)
    return Statement(sql, values, take=lambda found: _echo(model, rows, found))


def _echo(model: type[models.Model], rows: Sequence[models.Model], found: Sequence[Sequence[Any]]) -> None:
    for row, values in zip(rows, found, strict=True):
        for value, (field, column, converters) in zip(values, _echoed(model, connection.vendor), strict=True):
            read = value
            for convert in converters:
                read = convert(read, column, connection)
            setattr(row, field.attname, read)
        row._state.adding = False
        row._state.db = connection.alias


@lru_cache(maxsize=256)
def _update_sql(model: type[models.Model], names: tuple[str, ...], where: tuple[str, ...], vendor: str) -> str:
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
    return send(updating(model, fields, where=where))[0]


def updating(model: type[models.Model], fields: Mapping[str, Any], *, where: Mapping[str, Any]) -> Statement:
    """The statement of `update`, for `send`."""
    return Statement(
        _update_sql(model, tuple(fields), tuple(where), connection.vendor),
        [*_given(model, fields), *_given(model, where)],
    )
