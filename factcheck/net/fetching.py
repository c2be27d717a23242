"""Fetching from the public internet, within bytes, time and hops.

No cookies, no credentials, no proxy of the environment. Each hop of a
redirect is resolved and checked like the first. Never call this inside a
transaction.
"""

import http.client
import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email.message import Message
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urljoin

import certifi
import structlog
from django.conf import settings

from factcheck.net.deadline import Deadline, DeadlineSocket
from factcheck.net.refusals import (
    BodyTooLarge,
    CertificateInvalid,
    FetchError,
    ResponseBroken,
    StatusRefused,
    TimedOut,
    TooManyRedirects,
    Unreachable,
)
from factcheck.net.targets import Address, Target, addresses_of, target_of

CHUNK = 65_536
CONNECT_SECONDS = 5.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
FIRST_ERROR = 400

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """`max_bytes` as unpacked, `seconds` for everything, `redirects` followed."""

    max_bytes: int = 16 * 1_048_576
    seconds: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came. `url` is where it came from in the end, `hops` the addresses
    that led there; header names are in small letters; `content_type` is the
    bare media type in small letters, empty when the server named none."""

    url: str
    status: int
    content_type: str
    charset: str | None
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    hops: tuple[str, ...] = ()


DEFAULT_LIMITS = Limits()


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    any_status: bool = False,
) -> Fetched:
    """GET (or HEAD) `url`; a FetchError when it may not or cannot be had.

    `headers` are added (If-None-Match, Accept). A status from 400 on raises
    StatusRefused unless `any_status`; 304 is returned with an empty body.
    """
    deadline = Deadline(limits.seconds)
    hops: list[str] = []
    while True:
        target = target_of(url)
        try:
            answer = _ask(target, method, headers or {}, limits, deadline)
        except FetchError as error:
            log.info("net.refused", host=target.host, code=error.code, hops=len(hops))
            raise
        if not isinstance(answer, _Redirect):
            break
        hops.append(url)
        if len(hops) > limits.redirects:
            raise TooManyRedirects(f"The page leads on more than {limits.redirects} times")
        url = _onward(url, answer.location)
    log.info("net.fetched", host=target.host, status=answer.status, bytes=len(answer.body), hops=len(hops))
    if answer.status >= FIRST_ERROR and not any_status:
        raise StatusRefused(answer.status)
    return replace(answer, hops=tuple(hops))


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str


def _onward(url: str, location: str) -> str:
    """The address a redirect leads to; bytes beyond ASCII in it are UTF-8."""
    try:
        location = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        log.debug("net.location_not_utf8")
    try:
        return urljoin(url, location.replace(" ", "%20")).partition("#")[0]
    except ValueError:
        raise ResponseBroken("The page leads on to something that is no address") from None


class _Pinned(http.client.HTTPConnection):
    """A connection that goes to checked addresses and nowhere else."""

    def __init__(self, target: Target, addresses: list[Address], deadline: Deadline) -> None:
        super().__init__(target.host, target.port)
        self._target = target
        self._addresses = addresses
        self._deadline = deadline

    def connect(self) -> None:
        """Connect to the first address that answers; TLS is for the name."""
        sock = self._opened()
        try:
            if self._target.scheme == "https":
                sock.settimeout(self._deadline.left())
                sock = _tls().wrap_socket(sock, server_hostname=self._target.host)
        except BaseException:
            sock.close()
            raise
        self.sock = cast(Any, DeadlineSocket(sock, self._deadline))

    def _opened(self) -> socket.socket:
        for number, address in enumerate(self._addresses, start=1):
            try:
                return socket.create_connection(
                    (str(address), self._target.port), timeout=min(CONNECT_SECONDS, self._deadline.left())
                )
            except OSError:
                if number == len(self._addresses):
                    raise
        raise Unreachable(f"{self._target.host} has no address")


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """Certificates of the machine and of certifi; the host name is checked."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _ask(
    target: Target, method: str, headers: Mapping[str, str], limits: Limits, deadline: Deadline
) -> Fetched | _Redirect:
    """One request to one address, its faults told as FetchErrors."""
    connection = _Pinned(target, addresses_of(target, deadline), deadline)
    try:
        return _exchange(connection, target, method, headers, limits)
    except FetchError:
        raise
    except ssl.SSLCertVerificationError as error:
        raise CertificateInvalid(f"The certificate of {target.host} is not valid: {error.verify_message}") from None
    except TimeoutError:
        raise TimedOut(f"{target.host} did not answer in time") from None
    except (OSError, http.client.IncompleteRead) as error:
        raise Unreachable(f"The connection to {target.host} failed ({type(error).__name__})") from None
    except (http.client.HTTPException, zlib.error, ValueError) as error:
        raise ResponseBroken(f"{target.host} sent something that is no sound answer ({type(error).__name__})") from None
    finally:
        connection.close()


def _exchange(
    connection: _Pinned, target: Target, method: str, headers: Mapping[str, str], limits: Limits
) -> Fetched | _Redirect:
    connection.putrequest(method, target.path, skip_host=True, skip_accept_encoding=True)
    sent = {
        "Host": target.host_header,
        "User-Agent": f"FactCheckDesk/1 (+{settings.BASE_URL})",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **headers,
    }
    for name, value in sent.items():
        connection.putheader(name, value)
    connection.endheaders()
    with connection.getresponse() as response:
        location = response.headers.get("Location")
        if response.status in REDIRECTS and location:
            return _Redirect(location.strip())
        has_body = method != "HEAD" and response.status != NOT_MODIFIED
        return Fetched(
            url=target.url,
            status=response.status,
            content_type=_media_type(response.headers),
            charset=response.headers.get_content_charset(),
            body=_body(response, limits.max_bytes) if has_body else b"",
            headers={name.lower(): value for name, value in response.headers.items()},
        )


def _media_type(headers: Message) -> str:
    return headers.get_content_type() if "Content-Type" in headers else ""


def _body(response: http.client.HTTPResponse, most: int) -> bytes:
    """The body, unpacked; never more than `most` bytes in memory, and never
    more than that read of a packed one."""
    too_large = BodyTooLarge(f"The site sends more than the {most:,} bytes that are read")
    if response.length is not None and response.length > most:
        raise too_large
    unpacker = _unpacker(response.headers.get("Content-Encoding", ""))
    body = bytearray()
    packed = 0
    while chunk := response.read(CHUNK):
        packed += len(chunk)
        body += unpacker.feed(chunk, most - len(body) + 1) if unpacker else chunk
        if max(len(body), packed) > most:
            raise too_large
    if response.length or (unpacker and not unpacker.is_whole and packed):
        raise Unreachable("The answer broke off before its end")
    return bytes(body)


def _unpacker(encoding: str) -> "_Unpacker | None":
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip" | "deflate":
            return _Unpacker()
        case _:
            raise ResponseBroken(f"The answer is packed as {encoding[:40]!r}, which was not asked for")


class _Unpacker:
    """gzip or zlib, piece by piece, with a limit on what comes out."""

    AUTOMATIC = 32 + zlib.MAX_WBITS
    MEMBER = b"\x1f"

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(self.AUTOMATIC)

    @property
    def is_whole(self) -> bool:
        """Whether the packed data has ended where it should."""
        return self._inner.eof

    def feed(self, chunk: bytes, most: int) -> bytes:
        """At most `most` bytes of what `chunk` unpacks to."""
        out = bytearray()
        while chunk and len(out) < most:
            if self._inner.eof:
                if not chunk.startswith(self.MEMBER):
                    break
                self._inner = zlib.decompressobj(self.AUTOMATIC)
            out += self._inner.decompress(chunk, most - len(out))
            chunk = self._inner.unconsumed_tail or self._inner.unused_data
        return bytes(out)
