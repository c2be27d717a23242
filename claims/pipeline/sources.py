"""Whose a quotation is by the words before it or behind it: `X told reporters, Q` and `Q, said X`."""

from claims.pipeline.cues import BASE_CUES, CUE_FORMS
from claims.pipeline.frames import Frame, leading_np, subject_before
from claims.pipeline.inversions import subject_after
from claims.pipeline.tokens import Token, is_dotted
from claims.pipeline.verbs import is_cue, is_helped, is_past_verb


def source_after(frame: Frame, place: int, high: int, ends_open: bool) -> tuple[tuple[int, int] | None, int] | None:
    """Subject and verb of the frame that follows a quotation, or None."""
    items = frame.items
    index = place + 1
    while index < high and items[index].lower in {",", "–", "—", "-"}:
        index += 1
    if index >= high:
        return None
    is_followed_by_comma = index > place + 1 or ends_open
    for cue in range(index, min(high, index + 24)):
        if items[cue].lower == ":" or (cue > index and items[cue].lower == "." and not is_dotted(items, cue)):
            return None
        is_inverted = cue == index and ends_open and _is_told(items[cue]) and high - cue > 1
        if not is_cue(frame, cue) and not is_inverted and not _is_plain_verb(frame, index, cue, is_followed_by_comma):
            continue
        if high < len(items) and _introduces_next(frame, cue, high):
            return None
        if cue == index:
            source = subject_after(frame, cue + 1, high)
            if is_inverted and not is_cue(frame, cue):
                return (source, cue) if source is not None else None
            return (source, cue) if source is not None else (_nearest_subject(frame, place, cue), cue)
        source = subject_before(frame, index, cue)
        if source is None:
            return None
        return source, cue
    return None


def _is_told(item: Token) -> bool:
    """Whether the word right behind a quotation may be its verb (`barked the driver`, not `Ahmed said`)."""
    return is_past_verb(item.lower) and not item.is_capitalised


def _nearest_subject(frame: Frame, place: int, cue: int) -> tuple[int, int] | None:
    """The subject before the quotation of `He laughed, Q, and added Q`."""
    return subject_before(frame, 0, place) if place > 1 else None


def _is_plain_verb(frame: Frame, index: int, cue: int, has_comma: bool) -> bool:
    """Whether any finite verb stands right after a name or `he` that follows a quotation."""
    return (
        has_comma
        and frame.finite[cue]
        and 1 <= cue - index <= 3
        and (frame.items[index].is_capitalised or frame.items[index].lower in {"he", "she"})
    )


def _introduces_next(frame: Frame, cue: int, high: int) -> bool:
    """Whether the verb belongs to the next quotation (`... . He added: Q`)."""
    between = [item.lower for item in frame.items[cue + 1 : high]]
    return bool(between) and between[-1] == ":" and len(between) <= 6


def source_before(frame: Frame, low: int, place: int) -> tuple[tuple[int, int] | None, int] | None:
    """Subject and verb of the frame that leads up to a quotation, or None."""
    items = frame.items
    has_colon = items[place - 1].lower == ":" if place > low else False
    for cue in range(place - 1, max(low, place - 30) - 1, -1):
        is_modal = items[cue].lower in BASE_CUES and is_helped(items, low, cue)
        if items[cue].lower in CUE_FORMS and (is_cue(frame, cue) or items[cue].lower.endswith("ing") or is_modal):
            source = subject_before(frame, low, cue)
            if source is None and low > 0:
                source = subject_before(frame, 0, cue)
            return source, cue
        if has_colon and frame.finite[cue] and place - cue <= 6:
            return subject_before(frame, low, cue), cue
    if has_colon and place - low > 3 and items[low].lower in {"here's", "here’s", "here", "that's", "that’s"}:
        span = leading_np(frame, low + 1 + (items[low + 1].lower in {"is", "are", "was"}), place - 1)
        if span is not None and items[span[0]].is_capitalised:
            return span, place - 1
    if place - low >= 2 and items[low].lower == "according":
        return leading_np(frame, low + 2, place), low
    if has_colon and place - low >= 2:
        span = leading_np(frame, low, place - 1)
        if span is not None and span[1] == place - 1 and items[span[1] - 1].is_capitalised:
            return span, place - 1
    return None
