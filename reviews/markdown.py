"""Explanations are Markdown; what reaches a page is clean HTML."""

from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

HEADINGS_BELOW = 2
"""The page has levels 1 and 2 of its own; an explanation's start at 3."""

_TAGS = {
    *("p", "br", "hr", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}}
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def html(text: str) -> str:
    """Safe HTML: no markup of its own passes, links lead to http(s) or mail."""
    tokens = _markdown.parse(text)
    _lower_headings(tokens)
    rendered = str(_markdown.renderer.render(tokens, _markdown.options, {}))
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )


def _lower_headings(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1:]) + HEADINGS_BELOW)}"
