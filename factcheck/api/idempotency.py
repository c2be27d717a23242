"""Idempotency-Key: the key, the effect and the answer in one transaction.

Scope is the user, so that a replay survives token rotation. Only 2xx are
kept; a failure rolls the key back with everything else.

An answer with personal values, which may have to be erased, is not kept: only
the id of its row is, and a replay shows the row as it then is.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import QueryDict
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from factcheck import canonical
from factcheck.api.models import IdempotencyRecord
from factcheck.clock import db_now, db_now_plus
from factcheck.errors import Conflict, Invalid, Malformed

KEEP = timedelta(hours=24)
MAX_KEY_CHARS = 255
LOCK_NOT_AVAILABLE = "55P03"
_KEPT_HEADERS = ("Location", "ETag")
Again = Callable[[int], Any]
"""Makes an answer anew from the id of its row."""


def key_of(request: Request) -> str | None:
    """The request's key, None without one; 400 when it is no usable key."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not key or len(key) > MAX_KEY_CHARS or not key.isascii() or not key.isprintable():
        raise Malformed(f"Idempotency-Key must be 1 to {MAX_KEY_CHARS} printable ASCII characters")
    return key


def _fingerprint(request: Request) -> str:
    return canonical.digest([request.method, request.get_full_path(), _content(request)])


def _content(request: Request) -> Any:
    """The body as something that can be hashed: a file by its bytes."""
    if not isinstance(request.data, QueryDict):
        return request.data
    content: dict[str, list[str]] = {}
    for name, values in request.data.lists():
        content[name] = [_hash(value) if isinstance(value, UploadedFile) else value for value in values]
    return content


def _hash(file: "UploadedFile[Any]") -> str:
    told = hashlib.sha256((file.name or "").encode() + b"\n")
    for chunk in file.chunks():
        told.update(chunk)
    file.seek(0)
    return told.hexdigest()


def _replay(record: IdempotencyRecord, fingerprint: str, again: Again | None) -> Response:
    if record.fingerprint != fingerprint:
        raise Invalid(
            "This Idempotency-Key was used for another request; take a new key", code="idempotency_key_reused"
        )
    kept: Any = json.loads(record.body) if record.body else None
    return Response(
        again(kept["id"]) if again is not None else kept,
        status=record.status,
        headers={**record.headers, "Idempotency-Replayed": "true"},
    )


def _in_flight(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE


def _reserve(user_id: int, key: str, fingerprint: str) -> IdempotencyRecord | None:
    """The new record, or None when the key is taken. Waits for a request in
    flight: two seconds on PostgreSQL, the busy timeout on SQLite."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
    IdempotencyRecord.objects.filter(user_id=user_id, key=key, created_at__lt=db_now_plus(-KEEP)).delete()
    try:
        with transaction.atomic():
            record = IdempotencyRecord.objects.create(
                user_id=user_id, key=key, fingerprint=fingerprint, created_at=db_now()
            )
    except IntegrityError:
        return None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 0")
    return record


def _kept_of(response: Response, again: Again | None, named: str) -> str:
    """What is stored of an answer; its member `named` has the id for `again`."""
    if response.data is None:
        return ""
    data: Any = response.data
    return JSONRenderer().render({"id": data[named]} if again is not None else data).decode()


def once(
    request: Request, key: str, act: Callable[[], Response], again: Again | None = None, *, named: str = "id"
) -> Response:
    """Do `act` once per user and key; later calls get the first answer, or with
    `again` what that makes of the row the first answer showed."""
    fingerprint = _fingerprint(request)
    user_id: Any = request.user.pk
    earlier = IdempotencyRecord.objects.filter(user_id=user_id, key=key, created_at__gte=db_now_plus(-KEEP)).first()
    if earlier is not None:
        return _replay(earlier, fingerprint, again)
    try:
        with transaction.atomic():
            record = _reserve(user_id, key, fingerprint)
            if record is not None:
                response = act()
                record.status = response.status_code
                record.body = _kept_of(response, again, named)
                record.headers = {name: response[name] for name in _KEPT_HEADERS if response.has_header(name)}
                record.save(update_fields=["status", "body", "headers"])
                return response
    except OperationalError as error:
        if _in_flight(error):
            raise Conflict(
                "The first request with this Idempotency-Key is still running; try again",
                code="request_in_flight",
            ) from None
        raise
    return _replay(IdempotencyRecord.objects.get(user_id=user_id, key=key), fingerprint, again)


def prune() -> int:
    """Forget keys older than a day; how many."""
    return IdempotencyRecord.objects.filter(created_at__lt=db_now_plus(-KEEP)).delete()[0]
