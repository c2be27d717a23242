"""Lists by cursor: keyset paging with row comparison, no OFFSET, no count.

An order is a tuple of columns, all in one direction, the last one unique.
`(a, b) < (x, y)` compares whole rows, which both databases answer from one
index on `(a, b)`.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BooleanField, F, Field, Func, Model, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck.errors import Malformed

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
R = TypeVar("R")


class RowCompare(Func):
    """`(columns) < (values)`, or `>`, as a filter condition."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, columns: Sequence[Any], values: Sequence[Any], sign: str) -> None:
        super().__init__(*columns, *values)
        self.width = len(columns)
        self.sign = sign

    def as_sql(self, compiler: SQLCompiler, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override] # Func's hook takes template arguments nobody passes here
        """The comparison of two row values."""
        parts: list[str] = []
        params: list[Any] = []
        for expression in self.get_source_expressions():
            sql, own = compiler.compile(expression)
            parts.append(sql)
            params.extend(own)
        left, right = ", ".join(parts[: self.width]), ", ".join(parts[self.width :])
        return f"({left}) {self.sign} ({right})", params


@dataclass(frozen=True, slots=True)
class Order:
    """A sort order by name; `columns` without sign, `descending` for all."""

    name: str
    columns: tuple[str, ...]
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """One page of rows with the cursors of its neighbours."""

    rows: list[R]
    next: str | None
    prev: str | None


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _column(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, Field):
        raise FieldDoesNotExist(name)
    return field


def _encode(order: Order, row: Any, *, backwards: bool) -> str:
    values = [_text(row[c] if isinstance(row, dict) else getattr(row, c)) for c in order.columns]
    raw = json.dumps([order.name, int(backwards), values], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _decode(cursor: str, order: Order, model: type[Model]) -> tuple[bool, list[Any]]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        name, backwards, texts = json.loads(raw)
        if name != order.name or len(texts) != len(order.columns):
            raise ValueError("another list's cursor")
        values = []
        for column, text in zip(order.columns, texts, strict=True):
            field = _column(model, column)
            value = field.to_python(text)
            if value is None or (isinstance(value, int) and abs(value) > 2**62):
                raise ValueError("no value")
            values.append(Value(value, output_field=field))
    except (
        ValueError,
        TypeError,
        binascii.Error,
        ValidationError,
        FieldDoesNotExist,
        RecursionError,
        OverflowError,
    ):
        raise Malformed(
            "This cursor is not one of this list's: start again without it", code="cursor_invalid"
        ) from None
    return bool(backwards), values


def page(queryset: QuerySet[Any, R], *, order: Order, limit: int = DEFAULT_LIMIT, cursor: str | None = None) -> Page[R]:
    """One page of `queryset` in `order`, after (or before) `cursor`."""
    backwards = False
    if cursor:
        backwards, values = _decode(cursor, order, queryset.model)
        sign = "<" if order.descending != backwards else ">"
        queryset = queryset.filter(RowCompare([F(c) for c in order.columns], values, sign))
    falling = order.descending != backwards
    rows = list(queryset.order_by(*[f"-{c}" if falling else c for c in order.columns])[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    if backwards:
        rows.reverse()
    has_next = more if not backwards else bool(rows)
    has_prev = bool(cursor) if not backwards else more
    return Page(
        rows,
        next=_encode(order, rows[-1], backwards=False) if rows and has_next else None,
        prev=_encode(order, rows[0], backwards=True) if rows and has_prev else None,
    )


def page_response(request: Request, found: Page[Any], data: Sequence[Any], **extra: Any) -> Response:
    """`{data, next, prev}` with a Link header; next and prev are cursors."""
    links = []
    for rel, cursor in (("next", found.next), ("prev", found.prev)):
        if cursor:
            query = [(k, v) for k, values in request.query_params.lists() for v in values if k != "cursor"]
            url = request.build_absolute_uri(f"{request.path}?{urlencode([*query, ('cursor', cursor)])}")
            links.append(f'<{url}>; rel="{rel}"')
    headers = {"Link": ", ".join(links)} if links else {}
    return Response({"data": data, "next": found.next, "prev": found.prev, **extra}, headers=headers)
