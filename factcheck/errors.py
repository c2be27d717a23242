"""The one family of refusals: each names what is wrong, where, and a code.

Services raise them; the API maps them once to problem+json (factcheck.api)
and the screens map them once to messages. Anything else that escapes a
service is a bug.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one place of the input.

    `pointer` is a JSON pointer into what was sent (`/evidence/0/url`; the
    empty string is the whole document).
    """

    pointer: str
    code: str
    detail: str


class DomainError(Exception):
    """A request the desk refuses; nothing was written.

    `code` is stable and part of the API; `status` the HTTP status it maps
    to; `errors` the places; `extra` further members of the problem document.
    """

    code = "refused"
    status = 409
    title = "Refused"

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        extra: Mapping[str, object] | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.extra = dict(extra or {})
        if code is not None:
            self.code = code


class Invalid(DomainError):
    """The input is well formed but says something that cannot be."""

    code = "invalid"
    status = 422
    title = "Invalid input"

    @classmethod
    def at(cls, pointer: str, code: str, detail: str) -> "Invalid":
        """One fault at one place."""
        return cls(detail, errors=[FieldError(pointer, code, detail)], code=code)


class Malformed(DomainError):
    """The request cannot be read at all, or names something unknown."""

    code = "malformed"
    status = 400
    title = "Malformed request"


class TooLarge(DomainError):
    """More than the desk takes in one piece."""

    code = "too_large"
    status = 413
    title = "Too large"


class Forbidden(DomainError):
    """The actor may not do this."""

    code = "forbidden"
    status = 403
    title = "Not allowed"


class NotFound(DomainError):
    """There is no such thing, or the actor may not know of it."""

    code = "not_found"
    status = 404
    title = "Not found"


class Conflict(DomainError):
    """The thing is in a state in which this cannot be done."""

    code = "conflict"
    status = 409
    title = "Conflict"


class Stale(DomainError):
    """Somebody changed the row since the actor last saw it."""

    code = "stale"
    status = 412
    title = "Changed meanwhile"


class TooMany(DomainError):
    """The actor has asked for enough; more is taken when some of it is done."""

    code = "too_many"
    status = 429
    title = "Too many at once"


class Unavailable(DomainError):
    """A part the request needs is down or full; trying again later may help."""

    code = "unavailable"
    status = 503
    title = "Unavailable for now"
