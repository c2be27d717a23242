"""Queries of hot paths, built and compiled once and then only run.

Django compiles a query anew at every use and the database plans it anew, which
for a joined read of one row costs several times what finding the row does. A
`Prepared` keeps the compiled statement, PostgreSQL the plan; a `Slot` in it is
a value that is given at every run.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import DateTimeField, Expression, Field, QuerySet

from factcheck import clock


class Slot(Expression):
    """A value that `Prepared.rows` is given under this name."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A placeholder whose parameter is the slot itself, filled at the run."""
        return "%s", [self]

    def filled(self, given: Mapping[str, Any]) -> Any:
        """The parameter for one run."""
        return given[self.name]


class ReadingTime(Slot):
    """Database time of the run (see `factcheck.clock`), as a column."""

    def __init__(self) -> None:
        super().__init__("", DateTimeField())

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """PostgreSQL's clock plus the shift of a test; elsewhere this process's clock."""
        if connection.vendor == "postgresql":
            return "(STATEMENT_TIMESTAMP() + %s)", [self]
        return "%s", [self]

    def filled(self, given: Mapping[str, Any]) -> Any:
        """The shift, or the time as SQLite keeps it."""
        if connection.vendor == "postgresql":
            return clock.shift()
        return connection.ops.adapt_datetimefield_value(clock.db_now())


@cache
def _preparing() -> Any:
    import psycopg

    class PreparingCursor(psycopg.Cursor[Any]):
        """Has PostgreSQL keep every statement with its plan (not when DATABASE_POOLED)."""

        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            """As a cursor's, always prepared."""
            return super().execute(query, params, prepare=True, **options)

    return PreparingCursor


def cursor() -> Any:
    """A cursor for statements that run often: as `connection.cursor()`, but
    PostgreSQL keeps each with its plan for as long as the connection lasts.
    Where queries are logged they are not prepared: their text would be lost."""
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection.make_cursor(_preparing()(connection.connection))


_Converters = tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]


def _converted(converters: _Converters, row: Sequence[Any]) -> list[Any]:
    values = list(row)
    for place, functions, expression in converters:
        for convert in functions:
            values[place] = convert(values[place], expression, connection)
    return values


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    params: tuple[Any, ...]
    names: tuple[str, ...]
    converters: _Converters


class Prepared:
    """A `.values()` query, compiled at its first run on each kind of database.

    Whatever may differ from run to run must be a Slot: anything else is frozen
    as it was at the first.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, dict[str, Any]]]) -> None:
        self._build = build
        self._plans: dict[str, _Plan] = {}

    def rows(self, **given: Any) -> list[dict[str, Any]]:
        """The rows as `.values()` gives them; one statement."""
        plan = self._plans.get(connection.vendor)
        if plan is None:
            plan = self._plans[connection.vendor] = self._compiled()
        params = [param.filled(given) if isinstance(param, Slot) else param for param in plan.params]
        with cursor() as run:
            run.execute(plan.sql, params)
            found = run.fetchall()
        return [dict(zip(plan.names, _converted(plan.converters, row), strict=True)) for row in found]

    def _compiled(self) -> _Plan:
        query = self._build().query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        selected = [column[0] for column in compiler.select]
        names = query.selected or [*query.values_select, *query.annotation_select]
        converters = compiler.get_converters(selected)
        return _Plan(
            sql,
            tuple(params),
            tuple(names),
            tuple((place, tuple(functions), column) for place, (functions, column) in converters.items()),
        )


@cache
def _converters(model: type[models.Model], vendor: str) -> _Converters:
    compiler = QuerySet(model).query.get_compiler(connection=connection)
    selected = [field.get_col(model._meta.db_table) for field in model._meta.concrete_fields]
    found = compiler.get_converters(selected)
    return tuple((place, tuple(functions), column) for place, (functions, column) in found.items())


def instance(model: type[models.Model], row: Sequence[Any]) -> Any:
    """A model instance from all its columns as a cursor gave them, in order."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(connection.alias, names, _converted(_converters(model, connection.vendor), row))


def made_from(model: type[models.Model], row: Mapping[str, Any], *, prefix: str = "") -> Any:
    """A model instance from a row that holds all its columns as `prefix` + attname."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(connection.alias, names, [row[prefix + name] for name in names])


def columns(model: type[models.Model], *, prefix: str = "") -> list[str]:
    """The paths that `made_from` wants of a `.values()`."""
    return [prefix + field.attname for field in model._meta.concrete_fields]
