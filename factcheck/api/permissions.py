"""Whether the caller is signed in and the token's scopes cover the request.

What the caller's roles allow is asked of the applications' policies.
"""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from factcheck.accounts.models import ApiToken
from factcheck.errors import Forbidden


def require_scope(request: Request, scope: str) -> None:
    """Forbidden `scope_missing` unless a session or the token's scopes cover it."""
    token = request.auth
    if isinstance(token, ApiToken) and "all" not in token.scopes and scope not in token.scopes:
        raise Forbidden(
            f"This token lacks the scope {scope!r}; make one that has it",
            code="scope_missing",
            extra={"scope": scope},
        )


class Scoped(BasePermission):
    """Signed in, with the scope that the view's `scopes` names for the method."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """False answers 401; a missing scope 403."""
        scope = view.scopes.get("GET" if request.method in {"HEAD", "OPTIONS"} else request.method)
        if scope is None:
            return True
        if not request.user.is_authenticated:
            return False
        require_scope(request, scope)
        return True
