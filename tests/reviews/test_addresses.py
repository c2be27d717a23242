"""What is said of web addresses without opening them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import addresses


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("http://news.bbc.co.uk:8080", "bbc.co.uk"),
        ("https://A.Example.COM./x", "example.com"),
        ("https://one.github.io/", "one.github.io"),
        ("https://two.github.io/", "two.github.io"),
        ("https://bücher.de/x", "xn--bcher-kva.de"),
        ("https://xn--bcher-kva.de/", "xn--bcher-kva.de"),
        ("https://192.0.2.7/log", "192.0.2.7"),
        ("https://[2001:db8::1]/", "2001:db8::1"),
        ("http://localhost/x", "localhost"),
        ("https://co.uk/", "co.uk"),
        ("https://web.archive.org/web/2020/https://www.port.example/log", "port.example"),
        ("https://web.archive.org/web/2020/http://daily.example/a?u=/https://other.example", "daily.example"),
        ("https://web.archive.org/about", "archive.org"),
        ("https://news.example/https://other.example/", "news.example"),
        ("port.example/log", None),
        ("ftp://port.example/", None),
        ("https://", None),
        ("https://[bad", None),
        ("https://port.example:99999/", None),
        ("https://port.example/a b", None),
        ("https://port.example/\x00", None),
        ("javascript:alert(1)", None),
        ("", None),
        (None, None),
    ],
)
def test_registrable_domain_of(address, domain):
    assert addresses.registrable_domain(address) == domain


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://x.example/a", "http://www.X.example/a/", True),
        ("https://x.example/a#b", "https://x.example/a", True),
        ("https://x.example:443/a", "https://x.example/a", True),
        ("https://x.example", "https://x.example/", True),
        ("https://x.example/a?p=1", "https://x.example/a", False),
        ("https://x.example/a", "https://x.example/A", False),
        ("https://x.example/a", "https://y.x.example/a", False),
        (None, None, False),
        ("nonsense", "nonsense", False),
    ],
)
def test_same_page(one, other, same):
    assert addresses.same_page(one, other) is same
    assert addresses.same_page(other, one) is same


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", True),
        ("http://127.8.9.1", True),
        ("http://[::1]:8000/x", True),
        ("http://desk.localhost", True),
        ("http://localhost.example.org", False),
        ("http://10.0.0.1", False),
        ("nonsense", False),
        (None, False),
    ],
)
def test_is_loopback(address, loopback):
    assert addresses.is_loopback(address) is loopback


def test_origin_fills_in_the_port():
    assert addresses.origin("https://X.example/a") == ("https", "x.example", 443)
    assert addresses.origin("http://x.example:8000") == ("http", "x.example", 8000)
    assert addresses.origin("x.example") is None


@given(st.text() | st.text().map(lambda text: "https://" + text))
def test_addresses_take_any_text(text):
    addresses.registrable_domain(text)
    addresses.origin(text)
    addresses.is_loopback(text)
    assert addresses.same_page(text, text) is (addresses.split(text) is not None)


def test_owner_of_a_domain_is_one_for_all_its_domains():
    assert addresses.owner_of("bbc.com") == addresses.owner_of("bbc.co.uk") == "bbc.co.uk"
    assert addresses.owner_of("port.example") == "port.example"


def test_owners_list_names_each_registrable_domain_once():
    listed = json.loads(Path(addresses.__file__).with_name("owners.json").read_text(encoding="utf-8"))
    names = [name for chief, others in listed.items() for name in (chief, *others)]
    assert len(names) == len(set(names))
    assert [addresses.registrable_domain(f"https://{name}/") for name in names] == names
