"""Reported speech without quotation marks: who is said to have said which clause.

A frame is cut into parts. A part is either said by somebody (its source is an
item range of the frame, or None for "it is alleged") or is the article's own.
"""

from claims.pipeline.asides import end_of_aside, is_subject_with_aside
from claims.pipeline.complement import NO_CONTENT, any_finite, complement, opens_clause, says_more
from claims.pipeline.cues import CUE_FORMS, SPEAKING_NOUNS, Cue
from claims.pipeline.extended import extended_frame
from claims.pipeline.findings import find_statement
from claims.pipeline.frames import QUOTE, Frame, apposed_name, leading_np, subject_before
from claims.pipeline.inversions import subject_after
from claims.pipeline.leads import is_role
from claims.pipeline.lexicon import (
    ADVERBS,
    BE_FORMS,
    DETERMINERS,
    PREPOSITIONS,
    TIME_WORDS,
    words,
)
from claims.pipeline.nested import relative_frame, taken_apart, trailing_participle
from claims.pipeline.participles import as_frame, is_relative, only_participles, participle_frame
from claims.pipeline.parts import Part, comma_before, next_comma, next_mark, trim
from claims.pipeline.passives import (
    HEARERS,
    doer,
    heard_at_the_end,
    is_passive_report,
    passive_opening,
    put_to,
    told_by,
)
from claims.pipeline.runs import is_speaking_surname
from claims.pipeline.verbs import is_cue

_SOMEBODY = words("another one some many others several both most all few")
_SUBORDINATE = words("if when once although though while after before because since unless until whenever wherever")
_NO_SPEAKER = TIME_WORDS | DETERMINERS | {"there", "an", "one"}
_CONTRASTING = words("while although though whereas")
_TURNING = _CONTRASTING | {"but", "and"}
_UNFINISHED = BE_FORMS | words(
    "has have had will would could can should must that when but and because if while where which who as so "
    "although though"
)
"""Words that cannot end a clause, so that `It was, said Ann Lee, the worst` is one."""

_TAIL = 20
"""Items that may follow a verb of saying to tell when, where or to whom."""

_PRIVATE = words("thought knew felt")
"""What somebody kept to herself: the article tells it."""

_TESTS = words("scan search x-ray test biopsy footage autopsy screenshot check photograph")
_ALSO_NOUNS = frozenset(
    {"estimates", "forecasts", "reports", "claims", "comments", "charges", "posts", "notes", "shows", "states"}
)


def find_parts(frame: Frame, low: int, high: int) -> list[Part]:
    """The parts of items `[low, high)`, in order of finding; never empty for a non-empty range."""
    low, high = trim(frame, low, high)
    if low >= high:
        return []
    if high - low < 2:
        return [Part(low, high)]
    for rule in (
        _according_to,
        as_frame,
        _closing_frame,
        relative_frame,
        extended_frame,
        _opening_frame,
        participle_frame,
        find_statement,
    ):
        parts = rule(frame, low, high)
        if parts:
            return [part for part in parts if part.low < part.high]
    return [Part(low, high)]


def _according_to(frame: Frame, low: int, high: int) -> list[Part]:
    """`According to X, CLAUSE` and `CLAUSE, according to X`."""
    items = frame.items
    for index in range(low, high - 2):
        if items[index].lower != "according" or items[index + 1].lower != "to":
            continue
        is_person = items[index + 2].lower in {"him", "her"} and (index + 3 >= high or items[index + 3].text == ",")
        source = (index + 2, index + 3) if is_person else leading_np(frame, index + 2, high)
        if source is None:
            return []
        source = apposed_name(frame, source, high)
        turn = _turned_at(frame, low, index)
        if turn is not None:
            return [*find_parts(frame, low, turn), *_according_to(frame, index, high)]
        end = source[1]
        comma = next_comma(frame, end, high)
        if comma is not None and comma <= end + 1:
            comma = end_of_aside(frame, comma, high) or comma
        if index <= low + 1:
            if comma is None:
                return []
            return taken_apart(frame, Part(*trim(frame, comma + 1, high), source, index))
        parts = [Part(*trim(frame, low, index), source, index)]
        if comma is not None and any_finite(frame, comma, high):
            if not any_finite(frame, low, index):
                return [Part(low, high, source, index)]
            rest = trim(frame, comma + 1, high)
            if items[rest[0]].lower in {"although", "though", "but", "while"}:
                rest = (rest[0] + 1, rest[1])
            says = rest[0] + 1
            is_relative = items[rest[0]].lower in {"which", "who"} and is_cue(frame, says)
            start = complement(frame, says, high) if is_relative else None
            if items[comma].lower == ";" or (items[comma + 1].lower == "and" and not _has_cue(frame, comma, high)):
                parts.append(Part(*rest, source, index))
            elif start is not None:
                parts.append(Part(*trim(frame, start, high), source, says))
            else:
                parts.extend(find_parts(frame, *rest))
        return parts
    return []


def _turned_at(frame: Frame, low: int, index: int) -> int | None:
    """The mark behind which `, but according to Y, ...` begins another source's clause."""
    items = frame.items
    turn = index - 1 - (items[index - 1].lower in _TURNING)
    is_turn = turn > low and (items[turn].text == ";" or (items[turn].text == "," and turn < index - 1))
    return turn if is_turn and any_finite(frame, low, turn) else None


def _has_cue(frame: Frame, low: int, high: int) -> bool:
    """Whether a verb of saying stands in the range."""
    return any(is_cue(frame, index) for index in range(low, high))


def _closing_frame(frame: Frame, low: int, high: int) -> list[Part]:
    """`CLAUSE, police said.`, `CLAUSE, said X, who ...`, `The data, he said, had ...`."""
    items = frame.items
    for index in range(high - 1, low + 1, -1):
        heard = heard_at_the_end(frame, low, index, high)
        if heard is not None:
            return [Part(*trim(frame, low, heard), None, index)]
        if items[index].lower == "has" and items[index + 1 : index + 2] and items[index + 1].lower == "it":
            comma = comma_before(frame, low, index)
            if comma is not None and index + 2 >= high and any_finite(frame, low, comma):
                return [Part(*trim(frame, low, comma), None, index)]
        if items[index].lower == "it" and items[index - 1].lower == "," and is_passive_report(frame, index, high):
            return [Part(*trim(frame, low, index - 1), doer(frame, index, high), index)]
        if not is_cue(frame, index) or CUE_FORMS[items[index].lower] is Cue.VOICE:
            continue
        follows_comma = items[index - 1].lower in {",", "–", "—"}
        found = (_verb_first if follows_comma else _subject_first)(frame, low, index, high)
        if found is not None:
            return found
    return []


def _verb_first(frame: Frame, low: int, index: int, high: int) -> list[Part] | None:
    """`CLAUSE, said X` and `CLAUSE, X, ROLE, said`: the verb right after a comma."""
    is_told = CUE_FORMS[frame.items[index].lower] is Cue.TELL
    source = None if is_told else subject_after(frame, index + 1, high)
    if source is not None and not _can_speak(frame, source, high):
        source = None
    is_left_whole = any_finite(frame, low, index - 1)
    if source and frame.items[index - 2].lower in _UNFINISHED and frame.items[index - 1].lower == ",":
        return [Part(low, high, source, index)]
    if source and not is_left_whole and _resumes(frame, source[1], high):
        return [Part(low, high, source, index)]
    clause = complement(frame, index, high)
    is_subject = is_subject_with_aside(frame, low, index - 1)
    takes_clause = (
        clause is not None
        and (frame.items[clause - 1].lower == "that" or opens_clause(frame, clause, high))
        and (is_subject or not only_participles(frame, index + 1, high))
    )
    if source is None or takes_clause:
        return _apposed_frame(frame, low, index, high)
    if not is_left_whole:
        return [Part(low, index - 1, source, index)]
    return _before_and_after(frame, low, index - 1, high, source, index, is_inverted=True)


def _can_speak(frame: Frame, source: tuple[int, int], high: int) -> bool:
    """Whether what follows a verb is its subject (`said the mayor`) and not its object (`took the bus and`)."""
    items = frame.items
    after = items[source[1]].lower if source[1] < high else ""
    if after in {"and", "but"} and source[1] + 1 < high and frame.finite[source[1] + 1]:
        return False
    said = items[source[0] : source[1]]
    return any(item.is_capitalised or item.lower in SPEAKING_NOUNS or is_role(item.lower) for item in said)


def _subject_first(frame: Frame, low: int, index: int, high: int) -> list[Part] | None:
    """`CLAUSE, police said on Friday` and `The data, he said, had ...`."""
    items = frame.items
    comma = comma_before(frame, low, index)
    is_noun = items[index].lower in _ALSO_NOUNS and next_comma(frame, index, high) is not None
    if comma is None or (is_noun and any_finite(frame, low, comma)):
        return None
    opener = items[comma + 1].lower
    if opener == "as" and any_finite(frame, low, comma):
        return [Part(*trim(frame, low, comma))]
    source = None if is_relative(frame, comma + 1, index) else subject_before(frame, comma + 1, index)
    is_inserted = items[comma].lower == "," and items[comma - 1].lower in _UNFINISHED
    if is_inserted and source is not None and index + 1 < high and items[index + 1].lower == ",":
        return [Part(low, high, source, index)] if _may_speak(frame, source, index) else None
    allowed = comma + 2 if opener in {"and", "but", "as"} else comma + 1
    if (
        opener in {"who", "which", "that"}
        or source is None
        or source[0] > allowed
        or not _may_speak(frame, source, index)
    ):
        return None
    tail = next_mark(frame, index + 1, high) or high
    if says_more(frame, index, tail) or any(items[place].lower in {"that", QUOTE} for place in range(index, tail)):
        return None
    is_only_frame = tail == index + 1 or (tail - index <= _TAIL and _is_modifier_start(frame, index + 1))
    if not is_only_frame or (not any_finite(frame, low, comma) and tail >= high):
        return None
    return _before_and_after(frame, low, comma, high, source, index, is_inverted=False, tail=tail)


def _resumes(frame: Frame, low: int, high: int) -> bool:
    """Whether a verb follows the comma that ends `, said X, `."""
    return low + 1 < high and frame.items[low].lower == "," and frame.finite[low + 1]


def _apposed_frame(frame: Frame, low: int, cue: int, high: int) -> list[Part] | None:
    """`CLAUSE, the hospital's director, Dr Grace Achieng, said by phone`."""
    first = _apposition_start(frame, low, cue)
    if first is None or not any_finite(frame, low, first):
        return None
    tail = next_comma(frame, cue + 1, high) or high
    if any_finite(frame, cue + 1, tail) or any(frame.items[i].lower in {"that", QUOTE} for i in range(cue, tail)):
        return None
    source = subject_before(frame, first + 1, cue)
    if source is None or not _may_speak(frame, source, cue):
        return None
    return _before_and_after(frame, low, first, high, source, cue, is_inverted=False, tail=tail)


def _apposition_start(frame: Frame, low: int, cue: int) -> int | None:
    """The comma before `X, ROLE,` or `X, which ...,`, going left from the verb."""
    first: int | None = None
    end = cue - 1
    for index in range(cue - 2, low, -1):
        if frame.items[index].lower != ",":
            continue
        is_relative = frame.items[index + 1].lower in {"who", "which", "whose"}
        if any_finite(frame, index + 1, end) and not is_relative:
            break
        first = first if is_relative else index
        end = index
    return first


def _is_modifier_start(frame: Frame, index: int) -> bool:
    """Whether what follows a verb of saying only says when, where, or to whom."""
    word = frame.items[index].lower
    if word in NO_CONTENT:
        return False
    if CUE_FORMS[frame.items[index - 1].lower] is Cue.TELL or word in {"this", "last", "out"}:
        return True
    return word in PREPOSITIONS or word in TIME_WORDS or word in ADVERBS


def _before_and_after(
    frame: Frame, low: int, comma: int, high: int, source: tuple[int, int], cue: int, *,
    is_inverted: bool, tail: int | None = None,
) -> list[Part]:  # fmt: skip
    """The clause before the frame is said; a clause after it is the article's own."""
    if not any_finite(frame, low, comma):
        return [Part(low, high, source, cue)]
    inner = _closing_frame(frame, *trim(frame, low, comma)) if not is_inverted else []
    if len(inner) == 2 and inner[0].is_said and not inner[1].is_said:
        return [inner[0], Part(inner[1].low, inner[1].high, source, cue)]
    parts = [Part(*trim(frame, low, comma), source, cue)]
    after = next_comma(frame, source[1], high) if is_inverted else None
    if after is not None and frame.items[after + 1].lower in {"while", "but"} and any_finite(frame, after, high):
        parts.append(Part(*trim(frame, after + 2, high), source, cue))
    if not is_inverted and tail is not None and tail < high and any_finite(frame, tail, high):
        follows = trim(frame, tail, high)
        if frame.items[low].lower in _CONTRASTING:
            return [*parts, Part(*follows, source, cue)]
        if _is_subordinate(frame, low):
            return [Part(low, high, source, cue)]
        if frame.finite[follows[0]] and not frame.items[follows[0]].lower.endswith("ing"):
            return [Part(low, high, source, cue)]
        if frame.items[tail].text in {";", ":"}:
            parts.extend(find_parts(frame, *follows) if _has_cue(frame, *follows) else [Part(*follows, source, cue)])
        elif frame.items[follows[0]].lower in {"because", "that", "and", "but", "so", "since"}:
            parts.append(Part(*follows, source, cue))
        elif frame.items[follows[0]].lower in {"who", "which", "adding", "saying", "citing"}:
            parts.extend(trailing_participle(frame, Part(follows[0], high, source, cue))[1:])
        else:
            parts.append(Part(*follows))
    return parts


def _is_subordinate(frame: Frame, low: int) -> bool:
    """Whether a clause cannot stand alone (`By the time it rang, she noted, ...`)."""
    words_first = [item.lower for item in frame.items[low : low + 3]]
    return words_first[0] in _SUBORDINATE or words_first in (["by", "the", "time"], ["the", "day", "after"])


def _opening_frame(frame: Frame, low: int, high: int) -> list[Part]:
    """`X said (that) CLAUSE`, with what stands before X and after the clause."""
    items = frame.items
    for index in range(low, high - 1):
        told = told_by(frame, low, index, high)
        if told is not None:
            return told
        passive = passive_opening(frame, low, index, high)
        if passive is not None:
            return taken_apart(frame, Part(*trim(frame, passive, high), None, index))
        put = put_to(frame, index, high)
        if put is not None:
            return taken_apart(frame, Part(*trim(frame, put, high), subject_before(frame, low, index), index))
        if not is_cue(frame, index):
            continue
        start = complement(frame, index, high)
        if start is None or start >= high:
            continue
        source = subject_before(frame, low, index)
        if source is None and index - low > 1:
            continue
        if source is not None and not _may_speak(frame, source, index):
            continue
        if source is not None and source[0] > low and items[source[0] - 1].lower in {"if", "when", "whether", "unless"}:
            continue
        if CUE_FORMS[items[index].lower] is Cue.HEAR:
            source = None
        if source is not None and source[0] == low + 1 and items[low].lower in _CONTRASTING:
            comma = next_comma(frame, start, high)
            if comma is not None and any_finite(frame, comma, high):
                said = Part(*trim(frame, start, comma), source, index)
                return [said, *find_parts(frame, comma + 1, high)]
        parts: list[Part] = []
        begin = source[0] if source is not None else low
        semicolon = next((place for place in range(begin - 1, low, -1) if items[place].text == ";"), None)
        if semicolon is not None and any_finite(frame, low, semicolon):
            parts.append(Part(*trim(frame, low, semicolon)))
            begin = low
        if begin - low > 4 and frame.items[begin - 1].lower in {"and", "but", ";", "while"}:
            before = trim(frame, low, begin - 1)
            if any_finite(frame, *before):
                parts.append(Part(*before))
        elif begin - low > 3 and items[begin - 1].text == "," and items[low].lower in _CONTRASTING:
            parts.extend(find_parts(frame, low + 1, begin - 1))
        elif source is not None and _is_coordinated(frame, low, index, source):
            before = trim(frame, low, _coordinator(frame, source[1], index))
            if any_finite(frame, source[1], before[1]):
                parts.append(Part(*before))
        return [*parts, *taken_apart(frame, Part(*trim(frame, start, high), source, index))]
    return []


def _is_test(frame: Frame, source: tuple[int, int]) -> bool:
    """Whether nobody but the article vouches for what shows it (`A scan later showed`)."""
    items = frame.items[source[0] : source[1]]
    is_told = items[0].lower in {"a", "an", "one"} and not any(item.is_capitalised for item in items[1:])
    return is_told and items[-1].lower in _TESTS


def _is_coordinated(frame: Frame, low: int, cue: int, source: tuple[int, int]) -> bool:
    """Whether the verb shares its subject with an earlier verb (`cut his rating and pointed out`)."""
    return _coordinator(frame, source[1], cue) > source[1]


def _coordinator(frame: Frame, low: int, cue: int) -> int:
    """Where the `and` or `but` right before the verb stands (`low` when there is none)."""
    for index in range(cue - 1, max(low, cue - 4), -1):
        if frame.items[index].lower in {"and", "but"}:
            return index
    return low


def _may_speak(frame: Frame, source: tuple[int, int], cue: int) -> bool:
    """Whether a subject can be the source for this verb (findings need a document, hearing a court)."""
    said = {item.lower for item in frame.items[source[0] : source[1]]}
    if said <= _NO_SPEAKER:
        is_one = said <= {"this", "that"} or bool(said & _SOMEBODY) or is_speaking_surname(frame.items, source[0])
        return bool(said) and is_one
    kind = CUE_FORMS[frame.items[cue].lower]
    if kind is Cue.HEAR:
        return bool(said & HEARERS)
    if said & {"i", "we", "you"}:
        return False
    if CUE_FORMS[frame.items[cue].lower] is Cue.FIND:
        return not _is_test(frame, source)
    if frame.items[cue].lower in _PRIVATE and said <= {"he", "she", "it", "they"}:
        return False
    return not said <= {"it", "this", "that", "there"} or kind in {Cue.SAY, Cue.CLAUSE, Cue.FIND, Cue.TELL}
