"""Reported speech without quotation marks: who is said to have said which clause.

A frame is cut into parts. A part is either said by somebody (its source is an
item range of the frame, or None for "it is alleged") or is the article's own.
"""

from dataclasses import dataclass, replace

from claims.pipeline.cues import (
    CUE_FORMS,
    PARTICIPLE_CUES,
    REPORTED_PASSIVES,
    VENUE_NOUNS,
    Cue,
)
from claims.pipeline.frames import QUOTE, Frame, is_cue, leading_np, subject_after, subject_before
from claims.pipeline.lexicon import (
    ADVERBS,
    BE_FORMS,
    DETERMINERS,
    HAVE_FORMS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
)

_MARKS = frozenset({",", ";", ":", ".", "–", "—", "-", "…"})
_HEARERS = frozenset({
    "court", "jury", "jurors", "inquest", "inquiry", "tribunal", "hearing", "committee", "trial", "panel", "judge",
    "magistrates", "councillors", "parliament", "mps", "meeting",
})  # fmt: skip
_INDIRECT_QUESTION = frozenset({"how", "why", "whether", "what", "who", "where", "which"})
_NO_CONTENT = frozenset({"to", "of", "so", "yes", "anything", "against"})
_ALSO_NOUNS = frozenset(
    {"estimates", "forecasts", "reports", "claims", "comments", "charges", "posts", "notes", "shows", "states"}
)
_REACH = 16


@dataclass(frozen=True, slots=True)
class Part:
    """Items `[low, high)` of a frame; `source` an item range, `cue` None for the article's voice."""

    low: int
    high: int
    source: tuple[int, int] | None = None
    cue: int | None = None

    @property
    def is_said(self) -> bool:
        """Whether somebody else is held to say it."""
        return self.cue is not None


def find_parts(frame: Frame, low: int, high: int) -> list[Part]:
    """The parts of items `[low, high)`, in order of finding; never empty for a non-empty range."""
    low, high = trim(frame, low, high)
    if low >= high:
        return []
    for rule in (_according_to, _closing_frame, _relative_frame, _opening_frame, _participle_frame):
        parts = rule(frame, low, high)
        if parts:
            return [part for part in parts if part.low < part.high]
    return [Part(low, high)]


def trim(frame: Frame, low: int, high: int) -> tuple[int, int]:
    """The range without marks at its ends."""
    items = frame.items
    while low < high and items[low].lower in _MARKS:
        low += 1
    while high > low and items[high - 1].lower in _MARKS | {"!", "?"}:
        high -= 1
    return low, high


def _has_finite(frame: Frame, low: int, high: int) -> bool:
    return any(frame.finite[low:high])


def _according_to(frame: Frame, low: int, high: int) -> list[Part]:
    """`According to X, CLAUSE` and `CLAUSE, according to X`."""
    items = frame.items
    for index in range(low, high - 2):
        if items[index].lower != "according" or items[index + 1].lower != "to":
            continue
        source = leading_np(frame, index + 2, high)
        if source is None:
            return []
        end = source[1]
        comma = _next_comma(frame, end, high)
        if index <= low + 1:
            if comma is None:
                return []
            return _nested(frame, Part(*trim(frame, comma + 1, high), source, index))
        parts = [Part(*trim(frame, low, index), source, index)]
        if comma is not None and _has_finite(frame, comma, high):
            if not _has_finite(frame, low, index):
                return [Part(low, high, source, index)]
            rest = trim(frame, comma + 1, high)
            says = rest[0] + 1
            is_relative = items[rest[0]].lower in {"which", "who"} and is_cue(frame, says)
            start = _complement(frame, says, high) if is_relative else None
            if start is not None:
                parts.append(Part(*trim(frame, start, high), source, says))
            else:
                parts.append(Part(*rest))
        return parts
    return []


def _next_comma(frame: Frame, low: int, high: int) -> int | None:
    return next((index for index in range(low, high) if frame.items[index].lower in {",", ";", "–", "—"}), None)


def _closing_frame(frame: Frame, low: int, high: int) -> list[Part]:
    """`CLAUSE, police said.`, `CLAUSE, said X, who ...`, `The data, he said, had ...`."""
    items = frame.items
    for index in range(high - 1, low + 1, -1):
        if items[index].lower == "it" and items[index - 1].lower == "," and _is_passive_report(frame, index, high):
            return [Part(*trim(frame, low, index - 1), None, index)]
        if not is_cue(frame, index) or CUE_FORMS[items[index].lower] is Cue.VOICE:
            continue
        if items[index - 1].lower in {",", "–", "—"}:
            source = subject_after(frame, index + 1, high)
            if source and not _has_finite(frame, low, index - 1) and _resumes(frame, source[1], high):
                return [Part(low, high, source, index)]
            if source and _has_finite(frame, low, index - 1) and not _complement(frame, index, high):
                return _before_and_after(frame, low, index - 1, high, source, index, is_inverted=True)
            apposed = _apposed_frame(frame, low, index, high)
            if apposed is not None:
                return apposed
            continue
        comma = _comma_before(frame, low, index)
        if items[index].lower in _ALSO_NOUNS and (_next_comma(frame, index, high) is not None):
            continue
        if comma is None or items[comma + 1].lower in {"who", "which", "that"}:
            continue
        source = subject_before(frame, comma + 1, index)
        allowed = comma + 2 if items[comma + 1].lower in {"and", "but", "as"} else comma + 1
        if source is None or source[0] > allowed or not _may_speak(frame, source, index):
            continue
        tail = _next_comma(frame, index + 1, high) or high
        if _has_finite(frame, index + 1, tail) or any(items[i].lower in {"that", QUOTE} for i in range(index, tail)):
            continue
        if tail - index > 10 or (items[index + 1].lower in _NO_CONTENT if index + 1 < tail else False):
            continue
        if tail > index + 1 and not _is_modifier_start(frame, index + 1):
            continue
        if not _has_finite(frame, low, comma) and tail >= high:
            continue
        return _before_and_after(frame, low, comma, high, source, index, is_inverted=False, tail=tail)
    return []


def _resumes(frame: Frame, low: int, high: int) -> bool:
    """Whether a verb follows the comma that ends `, said X, `."""
    return low + 1 < high and frame.items[low].lower == "," and frame.finite[low + 1]


def _apposed_frame(frame: Frame, low: int, cue: int, high: int) -> list[Part] | None:
    """`CLAUSE, the hospital's director, Dr Grace Achieng, said by phone`."""
    first: int | None = None
    for index in range(cue - 2, low, -1):
        if frame.finite[index]:
            break
        if frame.items[index].lower == ",":
            first = index
    if first is None or not _has_finite(frame, low, first):
        return None
    tail = _next_comma(frame, cue + 1, high) or high
    if _has_finite(frame, cue + 1, tail) or any(frame.items[i].lower in {"that", QUOTE} for i in range(cue, tail)):
        return None
    source = subject_before(frame, first + 1, cue)
    if source is None or not _may_speak(frame, source, cue):
        return None
    return _before_and_after(frame, low, first, high, source, cue, is_inverted=False, tail=tail)


def _is_modifier_start(frame: Frame, index: int) -> bool:
    """Whether what follows a verb of saying only says when, where, or to whom."""
    word = frame.items[index].lower
    if CUE_FORMS[frame.items[index - 1].lower] is Cue.TELL or word in {"this", "last"}:
        return True
    return word in PREPOSITIONS or word in TIME_WORDS or word in ADVERBS


def _before_and_after(
    frame: Frame, low: int, comma: int, high: int, source: tuple[int, int], cue: int, *,
    is_inverted: bool, tail: int | None = None,
) -> list[Part]:  # fmt: skip
    """The clause before the frame is said; a clause after it is the article's own."""
    if not _has_finite(frame, low, comma):
        return [Part(low, high, source, cue)]
    parts = [Part(*trim(frame, low, comma), source, cue)]
    if not is_inverted and tail is not None and tail < high and _has_finite(frame, tail, high):
        follows = trim(frame, tail, high)
        if frame.items[follows[0]].lower in {"because", "that", "and", "but", "so"}:
            parts.append(Part(*follows, source, cue))
        elif frame.items[follows[0]].lower in {"who", "which", "adding", "saying", "citing"}:
            parts.extend(_trailing_participle(frame, Part(follows[0], high, source, cue))[1:])
        else:
            parts.append(Part(*follows))
    return parts


def _comma_before(frame: Frame, low: int, cue: int) -> int | None:
    """The nearest comma, dash or semicolon left of a verb of saying (at most twelve items away)."""
    for index in range(cue - 2, max(low, cue - 13), -1):
        if frame.items[index].lower in {",", "–", "—", ";"}:
            return index
    return None


def _is_passive_report(frame: Frame, index: int, high: int) -> bool:
    """Whether `it is alleged`, `it has been claimed` stands at `index`."""
    words = [item.lower for item in frame.items[index + 1 : index + 4]]
    if not words or words[0] not in BE_FORMS | {"has", "had"}:
        return False
    return any(word in REPORTED_PASSIVES for word in words[1:]) and high - index <= 7


def _relative_frame(frame: Frame, low: int, high: int) -> list[Part]:
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
        start = _complement(frame, cue, high)
        comma = _next_comma(frame, cue, high)
        source = subject_before(frame, low, cue)
        if start is None or comma is None or source is None or not _has_finite(frame, comma, high):
            continue
        return [Part(*trim(frame, start, comma), source, cue), Part(*trim(frame, comma + 1, high))]
    return []


def _opening_frame(frame: Frame, low: int, high: int) -> list[Part]:
    """`X said (that) CLAUSE`, with what stands before X and after the clause."""
    items = frame.items
    for index in range(low, high - 1):
        passive = _passive_opening(frame, low, index, high)
        if passive is not None:
            return _nested(frame, Part(*trim(frame, passive, high), None, index))
        put = _put_to(frame, index, high)
        if put is not None:
            return _nested(frame, Part(*trim(frame, put, high), subject_before(frame, low, index), index))
        if not is_cue(frame, index):
            continue
        start = _complement(frame, index, high)
        if start is None or start >= high:
            continue
        source = subject_before(frame, low, index)
        if source is None and index - low > 1:
            continue
        if source is not None and not _may_speak(frame, source, index):
            continue
        if CUE_FORMS[items[index].lower] is Cue.HEAR:
            source = None
        parts: list[Part] = []
        begin = source[0] if source is not None else low
        if begin - low > 4 and frame.items[begin - 1].lower in {"and", "but", ";", "while"}:
            before = trim(frame, low, begin - 1)
            if _has_finite(frame, *before):
                parts.append(Part(*before))
        elif source is not None and _is_coordinated(frame, low, index, source):
            before = trim(frame, low, _coordinator(frame, source[1], index))
            if _has_finite(frame, source[1], before[1]):
                parts.append(Part(*before))
        return [*parts, *_nested(frame, Part(*trim(frame, start, high), source, index))]
    return []


def _is_coordinated(frame: Frame, low: int, cue: int, source: tuple[int, int]) -> bool:
    """Whether the verb shares its subject with an earlier verb (`cut his rating and pointed out`)."""
    return _coordinator(frame, source[1], cue) > source[1]


def _coordinator(frame: Frame, low: int, cue: int) -> int:
    """Where the `and` or `but` right before the verb stands (`low` when there is none)."""
    for index in range(cue - 1, max(low, cue - 4), -1):
        if frame.items[index].lower in {"and", "but"}:
            return index
    return low


def _passive_opening(frame: Frame, low: int, index: int, high: int) -> int | None:
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
    if word == "told" and _HEARERS & set(subject):
        return index + 2 if follows_that else index + 1
    return None


def _participle_frame(frame: Frame, low: int, high: int) -> list[Part]:
    """`X sued Y in March, alleging that it ...`: the article's clause, then X's."""
    items = frame.items
    for index in range(low + 3, high - 3):
        if items[index].lower not in PARTICIPLE_CUES or items[index - 1].lower not in {",", "–", "—"}:
            continue
        start = _complement(frame, index, high)
        source = leading_np(frame, low, index - 1)
        if start is not None and source is not None and _has_finite(frame, low, index - 1):
            said = Part(*trim(frame, start, high), source, index)
            return [Part(*trim(frame, low, index - 1)), *_nested(frame, said)]
    return []


def _put_to(frame: Frame, index: int, high: int) -> int | None:
    """Content start after `put it to her that`."""
    words = [item.lower for item in frame.items[index : min(high, index + 9)]]
    if words[:3] != ["put", "it", "to"] or "that" not in words:
        return None
    return index + words.index("that") + 1


def _may_speak(frame: Frame, source: tuple[int, int], cue: int) -> bool:
    """Whether a subject can be the source for this verb (findings need a document, hearing a court)."""
    words = {item.lower for item in frame.items[source[0] : source[1]]}
    if words <= TIME_WORDS | DETERMINERS | {"there", "an", "one"}:
        return words <= {"this", "that"} and bool(words)
    kind = CUE_FORMS[frame.items[cue].lower]
    if kind is Cue.HEAR:
        return bool(words & _HEARERS)
    if words & {"i", "we", "you"}:
        return False
    if frame.items[cue].lower in {"show", "shows", "showed", "suggest", "suggests", "suggested", "indicate", "indicates",
                                  "indicated", "report", "point", "points", "pointed"}:  # fmt: skip
        return True
    return not words <= {"it", "this", "that", "there"} or kind in {Cue.SAY, Cue.CLAUSE, Cue.FIND}


def _complement(frame: Frame, cue: int, high: int) -> int | None:
    """Item where the reported clause starts, or None when the verb takes none."""
    items = frame.items
    kind = CUE_FORMS[items[cue].lower]
    start = cue + 1
    if start >= high:
        return None
    that = _that_after(frame, cue, high, kind)
    if that is not None:
        return that + 1
    if kind in {Cue.VOICE, Cue.HEAR} and not (kind is Cue.HEAR and _has_finite(frame, start, start + 8)):
        return None
    if items[start].lower in {"out"}:
        return None
    if kind is Cue.TELL:
        start = _after_recipient(frame, start, high)
    elif items[start].lower in {"him", "them", "me", "us"}:
        return None
    start = _after_modifiers(frame, start, high)
    if start >= high or items[start].lower in _NO_CONTENT | _INDIRECT_QUESTION or items[start].lower == QUOTE:
        return None
    if kind is Cue.SAY:
        return start if _has_finite(frame, start, min(high, start + 40)) and items[start].lower != "," else None
    return start if _opens_clause(frame, start, high) else None


def _that_after(frame: Frame, cue: int, high: int, kind: Cue) -> int | None:
    """A `that` which opens the reported clause, within reach of the verb."""
    items = frame.items
    for index in range(cue + 1, min(high, cue + _REACH)):
        word = items[index].lower
        if word == "that":
            first = items[cue + 1].lower
            is_near = (
                index == cue + 1
                or kind is Cue.TELL
                or first in PREPOSITIONS | TIME_WORDS | ADVERBS | {"out", "to", "it", ","}
                or first.endswith("ly")
            )
            follows = items[index + 1].lower if index + 1 < high else ""
            return index if is_near and follows not in {"of", ",", ""} and not frame.finite[index + 1] else None
        if frame.finite[index] or word in {";", ":", QUOTE}:
            return None
    return None


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
        items[index].lower in DETERMINERS | SUBJECT_PRONOUNS | TIME_WORDS | {",", "on", "in", "at"}
        or items[index].is_capitalised
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
        if word not in {"on", "in", "at", "during", "via", "through", "after", "before", "to", "by", "from", "with"}:
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
        if is_end and nextword not in TIME_WORDS and nextword not in VENUE_NOUNS and not nextword[:1].isdigit():
            return index + 1
        if word == ",":
            return index
    if items[start + 1].is_capitalised if start + 1 < high else False:
        return start + 2
    return None


def _opens_clause(frame: Frame, start: int, high: int) -> bool:
    """Whether a subject and a finite verb follow without a mark or conjunction between."""
    items = frame.items
    if items[start].lower in PREPOSITIONS | SUBORDINATORS or frame.finite[start]:
        return False
    for index in range(start, min(high, start + 14)):
        word = items[index].lower
        if frame.finite[index] and index > start:
            return True
        if word in {",", ";", ":", QUOTE} or (word in SUBORDINATORS and index > start):
            return False
    return False


def _nested(frame: Frame, part: Part) -> list[Part]:
    """A said part, with speech inside it, and what follows it, taken apart."""
    inner = _chained(frame, part)
    return [piece for item in _trailing_participle(frame, inner) for piece in _second_verb(frame, item)]


def _chained(frame: Frame, part: Part) -> Part:
    """`officials told the paper that X had said Y` -> Y said by X."""
    for index in range(part.low + 1, min(part.high - 2, part.low + 12)):
        if not is_cue(frame, index) or CUE_FORMS[frame.items[index].lower] not in {Cue.SAY, Cue.CLAUSE}:
            continue
        start = _complement(frame, index, part.high)
        source = subject_before(frame, part.low, index)
        first = frame.items[part.low].lower
        if source is not None and any(
            frame.finite[place] and frame.items[place].lower not in HAVE_FORMS for place in range(source[1], index)
        ):
            return part
        is_apposed = (
            source is not None
            and frame.items[source[0] - 1].lower == ","
            and not _has_finite(frame, part.low, source[0])
        )
        if (
            start is None
            or source is None
            or (source[0] > part.low + 1 and not is_apposed)
            or first in SUBORDINATORS | PREPOSITIONS
        ):
            return part
        if frame.items[source[0]].lower in {"he", "she", "it", "they", "i", "we"}:
            return part
        return Part(*trim(frame, start, part.high), source, index)
    return part


def _trailing_participle(frame: Frame, part: Part) -> list[Part]:
    """`..., adding that Z` -> a second said part with the same source."""
    items = frame.items
    for index in range(part.low, part.high - 3):
        opens = items[index].lower in PARTICIPLE_CUES and (
            index == part.low or items[index - 1].lower in {",", "–", "—", "while"}
        )
        if not opens:
            continue
        start = _complement(frame, index, part.high)
        head = Part(*trim(frame, part.low, max(part.low, index - 1)), part.source, part.cue)
        if start is None:
            return [replace(part, high=head.high)] if head.high > head.low else [part]
        return [head, Part(*trim(frame, start, part.high), part.source, index)]
    return [part]


def _second_verb(frame: Frame, part: Part) -> list[Part]:
    """`said A and accused B of C` -> A said; the rest is the article's own or said too."""
    items = frame.items
    for index in range(part.low + 3, part.high - 2):
        if items[index - 1].lower not in {"and", "but"} or not is_second_cue(frame, index):
            continue
        head = Part(*trim(frame, part.low, index - 1), part.source, part.cue)
        if not _has_finite(frame, head.low, head.high):
            continue
        start = _complement(frame, index, part.high) if items[index].lower in CUE_FORMS else None
        if start is not None:
            return [head, *_second_verb(frame, Part(*trim(frame, start, part.high), part.source, index))]
        return [head, Part(index, part.high)]
    return [part]


_SECOND = frozenset({
    "accused", "blamed", "called", "urged", "vowed", "pledged", "promised", "demanded", "denied", "rejected", "refused",
    "praised", "criticised", "criticized", "warned", "thanked", "apologised", "apologized", "asked", "declined",
    "insisted", "appealed", "described", "condemned", "dismissed",
})  # fmt: skip


def is_second_cue(frame: Frame, index: int) -> bool:
    """Whether the verb after `and` takes up the speaker again rather than the reported subject."""
    word = frame.items[index].lower
    if word in _SECOND:
        return frame.items[index - 2].lower not in BE_FORMS
    return is_cue(frame, index) and CUE_FORMS[word] in {Cue.SAY, Cue.CLAUSE} and word in {
        "said", "says", "added", "adds", "noted", "argued", "stressed", "claimed", "pointed", "predicted", "blamed",
    }  # fmt: skip
