"""Explanations as HTML: what stays, what goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import markdown


def test_html_of_ordinary_markdown():
    html = markdown.html("# Why\n\nIt was *not*:\n\n- one\n- [two](https://a.example/x)\n\n> said so")
    assert "<h3>Why</h3>" in html
    assert "<em>not</em>" in html
    assert '<a href="https://a.example/x" rel="nofollow noopener noreferrer">two</a>' in html
    assert "<blockquote>" in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "![x](https://a.example/pixel.gif)",
        '<a href="https://a.example" style="position:fixed">x</a>',
        "<iframe src=//a.example></iframe>",
        "[x](https://a.example '\" onmouseover=alert(1)')",
    ],
)
def test_html_lets_nothing_active_through(text):
    html = markdown.html(text)
    for bad in ("<script", "<img", "<iframe", 'href="javascript', 'href="data', "<a style", 'onmouseover="'):
        assert bad not in html


@given(st.text(max_size=200))
def test_html_of_any_text_has_only_known_tags(text):
    html = markdown.html(text)
    assert "<script" not in html
    assert "\x00" not in html
