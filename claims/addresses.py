"""Addresses of articles: what is accepted, and the form two are compared in."""

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from url_normalize import url_normalize

from factcheck.errors import Invalid

MAX_LENGTH = 2000
_TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid"})


def clean(url: str, *, pointer: str) -> str:
    """The address as given, or Invalid: http or https, a host, no password."""
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or 0 < parts.port < 65536
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and port_is_fine
    except ValueError:
        usable = False
        parts = urlsplit("")
    if not usable or len(url) > MAX_LENGTH or any(char.isspace() or ord(char) < 32 for char in url):
        raise Invalid.at(pointer, "url_invalid", "Send a whole http or https address of at most 2000 characters")
    if parts.username or parts.password:
        raise Invalid.at(pointer, "url_has_password", "The address holds a user name or password: leave it out")
    return url


@lru_cache(maxsize=256)
def canonical(url: str) -> str:
    """The form in which equal addresses are equal: normalised, without
    fragment and tracking parameters. The given form stays beside it. What is
    no address, `http://[x/` say, is equal to itself alone."""
    try:
        normal = url_normalize(url) or url
    except ValueError:
        normal = url
    try:
        parts = urlsplit(normal)
        query = [
            (key, value)
            for key, value in parse_qsl(parts.query, keep_blank_values=True)
            if key not in _TRACKING and not key.startswith("utm_")
        ]
        return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))[:MAX_LENGTH]
    except ValueError:
        return url[:MAX_LENGTH]
