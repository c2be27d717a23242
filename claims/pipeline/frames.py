"""A sentence with its quotations folded to one token each, and who is its subject.

The frame of `"We won," said Ann Lee, who leads the party.` reads
`<q> said Ann Lee , who leads the party .`: attribution looks at frames only,
so nothing inside a quotation can be taken for a verb of saying.
"""

from collections.abc import Sequence
from typing import NamedTuple

from claims.pipeline.appositions import alias, maker_start, owner_of_paper, trailing_name
from claims.pipeline.cues import DOCUMENT_NOUNS, VENUE_NOUNS
from claims.pipeline.given_names import GIVEN_NAMES
from claims.pipeline.lexicon import (
    ADVERBS,
    BE_FORMS,
    DETERMINERS,
    HAVE_FORMS,
    IRREGULAR_PAST,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_WORDS,
)
from claims.pipeline.names import ORGANISATION_HEADS
from claims.pipeline.quotes import Quote
from claims.pipeline.runs import is_speaking_surname
from claims.pipeline.tokens import Token, Words, finite_flags, is_dotted, without_acronyms

QUOTE = "<q>"
_BREAKS = frozenset({",", ";", ":", "–", "—", "(", ")", QUOTE, "-"})
_NP_LINKS = frozenset({"of", "for", "at", "from", "in", "with", "on", "by", "and", "&", "to"})
_SKIPPABLE = ADVERBS | HAVE_FORMS | TIME_WORDS | {"did", "does", "both"}
NOT_SUBJECT = frozenset({"that", "to", "not", "than", "as", "if", "be", "been", "being", "him", "them", "me", "us"})
_PARTICLES = frozenset({"on", "in", "at", "this", "last", "late", "early", "earlier", "the", "next"})


_DESCRIBING = frozenset({
    "retired", "disgraced", "renowned", "celebrated", "beloved", "convicted", "jailed", "sacked", "bereaved", "married",
    "divorced", "accused", "suspected", "wanted", "newly-elected", "distinguished", "bearded", "disabled", "injured",
})  # fmt: skip
_TURNS = frozenset({"while", "whereas", "although", "though"})
_CLOSERS = frozenset({"”", '"', "’", "'", "»"})
_JOINS = frozenset({"and", "but", "while", "after", "as", "because", "when", "since", "before", "although", "though"})
_NO_PARTICIPLES = _DESCRIBING | GIVEN_NAMES
_TIMING = TIME_WORDS | _PARTICLES
_LOOSE_ENDS = _NP_LINKS | ADVERBS | TIME_WORDS
_TIME_OR_VENUE = TIME_WORDS | VENUE_NOUNS
_BREAKS_AND_LINKS = _BREAKS | {"and", "but"}


class Frame(NamedTuple):
    """One frame: items are words, marks and folded quotations.

    `finite` says of each item whether it is a finite verb; `quotes` maps an
    item's place to its quotation; `start`, `end` are code points of the text.
    """

    items: tuple[Token, ...]
    finite: tuple[bool, ...]
    quotes: dict[int, Quote]
    start: int
    end: int
    block: int


class Mention(NamedTuple):
    """Words on the page that name whoever speaks; code points of the text."""

    start: int
    end: int
    text: str


def build_frame(words: Words, start: int, end: int, quotes: Sequence[Quote], block: int) -> Frame:
    """Fold the given quotations (in order, inside the span) and tag the rest."""
    items: list[Token] = []
    places: dict[int, Quote] = {}
    position = start
    for quote in quotes:
        items.extend(without_acronyms(words.between(position, max(position, quote.outer_start))))
        places[len(items)] = quote
        items.append(Token(quote.outer_start, quote.outer_end, '"', QUOTE, is_word=False))
        position = max(position, quote.outer_end)
    items.extend(without_acronyms(words.between(position, max(position, end))))
    _part_closers(items)
    finite = tuple(finite_flags(items))
    return Frame(tuple(items), finite, places, start, end, block)


def _part_closers(items: list[Token]) -> None:
    """Put the comma in `a "temporary repair," police said` behind the mark, where a clause ends; places stay."""
    for index in range(1, len(items)):
        comma, mark = items[index - 1], items[index]
        if mark.text in _CLOSERS and comma.text == "," and comma.end == mark.start:
            items[index - 1], items[index] = mark, comma


def mention_of(words: Words, frame: Frame, span: tuple[int, int]) -> Mention:
    """The words of an item range as a mention."""
    start, end = frame.items[span[0]].start, frame.items[span[1] - 1].end
    return Mention(start, end, " ".join(words.text[start:end].split()))


def subject_before(frame: Frame, low: int, cue: int) -> tuple[int, int] | None:
    """Item range of the subject of the verb at `cue`, looking left no further than `low`."""
    items = frame.items
    if is_speaking_surname(items, cue - 1) and cue > low:
        return cue - 1, cue
    last = _skip_modifiers(items, low, cue - 1)
    if last < low:
        return None
    if items[last].lower in {"and", "but", "then", "or"}:
        return _clause_subject(frame, low, last)
    if items[last].lower in {"who", "which", "that"}:
        return _segment_subject(frame, low, last)
    if items[last].lower in {",", "–", "—", ")"}:
        return _parenthetical_subject(frame, low, last)
    if items[last].lower in {"he", "she", "they", "it"}:
        return last, last + 1
    start = last
    while start > low and items[start - 1].lower not in _BREAKS:
        start -= 1
    while start < last and items[start].lower in _TURNS:
        start += 1
    if start == last and items[last].lower in DOCUMENT_NOUNS:
        return last, last + 1
    start = _after_last_verb(frame, start, last)
    relative = next((place for place in range(start + 1, last) if items[place].lower in {"who", "which", "that"}), None)
    if relative is not None and any(frame.finite[relative:last]):
        return leading_np(frame, start, relative)
    span = leading_np(frame, _unmarked_subject(frame, start, last) or start, last + 1)
    if span is None and start > low:
        return _clause_subject(frame, low, last)
    return span


def _after_last_verb(frame: Frame, start: int, last: int) -> int:
    """Where a subject starts that `and` joins to a clause with its own verb (`A cut B and C data`)."""
    for index in range(last, start, -1):
        if frame.finite[index]:
            return start
        if frame.items[index].lower in _JOINS and any(frame.finite[start:index]):
            return index + 1
    return start


def _skip_modifiers(items: Sequence[Token], low: int, last: int) -> int:
    """Step left over `on Friday`, `also`, `has`, `in a social media post`."""
    while last >= low:
        word = items[last].lower
        if (
            word in _SKIPPABLE
            or word in BE_FORMS
            or (word.endswith("ly") and word != "family" and not items[last].is_capitalised)
            or (word in _PARTICLES and last + 1 < len(items) and items[last + 1].lower in _TIMING)
        ):
            last -= 1
        elif word in VENUE_NOUNS and (start := _venue_start(items, low, last)) is not None:
            last = start - 1
        else:
            break
    return last


def _venue_start(items: Sequence[Token], low: int, last: int) -> int | None:
    """Where `in a social media post` starts, or None when no preposition is near."""
    for index in range(last - 1, max(low, last - 6), -1):
        if items[index].lower in {"in", "at", "on", "during"}:
            return index if index > low else None
        if not items[index].is_word:
            return None
    return None


def _clause_subject(frame: Frame, low: int, last: int) -> tuple[int, int] | None:
    """The subject shared by coordinated verbs: the first noun phrase before the first verb."""
    start = low
    items = frame.items
    while start < last and (items[start].lower in _BREAKS or items[start].lower in {"and", "but"}):
        start += 1
    start = _after_introduction(frame, start, last)
    span = leading_np(frame, start, last)
    return apposed_name(frame, span, last) if span is not None else None


def _unmarked_subject(frame: Frame, start: int, last: int) -> int | None:
    """Where a name starts behind `Speaking after the hearing` without a comma, or None."""
    items = frame.items
    if not items[start].lower.endswith("ing") or not items[start].is_capitalised:
        return None
    for index in range(start + 1, min(last, start + 14)):
        if items[index].lower in _BREAKS or frame.finite[index]:
            return None
        if not items[index].is_capitalised or not items[index].text[0].isalpha():
            continue
        before = items[index - 1]
        is_free = not before.is_capitalised and before.lower not in PREPOSITIONS | DETERMINERS | {"and"}
        is_first = before.lower in ORGANISATION_HEADS and items[index].lower in GIVEN_NAMES
        if (
            (is_free and before.is_word and index > start)
            or is_first
            or (index == start + 2 and before.lower == "evidence")
        ):
            return index
    return None


def _after_introduction(frame: Frame, start: int, last: int) -> int:
    """Skip `On the economy,`, `Speaking in parliament,`, `When asked,` in front."""
    items = frame.items
    if start >= last:
        return start
    unmarked = _unmarked_subject(frame, start, last)
    if unmarked is not None:
        return unmarked
    for _ in range(3):
        first = items[start].lower
        opens = first in PREPOSITIONS or first in SUBORDINATORS or first.endswith("ing") or first in ADVERBS
        opens = opens or first.endswith("ly") or first in TIME_WORDS
        opens = opens or (first.endswith("ed") and start + 1 < last and first not in _NO_PARTICIPLES)
        opens = opens or (first != "the" and any(item.lower in TIME_WORDS for item in items[start + 1 : start + 3]))
        if not opens:
            return start
        comma = next((i for i in range(start, last) if items[i].lower == ","), None)
        if comma is None or comma + 1 >= last:
            return start
        start = comma + 1
    return start


def _parenthetical_subject(frame: Frame, low: int, last: int) -> tuple[int, int] | None:
    """The subject before `, ROLE,`, `, 62,` or `, who ...,`; a name among the parts wins."""
    items = frame.items
    start = _after_introduction(frame, low, last)
    while start < last and items[start].lower in _BREAKS_AND_LINKS:
        start += 1
    if items[start].lower in {"he", "she"}:
        return start, start + 1
    owner = owner_of_paper(items, start, last) or alias(items, start, last)
    if owner is not None:
        return owner
    parts: list[tuple[int, int]] = []
    begin = start
    for index in range(start, last + 1):
        if items[index].lower in {",", "–", "—", "(", ")", QUOTE}:
            if index > begin:
                parts.append((begin, index))
            begin = index + 1
            if items[index].lower == QUOTE:
                parts = []
    if not parts:
        return None
    is_paper = any(item.lower in DOCUMENT_NOUNS for item in items[parts[0][0] : parts[0][1]])
    maker = maker_start(items, parts[1]) if is_paper and len(parts) > 1 else None
    if maker is not None:
        return leading_np(frame, maker, parts[1][1])
    head = leading_np(frame, *parts[0])
    if head is None:
        return None
    if len(parts) > 1 and not _is_name(items[head[0] : head[1]]) and _is_name(items[parts[1][0] : parts[1][1]]):
        return parts[1]
    if len(parts) > 1 and not _is_name(items[head[0] : head[1]]):
        stop = parts[1][0]
        while stop < parts[1][1] and (items[stop].is_capitalised or items[stop].text == "."):
            stop += 1
        if stop - parts[1][0] >= 2:
            return parts[1][0], stop
    if len(parts) > 1 and items[parts[1][0]].lower not in SUBORDINATORS and not _is_name(items[head[0] : head[1]]):
        trailing = trailing_name(items, parts[1])
        if trailing is not None:
            return trailing
    return head


def _is_name(items: Sequence[Token]) -> bool:
    """Whether all words are capitalised, one to four of them."""
    if items and items[0].lower in DETERMINERS:
        return False
    return 1 <= len(items) <= 5 and all(
        item.is_capitalised or item.lower in {".", "de", "van", "von", "al"} for item in items
    )


def _segment_subject(frame: Frame, low: int, last: int) -> tuple[int, int] | None:
    """The noun phrase that a relative pronoun at `last` refers to."""
    items = frame.items
    end = last
    if end > low and items[end - 1].lower in {",", "–", "—"}:
        end -= 1
    start = end
    while start > low and items[start - 1].lower not in _BREAKS:
        start -= 1
    if items[start].lower in {"there", "it"} and start + 2 < end:
        start += 2
    return leading_np(frame, start, end)


def leading_np(frame: Frame, start: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that begins at `start`, or None.

    It ends before a verb, a relative pronoun, a mark, or a preposition that
    opens a time or place.
    """
    items = frame.items
    while start < end and (items[start].lower in {"and", "but", "yet", "so", "meanwhile", "however", "as", "–", "—"}):
        start += 1
    if start >= end or (items[start].lower in NOT_SUBJECT and items[start].text != "US"):
        return None
    if items[start].lower in PREPOSITIONS or items[start].lower in SUBORDINATORS - {"that"}:
        inner = _np_after_introduction(frame, start, end)
        if inner is None:
            return None
        start = inner
    if frame.finite[start] or items[start].lower in IRREGULAR_PAST:
        return None
    if items[start].lower in {"he", "she", "they", "it"}:
        return start, start + 1
    stop = start
    while stop < end:
        word = items[stop].lower
        if stop > start and (frame.finite[stop] or word in SUBORDINATORS or word == "but"):
            break
        if not items[stop].is_word and word not in {".", "&", "'", "’", "/", "-"}:
            break
        if stop > start and word in PREPOSITIONS and word not in _NP_LINKS:
            break
        if stop > start and word in _NP_LINKS and stop + 1 < end and items[stop + 1].lower in TIME_WORDS:
            break
        is_adverb = word in ADVERBS and not items[stop].is_capitalised
        if stop > start and (is_adverb or word in {"it", "he", "she", "they", "we"}):
            break
        if word == "." and not is_dotted(items, stop):
            break
        stop += 1
    while stop > start and items[stop - 1].lower in _LOOSE_ENDS and not _is_closing(items[start:stop]):
        stop -= 1
    if stop <= start or not items[start].is_word or all(item.lower in {"a", "an", "the"} for item in items[start:stop]):
        return None
    return start, stop


def _is_closing(items: Sequence[Token]) -> bool:
    """Whether an adverb with a capital ends a name (`Equal Schooling Now`)."""
    return len(items) > 1 and items[-1].is_capitalised and items[-1].lower in ADVERBS and items[-2].is_capitalised


def _np_after_introduction(frame: Frame, start: int, end: int) -> int | None:
    """Where the subject starts after `On Friday` or `In a statement` without comma."""
    items = frame.items
    for index in range(start + 2, min(end, start + 6)):
        if items[index - 1].is_capitalised and items[index].lower in {"the", "he", "she", "they", "it"}:
            return index
    is_venue = any(item.lower in VENUE_NOUNS for item in items[start + 1 : min(end, start + 4)])
    for index in range(start + 1, min(end, start + 8)):
        is_late = is_venue and index > start + 3 and items[index - 1].is_word
        opens = items[index].lower in {"the", "he", "she", "it", "they"}
        if is_late and opens and items[index - 1].lower not in PREPOSITIONS | {"and", "that"}:
            return index
        if items[index - 1].lower in _TIME_OR_VENUE and (
            items[index].is_capitalised or items[index].lower in {"the", "he", "she", "it", "they", "a", "an"}
        ):
            return index
    return None


def apposed_name(frame: Frame, span: tuple[int, int], high: int) -> tuple[int, int]:
    """The `Arne` of `her husband, Arne, who drives` instead of the role; else the span itself."""
    items = frame.items
    if _is_name(items[span[0] : span[1]]) or span[1] + 1 >= high or items[span[1]].text != ",":
        return span
    stop = span[1] + 1
    while stop < high and (items[stop].is_capitalised or items[stop].text == ".") and stop - span[1] < 6:
        stop += 1
    is_closed = stop >= high or items[stop].text in {",", "."} or stop == high
    is_name = stop > span[1] + 1 and items[span[1] + 1].is_capitalised
    return (span[1] + 1, stop) if is_name and is_closed else span
