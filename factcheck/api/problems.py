"""Errors as application/problem+json (RFC 9457), mapped here and only here."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from factcheck.errors import (
    DomainError,
    FieldError,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    TooLarge,
    Unavailable,
)

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "2"

log = structlog.get_logger(__name__)


class MethodNotAllowed(DomainError):
    """This address does not take that verb."""

    code = "method_not_allowed"
    status = 405
    title = "Method not allowed"


class UnsupportedMediaType(DomainError):
    """The body is not JSON."""

    code = "unsupported_media_type"
    status = 415
    title = "Unsupported media type"


class Unauthenticated(DomainError):
    """Nobody is signed in, or the token is not valid."""

    code = "not_authenticated"
    status = 401
    title = "Not signed in"


class Throttled(DomainError):
    """Too many requests."""

    code = "throttled"
    status = 429
    title = "Too many requests"


def document(error: DomainError, *, request_id: str) -> dict[str, Any]:
    """The problem document of one refusal."""
    return {
        **error.extra,
        "type": f"/api/v1/docs#{error.code}",
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": error.detail,
        "request_id": request_id,
        "errors": [{"pointer": e.pointer, "code": e.code, "detail": e.detail} for e in error.errors],
    }


def _headers(error: DomainError) -> dict[str, str]:
    if error.status in {429, 503, 507}:
        return {"Retry-After": RETRY_AFTER_SECONDS}
    if error.status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": "Bearer"}
    return {}


def problem_response(error: DomainError, *, request_id: str) -> HttpResponse:
    """The refusal as a plain Django response, for middleware."""
    return JsonResponse(
        document(error, request_id=request_id),
        status=error.status,
        content_type=CONTENT_TYPE,
        headers=_headers(error),
    )


def _escape(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def field_errors(detail: Any, pointer: str = "") -> Iterator[FieldError]:
    """Flatten a serializer's nested errors into places."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            yield from field_errors(value, pointer if key == "non_field_errors" else f"{pointer}/{_escape(key)}")
    elif isinstance(detail, list) and any(isinstance(item, (Mapping, list)) for item in detail):
        for index, value in enumerate(detail):
            yield from field_errors(value, f"{pointer}/{index}")
    elif isinstance(detail, list):
        for item in detail:
            yield FieldError(pointer, str(getattr(item, "code", "invalid")), str(item))
    else:
        yield FieldError(pointer, str(getattr(detail, "code", "invalid")), str(detail))


def _from_validation(error: exceptions.ValidationError) -> DomainError:
    errors = [e for e in field_errors(error.detail) if e.detail]
    where = errors[0] if errors else FieldError("", "invalid", "The input is not valid")
    place = f"{where.pointer}: " if where.pointer else ""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Invalid(f"{place}{where.detail}{more}", errors=errors)


def _from_database(error: Exception) -> DomainError:
    log.error("database.unavailable", error=str(error)[:200])
    full = "full" in str(error).lower() or "No space left" in str(error)
    detail = "The desk's disk is full; nothing was saved" if full else "The database does not answer; nothing was saved"
    return Unavailable(detail, code="storage_full" if full else "database_unavailable")


def as_domain_error(error: Exception) -> DomainError | None:
    """The refusal that this exception means, or None when it is a bug."""
    match error:
        case DomainError():
            return error
        case exceptions.ValidationError():
            return _from_validation(error)
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return Unauthenticated(str(error.detail))
        case exceptions.MethodNotAllowed():
            return MethodNotAllowed(str(error.detail))
        case exceptions.UnsupportedMediaType():
            return UnsupportedMediaType("Send the body as application/json")
        case exceptions.Throttled():
            return Throttled(str(error.detail))
        case exceptions.NotFound() | Http404():
            return NotFound("There is nothing at this address")
        case exceptions.PermissionDenied() | PermissionDenied():
            detail = str(getattr(error, "detail", "")) or str(error) or "You may not do this"
            return Forbidden(detail)
        case RequestDataTooBig():
            return TooLarge("The request is larger than the desk takes")
        case exceptions.ParseError():
            return Malformed(str(error.detail))
        case OperationalError() | InterfaceError():
            return _from_database(error)
        case _:
            return None


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's exception handler: one place where refusals become responses."""
    refusal = as_domain_error(error)
    if refusal is None:
        return None
    set_rollback()
    request: HttpRequest = context["request"]
    response = Response(
        document(refusal, request_id=request.META.get("REQUEST_ID", "")),
        status=refusal.status,
        headers=_headers(refusal),
    )
    response.content_type = CONTENT_TYPE
    return response


def nearest(name: str, known: Iterable[str]) -> str:
    """` Did you mean 'limit'?` or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean {close[0]!r}?" if close else ""
