"""Article text -> claims with their exact spans, and the ledger of its sentences.

The one entry point of the pipeline: stages 1 to 8 of extraction in order.
Deterministic, offline, linear in the length of the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from claims.enums import Boilerplate, ClaimantType, Disposition, NotAClaim, Speech
from claims.pipeline import anchor, collector
from claims.pipeline.attribute import Content, attribute
from claims.pipeline.blocks import Block, read_blocks
from claims.pipeline.checkable import type_unit
from claims.pipeline.dates import find_dates, parse_day
from claims.pipeline.decompose import Unit, is_shouted, split_units
from claims.pipeline.facts import find_facts, type_of
from claims.pipeline.parts import balanced
from claims.pipeline.posts import find_posts
from claims.pipeline.quotes import find_quotes
from claims.pipeline.register import register
from claims.pipeline.restate import capitals_of, lower_capitals, restate
from claims.pipeline.segment import split_sentences
from claims.pipeline.shapes import DocumentInfo, ExtractedClaim, Extraction, LedgerEntry, Score, Speaker
from claims.pipeline.speakers import Resolver
from claims.pipeline.tokens import Words
from claims.pipeline.transcript import find_turns
from claims.pipeline.venues import find_venue

EXTRACTOR = "rules-7"
"""Version of the rules; part of every extraction run."""

_ADDRESS = re.compile(r"(?:you|your|let|tell|and you|so you|but you)\b", re.IGNORECASE)
"""How an interviewer's prompt begins that is no question by its mark."""

_FINDING = frozenset({
    "found", "finds", "find", "show", "shows", "showed", "revealed", "reveals", "reveal", "understands", "learned",
    "learnt", "established", "discovered", "reported", "reports", "according", "estimated", "calculated", "puts",
})  # fmt: skip
"""What an outlet does in its own voice; when it announces something, it is a source like any other."""

_KNOWING = frozenset({"understands", "understood", "learned", "learnt"})
"""How an outlet tells what it knows from sources of its own, often under half its name."""

Scorer = Callable[[str], Score]
Typing = Callable[[Unit, Speech, str], NotAClaim | None]


class _Typed(NamedTuple):
    """One unit with its content and what it is: `reason` None for a claim."""

    unit: Unit
    content: Content
    speaker: Speaker | None
    reason: NotAClaim | None
    before: Unit | None


@collector.held()
def extract(text: str, info: DocumentInfo, *, score: Scorer | None = None) -> Extraction:
    """Claims and ledger of one article.

    `info.language` other than English (`en`, `en-GB`) gives the ledger alone,
    every sentence unreviewed. `score` replaces the shipped check-worthiness
    model.
    """
    blocks = read_blocks(text, info)
    day, document_date = _document_day(text, blocks, info)
    sentences = [split_sentences(text, block.start, block.end) for block in blocks]
    language = (info.language or "en").lower()
    if language.split("-")[0].split("_")[0] != "en":
        return _unreviewed(blocks, sentences, info, document_date)
    capitals = capitals_of(text)
    typed = _typed_units(text, blocks, sentences, info, capitals)
    scorer = _remembering(score if score is not None else _shipped_scorer())
    claims = _claims(text, typed, capitals, day, document_date, scorer)
    ledger = _ledger(text, blocks, sentences, typed, claims)
    return Extraction(info.language or "en", document_date, EXTRACTOR, ledger, claims, _warnings(claims))


def _remembering(score: Scorer) -> Scorer:
    """The scorer, asked once for the same words of one article."""
    known: dict[str, Score] = {}

    def remembered(words: str) -> Score:
        if words not in known:
            known[words] = score(words)
        return known[words]

    return remembered


def _shipped_scorer() -> Scorer:
    """The shipped check-worthiness model; imported late so that other models need not load it."""
    from claims.pipeline.checkworthiness import score_text

    return score_text


def _document_day(text: str, blocks: Sequence[Block], info: DocumentInfo) -> tuple[date | None, str | None]:
    """The document's day and its ISO form: what was given, else a date printed at the top."""
    if info.published_at:
        return parse_day(info.published_at), info.published_at
    for block in blocks[:12]:
        if block.kind in {Boilerplate.DATELINE, Boilerplate.TIMESTAMP, Boilerplate.BYLINE}:
            for found in find_dates(text, block.start, min(block.end, block.start + 300), None):
                if len(found.value) == 10:
                    return parse_day(found.value), found.value
    return None, None


def _unreviewed(
    blocks: Sequence[Block],
    sentences: Sequence[Sequence[tuple[int, int]]],
    info: DocumentInfo,
    document_date: str | None,
) -> Extraction:
    """The ledger of a text in a language the rules do not know."""
    entries = [
        LedgerEntry(start, end, Disposition.UNREVIEWED)
        for block, spans in zip(blocks, sentences, strict=True)
        for start, end in spans
    ]
    warning = f"language {info.language}: no rules for it; every sentence is left unreviewed"
    return Extraction(info.language or "", document_date, EXTRACTOR, tuple(entries), (), (warning,))


def _typed_units(
    text: str,
    blocks: Sequence[Block],
    sentences: Sequence[Sequence[tuple[int, int]]],
    info: DocumentInfo,
    capitals: dict[str, str],
) -> list[_Typed]:
    """All units with their kind and their speaker."""
    quotes = find_quotes(text, blocks)
    words = Words(text, [(block.start, block.end) for block in blocks if block.is_body])
    turns = {**find_turns(text, blocks, info), **find_posts(text, blocks)}
    contents = attribute(words, blocks, sentences, quotes, turns)
    people = register(words)
    flat = [span for block, spans in zip(blocks, sentences, strict=True) if block.is_body for span in spans]
    resolver = Resolver(words, people, flat, [(quote.outer_start, quote.outer_end) for quote in quotes])
    typed: list[_Typed] = []
    kind_of = _typing(words)
    for content in contents:
        is_said = content.speech is not Speech.AUTHOR and not content.is_doubtful
        speaker = resolver.resolve(content) if is_said else None
        if _is_own_outlet(speaker, content, info):
            content, speaker = content._replace(speech=Speech.AUTHOR), None
        typed.extend(_units_of(words, content, speaker, sentences[content.block], kind_of))
    return _with_one_type(typed)


def _with_one_type(typed: Sequence[_Typed]) -> list[_Typed]:
    """A name that `he` or `she` once spoke for is a person's wherever it speaks."""
    people = {one.speaker.name for one in typed if one.speaker and one.speaker.type is ClaimantType.PERSON}
    return [
        one._replace(speaker=replace(one.speaker, type=ClaimantType.PERSON))
        if one.speaker is not None and one.speaker.type is ClaimantType.ORGANIZATION and one.speaker.name in people
        else one
        for one in typed
    ]


def _is_own_outlet(speaker: Speaker | None, content: Content, info: DocumentInfo) -> bool:
    """Whether the source is the outlet itself (`a Lantern investigation found`): its own voice."""
    if speaker is None or not info.outlet or content.speech is Speech.DIRECT:
        return False
    if content.cue not in _FINDING:
        return False
    own = info.outlet.lower().removeprefix("the ")
    name = speaker.name.lower().removeprefix("the ")
    return name in {own, own.split()[-1]} or (content.cue in _KNOWING and name.split()[0] in own.split())


def _typing(words: Words) -> Typing:
    """What types a unit, asked once for the same words of one article."""
    known: dict[tuple[str, Speech, bool, str], NotAClaim | None] = {}

    def kind_of(unit: Unit, speech: Speech, ender: str) -> NotAClaim | None:
        key = (words.text[unit.start : unit.end], speech, unit.is_carried, ender)
        if key not in known:
            known[key] = type_unit(words, unit.start, unit.end, speech=speech, is_carried=unit.is_carried, ender=ender)
        return known[key]

    return kind_of


def _units_of(
    words: Words, content: Content, speaker: Speaker | None, sentences: Sequence[tuple[int, int]], kind_of: Typing
) -> Iterable[_Typed]:
    """The units of one content, sentence by sentence."""
    text = words.text
    first = max(0, bisect_right(sentences, (content.start, len(text))) - 1)
    for place in range(first, len(sentences)):
        start, end = sentences[place]
        if start >= content.end:
            break
        low, high = max(start, content.start), min(end, content.end)
        if low >= high:
            continue
        ender = _ender(text, low, high)
        before: Unit | None = None
        units = split_units(words, low, high)
        for number, unit in enumerate(units):
            mark = ender if number == len(units) - 1 or ender == "?" else ""
            reason = kind_of(unit, content.speech, mark)
            if content.is_question and _ADDRESS.match(text, unit.start):
                reason = NotAClaim.QUESTION
            yield _Typed(unit, content, speaker, reason, before if unit.is_carried else None)
            before = unit


def _ender(text: str, start: int, end: int) -> str:
    """The mark that ends a stretch of text, quotation marks and brackets skipped."""
    tail = text[max(start, end - 6) : end + 1].rstrip(") \n")
    bare = tail.rstrip("\"”’»'")
    if bare != tail and end - start > 12 and any(mark in text[start : end - 1] for mark in ("“", "‘", "«", '"', " '")):
        return ""
    return bare[-1:]


def _claims(
    text: str,
    typed: Sequence[_Typed],
    capitals: dict[str, str],
    day: date | None,
    document_date: str | None,
    scorer: Scorer,
) -> tuple[ExtractedClaim, ...]:
    """The claims of all checkable units, in order of their place."""
    claims = []
    last: Content | None = None
    occasion: tuple[str | None, str | None] = (None, None)
    for item in typed:
        if item.reason is not None:
            continue
        if item.content is not last:
            last, occasion = item.content, _occasion(text, item.content, day, document_date)
        claims.append(_claim(text, item, capitals, day, occasion, scorer))
    return tuple(sorted(claims, key=lambda claim: (claim.start, claim.end)))


def _claim(
    text: str, item: _Typed, capitals: dict[str, str], day: date | None,
    occasion: tuple[str | None, str | None], scorer: Scorer,
) -> ExtractedClaim:  # fmt: skip
    """One claim with everything known about it."""
    content, speaker, start, end = item.content, item.speaker, item.unit.start, item.unit.end
    if content.speech is not Speech.DIRECT:
        start, end = balanced(text, start, end)
    quote = text[start:end]
    facts = find_facts(text, start, end, day)
    venue, said_at = occasion
    plain = lower_capitals(quote, capitals) if is_shouted(quote) else quote
    statement = restate(
        quote, speaker=speaker, is_direct=content.speech is Speech.DIRECT, capitals=capitals, dates=facts, offset=start,
        plain=plain, subject=_carried_subject(text, item, capitals),
    )  # fmt: skip
    prefix, suffix = anchor.context(text, start, end)
    return ExtractedClaim(
        start=start, end=end, quote=quote, prefix=prefix, suffix=suffix, statement=statement,
        speech=content.speech, claim_type=type_of(quote, facts), speaker=speaker,
        score=_worth(plain, statement, scorer),
        venue=venue, said_at=said_at,
        cue=content.cue, facts=facts,
    )  # fmt: skip


_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")


def _worth(plain: str, statement: str, scorer: Scorer) -> Score:
    """The score of the exact words; for words in the first person, the mean of
    theirs and of the standalone statement's. The model learnt from transcripts,
    where few sentences about oneself are checked; the desk checks "X has asked"."""
    own = scorer(plain)
    if statement == plain or _FIRST_PERSON.search(plain) is None:
        return own
    named = scorer(statement)
    reasons = own.reasons if own.value >= named.value else named.reasons
    return Score(value=round((own.value + named.value) / 2, 4), model=own.model, reasons=reasons)


def _carried_subject(text: str, item: _Typed, capitals: dict[str, str]) -> str | None:
    """The subject (and copula) that a clause takes over from the clause before it."""
    if item.before is None:
        return None
    before = text[item.before.start : item.before.end]
    words = lower_capitals(before, capitals) if is_shouted(before) else before
    match = re.search(r"\b(?:is|are|was|were)\b", words)
    own = text[item.unit.start : item.unit.end].split(" ", 1)[0].lower()
    if match is None or own not in {"in", "at", "on", "under", "with", "without", "of", "for"}:
        return None
    subject = re.sub(r"^(?:at this (?:very )?moment|right now|now),\s*", "", words[: match.end()], flags=re.IGNORECASE)
    return " ".join(subject.split()) if len(subject) <= 120 else None


def _occasion(
    text: str, content: Content, day: date | None, document_date: str | None
) -> tuple[str | None, str | None]:
    """Venue and day of what somebody else is held to say; the same for all claims of a content."""
    if content.speech is Speech.AUTHOR:
        return None, None
    return find_venue(text, content.frame_start, content.frame_end), _said_at(text, content, day, document_date)


def _said_at(text: str, content: Content, day: date | None, document_date: str | None) -> str | None:
    """The day named in the words about the saying, else the document's."""
    outside = []
    if content.frame_start < content.start:
        outside.append((content.frame_start, min(content.start, content.frame_end)))
    if content.end < content.frame_end:
        outside.append((max(content.end, content.frame_start), content.frame_end))
    for start, end in outside:
        for found in find_dates(text, start, min(end, start + 600), day):
            if len(found.value) == 10 and (day is None or found.value <= day.isoformat()):
                return found.value
    return document_date


def _ledger(
    text: str, blocks: Sequence[Block], sentences: Sequence[Sequence[tuple[int, int]]], typed: Sequence[_Typed],
    claims: Sequence[ExtractedClaim],
) -> tuple[LedgerEntry, ...]:  # fmt: skip
    """One entry for each sentence; furniture is one entry a block's sentence."""
    claim_starts = [claim.start for claim in claims]
    rest = sorted(
        ((item.unit.start, item.reason) for item in typed if item.reason is not None), key=lambda pair: pair[0]
    )
    starts = [start for start, _ in rest]
    entries = []
    for block, spans in zip(blocks, sentences, strict=True):
        for start, end in spans:
            if block.kind is not None:
                entries.append(LedgerEntry(start, end, Disposition.BOILERPLATE, block.kind))
            elif bisect_left(claim_starts, end) > bisect_left(claim_starts, start):
                entries.append(LedgerEntry(start, end, Disposition.CLAIM))
            else:
                inside = rest[bisect_left(starts, start) : bisect_left(starts, end)]
                reason = inside[0][1] if inside else NotAClaim.OTHER
                entries.append(LedgerEntry(start, end, Disposition.NOT_A_CLAIM, reason))
    return tuple(entries)


def _warnings(claims: Sequence[ExtractedClaim]) -> tuple[str, ...]:
    """What an editor should know about the run."""
    unknown = sum(claim.speech is not Speech.AUTHOR and claim.speaker is None for claim in claims)
    return (f"{unknown} claims have a source that is not named or not certain",) if unknown else ()
