"""Stage 2: quotations, by a state machine over the quotation marks of a block.

Only outermost quotations are reported; what is quoted inside them belongs to
them. Handles straight, curly, low, single marks and guillemets, apostrophes,
a missing opener, a missing closer, and quotations over several paragraphs.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from claims.pipeline.blocks import Block
from claims.pipeline.cues import CUE_FORMS

_MARK = re.compile(r"[\"“”„‟«»‹›‘’'‚]")
_CLOSERS = {
    "“": "”\"", "‟": "”", "\"": "\"”", "„": "“”", "«": "»", "»": "«", "‹": "›", "›": "‹", "‘": "’", "‚": "‘’",
    "'": "'", "”": "”", "’": "’",
}  # fmt: skip
_SINGLE = frozenset("‘'‚’")
_ELISION = re.compile(r"['’‘](?:\d0s\b|(?:em|til|tis|twas|cause|n|bout|round|cos|tude)\b)", re.IGNORECASE)
_BEFORE_OPENER = frozenset("([{—–-:/\"“‘'«…")
_STRONG_BEFORE_CLOSER = frozenset(',.!?…—–-"”)]»')


class Quote(NamedTuple):
    """One outermost quotation.

    `start`, `end` are what is inside the marks, `outer_start`, `outer_end`
    the marks too. `chain` is the same number for the parts of one quotation
    that runs over several paragraphs. `has_opener` False: the opening mark
    is missing and the paragraph's start stands for it.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    block: int
    chain: int
    has_opener: bool = True
    has_closer: bool = True


def find_quotes(text: str, blocks: Sequence[Block]) -> list[Quote]:
    """All outermost quotations of the body blocks, in order."""
    quotes: list[Quote] = []
    chain = 0
    is_open = False
    body = [index for index, block in enumerate(blocks) if block.is_body]
    for place, index in enumerate(body):
        block = blocks[index]
        following = blocks[body[place + 1]] if place + 1 < len(body) else None
        next_mark = text[following.start] if following is not None else ""
        found = _scan(text, block, index, next_mark)
        for number, quote in enumerate(found):
            if not (number == 0 and is_open and quote.outer_start == block.start):
                chain += 1
            quotes.append(
                Quote(
                    quote.start, quote.end, quote.outer_start, quote.outer_end, index, chain,
                    quote.has_opener, quote.has_closer,
                )
            )  # fmt: skip
        is_open = bool(found) and not found[-1].has_closer and next_mark == text[found[-1].outer_start]
    return quotes


def _scan(text: str, block: Block, index: int, next_mark: str) -> list[Quote]:
    """The quotations of one block; `next_mark` is how the next block begins."""
    marks = [match.start() for match in _MARK.finditer(text, block.start, block.end)]
    closers = [place for place in marks if text[place] in "’'" and _may_close_single(text, place, block)]
    later = _CandidateCounter(closers)
    is_even = sum(text[place] == '"' for place in marks) % 2 == 0
    found: list[Quote] = []
    opened: int | None = None
    depth = 0
    for place in marks:
        if opened is None:
            if _opens(text, place, block, later, next_mark) or (
                text[place] == '"' and is_even and place + 2 < block.end
            ):
                opened, depth = place, 1
            elif not found and _lacks_opener(text, place, block):
                found.append(Quote(block.start, place, block.start, place + 1, index, 0, has_opener=False))
            continue
        mark, char = text[opened], text[place]
        if mark in "“«„" and char == mark and _looks_like_opener(text, place, block) and mark != "„":
            depth += 1
        elif char in _CLOSERS[mark] and _closes(text, place, opened, block, later):
            depth -= 1
            if depth <= 0:
                found.append(Quote(opened + 1, place, opened, place + 1, index, 0))
                opened = None
        elif mark == '"' and char == '"' and text[place - 1].isspace():
            opened = place
    if opened is not None and _may_stay_open(text, opened, block, next_mark):
        found.append(Quote(opened + 1, block.end, opened, block.end, index, 0, has_closer=False))
    return [quote for quote in found if quote.end > quote.start]


class _CandidateCounter:
    """How many possible single closers stand after a place; asked in order, so linear."""

    def __init__(self, places: list[int]) -> None:
        self._places = places
        self._next = 0

    def after(self, place: int) -> int | None:
        """The first candidate after `place`; places must not go backwards."""
        while self._next < len(self._places) and self._places[self._next] <= place:
            self._next += 1
        return self._places[self._next] if self._next < len(self._places) else None


def _around(text: str, place: int, block: Block) -> tuple[str, str]:
    """The characters before and after a mark; a space at the block's edges."""
    before = text[place - 1] if place > block.start else " "
    after = text[place + 1] if place + 1 < block.end else " "
    return before, after


def _looks_like_opener(text: str, place: int, block: Block) -> bool:
    """Whether white space or a bracket stands before and a word after."""
    before, after = _around(text, place, block)
    return (before.isspace() or before in _BEFORE_OPENER) and not after.isspace()


def _opens(text: str, place: int, block: Block, later: _CandidateCounter, next_mark: str) -> bool:
    """Whether the mark opens a quotation."""
    char = text[place]
    if char in "“„«‟‹":
        return not _around(text, place, block)[1].isspace()
    if char in "»›":
        before, after = _around(text, place, block)
        return before.isspace() and not after.isspace()
    if char == '"':
        return _looks_like_opener(text, place, block)
    if char == "”":
        return place == block.start
    if not _looks_like_opener(text, place, block) or _ELISION.match(text, place):
        return False
    if char == "’":
        return False
    return later.after(place) is not None or place == block.start or char == next_mark


def _may_close_single(text: str, place: int, block: Block) -> bool:
    """Whether a ’ or ' can end a quotation: no letter or digit may follow."""
    before, after = _around(text, place, block)
    return not after.isalnum() and not before.isspace()


def _closes(text: str, place: int, opened: int, block: Block, later: _CandidateCounter) -> bool:
    """Whether the mark closes the quotation opened at `opened`."""
    before, after = _around(text, place, block)
    if text[opened] not in _SINGLE:
        return not (text[place] == '"' and before.isspace() and not after.isspace() and place > opened + 1)
    if not _may_close_single(text, place, block):
        return False
    if before in _STRONG_BEFORE_CLOSER:
        return True
    is_possessive = before == "s" and after == " " and text[place + 2 : place + 3].islower()
    following = later.after(place)
    if not is_possessive or following is None:
        return True
    opener = text.find(text[opened], place + 1, min(following + 1, place + 300))
    return 0 <= opener < following and text[opened] == "‘"


def _lacks_opener(text: str, place: int, block: Block) -> bool:
    """Whether a closing mark stands where nothing was opened: the block's start opens."""
    if text[place] not in '"”»' or place - block.start < 12:
        return False
    before, after = _around(text, place, block)
    if before.isspace() or after.isalnum() or (before.isdigit() and text[place] == '"'):
        return False
    if text[place] == "”" and text.count("“", block.start, block.end) >= text.count("”", block.start, block.end):
        return False
    words = re.findall(r"[^\W\d_]+", text[place + 1 : min(block.end, place + 100)])
    return not words or any(word.lower() in CUE_FORMS for word in words)


def _may_stay_open(text: str, opened: int, block: Block, next_mark: str) -> bool:
    """Whether a quotation without closer is one: it goes on, or fills the block's end."""
    mark = text[opened]
    if mark == next_mark:
        return True
    if mark == "'":
        return False
    return opened == block.start or mark in '"“«„' or (mark == "‘" and text[opened - 2 : opened] in {", ", ": "})
