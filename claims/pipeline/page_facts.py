"""What a page says of its article: title, author, outlet, date, language.

Schema.org data first (it is written for machines), then meta tags, then
trafilatura's reading of the page. A date keeps the precision it has.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

_ARTICLE_TYPES: Final = re.compile(r"(Article|BlogPosting|Report|LiveBlogPosting|PressRelease)$")
_ISO: Final = re.compile(
    r"\A\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?\Z"
)
_LANGUAGE: Final = re.compile(r"\A([A-Za-z]{2})(?:[-_].{0,20})?\Z")
_MAX_JSON: Final = 2_000_000
_MAX_NODES: Final = 5_000
_MAX_FIELD: Final = 500

_DATE_NAMES: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "publish-date",
    "pubdate",
    "date",
)
_AUTHOR_NAMES: Final = ("author", "parsely-author", "sailthru.author", "dc.creator", "byl")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Facts a page states; None where it states none."""

    title: str | None = None
    author: str | None = None
    published_at: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None


def read(tree: Any, url: str | None) -> PageFacts:
    """Facts of one parsed page. Never raises on what a page may hold."""
    told = _structured(tree)
    meta = _meta(tree)
    guessed = _guess(tree, url)
    return PageFacts(
        title=_field(told.get("headline")) or _field(meta.get("og:title")) or guessed.title,
        author=_authors(told.get("author")) or _first(meta, _AUTHOR_NAMES) or guessed.author,
        published_at=_date(told.get("datePublished")) or _meta_date(meta) or guessed.published_at,
        outlet=_name(told.get("publisher")) or _field(meta.get("og:site_name")) or guessed.outlet,
        language=_language(tree, meta),
        url=_canonical(tree) or _field(meta.get("og:url")),
    )


def _structured(tree: Any) -> dict[str, Any]:
    """The first schema.org article of the page, {} without one."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = (script.text or "").strip()
        if not source or len(source) > _MAX_JSON:
            continue
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                if isinstance(kind, str) and _ARTICLE_TYPES.search(kind):
                    return node
    return {}


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Objects of a JSON document, outermost first, at most _MAX_NODES."""
    waiting = [data]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(value for value in node if isinstance(value, dict | list))


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _guess(tree: Any, url: str | None) -> PageFacts:
    """trafilatura's reading; an empty one when it fails on the page."""
    from trafilatura.metadata import extract_metadata

    try:
        document = extract_metadata(tree, default_url=url, extensive=False)
    except Exception:
        # A third party's guess about a page that may be hostile is worth no failure.
        return PageFacts()
    return PageFacts(
        title=_field(document.title),
        author=_field(document.author),
        published_at=_date(document.date),
        outlet=_field(document.sitename),
    )


def _field(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    told = unescape(value[: 4 * _MAX_FIELD])
    printable = "".join(character if character.isprintable() else " " for character in told)
    return " ".join(printable.split())[:_MAX_FIELD] or None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _field(value.get("name") if isinstance(value, dict) else value)


def _authors(value: Any) -> str | None:
    people = value if isinstance(value, list) else [value]
    names = [name for name in map(_name, people[:10]) if name and "://" not in name]
    return _without_by(", ".join(dict.fromkeys(names)))


def _without_by(name: str | None) -> str | None:
    return re.sub(r"\A[Bb][Yy]:?\s+", "", name) or None if name else None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = _field(meta.get(name))
        if value and "://" not in value:
            return _without_by(value)
    return None


def _date(value: Any) -> str | None:
    """An ISO 8601 date or time as it stands, None for anything else."""
    text = _field(value)
    if not text or not _ISO.match(text):
        return None
    return text.replace(" ", "T", 1).replace(" ", "")


def _meta_date(meta: dict[str, str]) -> str | None:
    return next((date for date in (_date(meta.get(name)) for name in _DATE_NAMES) if date), None)


def _language(tree: Any, meta: dict[str, str]) -> str | None:
    for value in (tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"), meta.get("language")):
        found = _LANGUAGE.match((value or "").strip())
        if found:
            return found[1].lower()
    return None


def _canonical(tree: Any) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            address = _field(link.get("href"))
            if address and address.startswith(("http://", "https://")):
                return address
    return None
