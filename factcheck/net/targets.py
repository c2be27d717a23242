"""Which addresses may be asked: the public internet, and nothing inside.

A name is resolved once, here; every address it has must be public, and the
connection goes to one of exactly those. What a name resolves to later does
not matter, and how an address is spelt does not either.
"""

import ipaddress
import queue
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import idna
from django.conf import settings

from factcheck.net.deadline import Deadline
from factcheck.net.refusals import AddressInvalid, AddressRefused, NameServerSilent, NameUnknown

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_URL_CHARS = 2000
MAX_ADDRESSES = 4
"""Addresses of one name that are tried."""

DEFAULT_PORTS = {"http": 80, "https": 443}
_PATH_SAFE = "!#$%&'()*+,/:;=?@[]~"

_REFUSED_4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""What no registry gives out as public, and 168.63.129.16, which the world may
route but a machine at Azure finds its own host at: agent and secrets answer there."""

_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_6 = tuple(
    ipaddress.IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)  # fmt: skip
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet.

    An IPv4 address inside an IPv6 one (mapped, NAT64) is judged by itself;
    6to4 and Teredo, which may lead anywhere, are refused as a whole.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in block for block in _REFUSED_4)
    if address in _MAPPED or address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return address.scope_id is None and address in _GLOBAL_6 and not any(address in block for block in _REFUSED_6)


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `host` in ASCII without brackets, `path` with the query."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The host as the Host header names it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == DEFAULT_PORTS[self.scheme] else f"{name}:{self.port}"


def target_of(url: str) -> Target:
    """The parts of `url`, or AddressInvalid with what is wrong with it."""
    if len(url) > MAX_URL_CHARS or any(char.isspace() or ord(char) < 32 or char in "\\\x7f" for char in url):
        raise AddressInvalid(f"The address is longer than {MAX_URL_CHARS} characters or holds blanks or backslashes")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise AddressInvalid("This is no address") from None
    scheme = parts.scheme
    if scheme not in DEFAULT_PORTS or not host:
        raise AddressInvalid("Only whole http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise AddressInvalid("The address holds a user name or password: leave it out")
    path = quote(parts.path or "/", safe=_PATH_SAFE) + (
        f"?{quote(parts.query, safe=_PATH_SAFE)}" if parts.query else ""
    )
    return Target(url, scheme, _ascii(host), port if port is not None else DEFAULT_PORTS[scheme], path)


def _ascii(host: str) -> str:
    """The host name as DNS, SNI and the Host header carry it."""
    if ":" in host or host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        raise AddressInvalid(f"{host[:100]!r} is no host name") from None


def addresses_of(target: Target, deadline: Deadline) -> list[Address]:
    """Every address of the target's host, all checked; at most MAX_ADDRESSES.

    AddressRefused when a single one is not public or the port is not allowed.
    """
    found = [ipaddress.ip_address(text) for text in _resolved(target, deadline)]
    trusted = set(settings.OUTBOUND_PRIVATE)
    if all(f"{address}:{target.port}" in trusted for address in found):
        return found[:MAX_ADDRESSES]
    if not all(is_public(address) for address in found):
        raise AddressRefused(f"{target.host} is not on the public internet: the desk fetches nothing from inside")
    if target.port not in settings.OUTBOUND_PORTS:
        raise AddressRefused(f"Port {target.port} is not asked: an article's address has none, or 80 or 443")
    return found[:MAX_ADDRESSES]


def _resolved(target: Target, deadline: Deadline) -> list[str]:
    """Addresses in the resolver's order, within the deadline."""
    answer: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            answer.put([str(row[4][0]) for row in rows])
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=look_up, name="resolver", daemon=True).start()
    try:
        found = answer.get(timeout=deadline.left())
    except queue.Empty:
        raise NameServerSilent(f"The name {target.host} could not be looked up in time") from None
    if isinstance(found, socket.gaierror) and found.errno == socket.EAI_AGAIN:
        raise NameServerSilent(f"The name {target.host} could not be looked up just now")
    if isinstance(found, Exception) or not found:
        raise NameUnknown(f"There is no host named {target.host[:100]}")
    return list(dict.fromkeys(found))
