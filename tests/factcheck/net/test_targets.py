"""Which addresses may be asked."""

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.net.deadline import Deadline
from factcheck.net.refusals import AddressInvalid, AddressRefused, NameServerSilent, NameUnknown
from factcheck.net.targets import addresses_of, is_public, target_of

INSIDE = (
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "168.63.129.16", "::ffff:168.63.129.16", "64:ff9b::a83f:8110",
    "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "::", "::1", "fe80::1", "fe80::1%1", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "2001:db8::1", "3fff::1",
    "2001::1", "100::1", "5f00::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1",
    "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::8.8.8.8", "2001:0:4136:e378::1",
)  # fmt: skip
EMBEDDING = (ipaddress.ip_address("::ffff:0:0").packed[:12], ipaddress.ip_address("64:ff9b::").packed[:12])
OUTSIDE = (
    "8.8.8.8", "1.1.1.1", "168.63.129.15", "168.63.129.17", "172.32.0.1", "100.128.0.1",
    "2606:4700::1111", "2a00:1450::8a", "64:ff9b::8.8.8.8",
)  # fmt: skip
LOOPBACK_SPELLINGS = (
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0x0.0x0.0x1", "0177.0.0.1", "017700000001",
    "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "localhost",
    "LOCALHOST", "localhost.", "①②⑦.⓪.⓪.①", "127。0。0。1",
)  # fmt: skip


@pytest.mark.parametrize("text", INSIDE)
def test_an_address_inside_is_not_public(text):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", OUTSIDE)
def test_an_address_outside_is_public(text):
    assert is_public(ipaddress.ip_address(text))


@given(st.ip_addresses(v=4))
def test_what_the_standard_library_calls_not_global_is_never_public(address):
    assert address.is_global or not is_public(address)
    assert not (address.is_private or address.is_multicast or address.is_reserved) or not is_public(address)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "64:ff9b::{}"]))
def test_an_address_within_another_is_judged_by_itself(address, wrapping):
    assert is_public(ipaddress.ip_address(wrapping.format(address))) == is_public(address)


@given(st.ip_addresses(v=6))
def test_an_ipv6_address_is_public_only_where_the_registry_gives_addresses_out(address):
    assert not is_public(address) or address in ipaddress.ip_network("2000::/3") or address.packed[:12] in EMBEDDING


@pytest.mark.parametrize("host", LOOPBACK_SPELLINGS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_spelling_of_this_machine_is_refused(host, scheme):
    with pytest.raises((AddressRefused, AddressInvalid, NameUnknown)):
        addresses_of(target_of(f"{scheme}://{host}/admin"), Deadline(5))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://example.org/", "ftp://example.org/a", "//example.org/a", "example.org", "http://",
        "http:///a", "http://user@example.org/", "http://user:pass@example.org/", "http://@example.org/",
        "http://example.org:99999/", "http://[::1/", "http://exa mple.org/", "http://example.org\\@127.0.0.1/",
        "http://example.org/\r\nHost: inside", "http://example.org/\x00", "javascript:alert(1)", f"http://e.org/{'a' * 2000}",
        "http://xn--a\u00df--.example\u2488/",
    ],
)  # fmt: skip
def test_what_is_no_address_to_fetch_is_refused(url):
    with pytest.raises(AddressInvalid):
        target_of(url)


def test_a_target_keeps_host_port_path_and_query():
    target = target_of("https://Bücher.example:443/a b/ü?q=ž&x=%41#part".replace(" ", "%20"))
    assert (target.host, target.port, target.host_header) == ("xn--bcher-kva.example", 443, "xn--bcher-kva.example")
    assert target.path == "/a%20b/%C3%BC?q=%C5%BE&x=%41"
    assert target_of("http://[2606:4700::1]:8080/").host_header == "[2606:4700::1]:8080"


def answers(monkeypatch, *addresses):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)


def test_a_name_with_one_address_inside_is_refused_as_a_whole(monkeypatch):
    answers(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(AddressRefused, match="public internet"):
        addresses_of(target_of("http://mixed.example/"), Deadline(5))


def test_a_public_name_gives_its_addresses(monkeypatch):
    answers(monkeypatch, "8.8.8.8", "8.8.8.8", "8.8.4.4")
    found = addresses_of(target_of("http://dns.example/"), Deadline(5))
    assert [str(address) for address in found] == ["8.8.8.8", "8.8.4.4"]


def test_a_port_that_is_not_allowed_is_refused(monkeypatch, settings):
    answers(monkeypatch, "8.8.8.8")
    with pytest.raises(AddressRefused, match="Port 6379"):
        addresses_of(target_of("http://dns.example:6379/"), Deadline(5))
    settings.OUTBOUND_PORTS = frozenset({6379})
    assert addresses_of(target_of("http://dns.example:6379/"), Deadline(5))


def test_a_private_place_is_trusted_by_address_and_port_only(monkeypatch, settings):
    settings.OUTBOUND_PRIVATE = frozenset({"10.0.0.5:8080"})
    answers(monkeypatch, "10.0.0.5")
    assert addresses_of(target_of("http://cms.example:8080/"), Deadline(5))
    with pytest.raises(AddressRefused):
        addresses_of(target_of("http://cms.example/"), Deadline(5))
    answers(monkeypatch, "10.0.0.5", "10.0.0.6")
    with pytest.raises(AddressRefused):
        addresses_of(target_of("http://cms.example:8080/"), Deadline(5))


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        (socket.gaierror(socket.EAI_NONAME, "none"), NameUnknown),
        (socket.gaierror(socket.EAI_AGAIN, "again"), NameServerSilent),
        (UnicodeError("label too long"), NameUnknown),
    ],
)
def test_a_name_that_is_not_found_says_so(monkeypatch, fault, refusal):
    def fail(*_, **__):
        raise fault

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(refusal):
        addresses_of(target_of("http://nowhere.example/"), Deadline(5))


def test_a_silent_name_server_does_not_outlast_the_deadline(monkeypatch):
    import threading

    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: never.wait(20) and [])
    with pytest.raises(NameServerSilent):
        addresses_of(target_of("http://slow.example/"), Deadline(0.05))
    never.set()
