"""Sentences without a source of their own that go on with what somebody was just said to have said.

`The fault lay with a spring, he said. The supplier had since been dropped.`:
the pluperfect, a `would` that stands for `will`, or words that count what was
spoken of, tell that the report goes on; so does a plain past right behind a
frame that closed (`..., the company said. Sales were higher.`) or behind a
sentence that went on already. Where nothing tells, and the sentence neither
names anybody nor tells of an act, it stays open whose words it is: in labelled
articles such sentences were the speaker's as often as the article's.
"""

from claims.pipeline.cues import CUE_FORMS, Cue
from claims.pipeline.frames import Frame
from claims.pipeline.lexicon import (
    ADVERBS,
    IRREGULAR_PAST,
    NUMBER_WORDS,
    PARTICIPLES,
    PREPOSITIONS,
    TIME_WORDS,
    words,
)

_COUNTING = frozenset(NUMBER_WORDS) | words("some many several most both all half")
_PORTIONS = frozenset(NUMBER_WORDS) | words(
    "more than half most some many both all nearly about almost a an third quarter fewer over just only around roughly "
    "fifth tenth thirds quarters in"
)
"""Words of a subject that counts what was spoken of and names it no more (`More than half were`)."""

_SPOKEN_OF = frozenset({"those", "them", "these"})
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})
_OTHERS = frozenset(
    {"he", "she", "his", "her", "its", "their", "a", "an", "who", "none", "both", "each", "asked", "police"}
)
"""How a sentence begins that tells of somebody anew."""

_SILENT = words(
    "comment respond reply say name answer confirm deny elaborate discuss address declined denied refused rejected "
    "disputed insisted asked said told comments emerged"
)
"""What the article itself tells of whoever spoke."""

_ACTING = words(
    "denied denies deny disputes disputed dispute declines refuses rejects urged urges urging called calls blamed "
    "blames blame appealed appeals demanded demands accused accuses criticised criticized praised thanked warned "
    "insists described describes apologised apologized pledged promised vowed proposed proposes acknowledged confirmed "
    "confirms conceded admitted agreed agrees stopped replied responded shook nodded smiled laughed rose voted "
    "recommended recommends lowered raised welcomed wants wanted supports supported opposes opposed argued argues "
    "pleaded cut set"
)
"""What somebody does that an article reports of them, rather than what they say."""

_SAYING = frozenset(form for form, cue in CUE_FORMS.items() if cue in {Cue.SAY, Cue.CLAUSE, Cue.FIND, Cue.TELL})
_OPENS = PREPOSITIONS | ADVERBS | TIME_WORDS
_FEW = 4


def goes_on(frame: Frame, cue: str | None, *, is_closed: bool, has_gone_on: bool) -> bool:
    """Whether a sentence takes up a reported one: `It had been there ...`, `One of them was ...`.

    `cue` is the verb of the report before, `is_closed` whether its source
    stood behind what it said, `has_gone_on` whether it was itself taken up.
    """
    items = frame.items
    if frame.quotes or len(items) < _FEW or any(item.lower in _FIRST_PERSON for item in items):
        return False
    opens = [item.lower for item in items[:3]]
    if opens[0] in _COUNTING and opens[1] == "of" and opens[2] in _SPOKEN_OF:
        return True
    start = _subject_start(frame)
    verb = next((index for index, flag in enumerate(frame.finite) if flag and index >= start), None)
    if verb is None or verb <= start or any(item.text == "," for item in items[start:verb]):
        return False
    word = items[verb].lower
    after = _after(frame, verb)
    if word in {"had", "hadn't"} and after is not None and _is_participle(after):
        return True
    if word == "would":
        is_silent = after is None or after in _SILENT or items[verb + 1].lower == "not"
        return not is_silent and not _tells_anew(frame, start, verb, verb)
    if word in {"has", "have"}:
        return items[verb + 1].lower == "already" and opens[0] in {"it", "they"}
    is_counted = all(item.lower in _PORTIONS or item.text.isdigit() for item in items[:verb])
    if (is_counted or (opens[0] in NUMBER_WORDS and verb == 1)) and word in {"was", "were"}:
        return _is_past_form(cue)
    if _tells_anew(frame, start, verb, len(items)):
        return False
    is_past = word in {"was", "were", "had"} or word in IRREGULAR_PAST or (word.endswith("ed") and len(word) > _FEW)
    is_then = _is_past_form(cue) and any(item.lower == "now" for item in items[start : verb + 3])
    return is_past and (is_then or has_gone_on or (is_closed and cue in _SAYING and _is_past_form(cue)))


def may_go_on(frame: Frame) -> bool:
    """Whether a sentence right behind a reported one could as well be the speaker's: nobody is named, nobody acts."""
    items = frame.items
    if frame.quotes or len(items) < _FEW or any(item.lower in _FIRST_PERSON for item in items):
        return False
    start = _subject_start(frame)
    verb = next((index for index, flag in enumerate(frame.finite) if flag and index >= start), None)
    if verb is None or any(item.is_capitalised for item in items[1:]):
        return False
    told = [item.lower for item in items[verb : verb + _FEW]]
    return _ACTING.isdisjoint(told) and _SILENT.isdisjoint(told)


def _subject_start(frame: Frame) -> int:
    """Where the subject starts behind `In January 2022` or `By then,`."""
    items = frame.items
    if items[0].lower not in _OPENS:
        return 0
    for index in range(1, min(len(items) - 1, 8)):
        word = items[index].lower
        if items[index].text == ",":
            return index + 1
        if index > 1 and word in {"the", "a", "an", "it", "they", "he", "she"}:
            return index
        if frame.finite[index]:
            return 0
    return 0


def _after(frame: Frame, verb: int) -> str | None:
    """The word behind an auxiliary, adverbs and `not` skipped; None behind a mark."""
    for item in frame.items[verb + 1 : verb + 4]:
        word = item.lower
        if word in ADVERBS or word in {"not", "since"} or word.endswith("ly"):
            continue
        return word if item.is_word else None
    return None


def _tells_anew(frame: Frame, start: int, verb: int, end: int) -> bool:
    """Whether a sentence tells of somebody: a name before `end`, `he`, an indefinite subject, or of a silence."""
    items = frame.items
    if items[start].lower in _OTHERS or items[0].lower in {"but", "asked"}:
        return True
    if any(item.is_capitalised for item in items[max(1, start) : end]):
        return True
    return any(item.lower in _SILENT for item in items[verb : verb + 4])


def _is_past_form(cue: str | None) -> bool:
    """Whether the report before was told in the past tense."""
    return cue is not None and (cue in IRREGULAR_PAST or cue.endswith("ed"))


def _is_participle(word: str) -> bool:
    """Whether the word may follow `had`."""
    is_irregular = word in PARTICIPLES or word in IRREGULAR_PAST or word in {"cost", "become", "had"}
    return is_irregular or word.endswith(("ed", "en"))
