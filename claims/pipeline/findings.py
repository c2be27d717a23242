"""Reported statements without a reported clause: hearsay, findings, figures, evidence given.

`He is alleged to have taken £4m`, `Records show one, in 2017`, `The League
puts the figure at 58`, `She gave evidence that ...`, `He is adamant that ...`.
"""

from claims.pipeline.complement import any_finite
from claims.pipeline.cues import DOCUMENT_NOUNS
from claims.pipeline.frames import QUOTE, Frame, leading_np, subject_before
from claims.pipeline.lexicon import ADVERBS, BE_FORMS, words
from claims.pipeline.parts import Part, trim

_HEARSAY = words("alleged said claimed rumoured rumored reported reputed believed thought understood")
_FIGURES = words("figure number total cost toll bill count share price value estimate rate tally loss")
_SHOWING = words("show shows showed found finds find reveal reveals revealed record records recorded list lists listed")
_PLURAL_SHOWING = words("show reveal record list indicate suggest")
_CERTAIN = words(
    "adamant convinced insistent certain sure confident clear emphatic categorical doubtful unequivocal satisfied aware"
)
_HOW = words(
    "described describes describing recalled recalls recounted recounts explained explains told tells remembered "
    "remembers showed shows outlined outlines revealed reveals detailed relates related"
)
_NOUNS = words(
    "evidence claim claims allegation allegations view opinion conviction hope fear fears testimony statement warning "
    "assurance assurances impression argument case point suggestion insistence"
)
_GIVERS = words(
    "gave gives give made makes make expressed expresses repeated repeats voiced voices rejected took has had have "
    "issued issues offered offers maintained reiterated put raised given"
)
_PAPERS = DOCUMENT_NOUNS | words("tests test memo minutes logs log footage emails books papers returns receipts")
_MAX_SUBJECT = 16
_LABELS = words("latest update statement more breaking word news message line confirmation warning reminder")


_TELLING = _CERTAIN | _NOUNS | _HEARSAY
_TELLING_OR_SHOWING = _TELLING | _PLURAL_SHOWING
_BEING = BE_FORMS | {"remains"}


def find_statement(frame: Frame, low: int, high: int) -> list[Part]:
    """The parts of a sentence that reports without a plain verb of saying; empty when it does not."""
    emerged = _emerged(frame, low, high) or _heard_from(frame, low, high)
    if emerged:
        return emerged
    for index in range(low + 1, high - 2):
        if not (frame.finite[index] or frame.items[index].lower in _TELLING_OR_SHOWING):
            continue
        for rule in (_hearsay, _certainty, _given, _how, _figure, _shown):
            parts = rule(frame, low, index, high)
            if parts:
                return parts
    return []


def _emerged(frame: Frame, low: int, high: int) -> list[Part]:
    """`It emerged on Friday that CLAUSE`: said by nobody who is named."""
    items = frame.items
    if items[low].lower != "it" or low + 3 >= high or items[low + 1].lower not in {"emerged", "emerges", "transpired"}:
        return []
    that = next((place for place in range(low + 2, min(low + 9, high - 2)) if items[place].lower == "that"), None)
    return [Part(*trim(frame, that + 1, high), None, low + 1)] if that is not None else []


def _heard_from(frame: Frame, low: int, high: int) -> list[Part]:
    """`We're hearing from the coastguard that CLAUSE`."""
    items = frame.items
    for index in range(low + 1, min(low + 5, high - 4)):
        if items[index].lower not in {"hearing", "heard", "hear"} or items[index + 1].lower != "from":
            continue
        that = next(
            (place for place in range(index + 3, min(index + 12, high - 2)) if items[place].lower == "that"), None
        )
        source = leading_np(frame, index + 2, that) if that is not None else None
        if that is not None and source is not None:
            return [Part(*trim(frame, that + 1, high), source, index)]
    return []


def _hearsay(frame: Frame, low: int, index: int, high: int) -> list[Part]:
    """`X is alleged to have ...`: said by nobody who is named; the whole sentence."""
    items = frame.items
    place = index - 1
    while place > low and items[place].lower in ADVERBS:
        place -= 1
    is_passive = items[index].lower in _HEARSAY and items[place].lower in BE_FORMS - {"be", "being"}
    if not is_passive or items[index + 1].lower != "to" or items[index + 2].lower not in {"have", "be"}:
        return []
    return [Part(low, high, None, index)]


def _that_clause(frame: Frame, low: int, index: int, that: int, high: int) -> list[Part]:
    """The clause after `that` with the subject before `index` as its source."""
    source = subject_before(frame, low, index)
    start, end = trim(frame, that + 1, high)
    if source is None or not any_finite(frame, start, end) or not _speaks(frame, source):
        return []
    return [Part(start, end, source, index)]


def _certainty(frame: Frame, low: int, index: int, high: int) -> list[Part]:
    """`X is adamant that CLAUSE`."""
    items = frame.items
    if items[index].lower not in _CERTAIN or items[index + 1].lower != "that":
        return []
    verb = index - 1
    while verb > low and (items[verb].lower in ADVERBS or items[verb].lower in {"quite", "absolutely", "been"}):
        verb -= 1
    return _that_clause(frame, low, verb, index + 1, high) if items[verb].lower in _BEING else []


def _given(frame: Frame, low: int, index: int, high: int) -> list[Part]:
    """`X gave evidence that CLAUSE`, `X made it clear that CLAUSE`."""
    items = frame.items
    if items[index].lower not in _GIVERS or not frame.finite[index]:
        return []
    for place in range(index + 1, min(index + 6, high - 2)):
        word = items[place].lower
        if items[place + 1].lower == "that" and (word in _NOUNS or (word in _CERTAIN and place == index + 2)):
            return _that_clause(frame, low, index, place + 1, high)
        if not items[place].is_word or frame.finite[place]:
            return []
    return []


def _how(frame: Frame, low: int, index: int, high: int) -> list[Part]:
    """`X described how CLAUSE`."""
    items = frame.items
    if items[index].lower not in _HOW:
        return []
    how = next((place for place in range(index + 1, min(index + 5, high - 3)) if items[place].lower == "how"), None)
    if how is None or items[how + 1].lower in {"much", "many", "to", "long", "far", "often"}:
        return []
    return _that_clause(frame, low, index, how, high)


def _figure(frame: Frame, low: int, index: int, high: int) -> list[Part]:
    """`The League puts the figure at 58`: the whole sentence."""
    items = frame.items
    if items[index].lower not in {"put", "puts"}:
        return []
    after = [item.lower for item in items[index + 1 : index + 9]]
    if "at" not in after or not any(word in _FIGURES for word in after[: after.index("at")]):
        return []
    source = subject_before(frame, low, index)
    if source is None or not _speaks(frame, source):
        return []
    is_paper = any(item.lower in _PAPERS for item in frame.items[low:index])
    return [Part(low, high)] if is_paper else [Part(low, high, source, index)]


def _shown(frame: Frame, low: int, index: int, high: int) -> list[Part]:
    """`Police records show one, in 2017`: a paper and what it shows; the whole sentence."""
    items = frame.items
    if items[index].lower not in _SHOWING or items[index + 1].lower in {QUOTE, "that", "guilty", "himself"}:
        return []
    source = _records_before(frame, low, index) or subject_before(frame, low, index)
    if source is None or source[1] - source[0] > _MAX_SUBJECT:
        return []
    said = {item.lower for item in items[source[0] : source[1]]}
    is_study = any(item.lower in {"report", "study", "review", "survey", "audit"} for item in items[low : source[0]])
    is_paper = bool(said & _PAPERS) and not _is_own_finding(frame, source)
    if not is_paper and not (is_study and items[index].lower == "found"):
        return []
    return [Part(low, high, source, index)]


def _records_before(frame: Frame, low: int, index: int) -> tuple[int, int] | None:
    """The `Police records` that open a clause, whose noun passes for a verb."""
    items = frame.items
    if items[index - 1].lower not in {"records", "estimates", "documents", "reports"} or index - low > 5:
        return None
    is_plain = all(item.is_word for item in items[low:index]) and not any(frame.finite[low : index - 1])
    return (low, index) if is_plain else None


def _is_own_finding(frame: Frame, source: tuple[int, int]) -> bool:
    """Whether an unnamed paper is only told of (`A 2023 audit found`): the article vouches for it."""
    items = frame.items[source[0] : source[1]]
    return items[0].lower in {"a", "an", "one"} and not any(item.is_capitalised for item in items[1:])


def _speaks(frame: Frame, source: tuple[int, int]) -> bool:
    """Whether the subject can hold a view: no `it`, `there` or first person."""
    said = {item.lower for item in frame.items[source[0] : source[1]]}
    return not said <= {"it", "there", "this", "that", "what", "who", "which"} and not said & {"i", "we", "you"}


def labelled(frame: Frame, low: int) -> tuple[tuple[int, int], int] | None:
    """Source and colon of `Latest from Elmet Power: 64,000 homes off supply.`"""
    items = frame.items
    for index in range(low + 2, min(len(items) - 3, low + 10)):
        if items[index].text == ":":
            if items[low].lower in _LABELS and items[low + 1].lower in {
                "from",
                "by",
            }:
                return (low + 2, index), index
            return None
        if frame.finite[index]:
            return None
    return None
