"""Reports in several words: `went on to say that`, `made it clear that`, `In her view,`, `As she put it,`."""

from claims.pipeline.complement import any_finite
from claims.pipeline.frames import QUOTE, Frame, subject_before
from claims.pipeline.lexicon import BE_FORMS, words
from claims.pipeline.nested import taken_apart
from claims.pipeline.parts import Part, next_comma, trim

_LEADING = words(
    "went goes go took takes used uses likes liked continued continues began begins came comes tried tries rushed "
    "hastened wants wanted chose moved stepped spoke stood wrote"
)
"""Finite verbs that lead up to `to say`."""

_KEEPING = words("keeps kept began started continued heard filmed recorded caught seen")
_BASES = words(
    "say claim argue add announce warn insist stress explain suggest allege declare complain boast note admit"
)
_PLAIN = frozenset({"say", "saying", "claim", "claiming", "insist", "insisting"})
_PARTICIPLES = words("saying claiming arguing warning insisting suggesting alleging stressing complaining boasting")
_STOPS = frozenset({",", ";", ":", "–", "—", QUOTE, "not", "never", "who", "which", "that", "refused", "declined"})
_REACH = 10
_SIDES = words("view opinion telling estimation count reckoning estimate account words experience")
_OPENING = frozenset({"in", "by", "to"})
_PUTTING = frozenset({"put", "puts", "sees", "saw", "tells", "told"})


def extended_frame(frame: Frame, low: int, high: int) -> list[Part]:
    """The parts of a sentence whose report stands in several words, or none."""
    return _by_side(frame, low, high) or _as_put(frame, low, high) or _by_phrase(frame, low, high)


def _by_phrase(frame: Frame, low: int, high: int) -> list[Part]:
    """`Ann Lee went on to say that CLAUSE`, `made it clear CLAUSE`, `is warning that CLAUSE`."""
    verb = next((index for index in range(low + 1, min(high, low + 14)) if frame.finite[index]), None)
    source = subject_before(frame, low, verb) if verb is not None else None
    if verb is None or source is None or source[0] > low + 1:
        return []
    end = _end_of_phrase(frame, verb, high)
    if end is None:
        return []
    is_open = frame.items[end - 1].lower in _PLAIN | {"clear", "plain"}
    start = end + 1 if end < high and frame.items[end].lower == "that" else end if is_open else None
    if start is None or start + 1 >= high or not any_finite(frame, start, high):
        return []
    return taken_apart(frame, Part(*trim(frame, start, high), source, end - 1))


def _end_of_phrase(frame: Frame, verb: int, high: int) -> int | None:
    """The item behind the words that report, or None when the verb leads up to none."""
    lowered = [item.lower for item in frame.items[verb : min(high, verb + _REACH)]]
    word = lowered[0]
    if word in {"made", "makes", "make", "making"}:
        step = 2 if lowered[1:2] == ["it"] else 1
        return verb + step + 1 if lowered[step : step + 1] in (["clear"], ["plain"]) else None
    if word == "let" and lowered[1:2] == ["slip"]:
        return verb + 2
    if word in {"would", "could", "will"} and lowered[1:4] == ["say", "only", "that"]:
        return verb + 3
    for step, later in enumerate(lowered[1:], 1):
        if later in _STOPS:
            return None
        is_led = later in _BASES and lowered[step - 1] == "to" and word in _LEADING
        is_be = word in BE_FORMS and (step <= 2 or lowered[step - 1] == "as")
        is_kept = later in _PARTICIPLES and (is_be or not _KEEPING.isdisjoint(lowered[:step]))
        if is_led or is_kept:
            return verb + step + 1
    return None


def _by_side(frame: Frame, low: int, high: int) -> list[Part]:
    """`In Ann Lee's view, CLAUSE` and `By her count, CLAUSE`."""
    items = frame.items
    comma = next_comma(frame, low, min(high, low + 8))
    if items[low].lower not in _OPENING or comma is None or comma - low < 3 or items[comma - 1].lower not in _SIDES:
        return []
    owner = items[comma - 2]
    is_owned = owner.lower in {"his", "her"} or owner.text.endswith(("'s", "’s"))
    if not is_owned or not any_finite(frame, comma, high):
        return []
    return [Part(*trim(frame, comma + 1, high), (low + 1, comma - 1), comma - 1)]


def _as_put(frame: Frame, low: int, high: int) -> list[Part]:
    """`As Ann Lee put it, CLAUSE`."""
    items = frame.items
    comma = next_comma(frame, low, min(high, low + 12))
    if items[low].lower != "as" or comma is None or comma - low < 4 or items[comma - 1].lower != "it":
        return []
    verb = comma - 2
    source = subject_before(frame, low + 1, verb) if items[verb].lower in _PUTTING else None
    if source is None or not any_finite(frame, comma, high):
        return []
    return [Part(*trim(frame, comma + 1, high), source, verb)]
