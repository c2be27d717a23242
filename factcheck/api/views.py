"""The base of every API view: strict query, scopes, idempotency, actor."""

import threading
from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from factcheck.accounts.models import User
from factcheck.api import idempotency
from factcheck.api.problems import field_errors, nearest
from factcheck.api.serializers import NoQuery
from factcheck.errors import FieldError, Malformed


class DeskView(APIView):
    """Views parse, call one service or selector, and answer.

    `scopes` maps a method to the scope it needs (a method left out is open
    to everybody); `query` is the serializer of the query string.
    """

    scopes: ClassVar[Mapping[str, str]] = {}
    query: ClassVar[type[serializers.Serializer[Any]]] = NoQuery
    keeps_answers: ClassVar[bool] = True
    """Whether a POST is done once per Idempotency-Key, in one transaction. Only
    for what writes: a POST that only reads may take its time outside one."""
    shows_again: ClassVar[Any] = None
    """Where an answer has personal values: the `idempotency.Again` that makes it
    anew from its row's id, so that nothing of it is kept with the key."""
    answer_named_by: ClassVar[str] = "id"
    """The member of the answer that has that id."""

    @property
    def actor(self) -> User:
        """The signed-in user."""
        user = self.request.user
        if not isinstance(user, User):
            raise NotAuthenticated
        return user

    def read_query(self, request: Request) -> dict[str, Any]:
        """The validated query; 400 for an unknown, repeated or unreadable one."""
        serializer = reader(self.query, {key: values[-1] for key, values in request.query_params.lists()})
        known = list(serializer.fields)
        for key, values in request.query_params.lists():
            if key not in known:
                names = ", ".join(known) or "none"
                detail = f"Unknown parameter {key[:40]!r}.{nearest(key, known)} Known: {names}."
                raise Malformed(
                    detail,
                    errors=[FieldError(f"?{key[:40]}", "unknown_parameter", detail)],
                    code="unknown_parameter",
                )
            if len(values) > 1:
                raise Malformed(f"The parameter {key!r} stands {len(values)} times; send it once")
        if not serializer.is_valid():
            errors = [FieldError(f"?{e.pointer[1:]}", e.code, e.detail) for e in field_errors(serializer.errors)]
            raise Malformed(f"{errors[0].pointer[1:]}: {errors[0].detail}", errors=errors, code="parameter_invalid")
        return dict(serializer.validated_data)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Authenticate, check scopes, read the query."""
        super().initial(request, *args, **kwargs)
        self.params = self.read_query(request)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """DRF's dispatch with the handler run once per Idempotency-Key."""
        self.args, self.kwargs = args, kwargs
        wrapped = self.initialize_request(request, *args, **kwargs)
        self.request = wrapped
        self.headers = self.default_response_headers
        try:
            self.initial(wrapped, *args, **kwargs)
            handler = getattr(self, (wrapped.method or "").lower(), self.http_method_not_allowed)
            may_replay = wrapped.method == "POST" and self.keeps_answers and wrapped.user.is_authenticated
            key = idempotency.key_of(wrapped) if may_replay else None
            if key is None:
                response = handler(wrapped, *args, **kwargs)
            else:
                again: idempotency.Again | None = self.shows_again
                response = idempotency.once(
                    wrapped, key, lambda: handler(wrapped, *args, **kwargs), again, named=self.answer_named_by
                )
        except Exception as error:
            response = self.handle_exception(error)
        self.response: Response = self.finalize_response(wrapped, response, *args, **kwargs)
        return self.response


def validated(serializer: type[serializers.Serializer[Any]], request: Request, *, partial: bool = False) -> Any:
    """The request's body through `serializer`; 422 with every fault named."""
    bound = reader(serializer, request.data, partial=partial)
    bound.is_valid(raise_exception=True)
    return bound.validated_data


class _Kept(threading.local):
    def __init__(self) -> None:
        self.readers: dict[type[serializers.Serializer[Any]], serializers.Serializer[Any]] = {}


_kept = _Kept()
_OF_ONE_USE = ("_validated_data", "_errors", "_data")


def reader(
    serializer: type[serializers.Serializer[Any]], data: Any, *, partial: bool = False
) -> serializers.Serializer[Any]:
    """An unused serializer over `data`, good until the thread asks for the next.

    REST framework builds every field anew for each instance, which costs more
    than reading a request with them; each thread keeps one and uses it again.
    """
    bound = _kept.readers.get(serializer)
    if bound is None:
        bound = _kept.readers[serializer] = serializer(data=data)
    for name in _OF_ONE_USE:
        bound.__dict__.pop(name, None)
    bound.initial_data, bound.partial = data, partial
    return bound
