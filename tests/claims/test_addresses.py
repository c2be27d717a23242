"""The form in which addresses of articles are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import addresses
from factcheck.errors import Invalid

NO_ADDRESSES = ("http://[bad/x", "https://[::1", "http://a]b/", "//[", "http://x.example/?a=\ud800", "")


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_has_a_form_and_is_refused(text):
    assert addresses.canonical(text) == addresses.canonical(text)
    if not text.startswith("http://x.example/"):
        with pytest.raises(Invalid):
            addresses.clean(text, pointer="/url")


def test_one_page_has_one_form():
    forms = {
        addresses.canonical(url)
        for url in (
            "https://X.example/a?b=1",
            "https://x.example:443/a?b=1&utm_source=rss#top",
            "https://x.example/./a?fbclid=2&b=1",
        )
    }
    assert forms == {"https://x.example/a?b=1"}


@given(st.one_of(st.text(max_size=40), st.text("[]:/@%?#.ax1\ud800", max_size=20).map("http://".__add__)))
def test_any_text_has_a_form_of_its_own(text):
    assert len(addresses.canonical(text)) <= addresses.MAX_LENGTH
