"""Stage 3: who says what: contents with their source, cue and kind of speech.

Works on frames (see `frames`). Direct speech takes its source from the frame
after, before or around it, else from the paragraph, else it stays open for
the speakers stage, which may abstain.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from claims.enums import Boilerplate, Speech
from claims.pipeline.blocks import Block
from claims.pipeline.complement import complement
from claims.pipeline.continued import goes_on, may_go_on
from claims.pipeline.cues import PARTICIPLE_CUES
from claims.pipeline.findings import labelled
from claims.pipeline.frames import (
    Frame,
    Mention,
    build_frame,
    leading_np,
    mention_of,
)
from claims.pipeline.indirect import find_parts
from claims.pipeline.lexicon import AUXILIARIES
from claims.pipeline.parts import Part, trim
from claims.pipeline.quotes import Quote
from claims.pipeline.sources import source_after, source_before
from claims.pipeline.statements import is_statement
from claims.pipeline.tokens import Token, Words
from claims.pipeline.transcript import Turn

_OWN_STAFF = re.compile(
    r"(?:our|my)\b.{0,40}\b(?:reporter|correspondent|editor|colleague)|this (?:news)?paper\b", re.IGNORECASE
)
_FIRST_PERSON = re.compile(r"\b(?:I|I[’']\w+|[Mm]y|[Oo]ur|[Ww]e|us)\b")
_BULLET = re.compile(r"(?:[•·▪◦‣*–—-]|\d{1,2}[.)])\s")
_TALKING = frozenset({"talking", "talked", "spoke", "spoken", "speaking", "chatting", "chatted"})
_TALKED_TO = re.compile(rf"\b(?:{'|'.join(sorted(_TALKING))}) (?:to|with)\b")
_TURNING = frozenset({"while", "whereas", "but", "and", "although", "though"})
_MAX_FRAME = 400
"""A frame of more items than this is no sentence of speech (hostile text)."""


_DOUBTS = 2
"""Sentences in a row that may go on with a report before the article is held to speak again."""


class Content(NamedTuple):
    """One stretch of text with one source.

    No dataclass, as little that is made for each sentence: those take several
    times as long to make when they are frozen.

    `mention` None with speech other than AUTHOR: nobody is named here;
    `is_open` True means that the source may be carried over from the speech
    before. `is_doubtful` True: the words may go on with what `mention` said or
    be the article's own. `frame_start`, `frame_end` is where the words about
    the saying stand (venue, day), code points of the text.
    """

    start: int
    end: int
    speech: Speech
    block: int
    mention: Mention | None = None
    cue: str | None = None
    is_open: bool = False
    is_carried: bool = False
    chain: int = 0
    frame_start: int = 0
    frame_end: int = 0
    is_question: bool = False
    is_doubtful: bool = False


def attribute(
    words: Words,
    blocks: Sequence[Block],
    sentences: Sequence[Sequence[tuple[int, int]]],
    quotes: Sequence[Quote],
    turns: Mapping[int, Turn],
) -> list[Content]:
    """Contents of all body blocks in order; `sentences[i]` are those of `blocks[i]`."""
    contents: list[Content] = []
    homes = [quote.block for quote in quotes]
    pending: Content | None = None
    for index, block in enumerate(blocks):
        if not block.is_body or not sentences[index]:
            pending = None if block.kind is Boilerplate.HEADING else pending
            continue
        inside = quotes[bisect_left(homes, index) : bisect_right(homes, index)]
        turn = turns.get(index)
        if turn is not None:
            contents.extend(_turn_contents(words, index, block, turn, sentences[index]))
            continue
        if pending is not None and _BULLET.match(words.text, block.start):
            speech = Speech.AUTHOR if pending.cue in AUXILIARIES else Speech.INDIRECT
            pending = pending._replace(start=block.start, end=block.end, block=index, speech=speech)
            contents.append(pending)
            continue
        if pending is not None and pending.speech is not Speech.DIRECT:
            pending = None
        if pending is not None and not any(quote.outer_start == block.start for quote in inside):
            contents.append(pending._replace(start=block.start, end=block.end, block=index))
            pending = None
            continue
        found = attribute_block(words, index, sentences[index], inside)
        if pending is not None:
            found = [_with_source(item, pending) if item.is_open else item for item in found]
        pending = _announced(words, index, block, sentences[index], inside)
        if pending is not None:
            found = [item for item in found if item.start < pending.start or item.speech is not Speech.AUTHOR]
        contents.extend(found)
    return _chained_back(contents)


def _chained_back(contents: list[Content]) -> list[Content]:
    """Give the first paragraphs of a quotation the source that stands behind its last one."""
    known = {item.chain: item for item in contents if item.chain and item.mention is not None and not item.is_carried}
    return [
        _with_source(item, known[item.chain]) if item.is_open and item.mention is None and item.chain in known else item
        for item in contents
    ]


def _turn_contents(
    words: Words, index: int, block: Block, turn: Turn, sentences: Sequence[tuple[int, int]]
) -> list[Content]:
    """A turn of an interview or debate; an interviewer's is the article's voice, or what it reports of others."""
    if turn.is_question:
        spans = [(max(start, turn.start), end) for start, end in sentences if end > turn.start]
        return [item._replace(is_question=True) for item in attribute_block(words, index, spans, [])]
    content = Content(turn.start, block.end, Speech.DIRECT, index, mention=turn.mention, cue=":")
    return [content._replace(is_open=turn.mention is None, frame_start=block.start, frame_end=turn.start)]


def _announced(
    words: Words, index: int, block: Block, sentences: Sequence[tuple[int, int]], quotes: Sequence[Quote]
) -> Content | None:
    """The source that a paragraph ending in `X posted:` names for the paragraph after it."""
    start = sentences[-1][0]
    is_staff = _OWN_STAFF.match(words.text, start) is not None
    is_talk = is_staff and _TALKED_TO.search(words.text, start, block.end) is not None
    if words.text[block.end - 1] != ":" or (is_staff and not is_talk) or block.end - start > 300:
        return None
    frame = build_frame(words, start, block.end, [quote for quote in quotes if quote.outer_start >= start], index)
    found = None if is_talk else source_before(frame, 0, len(frame.items))
    if (found is None or found[0] is None) and _FIRST_PERSON.search(words.text, block.end, block.end + 300):
        found = _sender(frame)
    if found is None or found[0] is None:
        return None
    subject = {item.lower for item in frame.items[found[0][0] : found[0][1]]}
    if subject & {"you", "i", "we", "here", "there", "this", "that", "what"}:
        return None
    cue = frame.items[min(found[1], len(frame.items) - 1)].lower
    return Content(
        start, block.end, Speech.DIRECT, index, mention=mention_of(words, frame, found[0]), cue=cue,
        frame_start=start, frame_end=block.end,
    )  # fmt: skip


def _is_talk(items: Sequence[Token], place: int) -> bool:
    """Whether the `to` of `talking to Ann Lee` stands here."""
    return place > 0 and items[place].lower in {"to", "with"} and items[place - 1].lower in _TALKING


def _sender(frame: Frame) -> tuple[tuple[int, int] | None, int] | None:
    """Who wrote the words in the first person that follow: `from Ann Lee`, else the subject of the sentence."""
    items = frame.items
    origin = next(
        (place for place in range(len(items)) if items[place].lower == "from" or _is_talk(items, place)), None
    )
    start = origin + 1 if origin is not None else 0
    span = leading_np(frame, start, len(items) - 1)
    return (span, len(items) - 1) if span is not None else None


def attribute_block(
    words: Words, block: int, sentences: Sequence[tuple[int, int]], quotes: Sequence[Quote]
) -> list[Content]:
    """Contents of one paragraph, sources carried over inside it."""
    statements = [quote for quote in quotes if is_statement(words, quote)]
    stated = {quote.outer_start for quote in statements}
    fragments = [quote.outer_start for quote in quotes if quote.outer_start not in stated]
    contents: list[Content] = []
    for frame in _frames(words, block, sentences, statements):
        if len(frame.items) > _MAX_FRAME:
            contents.append(Content(frame.start, frame.end, Speech.AUTHOR, block))
        else:
            found = _attribute_frame(words, frame, fragments)
            contents.extend(_continued(found, contents[-_DOUBTS:], frame) if contents else found)
    return _carry_back(_carry_on(contents))


def _continued(found: list[Content], before: Sequence[Content], frame: Frame) -> list[Content]:
    """The contents of a frame; the article's own sentence may go on with reported speech."""
    last = before[-1]
    is_own = len(found) == 1 and found[0].speech is Speech.AUTHOR
    if not is_own or last.speech not in {Speech.INDIRECT, Speech.MIXED}:
        return found
    reported = found[0]._replace(speech=Speech.INDIRECT, mention=last.mention, cue=last.cue)
    if last.mention is not None:
        is_closed = last.mention.start >= last.end
        has_gone_on = last.mention.end <= last.frame_start and not last.is_doubtful
        if goes_on(frame, last.cue, is_closed=is_closed, has_gone_on=has_gone_on):
            return [reported]
    is_long = len(before) == _DOUBTS and all(content.is_doubtful for content in before)
    return [reported._replace(is_doubtful=True)] if may_go_on(frame) and not is_long else found


def _carry_on(contents: list[Content]) -> list[Content]:
    """Give an open quotation the source of the speech before it in the paragraph."""
    last: Content | None = None
    result = []
    for content in contents:
        if content.speech is Speech.DIRECT and content.is_open and last is not None:
            content = _with_source(content, last)._replace(is_carried=last.start < content.start)
        if content.speech is not Speech.AUTHOR and not content.is_open and not content.is_doubtful:
            last = content
        result.append(content)
    return result


def _carry_back(contents: list[Content]) -> list[Content]:
    """Give open quotations at a paragraph's start the source that a later one has."""
    if not any(content.is_open for content in contents):
        return contents
    result = _carry_on([content for content in reversed(contents) if content.speech is Speech.DIRECT])
    found = {content.start: content for content in result}
    return [found.get(content.start, content) if content.is_open else content for content in contents]


def _with_source(content: Content, source: Content) -> Content:
    """The content with another's source."""
    return content._replace(
        mention=source.mention, cue=source.cue, is_open=False,
        frame_start=source.frame_start, frame_end=source.frame_end,
    )  # fmt: skip


def _frames(
    words: Words, block: int, sentences: Sequence[tuple[int, int]], statements: Sequence[Quote]
) -> Iterator[Frame]:
    """The paragraph cut into frames: sentence ends inside a quotation do not count."""
    ends = [quote.outer_end for quote in statements]
    starts = [quote.outer_start for quote in statements]
    begin: int | None = None
    for index, (left, right) in enumerate(sentences):
        begin = left if begin is None else begin
        nearest = bisect_right(ends, right)
        is_inside = nearest < len(statements) and statements[nearest].outer_start < right
        if is_inside and index + 1 < len(sentences):
            continue
        first, last = bisect_left(starts, begin), bisect_left(starts, right)
        yield build_frame(words, begin, right, statements[first:last], block)
        begin = None


def _attribute_frame(words: Words, frame: Frame, fragments: Sequence[int]) -> list[Content]:
    """Contents of one frame: its quotations, and its clauses outside them."""
    if not frame.quotes:
        return _clauses(words, frame, 0, len(frame.items), fragments)
    contents = []
    used: set[int] = set()
    places = sorted(frame.quotes)
    for number, place in enumerate(places):
        quote = frame.quotes[place]
        low = places[number - 1] + 1 if number else 0
        high = places[number + 1] if number + 1 < len(places) else len(frame.items)
        ends_open = words.text[quote.end - 1] in ",!?…—–"
        found = source_after(frame, place, high, ends_open) or source_before(frame, low, place)
        content = Content(
            quote.start, quote.end, Speech.DIRECT, frame.block,
            chain=quote.chain, frame_start=frame.start, frame_end=frame.end,
        )  # fmt: skip
        if found is None:
            is_cut = words.text[quote.end - 1] == "," and high - place > 3 and high == len(frame.items)
            contents.append(content._replace(is_open=True, cue="," if is_cut else None))
            continue
        source, cue = found
        used.add(cue)
        mention = mention_of(words, frame, source) if source else None
        contents.append(content._replace(mention=mention, cue=frame.items[cue].lower, is_open=mention is None))
    return _with_clauses(words, frame, contents, places, used, fragments)


def _with_clauses(
    words: Words, frame: Frame, contents: list[Content], places: list[int], used: set[int], fragments: Sequence[int]
) -> list[Content]:
    """The quotations' contents plus reported clauses before the first quotation, in order."""
    extra: list[Content] = []
    first = places[0]
    if first > 3 and (not used or max(used) < first or min(used) > first):
        cut = max((index for index in used if index < first), default=first)
        parts = _clauses(words, frame, 0, cut, fragments) if _has_own_clause(frame, cut, first) else []
        extra = [part for part in parts if part.end - part.start > 20]
    if not used and not extra and first <= 3:
        tail = _clauses(words, frame, places[-1] + 1, len(frame.items), fragments)
        extra = [part for part in tail if part.speech is not Speech.AUTHOR or len(frame.items) - places[-1] > 6]
    if used and max(used) > places[-1]:
        extra.extend(_added(words, frame, contents[-1], max(used), fragments))
        extra.extend(_answered(words, frame, max(used), fragments))
    return sorted([*contents, *extra], key=lambda content: content.start)


def _added(words: Words, frame: Frame, last: Content, cue: int, fragments: Sequence[int]) -> Iterator[Content]:
    """The clause of `"...," said Ann Lee, adding that CLAUSE`, from the same source."""
    items = frame.items
    for index in range(cue + 1, len(items) - 3):
        if items[index].lower not in PARTICIPLE_CUES or items[index - 1].text not in {",", "–", "—", "before"}:
            continue
        start = complement(frame, index, len(items))
        if start is None or last.mention is None:
            return
        low, high = trim(frame, start, len(items))
        begin, end = items[low].start, items[high - 1].end
        has_fragment = bisect_left(fragments, begin) < bisect_left(fragments, end)
        speech = Speech.MIXED if has_fragment else Speech.INDIRECT
        yield last._replace(start=begin, end=end, speech=speech, cue=items[index].lower, is_carried=False)
        return


def _answered(words: Words, frame: Frame, cue: int, fragments: Sequence[int]) -> list[Content]:
    """What somebody else says behind `"...," said Ann Lee, while Bob Reed said CLAUSE`."""
    items = frame.items
    for index in range(cue + 1, len(items) - 4):
        is_turn = items[index + 1].lower in _TURNING
        if items[index].text == ";" or (items[index].text == "," and is_turn):
            parts = _clauses(words, frame, index + 1 + is_turn, len(items), fragments)
            return [part for part in parts if part.mention is not None]
    return []


def _has_own_clause(frame: Frame, cut: int, first: int) -> bool:
    """Whether the words before a quotation say something besides who speaks."""
    if cut == first:
        return any(frame.finite[:first])
    verbs = [index for index in range(cut) if frame.finite[index]]
    return bool(verbs) and any(
        frame.items[index].lower in {"and", "but", ";", "adding", "saying", "as"} for index in range(verbs[0], cut + 1)
    )


def _clauses(words: Words, frame: Frame, low: int, high: int, fragments: Sequence[int]) -> list[Content]:
    """Contents of the words outside quotations."""
    contents = []
    label = labelled(frame, low) if low == 0 else None
    parts = [Part(label[1] + 1, high, label[0], label[1])] if label else find_parts(frame, low, high)
    for part in parts:
        start, end = frame.items[part.low].start, frame.items[part.high - 1].end
        content = Content(start, end, Speech.AUTHOR, frame.block, frame_start=frame.start, frame_end=frame.end)
        if part.is_said:
            has_fragment = bisect_left(fragments, start) < bisect_left(fragments, end)
            mention = mention_of(words, frame, part.source) if part.source else None
            cue = frame.items[part.cue].lower if part.cue is not None else None
            if mention is not None and _OWN_STAFF.match(mention.text):
                contents.append(content)
                continue
            content = content._replace(
                speech=Speech.MIXED if has_fragment else Speech.INDIRECT, mention=mention, cue=cue
            )
        contents.append(content)
    return contents
