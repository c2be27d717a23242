"""Django's own error pages: problem+json below /api/, a plain page elsewhere."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from factcheck.errors import DomainError, Forbidden, Malformed, NotFound, TooLarge
from factcheck.requests import refuse


class Failed(DomainError):
    """A bug: the request id finds it in the logs."""

    code = "server_error"
    status = 500
    title = "Something broke"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 and 413."""
    if isinstance(exception, RequestDataTooBig):
        return refuse(request, TooLarge("The request is larger than the desk takes"))
    return refuse(request, Malformed("The request cannot be read"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return refuse(request, Forbidden(str(exception) or "You may not do this"))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is not the session's any more."""
    return refuse(
        request,
        Forbidden(
            "This form was opened before you signed in again, or cookies are off. "
            "Go back, reload the page and send it once more; drafts that were saved are still there.",
            code="csrf_failed",
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return refuse(request, NotFound("There is no page at this address"))


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return refuse(request, Failed("The desk made a mistake; the logs know this request by its id"))
