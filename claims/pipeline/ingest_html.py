"""The article in an HTML page: its text and what the page says of it.

trafilatura in precision mode finds the text; nothing is fetched. Two
general faults of that mode are mended: a page that cuts its article into
several boxes of one class, of which only the first is taken, and a page
whose legal notice passes for the article.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree, html  # type: ignore[import-untyped]  # lxml ships no types

from claims.pipeline import page_facts
from claims.pipeline.ingest_text import Ingested, IngestError, check_text, decode
from claims.pipeline.language import UNKNOWN, detect_language
from claims.pipeline.markup import refuse_crowded_tags

MAX_ELEMENTS: Final = 30_000
"""Elements of a page; a real article page has a few thousand."""

MAX_DEPTH: Final = 120

_HEAD: Final = 4096
_DECLARED: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_XML_DECLARED: Final = re.compile(rb"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""")
_ENTITIES: Final = re.compile(r"<!ENTITY\s", re.IGNORECASE)
_XML_LINE: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")

_SHORT: Final = 500
"""An article shorter than this (code points) gets a second opinion."""

_MUCH_LONGER: Final = 3
_BOX_LETTERS: Final = 300
_MAX_BOXES: Final = 60


@dataclass(frozen=True, slots=True)
class _Box:
    """One element that directly holds paragraphs of running text."""

    element: Any
    text: str


def from_html(content: bytes | str, url: str | None = None, charset: str | None = None) -> Ingested:
    """The article of a page; IngestError when there is none.

    `charset` is what the transport said; a byte-order mark goes before it,
    the page's own declaration after it. `url` is only kept and compared.
    """
    if isinstance(content, bytes):
        declared = charset or _declared_charset(content)
        decoded = decode(content, declared, fallback="cp1252")
        source, warnings = decoded.text, decoded.warnings
    else:
        source, warnings = content, ()
    if not source.strip():
        raise IngestError("text_empty", "The page is empty")
    source = source.replace("\0", "")
    tree = parse(source)
    facts = page_facts.read(tree, url)
    text = check_text(article_text(source, tree))
    language = detect_language(text)
    return Ingested(
        text=text,
        title=facts.title,
        author=facts.author,
        published_at=facts.published_at,
        language=language if language != UNKNOWN else facts.language or UNKNOWN,
        format="html",
        warnings=warnings,
        outlet=facts.outlet,
        url=facts.url or url,
    )


def _declared_charset(content: bytes) -> str | None:
    head = content[:_HEAD]
    found = _XML_DECLARED.search(head) or _DECLARED.search(head)
    return found[1].decode("ascii") if found else None


def parse(source: str) -> Any:
    """The page as a tree, refused when its size or depth is hostile."""
    source = _XML_LINE.sub("", source, count=1)
    if source.count("<") > 4 * MAX_ELEMENTS:
        raise IngestError("html_too_complex", f"The page has more than {MAX_ELEMENTS:,} elements")
    if _ENTITIES.search(source):
        raise IngestError("xml_entities", "The page declares entities of its own")
    refuse_crowded_tags(source, "html_too_complex")
    try:
        tree = html.document_fromstring(source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except UnicodeEncodeError:
        raise IngestError("lone_surrogate", "The page holds half a surrogate pair") from None
    except (etree.LxmlError, ValueError) as error:
        raise IngestError("html_unreadable", f"No HTML in it ({type(error).__name__})") from None
    _refuse_hostile(tree)
    return tree


def _refuse_hostile(tree: Any) -> None:
    count = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        count += 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise IngestError("html_too_complex", f"More than {MAX_ELEMENTS:,} elements or {MAX_DEPTH} levels")


def article_text(source: str, tree: Any) -> str:
    """Paragraphs of the article, a blank line between them."""
    first = _extract(parse(source), precise=True)
    if _join_boxes(tree, first):
        joined = _extract(tree, precise=True)
        if len(joined) > len(first):
            first = joined
    if len(first) < _SHORT:
        second = _extract(parse(source), precise=False)
        if len(second) >= _MUCH_LONGER * max(len(first), 1):
            first = second
    if not first:
        raise IngestError("no_article", "No article was found in the page")
    return "\n\n".join(line for line in first.split("\n") if line.strip())


def _extract(tree: Any, precise: bool) -> str:
    """What trafilatura takes for the article, one line a paragraph."""
    import trafilatura

    try:
        text = trafilatura.extract(tree, favor_precision=precise, include_comments=False)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
        raise IngestError("html_unreadable", f"The page could not be read ({type(error).__name__})") from None
    return text or ""


def _join_boxes(tree: Any, found: str) -> bool:
    """Move the rest of a cut article into its first box; True if it did.

    Only where some boxes of one class are in `found` and others are not,
    all in one <article> or <main>, with no heading of a new piece between.
    """
    lines = {_squeezed(line) for line in found.split("\n")}
    joined = False
    for boxes in _boxes(tree).values():
        taken = [box for box in boxes if _squeezed(box.text) in lines]
        if not taken or len(taken) == len(boxes) or _headings_between(tree, boxes):
            continue
        home = boxes[0].element
        for box in boxes[1:]:
            for child in list(box.element):
                home.append(child)
        joined = True
    return joined


def _boxes(tree: Any) -> dict[tuple[str, str, Any], list[_Box]]:
    """Boxes of running text by (tag, class, enclosing article)."""
    groups: dict[tuple[str, str, Any], list[_Box]] = defaultdict(list)
    for element in tree.iter("div", "section"):
        name = element.get("class")
        if not name:
            continue
        paragraphs = [" ".join(p.itertext()) for p in element if p.tag == "p"]
        if len(paragraphs) > 1 and sum(map(len, paragraphs)) >= _BOX_LETTERS:
            home = next(element.iterancestors("article", "main"), None)
            if home is not None:
                groups[element.tag, name, home].append(_Box(element, max(paragraphs, key=len)))
    return {key: boxes for key, boxes in groups.items() if 1 < len(boxes) <= _MAX_BOXES}


def _headings_between(tree: Any, boxes: list[_Box]) -> bool:
    inside = False
    left = {id(box.element) for box in boxes}
    for element in tree.iter():
        if id(element) in left:
            left.discard(id(element))
            inside = True
        elif inside and element.tag in ("h1", "h2", "article") and not _within(element, boxes):
            return True
        if not left:
            return False
    return False


def _within(element: Any, boxes: list[_Box]) -> bool:
    elements = {id(box.element) for box in boxes}
    return any(id(ancestor) in elements for ancestor in element.iterancestors())


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)
