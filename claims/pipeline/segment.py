"""Stage 2: sentences of a block, by nupunkt with rules for quoted speech.

nupunkt is quadratic on long runs without white space, and a "sentence" of a
megabyte would slow everything after it: both are capped here.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import nupunkt

from claims.pipeline.cues import CUE_FORMS

MAX_SENTENCE = 1000
"""No sentence is longer (code points); a longer one is cut at white space."""

_MAX_PIECE = 20_000
_INNER_END = re.compile(r"[.!?…。！？][^\s]{0,8}\s")
_LONG_RUN = re.compile(r"\S{400}")
_QUOTE_END = re.compile(r"[!?…,—–-][\"'”’»)]+$|[!?][\"'”’»]*$")
_FRAME_START = re.compile(
    r"([^\W\d_][\w.'’-]*)(?:\s+([^\W\d_][\w.'’-]*))?(?:\s+([^\W\d_][\w.'’-]*))?(?:\s+([^\W\d_][\w.'’-]*))?"
)
_OPEN_MARKS = "\"“‘«„'‹"
_CLOSERS = "\"'”’»)]›"
_CLEAR_END = re.compile(
    r"(?:[!?]|(?:(?<=\s)(?P<word>[a-z]{3,20})|[ap]\.m|\d{1,8}[a-z%]{0,3}|[)”\"’])\.)[\"”’»]*\s+"
    r"(?=[\"“‘«]?(?:The|A|An|In|On|At|Of|He|She|It|They|We|I|This|That|But|And|For|After|Before|By|His|Her|Its|"
    r"Their|There|"
    r"When|While|If|As|No|Not|One|Two|Most|Many|Some|You|What|Why|How|Who|[A-Z][a-z]+)\b)"
)
_DOTTED = frozenset(
    [
        "prof",
        "gov",
        "gen",
        "col",
        "capt",
        "sgt",
        "insp",
        "cllr",
        "rev",
        "hon",
        "est",
        "approx",
        "dept",
        "univ",
        "assn",
        "bros",
        "corp",
        "inc",
        "ltd",
        "etc",
        "vol",
        "pp",
        "fig",
        "eds",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "sen",
        "rep",
        "mrs",
        "const",
        "cst",
        "supt",
        "cpl",
        "cmdr",
        "brig",
        "maj",
        "adm",
        "det",
        "asst",
        "atty",
        "lieut",
        "msgr",
        "engr",
        "ofc",
        "ald",
        "coun",
        "amb",
        "messrs",
    ]
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘])(?:mr|mrs|ms|dr|prof|sen|rep|gov|gen|col|capt|lt|sgt|insp|cllr|rev|hon|const|cst|supt|cpl|cmdr|brig|"
    r"maj|adm|det|asst|atty|lieut|msgr|engr|ofc|ald|coun|amb|messrs|st|no|vs|v|jr|sr|"
    r"jan|feb|mar|apr|aug|sept|sep|oct|nov|dec|[a-z])\.$",
    re.IGNORECASE,
)


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences of `text[start:end]`, trimmed, in order."""
    spans: list[tuple[int, int]] = []
    for piece_start, piece_end in _pieces(text, start, end):
        for span in _raw_sentences(text, piece_start, piece_end):
            spans.extend(_trim(text, *part) for part in _resplit(text, *span))
    merged: list[tuple[int, int]] = []
    for span in spans:
        if span[0] >= span[1]:
            continue
        if merged and _belongs_together(text, merged[-1], span):
            merged[-1] = (merged[-1][0], span[1])
        else:
            merged.append(span)
    return [part for span in merged for part in _capped(text, *span)]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut very long blocks at white space."""
    while end - start > _MAX_PIECE:
        cut = _last_space(text, start + _MAX_PIECE // 2, start + _MAX_PIECE)
        yield start, cut
        start = cut
    yield start, end


def _raw_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """nupunkt's spans, shifted; one span where nupunkt would be slow."""
    piece = text[start:end]
    if not _INNER_END.search(piece):
        yield start, end
        return
    if _LONG_RUN.search(piece):
        yield start, end
        return
    position = start
    for left, right in _tokenizer().span_tokenize(piece):
        yield min(position, start + left), start + right
        position = start + right
    if position < end:
        yield position, end


@lru_cache(maxsize=1)
def _tokenizer() -> nupunkt.PunktSentenceTokenizer:
    """The shipped model of nupunkt, loaded once."""
    return nupunkt.load_default_model()


def _resplit(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut again where nupunkt joined what clearly are two sentences."""
    position = start
    for match in _CLEAR_END.finditer(text, start, end):
        if match.group("word") and match.group("word").lower() in _DOTTED:
            continue
        cut = match.end()
        yield position, cut
        position = cut
    yield position, end


def _belongs_together(text: str, before: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether a boundary is none: after an abbreviation, or before `Trump added.`."""
    left = text[max(before[0], before[1] - 40) : before[1]]
    right = text[span[0] : min(span[1], span[0] + 120)]
    if right[0] in ")]”»" or (right[0] in _CLOSERS and all(char in _CLOSERS for char in right)):
        return True
    if right[0].islower():
        return not left.endswith((".", "!", "?")) or bool(_QUOTE_END.search(left)) or _is_elliptic(left)
    if left[-1] == "." and right[0].isupper() and not left[-2:-1].isupper() and _ABBREVIATION.search(left):
        return True
    return left[-1] in _CLOSERS and _QUOTE_END.search(left) is not None and _is_frame(right)


def _is_elliptic(left: str) -> bool:
    """Whether a lower-case word goes on after dots or an abbreviation."""
    return left.endswith(("...", "…")) or bool(re.search(r"\b\w{1,4}\.$", left))


def _is_frame(right: str) -> bool:
    """Whether a sentence is only `Trump added.` or `said Smith, who ...`."""
    match = _FRAME_START.match(right)
    if not match:
        return False
    words = [word.lower().rstrip(".") for word in match.groups() if word]
    for index, word in enumerate(words):
        if word in CUE_FORMS:
            rest = right[match.end(index + 1) :]
            opens_quote = re.match(r"[^.!?]{0,60}[:,]?\s*[\"“‘«]", rest)
            return not opens_quote and len(rest) < 100 and (index > 0 or right[0].islower())
    return False


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _capped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span in parts of at most MAX_SENTENCE code points."""
    while end - start > MAX_SENTENCE:
        cut = _last_space(text, start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        part = _trim(text, start, cut)
        if part[0] < part[1]:
            yield part
        start = _trim(text, cut, end)[0]
    if start < end:
        yield start, end


def _last_space(text: str, start: int, end: int) -> int:
    """A cut at the last white space of `text[start:end]`, or at its end."""
    for position in range(end - 1, start, -1):
        if text[position].isspace():
            return position
    return end
