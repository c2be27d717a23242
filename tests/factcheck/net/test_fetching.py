"""Fetching: bytes, time, hops, and who is asked."""

import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Iterator

import pytest

from factcheck.net import fetching, refusals
from factcheck.net.fetching import Limits, fetch
from tests.claims.intake import packed_zeros
from tests.harness.web import Site, serving


@pytest.fixture
def site(settings) -> Iterator[Site]:
    with serving() as up:
        settings.OUTBOUND_PRIVATE = frozenset({up.place})
        yield up


@pytest.fixture
def canary() -> Iterator[Site]:
    """A server inside that nobody trusts: it must never be asked."""
    with serving() as up:
        up.page("/", b"secret")
        yield up


def test_a_page_comes_with_what_the_server_says_of_it(site):
    url = site.page("/a", b"Bytes", Content_Type="Text/HTML; charset=ISO-8859-1", ETag='"7"')
    got = fetch(url, headers={"If-None-Match": '"6"'})
    assert (got.url, got.status, got.content_type, got.charset, got.body) == (
        url,
        200,
        "text/html",
        "iso-8859-1",
        b"Bytes",
    )
    assert got.headers["etag"] == '"7"'
    assert got.hops == ()


def test_a_request_says_who_asks_and_carries_nothing_else(site, settings):
    settings.BASE_URL = "https://desk.example.org"
    site.page("/a", b"x", Set_Cookie="id=1")
    fetch(site.url("/a"))
    fetch(site.url("/a"))
    for _, headers in site.asked:
        assert headers["Host"] == site.place
        assert headers["User-Agent"].endswith("(+https://desk.example.org)")
        assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_this_machine_is_not_asked(canary):
    with pytest.raises(refusals.AddressRefused):
        fetch(canary.url("/"))
    assert canary.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "127.1"])
def test_a_redirect_inside_is_not_followed(site, canary, host):
    url = site.redirect("/out", f"http://{host}:{canary.port}/")
    with pytest.raises(refusals.AddressRefused):
        fetch(url)
    assert canary.asked == []


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/", "http://u:p@example.org/", "gopher://x/"])
def test_a_redirect_to_what_is_not_fetched_is_refused(site, to):
    with pytest.raises(refusals.AddressInvalid):
        fetch(site.redirect("/out", to))


def test_a_broken_redirect_is_a_refusal(site):
    with pytest.raises(refusals.FetchError):
        fetch(site.redirect("/out", "http://["))


def test_redirects_are_followed_and_told(site):
    site.redirect("/a", "/b c", status=301)
    site.redirect("/b%20c", "c#part", status=308)
    site.page("/c", b"end")
    got = fetch(site.url("/a"))
    assert (got.body, got.url) == (b"end", site.url("/c"))
    assert got.hops == (site.url("/a"), site.url("/b%20c"))


def test_redirects_in_a_circle_end(site):
    site.redirect("/a", "/b")
    site.redirect("/b", "/a")
    with pytest.raises(refusals.TooManyRedirects):
        fetch(site.url("/a"))
    assert len(site.asked) == Limits().redirects + 1


def test_the_connection_goes_to_the_checked_address_whatever_the_name_says_later(site, monkeypatch):
    """A name that changes between check and connection: one look-up, one answer."""
    asked = []

    def resolve(host, port, *_, **__):
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    site.page("/a", b"right")
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda h, *a, **k: resolve(h, *a, **k) if h == "news.example" else real(h, *a, **k)
    )
    assert fetch(f"http://news.example:{site.port}/a").body == b"right"
    assert asked == ["news.example"]
    assert site.asked[0][1]["Host"] == f"news.example:{site.port}"


def test_a_body_past_the_limit_is_refused_before_it_is_read(site):
    url = site.page("/big", b"x" * 2000)
    with pytest.raises(refusals.BodyTooLarge):
        fetch(url, limits=Limits(max_bytes=1000))
    assert len(fetch(url, limits=Limits(max_bytes=2000)).body) == 2000


def test_a_body_without_end_is_cut_off(site):
    def endless(request):
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"x" * 65_536)

    site.pages["/endless"] = endless
    with pytest.raises(refusals.BodyTooLarge):
        fetch(site.url("/endless"), limits=Limits(max_bytes=1_000_000))


def test_a_gzip_bomb_is_not_unpacked(site, monkeypatch):
    url = site.page("/bomb", packed_zeros(300), Content_Encoding="gzip")
    unpacked = []
    feed = fetching._Unpacker.feed
    monkeypatch.setattr(fetching._Unpacker, "feed", lambda *a: unpacked.append(feed(*a)) or unpacked[-1])
    with pytest.raises(refusals.BodyTooLarge):
        fetch(url)
    assert sum(map(len, unpacked)) == Limits().max_bytes + 1


@pytest.mark.parametrize(
    "pack", [gzip.compress, zlib.compress, lambda b: gzip.compress(b[:5]) + gzip.compress(b[5:]) + b"\0\0"]
)
def test_a_packed_body_is_unpacked(site, pack):
    name = "deflate" if pack is zlib.compress else "gzip"
    assert fetch(site.page("/z", pack(b"words" * 50_000), Content_Encoding=name)).body == b"words" * 50_000


@pytest.mark.parametrize(
    ("body", "encoding", "refusal"),
    [
        (b"no gzip at all", "gzip", refusals.ResponseBroken),
        (gzip.compress(b"words" * 1000, mtime=0)[:-9], "gzip", refusals.Unreachable),
        (b"x", "br", refusals.ResponseBroken),
        (b"x", "gzip, gzip", refusals.ResponseBroken),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_a_refusal(site, body, encoding, refusal):
    with pytest.raises(refusal):
        fetch(site.page("/z", body, Content_Encoding=encoding))


@pytest.mark.parametrize(
    "dripped", [b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"]
)
def test_a_server_that_drips_does_not_outlast_the_deadline(site, dripped):
    def drip(request):
        request.wfile.write(dripped)
        while True:
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.01)

    site.pages["/drip"] = drip
    with pytest.raises((refusals.TimedOut, refusals.ResponseBroken)):
        fetch(site.url("/drip"), limits=Limits(seconds=0.3))


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", b"HTTP/9 x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 OK\r\nA: " + b"a" * 70_000,
        b"HTTP/1.1 200 OK\r\n" + b"A: a\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    ],
)  # fmt: skip
def test_an_answer_that_is_no_sound_http_is_a_refusal(site, answer):
    def send(request):
        request.wfile.write(answer)
        request.close_connection = True

    site.pages["/odd"] = send
    with pytest.raises((refusals.ResponseBroken, refusals.Unreachable)):
        fetch(site.url("/odd"))


@pytest.mark.parametrize(
    ("status", "temporary"), [(404, False), (403, False), (410, False), (429, True), (500, True), (503, True)]
)
def test_an_error_status_is_a_refusal_that_says_whether_to_come_again(site, status, temporary):
    url = site.page("/gone", b"why", status=status)
    with pytest.raises(refusals.StatusRefused) as refused:
        fetch(url)
    assert (refused.value.status, refused.value.is_temporary) == (status, temporary)
    assert str(status) in refused.value.detail
    assert fetch(url, any_status=True).body == b"why"


def test_not_modified_is_an_answer(site):
    assert fetch(site.page("/same", b"", status=304)).status == 304


def test_head_reads_no_body(site):
    url = site.page("/a", b"x" * 5000)
    got = fetch(url, method="HEAD", limits=Limits(max_bytes=10_000))
    assert (got.status, got.body) == (200, b"")


def test_a_closed_port_is_unreachable(settings):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{held.getsockname()[1]}"
    settings.OUTBOUND_PRIVATE = frozenset({place})
    with pytest.raises(refusals.Unreachable) as refused:
        fetch(f"http://{place}/")
    assert refused.value.is_temporary


def test_tls_checks_certificate_and_name():
    context = fetching._tls()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.cert_store_stats()["x509_ca"] > 50


def test_https_to_a_server_that_speaks_plain_http_is_a_refusal(site):
    with pytest.raises(refusals.FetchError):
        fetch(f"https://{site.place}/")
