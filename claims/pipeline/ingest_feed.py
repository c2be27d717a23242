"""The entries of an RSS or Atom feed, capped, with no entity expanded."""

import calendar
import contextlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from xml.parsers import expat

from lxml import etree, html  # type: ignore[import-untyped]  # lxml ships no types

from claims.pipeline.ingest_text import MAX_FILE_BYTES, IngestError, decode
from claims.pipeline.markup import refuse_crowded_tags

MAX_FEED_BYTES: Final = 4 * 1_048_576
MAX_ENTRIES: Final = 200
"""Entries read of one feed, newest first as the feed has them."""

MAX_DEPTH: Final = 100
MAX_ELEMENTS: Final = 50_000
_MAX_FIELD: Final = 2_000
_MAX_CONTENT: Final = 1_048_576

_ENCODING: Final = re.compile(rb"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""")
_DECLARATION: Final = re.compile(r"\A(\s*<\?xml[^>]{0,200}?)\s+encoding\s*=\s*[\"'][^\"']*[\"']")
_ROOT: Final = re.compile(r"<\s*(?:rss|feed|rdf:RDF|[A-Za-z]+:feed)\b")
_ENTRY_END: Final = re.compile(r"</(?:[A-Za-z]+:)?(?:item|entry)\s*>")
_DATE_ONLY: Final = re.compile(r"\A\s*(\d{4}-\d{2}-\d{2})\s*\Z")
_BLOCKS: Final = ("p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "br", "tr", "figure", "section")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. `text` is its content as plain text, often only a teaser.

    `published_at` is ISO 8601, in UTC where the feed gives a time.
    """

    url: str | None
    title: str | None
    author: str | None
    published_at: str | None
    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title and entries, in its own order."""

    title: str | None
    entries: tuple[FeedEntry, ...]
    warnings: tuple[str, ...] = ()


def from_feed(content: bytes) -> Feed:
    """Entries of a feed document; IngestError when it is no sound feed."""
    import feedparser

    source, count = _checked(content)
    try:
        parsed = feedparser.parse(io.BytesIO(source), sanitize_html=True)
    except Exception as error:
        # The parser walks into many corners of broken XML; each has its own exception.
        raise IngestError("feed_unreadable", f"The feed could not be read ({type(error).__name__})") from None
    if not parsed.get("version"):
        raise IngestError("feed_unreadable", "This is neither RSS nor Atom")
    warnings = []
    if count > MAX_ENTRIES:
        warnings.append(f"The feed has {count:,} entries: the first {MAX_ENTRIES} are read.")
    if parsed.get("bozo"):
        warnings.append("The feed is not well-formed XML: entries may be missing.")
    entries = tuple(_entry(entry) for entry in parsed.get("entries", [])[:MAX_ENTRIES])
    return Feed(_field(parsed.get("feed", {}).get("title")), entries, tuple(warnings))


def _checked(content: bytes) -> tuple[bytes, int]:
    """The shortened feed as UTF-8, its declaration gone, and its entries."""
    if len(content) > min(MAX_FEED_BYTES, MAX_FILE_BYTES):
        raise IngestError("file_too_large", f"The feed has more than {MAX_FEED_BYTES:,} bytes")
    declared = _ENCODING.search(content[:4096])
    text = decode(content, declared[1].decode("ascii") if declared else None, fallback="cp1252").text
    if "<!ENTITY" in text:
        raise IngestError("xml_entities", "The feed declares entities")
    if not _ROOT.search(text[:65_536]):
        raise IngestError("feed_unreadable", "This is neither RSS nor Atom")
    text, count = _shortened(_DECLARATION.sub(r"\1", text, count=1))
    try:
        source = text.encode("utf-8")
    except UnicodeEncodeError:
        raise IngestError("lone_surrogate", "The feed holds half a surrogate pair") from None
    refuse_crowded_tags(text, "feed_unreadable")
    refuse_crowded_tags(text.replace("&lt;", "<").replace("&gt;", ">"), "feed_unreadable")
    _refuse_deep(source)
    return source, count


def _refuse_deep(source: bytes) -> None:
    """Stop at hostile nesting; broken XML is left to the feed parser."""
    depth = elements = 0

    def open_element(*_: object) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > MAX_DEPTH or elements > MAX_ELEMENTS:
            raise IngestError("feed_unreadable", f"More than {MAX_DEPTH} levels or {MAX_ELEMENTS:,} elements")

    def close_element(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = open_element
    parser.EndElementHandler = close_element
    with contextlib.suppress(expat.ExpatError):
        parser.Parse(source, True)


def _shortened(text: str) -> tuple[str, int]:
    """The feed with its first MAX_ENTRIES entries, and how many it had."""
    ends = [found.end() for found in _ENTRY_END.finditer(text)]
    if len(ends) <= MAX_ENTRIES:
        return text, len(ends)
    return text[: ends[MAX_ENTRIES - 1]] + text[ends[-1] :], len(ends)


def _entry(entry: Any) -> FeedEntry:
    contents = [part.get("value") or "" for part in entry.get("content") or []]
    longest = max([*contents, entry.get("summary") or ""], key=len)
    link = _field(entry.get("link"))
    return FeedEntry(
        url=link if link and link.startswith(("http://", "https://")) else None,
        title=_field(entry.get("title")),
        author=_field(entry.get("author")),
        published_at=_published(entry),
        text=_plain(longest),
        id=_field(entry.get("id")),
    )


def _published(entry: Any) -> str | None:
    for name in ("published", "updated", "created"):
        told = entry.get(name)
        if not isinstance(told, str):
            continue
        date = _DATE_ONLY.match(told)
        if date:
            return date[1]
        parsed = entry.get(f"{name}_parsed")
        try:
            moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
        except (ValueError, TypeError, OverflowError, OSError):
            return None
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
    return None


def _field(value: Any) -> str | None:
    """Plain text of a short field, markup and control characters gone."""
    if not isinstance(value, str):
        return None
    text = _plain(value[:_MAX_FIELD]) if "<" in value or "&" in value else value[:_MAX_FIELD]
    return " ".join("".join(c if c.isprintable() else " " for c in text).split()) or None


def _plain(markup: str) -> str:
    """Text of a piece of HTML, a blank line between blocks."""
    markup = markup[:_MAX_CONTENT].replace("\0", "")
    if not markup.strip():
        return ""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError, UnicodeError, AssertionError):
        return ""
    for element in tree.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
        element.text = "\n" + (element.text or "")
    lines = (" ".join(line.split()) for line in "".join(tree.itertext()).split("\n"))
    return "\n\n".join(line for line in lines if line)
