"""Where the reported clause starts after a verb of saying, or that there is none."""

from claims.pipeline.cues import (
    CUE_FORMS,
    VENUE_NOUNS,
    Cue,
)
from claims.pipeline.frames import QUOTE, Frame
from claims.pipeline.lexicon import (
    ADVERBS,
    DETERMINERS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    WEEKDAYS,
    words,
)

_INDIRECT_QUESTION = frozenset({"how", "why", "whether", "what", "who", "where", "which"})


_NEGATING = frozenset(
    {"deny", "denies", "denied", "denying", "doubt", "doubts", "doubted", "dispute", "disputed", "disputes"}
)
"""Verbs that turn their clause round: it is not what the source holds."""

NO_CONTENT = frozenset({"to", "of", "so", "yes", "anything", "against"})


_REACH = 16


_NOT_A_CLAUSE = NO_CONTENT | _INDIRECT_QUESTION
_STEPPED_OVER = PREPOSITIONS | TIME_WORDS | ADVERBS | {"out", "back", "to", "it", ","}
_AFTER_RECIPIENT = DETERMINERS | SUBJECT_PRONOUNS | TIME_WORDS | {",", "on", "in", "at"}
_PLACING = frozenset({"on", "in", "at", "during", "via", "through", "after", "before", "to", "by", "from", "with"})
_NO_SUBJECT = PREPOSITIONS | SUBORDINATORS

_MADE_PUBLIC = words("published broadcast aired conducted recorded released posted held issued dated sent signed seen")
"""Participles behind an interview or a letter, which pass for verbs."""


def complement(frame: Frame, cue: int, high: int) -> int | None:
    """Item where the reported clause starts, or None when the verb takes none."""
    items = frame.items
    kind = CUE_FORMS[items[cue].lower]
    start = cue + 1
    if start >= high or items[cue].lower in _NEGATING:
        return None
    that = _that_after(frame, cue, high, kind)
    if that is not None:
        return that + 1
    if items[start].lower == "that" and (start + 1 >= high or items[start + 1].lower in {",", "though", "but", "and"}):
        return None
    if kind is Cue.HEAR and items[start].lower in {"from", "about", "evidence", "testimony"}:
        return None
    if kind in {Cue.VOICE, Cue.HEAR} and not (kind is Cue.HEAR and any_finite(frame, start, start + 8)):
        return None
    if items[start].lower in {"out"}:
        return None
    if kind is Cue.TELL:
        start = _after_recipient(frame, start, high)
    elif items[start].lower in {"him", "them", "me", "us"}:
        return None
    start = _after_modifiers(frame, start, high)
    if start >= high or items[start].lower in _NOT_A_CLAUSE or items[start].lower == QUOTE:
        return None
    if kind is Cue.SAY:
        stop = _turn(frame, start, min(high, start + 40))
        return start if any_finite(frame, start, stop) and items[start].lower != "," else None
    return start if opens_clause(frame, start, high) else None


def _turn(frame: Frame, start: int, high: int) -> int:
    """Where `, while Bob Reed says` turns to somebody else (`high` when nothing does)."""
    items = frame.items
    return next(
        (at for at in range(start, high - 1) if items[at].text == "," and items[at + 1].lower in {"while", "whereas"}),
        high,
    )


def _that_after(frame: Frame, cue: int, high: int, kind: Cue) -> int | None:
    """A `that` which opens the reported clause, within reach of the verb."""
    items = frame.items
    for index in range(cue + 1, min(high, cue + _REACH)):
        word = items[index].lower
        if word == "that":
            first = items[cue + 1].lower
            is_near = index == cue + 1 or kind is Cue.TELL or first in _STEPPED_OVER or first.endswith("ly")
            follows = items[index + 1].lower if index + 1 < high else ""
            if is_near and follows == "," and _turns_aside(frame, index + 1, high):
                return index + 1
            return index if is_near and follows not in {"of", ",", ""} and not frame.finite[index + 1] else None
        if frame.finite[index] or word in {";", ":", QUOTE}:
            return None
    return None


def _turns_aside(frame: Frame, comma: int, high: int) -> bool:
    """Whether `said that, while crime fell, robberies rose` goes on behind the comma."""
    items = frame.items
    is_aside = items[comma + 1].lower in _NO_SUBJECT if comma + 1 < high else False
    closing = next((place for place in range(comma + 2, high) if items[place].text == ","), None)
    return is_aside and closing is not None and any_finite(frame, closing, high)


def _after_recipient(frame: Frame, start: int, high: int) -> int:
    """Step over whom somebody told: `reporters`, `the BBC`, `a news conference in Lissen`."""
    items = frame.items
    if items[start].lower in {"me", "him", "her", "us", "them", "you"}:
        return start + 1
    index = start + 1 if items[start].lower in DETERMINERS else start
    index += 1
    while index < high and (items[index - 1].is_capitalised and items[index].is_capitalised):
        index += 1
    while index < high and not (
        items[index].lower in _AFTER_RECIPIENT
        or items[index].is_capitalised
        or items[index].text[0].isdigit()
        or frame.finite[index]
    ):
        index += 1
    return index


def _after_modifiers(frame: Frame, start: int, high: int) -> int:
    """Step over `on Friday`, `in a statement`, `last night`, `at a rally in Ohio`."""
    items = frame.items
    for _ in range(4):
        if start >= high:
            return start
        word = items[start].lower
        if word in ADVERBS or (word in TIME_WORDS and word not in {"last", "next", "may"}):
            start += 1
            continue
        if word in {"last", "this", "earlier", "late"} and start + 1 < high and items[start + 1].lower in TIME_WORDS:
            start += 2
            continue
        if word not in _PLACING or (start + 1 < high and items[start + 1].lower in {"least", "most", "first", "all"}):
            return start
        end = _phrase_end(frame, start, high)
        if end is None:
            return start
        start = end
        if start < high and items[start].lower == ",":
            return start + 1
    return start


def _phrase_end(frame: Frame, start: int, high: int) -> int | None:
    """Where a phrase of time or place ends that begins with a preposition."""
    items = frame.items
    for index in range(start + 1, min(high, start + 7)):
        word = items[index].lower
        if frame.finite[index]:
            return None
        is_end = word in TIME_WORDS or word in VENUE_NOUNS or word[0].isdigit()
        nextword = items[index + 1].lower if index + 1 < high else ""
        is_dated = nextword[:1].isdigit() and word not in WEEKDAYS
        if is_end and nextword not in TIME_WORDS and nextword not in VENUE_NOUNS and not is_dated:
            return index + 1
        if word == ",":
            return index
    if items[start + 1].is_capitalised if start + 1 < high else False:
        return start + 2
    return None


def opens_clause(frame: Frame, start: int, high: int) -> bool:
    """Whether a subject and a finite verb follow without a mark or conjunction between."""
    items = frame.items
    if items[start].lower in _NO_SUBJECT or frame.finite[start]:
        return False
    for index in range(start, min(high, start + 14)):
        word = items[index].lower
        if frame.finite[index] and index > start:
            return items[index - 1].lower not in {"and", "but"}
        if word in {",", ";", ":", QUOTE} or (word in SUBORDINATORS and index > start):
            return False
    return False


def says_more(frame: Frame, cue: int, tail: int) -> bool:
    """Whether a verb follows the verb of saying; `in an interview published on Monday` is none."""
    return any(frame.finite[place] and frame.items[place].lower not in _MADE_PUBLIC for place in range(cue + 1, tail))


def any_finite(frame: Frame, low: int, high: int) -> bool:
    """Whether a finite verb stands among the words [low, high)."""
    return any(frame.finite[low:high])
