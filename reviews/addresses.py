"""What can be said of a web address without opening it.

Nothing here touches the network. The public suffix list is the copy that
ships with its library, read once; so is `owners.json`, which names the other
domains of one owner.
"""

import ipaddress
import json
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from publicsuffixlist import PublicSuffixList

_ARCHIVES = frozenset({"web.archive.org", "archive.org"})
_DEFAULT_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=256)  # the rules and the records ask several times for each address of a submission
def split(address: str | None) -> SplitResult | None:
    """The parts of an absolute http(s) address with a host, else None."""
    if not address or any(character.isspace() or not character.isprintable() for character in address):
        return None
    try:
        parts = urlsplit(address)
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.port == 0:
            return None
    except ValueError:
        return None
    return parts


def host(parts: SplitResult) -> str:
    """The host in lower case ASCII, without a final dot."""
    name = (parts.hostname or "").rstrip(".").lower()
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def origin(address: str | None) -> tuple[str, str, int] | None:
    """Scheme, host and port; None for what is no absolute http(s) address."""
    parts = split(address)
    if parts is None:
        return None
    return parts.scheme, host(parts), parts.port or _DEFAULT_PORTS[parts.scheme]


def is_loopback(address: str | None) -> bool:
    """Whether the address names this machine only."""
    parts = split(address)
    if parts is None:
        return False
    name = host(parts)
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def same_page(one: str | None, other: str | None) -> bool:
    """Whether both name one page; see `page`."""
    first = page(one)
    return first is not None and first == page(other)


def page(address: str | None) -> tuple[str, int | None, str, str] | None:
    """What two addresses of one page have in common: scheme, `www.`, final slash
    and fragment aside. None: it is no web address."""
    parts = split(address)
    if parts is None:
        return None
    port = None if parts.port == _DEFAULT_PORTS[parts.scheme] else parts.port
    return host(parts).removeprefix("www."), port, parts.path.rstrip("/"), parts.query


@lru_cache(maxsize=256)
def registrable_domain(address: str | None) -> str | None:
    """The domain somebody registered: `bbc.co.uk` for `https://www.bbc.co.uk/news`.

    A copy in a web archive counts as what it is a copy of. A host that is an
    IP address, a public suffix or a single word stands for itself. None for
    what is no absolute http(s) address.
    """
    parts = split(unarchived(address))
    if parts is None:
        return None
    name = host(parts)
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return _suffixes().privatesuffix(name) or name
    return name


def owner_of(domain: str) -> str:
    """The domain that stands for all of its owner's: `bbc.co.uk` for `bbc.com`.

    Only a short list of owners with several domains is known; any other
    domain, or word, stands for itself.
    """
    return _owners().get(domain, domain)


@cache
def _owners() -> dict[str, str]:
    listed = json.loads(Path(__file__).with_name("owners.json").read_text(encoding="utf-8"))
    return {other: chief for chief, others in listed.items() for other in others}


def unarchived(address: str | None) -> str | None:
    """The page itself when the address is that of an archive's copy."""
    parts = split(address)
    if address is None or parts is None or host(parts) not in _ARCHIVES:
        return address
    starts = [start for start in (address.find("/http://"), address.find("/https://")) if start != -1]
    inner = address[min(starts) + 1 :] if starts else None
    return inner if split(inner) else address


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
