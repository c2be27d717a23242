"""Digests of rows, so that history says what the rows contained.

An event names, beside its digests, the columns that they cover: a column that
a later version adds is no part of an older digest and does not break it.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.db import models

from factcheck import canonical

Columns = tuple[str, ...]


class ColumnGone(Exception):
    """History knows a column that the table has no longer; the text names it."""


def label(row: models.Model) -> str:
    """`claims.ArticleRevision:7`: how a digest names its row."""
    return f"{row._meta.label}:{row.pk}"


@cache
def columns_of(model: type[models.Model]) -> Columns:
    """The columns that a new digest covers; a model may leave out those that
    can be erased by naming them in `digest_excludes`."""
    excluded = getattr(model, "digest_excludes", ())
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname not in excluded)


def columns_by_table(rows: Iterable[models.Model]) -> dict[str, list[str]]:
    """What an event says of its digests: the columns of each table in it."""
    return {model._meta.label: list(columns_of(model)) for model in {type(row) for row in rows}}


def columns_before_they_were_named(table: str) -> Columns | None:
    """What the digests of events that name no columns cover: the columns of
    version 0.1. None for a table that came later."""
    return _first_columns().get(table)


@cache
def _first_columns() -> dict[str, Columns]:
    text = Path(__file__).with_name("first_columns.json").read_text(encoding="utf-8")
    return {table: tuple(columns) for table, columns in json.loads(text).items()}


@cache
def present(model: type[models.Model]) -> frozenset[str]:
    """The columns that the table has now."""
    return frozenset(field.attname for field in model._meta.concrete_fields)


def of(row: models.Model, columns: Columns | None = None) -> str:
    """Hex SHA-256 of the row's columns: these, or all that a new digest covers.
    ColumnGone when the table lacks one of them."""
    names = columns_of(type(row)) if columns is None else columns
    if gone := sorted(set(names) - present(type(row))):
        raise ColumnGone(", ".join(gone))
    return canonical.digest({name: getattr(row, name) for name in names})
