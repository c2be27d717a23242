"""Which server the desk's mail goes through, from one address."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class MailServer:
    """`ssl`: TLS from the start; `tls`: STARTTLS, left out on this machine only."""

    host: str
    port: int
    user: str
    password: str
    ssl: bool
    tls: bool


def mail_server(address: str) -> MailServer:
    """The server of `smtp://user:password@host:587` or `smtps://...`."""
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must be smtp://user:password@host:port or smtps://")
    ssl = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=parts.port or (465 if ssl else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        ssl=ssl,
        tls=not ssl and parts.hostname not in {"localhost", "127.0.0.1"},
    )
