"""Text with claims and ledger lines marked. Pure but for escaping.

Marks may overlap: the text is cut wherever one begins or ends, and each piece
knows every mark that covers it. Offsets are code points. The words of the
pieces, joined, are the text, character for character.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from reviews.desk import words


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim in the text: where it stands, what number it has, where it leads."""

    start: int
    end: int
    claim: int
    number: int
    address: str
    title: str
    triage: str = "selected"
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A ledger line: where it stands and what became of it."""

    start: int
    end: int
    disposition: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the same marks cover from end to end."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    line: Line | None


def cut(length: int, marks: Sequence[Mark], lines: Sequence[Line] = ()) -> Iterator[Piece]:
    """The pieces of a text of `length` code points, in order, without gaps."""
    within = [mark for mark in marks if 0 <= mark.start < mark.end <= length]
    ruled = sorted((line for line in lines if 0 <= line.start < line.end <= length), key=lambda line: line.start)
    bounds = {0, length}
    bounds.update(place for mark in within for place in (mark.start, mark.end))
    bounds.update(place for line in ruled for place in (line.start, line.end))
    begins: dict[int, list[Mark]] = {}
    for mark in within:
        begins.setdefault(mark.start, []).append(mark)
    places = sorted(bounds)
    active: list[Mark] = []
    at_line = 0
    for start, end in itertools.pairwise(places):
        active = [mark for mark in active if mark.end > start] + begins.get(start, [])
        while at_line < len(ruled) and ruled[at_line].end <= start:
            at_line += 1
        line = ruled[at_line] if at_line < len(ruled) and ruled[at_line].start <= start else None
        yield Piece(start, end, tuple(active), line)


def shown(text: str, marks: Sequence[Mark], lines: Sequence[Line] = ()) -> SafeString:
    """The text as HTML: pieces under a claim are links, numbers are attributes,
    so that the page's text is the article's text."""
    return mark_safe("".join(_pieces(text, cut(len(text), marks, lines))))  # noqa: S308 # every part is escaped below


def _pieces(text: str, pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        inner = _escaped(text[piece.start : piece.end])
        if piece.line is not None:
            inner = _ruled(inner, piece.line)
        for mark in piece.marks:
            if mark.start == piece.start:
                yield format_html('<span class="claim-start" id="text-{}" data-n="{}"></span>', mark.claim, mark.number)
        yield _marked(inner, piece.marks) if piece.marks else inner


def _escaped(text: str) -> SafeString:
    """Escaped; a lone CR would be read as LF by an HTML parser."""
    return mark_safe(escape(text).replace("\r", "&#13;"))  # noqa: S308 # escaped


def _ruled(inner: SafeString, line: Line) -> SafeString:
    told = words.DISPOSITION.get(line.disposition, line.disposition)
    if line.reason:
        told = f"{told}: {words.plain(line.reason)}"
    return format_html('<span class="line line-{}" title="{}">{}</span>', line.disposition, told, inner)


def _marked(inner: SafeString, marks: Sequence[Mark]) -> SafeString:
    """One link to the shortest claim here: nested links are no HTML."""
    nearest = min(marks, key=lambda mark: (mark.end - mark.start, not mark.is_current, mark.claim))
    classes = f"claim claim-{nearest.triage}"
    if any(mark.is_current for mark in marks):
        classes += " claim-current"
    if len(marks) > 1:
        classes += " claim-overlap"
    titles = "; ".join(mark.title for mark in sorted(marks, key=lambda mark: mark.number))
    current = mark_safe(' aria-current="true"') if nearest.is_current else ""
    return format_html('<a class="{}" href="{}" title="{}"{}>{}</a>', classes, nearest.address, titles, current, inner)
