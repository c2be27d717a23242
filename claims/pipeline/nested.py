"""Speech inside and behind speech: chains, `, adding that ...`, `said A and accused B`."""

from claims.pipeline.complement import any_finite, complement
from claims.pipeline.cues import (
    CUE_FORMS,
    PARTICIPLE_CUES,
    Cue,
)
from claims.pipeline.frames import Frame, subject_before
from claims.pipeline.lexicon import (
    ADVERBS,
    BE_FORMS,
    HAVE_FORMS,
    IRREGULAR_PAST,
    PREPOSITIONS,
    SUBORDINATORS,
)
from claims.pipeline.parts import Part, next_comma, trim
from claims.pipeline.verbs import is_cue

_TURNS = frozenset({"while", "whereas", "but", "and", "although", "though"})
_SECOND = frozenset({
    "accused", "blamed", "called", "urged", "vowed", "pledged", "promised", "demanded", "denied", "rejected", "refused",
    "praised", "criticised", "criticized", "warned", "thanked", "apologised", "apologized", "asked", "declined",
    "insisted", "appealed", "described", "condemned", "dismissed",
})  # fmt: skip


_SAYING = frozenset({Cue.SAY, Cue.CLAUSE, Cue.TELL, Cue.FIND})
_NO_SUBJECT = SUBORDINATORS | PREPOSITIONS


def taken_apart(frame: Frame, part: Part) -> list[Part]:
    """A said part, with speech inside it, and what follows it, taken apart."""
    for index in range(part.low + 2, part.high - 4):
        found = _second_frame(frame, part, index)
        if found is not None:
            return [*taken_apart(frame, Part(*trim(frame, part.low, index), part.source, part.cue)), *found]
    inner = _chained(frame, part)
    return [piece for item in trailing_participle(frame, inner) for piece in _second_verb(frame, item)]


def _second_frame(frame: Frame, part: Part, index: int) -> list[Part] | None:
    """`..., while his predecessor, Kari Vik, said it cost 6bn`: another source for the rest."""
    items = frame.items
    opens = items[index].text == ";" or (items[index].text == "," and items[index + 1].lower in _TURNS)
    if not opens or not any_finite(frame, part.low, index):
        return None
    begin = index + 1 + (items[index + 1].lower in _TURNS)
    for cue in range(begin + 1, min(begin + 12, part.high - 2)):
        if not is_cue(frame, cue) or CUE_FORMS[items[cue].lower] not in _SAYING:
            continue
        start = complement(frame, cue, part.high)
        source = subject_before(frame, begin, cue)
        if source is None:
            return None
        is_own = items[source[0]].is_capitalised or items[source[0]].lower in {"the", "his", "her", "its"}
        if not is_own and source[0] != begin:
            return None
        if start is None:
            is_plain = CUE_FORMS[items[cue].lower] is Cue.SAY and items[cue + 1].is_capitalised
            start = cue + 1 if is_plain else None
        return taken_apart(frame, Part(*trim(frame, start, part.high), source, cue)) if start is not None else None
    return None


def _chained(frame: Frame, part: Part) -> Part:
    """`officials told the paper that X had said Y` -> Y said by X."""
    for index in range(part.low + 1, min(part.high - 2, part.low + 12)):
        if not is_cue(frame, index) or CUE_FORMS[frame.items[index].lower] not in {Cue.SAY, Cue.CLAUSE}:
            continue
        start = complement(frame, index, part.high)
        source = subject_before(frame, part.low, index)
        first = frame.items[part.low].lower
        if source is not None and any(
            frame.finite[place] and frame.items[place].lower not in HAVE_FORMS for place in range(source[1], index)
        ):
            return part
        is_apposed = (
            source is not None
            and frame.items[source[0] - 1].lower == ","
            and not any_finite(frame, part.low, source[0])
        )
        if start is None or source is None or (source[0] > part.low + 1 and not is_apposed) or first in _NO_SUBJECT:
            return part
        if frame.items[source[0]].lower in {"he", "she", "it", "they", "i", "we"}:
            return part
        return Part(*trim(frame, start, part.high), source, index)
    return part


def trailing_participle(frame: Frame, part: Part) -> list[Part]:
    """`..., adding that Z` -> a second said part with the same source."""
    items = frame.items
    for index in range(part.low, part.high - 3):
        opens = items[index].lower in PARTICIPLE_CUES and (
            index == part.low or items[index - 1].lower in {",", "–", "—", "while", "before"}
        )
        if not opens:
            continue
        start = complement(frame, index, part.high)
        head = Part(*trim(frame, part.low, max(part.low, index - 1)), part.source, part.cue)
        if start is None:
            return [part._replace(high=head.high)] if head.high > head.low else [part]
        return [head, Part(*trim(frame, start, part.high), part.source, index)]
    return [part]


def _second_verb(frame: Frame, part: Part) -> list[Part]:
    """`said A and accused B of C` -> A said; the rest is the article's own or said too."""
    items = frame.items
    for index in range(part.low + 3, part.high - 2):
        if items[index - 1].lower not in {"and", "but"} or not is_second_cue(frame, index):
            continue
        head = Part(*trim(frame, part.low, index - 1), part.source, part.cue)
        if not any_finite(frame, head.low, head.high):
            continue
        start = complement(frame, index, part.high) if items[index].lower in CUE_FORMS else None
        if start is not None:
            return [head, *_second_verb(frame, Part(*trim(frame, start, part.high), part.source, index))]
        return [head, Part(index, part.high)]
    return [part]


def is_second_cue(frame: Frame, index: int) -> bool:
    """Whether the verb after `and` takes up the speaker again rather than the reported subject."""
    word = frame.items[index].lower
    if word in _SECOND:
        return frame.items[index - 2].lower not in BE_FORMS
    return is_cue(frame, index) and CUE_FORMS[word] in {Cue.SAY, Cue.CLAUSE} and word in {
        "said", "says", "added", "adds", "noted", "argued", "stressed", "claimed", "pointed", "predicted", "blamed",
    }  # fmt: skip


def relative_frame(frame: Frame, low: int, high: int) -> list[Part]:
    """`The group, which says it has 2,300 members, handed over a petition.`"""
    items = frame.items
    for index in range(low + 2, high - 2):
        if items[index].lower not in {"which", "who"} or items[index - 1].lower not in {",", "–", "—"}:
            continue
        cue = index + 1
        while cue < high - 1 and (items[cue].lower in ADVERBS or items[cue].lower in {"has", "had", "have"}):
            cue += 1
        if not is_cue(frame, cue):
            continue
        start = complement(frame, cue, high)
        comma = next_comma(frame, cue, high)
        source = subject_before(frame, low, cue)
        if start is None or comma is None or source is None or comma + 1 >= high:
            continue
        resumes = items[comma + 1].lower
        if not any_finite(frame, comma, high) and not resumes.endswith("ed") and resumes not in IRREGULAR_PAST:
            continue
        return [Part(*trim(frame, start, comma), source, cue), Part(*trim(frame, comma + 1, high))]
    return []
