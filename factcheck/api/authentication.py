"""Bearer tokens for machines; browsers use the session with CSRF."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from factcheck.accounts import tokens
from factcheck.accounts.models import ApiToken, User


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer fct_...`; `request.auth` is the ApiToken."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's user, or None when no bearer token was sent."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed("Send the header as: Authorization: Bearer fct_...")
        try:
            text = parts[1].decode("ascii")
        except UnicodeDecodeError:
            raise AuthenticationFailed("The token has a character that no token has") from None
        token = tokens.find(text)
        if token is None:
            raise AuthenticationFailed("The token is unknown, expired or revoked: make a new one")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """The challenge of a 401."""
        return "Bearer"
