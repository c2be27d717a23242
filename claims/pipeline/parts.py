"""A stretch of a frame with whoever is held to say it."""

from typing import NamedTuple

from claims.pipeline.frames import Frame

_PAIRS = (("“", "”"), ('"', '"'), ("«", "»"))
_MARKS = frozenset({",", ";", ":", ".", "–", "—", "-", "…", "•", "·", "▪", "◦", "‣", "*"})


_END_MARKS = _MARKS | {"!", "?"}


class Part(NamedTuple):
    """Items `[low, high)` of a frame; `source` an item range, `cue` None for the article's voice."""

    low: int
    high: int
    source: tuple[int, int] | None = None
    cue: int | None = None

    @property
    def is_said(self) -> bool:
        """Whether somebody else is held to say it."""
        return self.cue is not None


def trim(frame: Frame, low: int, high: int) -> tuple[int, int]:
    """The range without marks at its ends."""
    items = frame.items
    while low < high and items[low].lower in _MARKS:
        low += 1
    while high > low and items[high - 1].lower in _END_MARKS:
        high -= 1
    return low, high


def balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the quotation mark beside it whose partner stands inside (`“40 parties” were held`)."""
    inside = text[start:end]
    for opener, closer in _PAIRS:
        count = inside.count(opener)
        is_short = count % 2 == 1 if opener == closer else count != inside.count(closer)
        if is_short and text[max(0, start - 1) : start] == opener and closer in inside:
            return start - 1, end
        if is_short and text[end : end + 1] == closer and opener in inside:
            return start, end + 1
    return start, end


def next_comma(frame: Frame, low: int, high: int) -> int | None:
    """Index of the next comma, or where the search ends."""
    return next((index for index in range(low, high) if frame.items[index].lower in {",", ";", "–", "—"}), None)


def next_mark(frame: Frame, low: int, high: int) -> int | None:
    """Index of the next comma, dash, semicolon or colon."""
    return next((index for index in range(low, high) if frame.items[index].lower in {",", ";", ":", "–", "—"}), None)


def comma_before(frame: Frame, low: int, cue: int) -> int | None:
    """The nearest comma, dash or semicolon left of a verb of saying (at most twelve items away)."""
    for index in range(cue - 2, max(low, cue - 13), -1):
        if frame.items[index].lower in {",", "–", "—", ";"}:
            return index
    return None
