"""Asides that tell who somebody is: `Ann Hill, who chairs the board,`, `Jane Lee, a professor at Leeds,`."""

from claims.pipeline.complement import any_finite
from claims.pipeline.frames import Frame
from claims.pipeline.leads import is_role
from claims.pipeline.names import GROUP_NOUNS, ORGANISATION_HEADS
from claims.pipeline.parts import next_comma

_RELATIVE = frozenset({"who", "which", "whose"})
_FEW = 7


def end_of_aside(frame: Frame, comma: int, high: int) -> int | None:
    """The comma that closes the aside opened at `comma`, or None when what follows is no aside."""
    end = next_comma(frame, comma + 1, high)
    if end is None or frame.items[comma].text != "," or end + 1 >= high:
        return None
    first = frame.items[comma + 1].lower
    if first in _RELATIVE:
        return end
    said = [item.lower.removesuffix("'s") for item in frame.items[comma + 1 : min(end, comma + _FEW)]]
    tells_who = any(is_role(word) or word in GROUP_NOUNS or word in ORGANISATION_HEADS for word in said)
    is_whole = not any_finite(frame, comma + 1, end) and frame.items[end + 1].lower not in _RELATIVE
    return end if tells_who and is_whole else None


def is_subject_with_aside(frame: Frame, low: int, comma: int) -> bool:
    """Whether `[low, comma)` is a name and what tells of it (`Ann Hill, the treasurer`), no clause."""
    first = next_comma(frame, low, comma)
    if first is None or first - low > _FEW or not frame.items[low].is_capitalised or any_finite(frame, low, first):
        return False
    return frame.items[first + 1].lower in _RELATIVE or not any_finite(frame, first, comma)
