"""Passive reporting: `it is alleged that`, `the court was told`, `A was told by B that`, `put it to her that`."""

from claims.pipeline.complement import any_finite
from claims.pipeline.cues import REPORTED_PASSIVES
from claims.pipeline.frames import Frame, leading_np
from claims.pipeline.lexicon import BE_FORMS
from claims.pipeline.nested import taken_apart
from claims.pipeline.parts import Part, comma_before, trim

HEARERS = frozenset({
    "court", "jury", "jurors", "inquest", "inquiry", "tribunal", "hearing", "committee", "trial", "panel", "judge",
    "magistrates", "councillors", "parliament", "mps", "meeting",
})  # fmt: skip


_AUXILIARY = BE_FORMS | {"has", "had"}


def heard_at_the_end(frame: Frame, low: int, index: int, high: int) -> int | None:
    """The comma before `, Lyle Crown Court was told` or `, a jury has heard`, or None."""
    word = frame.items[index].lower
    is_passive = word == "told" and frame.items[index - 1].lower in BE_FORMS
    if word != "heard" and not is_passive:
        return None
    comma = comma_before(frame, low, index)
    if comma is None or high - index > 5 or not any_finite(frame, low, comma):
        return None
    return comma if {item.lower for item in frame.items[comma:index]} & HEARERS else None


def is_passive_report(frame: Frame, index: int, high: int) -> bool:
    """Whether `it is alleged`, `it has been claimed` stands at `index`."""
    words = [item.lower for item in frame.items[index + 1 : index + 4]]
    if not words or words[0] not in _AUXILIARY:
        return False
    return any(word in REPORTED_PASSIVES for word in words[1:]) and high - index <= 7


def passive_opening(frame: Frame, low: int, index: int, high: int) -> int | None:
    """Content start after `It is alleged that`, `The court was told that`, or None."""
    items = frame.items
    word = items[index].lower
    if index - low > 8 or index + 2 >= high or word not in REPORTED_PASSIVES:
        return None
    before = items[index - 1].lower if index > low else ""
    if before not in BE_FORMS:
        return None
    subject = [item.lower for item in items[low:index]]
    follows_that = items[index + 1].lower == "that"
    if "it" in subject and follows_that:
        return index + 2
    if word == "told" and HEARERS & set(subject):
        return index + 2 if follows_that else index + 1
    return None


def told_by(frame: Frame, low: int, index: int, high: int) -> list[Part] | None:
    """`A was told by B that CLAUSE` belongs to B."""
    items = frame.items
    if items[index].lower not in {"told", "informed", "warned", "advised", "assured"} or index <= low:
        return None
    if items[index - 1].lower not in BE_FORMS or index + 1 >= high:
        return None
    source = doer(frame, index, min(high, index + 6), high)
    if source is None or source[1] + 2 >= high or items[source[1]].lower != "that":
        return None
    return taken_apart(frame, Part(*trim(frame, source[1] + 1, high), source, index))


def doer(frame: Frame, low: int, reach: int, high: int | None = None) -> tuple[int, int] | None:
    """Who stands behind the first `by` in reach (`it was claimed on Friday by Ann Lee`)."""
    for index in range(low + 1, reach):
        if frame.items[index].lower == "by":
            return leading_np(frame, index + 1, reach if high is None else high)
        if frame.items[index].lower in {",", ";", ":", "that"}:
            return None
    return None


def put_to(frame: Frame, index: int, high: int) -> int | None:
    """Content start after `put it to her that`."""
    if frame.items[index].lower != "put":
        return None
    words = [item.lower for item in frame.items[index : min(high, index + 9)]]
    if words[:3] != ["put", "it", "to"] or "that" not in words:
        return None
    return index + words.index("that") + 1
