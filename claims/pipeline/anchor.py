"""Anchors: where a quote stands, and finding it again in another text.

Re-anchoring moves a claim by itself only when its exact words stand in the
new text and nothing speaks against the place. Everything else is a proposal
for a person, or an orphan.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from claims.pipeline.shapes import CONTEXT_CHARS

_MAX_HITS = 200
"""A quote found more often than this is no anchor (hostile or trivial text)."""
_SURE_LENGTH = 24
"""A quote at least this long (code points) is sure when it stands once."""


class Outcome(StrEnum):
    """What became of an anchor in another text."""

    MOVED = "moved"
    PROPOSED = "proposed"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Reanchored:
    """The result; `start`, `end` are None for an orphan."""

    outcome: Outcome
    start: int | None = None
    end: int | None = None


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """The prefix and suffix of a span, at most CONTEXT_CHARS code points each."""
    return text[max(0, start - CONTEXT_CHARS) : start], text[end : end + CONTEXT_CHARS]


def reanchor(text: str, *, quote: str, prefix: str, suffix: str) -> Reanchored:
    """Find a quote with its context in another text.

    MOVED: the same words, at one place only, or at one place only with the
    same words around. PROPOSED: the likeliest place when several fit, when
    only case, white space or quotation marks differ, or when the words
    changed between the same neighbours. ORPHAN: none of these.
    """
    if not quote:
        return Reanchored(Outcome.ORPHAN)
    hits = _occurrences(text, quote)
    if hits:
        return _choose(text, hits, quote, prefix, suffix)
    loose = _loose_match(text, quote)
    if loose is not None:
        return Reanchored(Outcome.PROPOSED, *loose)
    between = _between(text, quote, prefix, suffix)
    if between is not None:
        return Reanchored(Outcome.PROPOSED, *between)
    return Reanchored(Outcome.ORPHAN)


def _occurrences(text: str, quote: str) -> list[int]:
    """Where the exact quote starts, at most _MAX_HITS + 1 places."""
    hits: list[int] = []
    place = text.find(quote)
    while place >= 0 and len(hits) <= _MAX_HITS:
        hits.append(place)
        place = text.find(quote, place + len(quote))
    return hits


def _choose(text: str, hits: list[int], quote: str, prefix: str, suffix: str) -> Reanchored:
    """The one place that the context picks, or a proposal."""
    length = len(quote)
    agreement = [_agreement(text, place, length, prefix, suffix) for place in hits]
    best = max(agreement)
    top = hits[agreement.index(best)]
    is_whole = best == len(prefix) + len(suffix)
    if len(hits) == 1:
        is_sure = length >= _SURE_LENGTH or best * 2 >= len(prefix) + len(suffix)
        return Reanchored(Outcome.MOVED if is_sure else Outcome.PROPOSED, top, top + length)
    if is_whole and agreement.count(best) == 1:
        return Reanchored(Outcome.MOVED, top, top + length)
    return Reanchored(Outcome.PROPOSED, top, top + length)


def _agreement(text: str, place: int, length: int, prefix: str, suffix: str) -> int:
    """How many neighbouring code points are the same as before, on both sides."""
    before = text[max(0, place - len(prefix)) : place]
    after = text[place + length : place + length + len(suffix)]
    count = 0
    for left, right in zip(reversed(prefix), reversed(before), strict=False):
        if left != right:
            break
        count += 1
    for left, right in zip(suffix, after, strict=False):
        if left != right:
            break
        count += 1
    return count


def _loose_match(text: str, quote: str) -> tuple[int, int] | None:
    """The first place where only case, white space, quotation marks or dashes differ."""
    words = re.findall(r"\w+", quote)
    if not words or len(words) > 120:
        return None
    pattern = r"\b" + r"\W{1,6}".join(re.escape(word) for word in words) + r"\b"
    match = re.search(pattern, text, re.IGNORECASE)
    return (match.start(), match.end()) if match else None


def _between(text: str, quote: str, prefix: str, suffix: str) -> tuple[int, int] | None:
    """What now stands between the old neighbours, when about as long as the quote."""
    if len(prefix) < 12 or len(suffix) < 12:
        return None
    left = text.find(prefix)
    if left < 0 or text.find(prefix, left + 1) >= 0:
        return None
    start = left + len(prefix)
    end = text.find(suffix, start, start + 3 * len(quote) + len(suffix) + 20)
    return (start, end) if end > start else None
