"""What every request passes: an id of its own, and a door for bad bytes."""

import re
import secrets
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.shortcuts import render

from factcheck.api.problems import problem_response
from factcheck.errors import DomainError, Malformed

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Takes the caller's X-Request-ID or makes one; logs and answers carry it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ID.match(given) else secrets.token_hex(8)
        request.META["REQUEST_ID"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


def _unsafe(text: str) -> bool:
    return "\0" in text or any("\ud800" <= char <= "\udfff" for char in text)


class RefuseBadInputMiddleware:
    """Refuses NUL and lone surrogates in path, query and form fields.

    No database takes them, and no page should ever have to show them.
    JSON bodies are checked by the API's parser.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            self._check(request)
        except DomainError as error:
            return refuse(request, error)
        return self.get_response(request)

    def _check(self, request: HttpRequest) -> None:
        if _unsafe(request.path):
            raise Malformed("The address holds a character that no text may hold (NUL or half a surrogate pair)")
        if any(_unsafe(key) or any(map(_unsafe, values)) for key, values in request.GET.lists()):
            raise Malformed("The query holds a character that no text may hold (NUL or half a surrogate pair)")
        if request.method != "POST" or request.content_type == "application/json":
            return
        try:
            fields = request.POST.lists()
        except RawPostDataException:
            return
        for key, values in fields:
            if _unsafe(key) or any(map(_unsafe, values)):
                raise Malformed(
                    f"The field {key[:40]!r} holds a NUL or half a surrogate pair: remove it and send again"
                )


def refuse(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The refusal as problem+json below /api/, else as a page."""
    if request.path.startswith("/api/"):
        return problem_response(error, request_id=request.META.get("REQUEST_ID", ""))
    return render(
        request,
        "error.html",
        {"error": error, "request_id": request.META.get("REQUEST_ID", "")},
        status=error.status,
    )
