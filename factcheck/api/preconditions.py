"""ETag and If-Match over version numbers: `"v7"`."""

import re

from rest_framework.request import Request

from factcheck.errors import DomainError, Malformed

_TAG = re.compile(r'(?:W/)?"v(\d{1,9})"\Z', re.ASCII)


class PreconditionRequired(DomainError):
    """A write to a versioned resource without saying which version was seen."""

    code = "precondition_required"
    status = 428
    title = "Precondition required"


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"v{version}"'


def expected_version(request: Request) -> int:
    """The version the caller saw. 428 without If-Match, 400 when unreadable.

    `W/` is ignored: compression on the way weakens tags.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise PreconditionRequired('Send If-Match with the ETag you last saw, such as If-Match: "v7"')
    match = _TAG.match(given)
    if match is None:
        raise Malformed(f'If-Match must be one ETag such as "v7", not {given[:40]!r}', code="if_match_invalid")
    return int(match[1])
