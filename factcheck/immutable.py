"""Append-only tables and guarded inserts, held by the database itself.

Models register where they are defined; `install` writes the triggers and
post_migrate calls it after every `migrate`, because a SQLite table rebuild
drops triggers silently. `missing` names those that do not stand; `doctor`
and the tests ask it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.apps import AppConfig
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

M = TypeVar("M", bound=type[models.Model])


@dataclass(frozen=True, slots=True)
class Guard:
    """A rule on the rows of one table, as a trigger BEFORE INSERT or UPDATE.

    `refuse_when` is an SQL condition over NEW (and OLD) that both databases
    understand; where it holds the statement fails with `message`.
    """

    name: str
    event: str
    refuse_when: str
    message: str


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """`erasable` columns may turn NULL, or empty where they take no NULL, once
    and together with a set `stamp`."""

    erasable: tuple[str, ...] = ()
    stamp: str = ""


_append_only: dict[type[models.Model], AppendOnly] = {}
_guards: dict[type[models.Model], list[Guard]] = {}


def append_only(*, erasable: tuple[str, ...] = (), stamp: str = "") -> Callable[[M], M]:
    """Class decorator: the table refuses UPDATE, DELETE and TRUNCATE."""

    def register(model: M) -> M:
        _append_only[model] = AppendOnly(erasable, stamp)
        return model

    return register


def guarded(*guards: Guard) -> Callable[[M], M]:
    """Class decorator: the table carries these guards."""

    def register(model: M) -> M:
        _guards.setdefault(model, []).extend(guards)
        return model

    return register


def append_only_models() -> list[type[models.Model]]:
    """Every registered append-only model, in registration order."""
    return list(_append_only)


@dataclass(frozen=True, slots=True)
class _Trigger:
    name: str
    table: str
    event: str
    condition: str
    message: str


def _update_condition(model: type[models.Model], rule: AppendOnly, vendor: str) -> str:
    if not rule.erasable:
        return ""
    same = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
    parts = []
    for field in model._meta.concrete_fields:
        column = f'"{field.column}"'
        if field.column in rule.erasable:
            parts.append(f"NEW.{column} IS NULL" if field.null else f"NEW.{column} = ''")
        elif field.column == rule.stamp:
            parts.append(f"OLD.{column} IS NULL AND NEW.{column} IS NOT NULL")
        else:
            parts.append(f"NEW.{column} {same} OLD.{column}")
    return f"NOT ({' AND '.join(parts)})"


def _triggers(model: type[models.Model], vendor: str) -> Iterator[_Trigger]:
    table = model._meta.db_table
    rule = _append_only.get(model)
    if rule is not None:
        message = f"{table} is append-only"
        yield _Trigger(f"{table}_no_update", table, "UPDATE", _update_condition(model, rule, vendor), message)
        yield _Trigger(f"{table}_no_delete", table, "DELETE", "", message)
        if vendor == "postgresql":
            yield _Trigger(f"{table}_no_truncate", table, "TRUNCATE", "", message)
    for guard in _guards.get(model, []):
        yield _Trigger(guard.name, table, guard.event, guard.refuse_when, guard.message)


def _statements(trigger: _Trigger, vendor: str) -> list[str]:
    if vendor == "sqlite":
        when = f"WHEN {trigger.condition} " if trigger.condition else ""
        return [
            f'DROP TRIGGER IF EXISTS "{trigger.name}"',
            f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event} ON "{trigger.table}" FOR EACH ROW {when}'
            f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END",
        ]
    refuse = f"RAISE EXCEPTION '{trigger.message}' USING ERRCODE = 'restrict_violation';"
    body = f"IF {trigger.condition} THEN {refuse} END IF;" if trigger.condition else refuse
    each = "STATEMENT" if trigger.event == "TRUNCATE" else "ROW"
    return [
        f'CREATE OR REPLACE FUNCTION "{trigger.name}"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$$ BEGIN {body} RETURN NEW; END $$",
        f'CREATE OR REPLACE TRIGGER "{trigger.name}" BEFORE {trigger.event} ON "{trigger.table}" '
        f'FOR EACH {each} EXECUTE FUNCTION "{trigger.name}"()',
    ]


def install(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """Write all triggers of one model's table, replacing older ones."""
    with connection.cursor() as cursor:
        for trigger in _triggers(model, connection.vendor):
            for statement in _statements(trigger, connection.vendor):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """Take a model's triggers away: for restoring into an empty installation,
    inside the transaction that puts them back and proves the history."""
    with connection.cursor() as cursor:
        for trigger in _triggers(model, connection.vendor):
            on = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{on}')


def registered() -> list[type[models.Model]]:
    """Every model that has a trigger of any kind."""
    return list(dict.fromkeys([*_append_only, *_guards]))


def install_for_app(sender: AppConfig, using: str = "default", **_: object) -> None:
    """post_migrate handler: all triggers of the application's tables."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for model in registered():
        if model._meta.app_label == sender.label and model._meta.db_table in tables:
            install(connection, model)


def _standing(connection: BaseDatabaseWrapper) -> set[str]:
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of registered triggers that do not stand in this database."""
    standing = _standing(connection)
    wanted = [t.name for model in registered() for t in _triggers(model, connection.vendor)]
    return [name for name in wanted if name not in standing]
