"""The only clock: database time, so that a worker's wrong clock does no harm.

Tests shift it with `shifted()` and nowhere else. On SQLite the database
lives in this process, so its time is this process's time and needs no
statement; PostgreSQL is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import DateTimeField, DurationField, Expression, ExpressionWrapper, Value
from django.db.models.functions import Now

_offset = timedelta(0)


def db_now() -> datetime:
    """Database time as an aware datetime in UTC."""
    if connection.vendor == "sqlite":
        return datetime.now(UTC) + _offset
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        row = cursor.fetchone()
    now: datetime = row[0]
    return now.astimezone(UTC) + _offset


def db_now_plus(delta: timedelta = timedelta(0)) -> Expression:
    """Database time plus `delta`, as an expression for an UPDATE or filter."""
    if connection.vendor == "sqlite":
        # SQLite's own clock has milliseconds: a job due this microsecond would not be due yet.
        return Value(db_now() + delta, output_field=DateTimeField())
    shift = _offset + delta
    if not shift:
        return Now()
    return ExpressionWrapper(Now() + Value(shift, output_field=DurationField()), output_field=DateTimeField())


def shift() -> timedelta:
    """How far tests have moved the clock; nothing otherwise."""
    return _offset


@contextmanager
def shifted(delta: timedelta) -> Iterator[None]:
    """For tests: within the block the clock is `delta` ahead of the database."""
    global _offset
    before = _offset
    _offset = before + delta
    try:
        yield
    finally:
        _offset = before
