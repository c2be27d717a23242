"""Extraction against hand-labelled articles: NAME.txt and NAME.gold.json.

The labels are half-open code-point spans. A claimant "author" is the
article's own voice, null an unnamed speaker (a named one is then wrong).
"""

import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from claims.enums import Disposition, Speech
from claims.evaluation import claimants, measures
from claims.evaluation.claimbuster import DataError
from claims.evaluation.measures import Counts, Span, ratio
from claims.pipeline.shapes import DocumentInfo, ExtractedClaim, Extraction

OWN_VOICE: Final = "author"
QUEUE_THRESHOLD: Final = 0.35
"""The desk's own threshold; check-worthiness F1 is measured at it."""

Extract = Callable[[str, DocumentInfo], Extraction]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One labelled claim."""

    span: Span
    claimant: str | None
    speech: str
    check_worthy: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One labelled article; `info` is what a sender would have told."""

    name: str
    text: str
    info: DocumentInfo
    document_date: str | None
    claims: tuple[GoldClaim, ...]
    boilerplate: tuple[Span, ...]
    not_claims: tuple[Span, ...]


@dataclass(slots=True)
class Tally:
    """What is added up over the articles."""

    articles: int = 0
    characters: int = 0
    seconds: list[float] = field(default_factory=list)
    broken_offsets: int = 0
    claims: Counts = field(default_factory=Counts)
    exact: Counts = field(default_factory=Counts)
    recall_by_speech: dict[str, list[int]] = field(default_factory=dict)
    verdicts: dict[str, list[str]] = field(default_factory=dict)
    speech_right: int = 0
    matched_worth: list[tuple[bool, float]] = field(default_factory=list)
    all_worth: list[tuple[bool, float]] = field(default_factory=list)
    block_characters: Counts = field(default_factory=Counts)
    blocks_found: list[bool] = field(default_factory=list)
    blocks_right: list[bool] = field(default_factory=list)
    kept_out: list[bool] = field(default_factory=list)
    dates_right: list[bool] = field(default_factory=list)


def read_articles(folder: Path) -> list[GoldArticle]:
    """All labelled articles of a folder by name; DataError if one is unfit."""
    articles = [_read_article(path) for path in sorted(folder.glob("*.gold.json"))]
    if not articles:
        raise DataError(f"{folder}: no NAME.txt with NAME.gold.json")
    return articles


def has_articles(folder: Path) -> bool:
    """Whether a folder holds labelled articles."""
    return any(folder.glob("*.gold.json"))


def _read_article(path: Path) -> GoldArticle:
    name = path.name.removesuffix(".gold.json")
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_name(f"{name}.txt").read_bytes().decode("utf-8").replace("\r\n", "\n")
        claims = tuple(_read_claim(claim, text) for claim in gold["claims"])
        return GoldArticle(
            name=name,
            text=text,
            info=DocumentInfo(title=gold.get("title"), author=gold.get("author"), outlet=gold.get("outlet")),
            document_date=gold.get("document_date"),
            claims=claims,
            boilerplate=tuple(_read_span(entry, text, "text") for entry in gold.get("boilerplate", [])),
            not_claims=tuple(_read_span(entry, text, "text") for entry in gold.get("not_claims", [])),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: {error!r}") from error


def _read_claim(claim: dict[str, Any], text: str) -> GoldClaim:
    return GoldClaim(
        span=_read_span(claim, text, "quote"),
        claimant=claim["claimant"],
        speech=claim.get("speech") or (Speech.AUTHOR if claim["claimant"] == OWN_VOICE else Speech.DIRECT),
        check_worthy=bool(claim["check_worthy"]),
    )


def _read_span(entry: dict[str, Any], text: str, words: str) -> Span:
    start, end = int(entry["start"]), int(entry["end"])
    if words in entry and text[start:end] != entry[words]:
        raise ValueError(f"the label at {start} is not what stands there")
    return start, end


def measure_articles(articles: Iterable[GoldArticle], extract: Extract, clock: Clock) -> dict[str, Any]:
    """Every figure over the articles; `clock` gives seconds.

    One word goes through first, so that loading models is not timed.
    """
    extract("Warm-up.", DocumentInfo())
    tally = Tally()
    for article in articles:
        started = clock()
        extraction = extract(article.text, article.info)
        tally.seconds.append(clock() - started)
        add_article(tally, article, extraction)
    return summarise(tally)


def add_article(tally: Tally, article: GoldArticle, extraction: Extraction) -> None:
    """Add one article's result to the tally."""
    tally.articles += 1
    tally.characters += len(article.text)
    tally.broken_offsets += broken_offsets(article.text, extraction)
    gold = [claim.span for claim in article.claims]
    found = [(claim.start, claim.end) for claim in extraction.claims]
    pairs = measures.match_spans(gold, found)
    tally.claims += Counts(len(pairs), len(found) - len(pairs), len(gold) - len(pairs))
    tally.exact += measures.set_counts(gold, found)
    _add_claimants(tally, article, extraction, pairs)
    _add_worth(tally, article, extraction, pairs)
    _add_blocks(tally, article, extraction)
    for span in article.not_claims:
        tally.kept_out.append(all(measures.overlap(span, other) < 0.5 for other in found))
    if article.document_date:
        tally.dates_right.append(extraction.document_date == article.document_date)


def _add_claimants(
    tally: Tally, article: GoldArticle, extraction: Extraction, pairs: Sequence[tuple[int, int]]
) -> None:
    for claim in article.claims:
        tally.recall_by_speech.setdefault(claim.speech, [0, 0])[1] += 1
    for g, f in pairs:
        claim, found = article.claims[g], extraction.claims[f]
        tally.recall_by_speech[claim.speech][0] += 1
        tally.verdicts.setdefault(claim.speech, []).append(judge_claimant(claim, found))
        tally.speech_right += claim.speech == found.speech


def judge_claimant(gold: GoldClaim, found: ExtractedClaim) -> str:
    """`right`, `abstained` (visibly unsure), `misnamed` or `unattributed`: both false.

    Misnamed is somebody else, or a name where the article names nobody or speaks
    itself; unattributed are somebody's words taken for the article's own. An
    abstention is right where nobody is named.
    """
    if gold.claimant == OWN_VOICE:
        if found.speech is Speech.AUTHOR:
            return "right"
        return "abstained" if found.speaker is None else "misnamed"
    if found.speech is Speech.AUTHOR:
        return "unattributed"
    if found.speaker is None:
        return "right" if gold.claimant is None else "abstained"
    if gold.claimant is None:
        return "misnamed"
    return "right" if claimants.agree(gold.claimant, found.speaker.name) else "misnamed"


def _add_worth(tally: Tally, article: GoldArticle, extraction: Extraction, pairs: Sequence[tuple[int, int]]) -> None:
    """Scores of matched claims, and of all: a missed claim scores 0, a wrong
    one is not worthy."""
    scores = [claim.score.value for claim in extraction.claims]
    matched = [(article.claims[g].check_worthy, scores[f]) for g, f in pairs]
    tally.matched_worth.extend(matched)
    tally.all_worth.extend(matched)
    met, used = {g for g, _ in pairs}, {f for _, f in pairs}
    tally.all_worth.extend((claim.check_worthy, 0.0) for g, claim in enumerate(article.claims) if g not in met)
    tally.all_worth.extend((False, score) for f, score in enumerate(scores) if f not in used)


def _add_blocks(tally: Tally, article: GoldArticle, extraction: Extraction) -> None:
    found = [(s.start, s.end) for s in extraction.sentences if s.disposition is Disposition.BOILERPLATE]
    wanted = _characters(article.text, article.boilerplate)
    got = _characters(article.text, found)
    tally.block_characters += Counts(len(wanted & got), len(got - wanted), len(wanted - got))
    tally.blocks_found.extend(_mostly(article.text, span, got) for span in article.boilerplate)
    tally.blocks_right.extend(_mostly(article.text, span, wanted) for span in found)


def _characters(text: str, spans: Iterable[Span]) -> set[int]:
    return {at for start, end in spans for at in range(start, end) if not text[at].isspace()}


def _mostly(text: str, span: Span, inside: set[int]) -> bool:
    own = _characters(text, [span])
    return 2 * len(own & inside) >= len(own)


def broken_offsets(text: str, extraction: Extraction) -> int:
    """How many objects break the invariant: span in the text, words equal,
    ledger in order without overlap and complete but for white space."""
    broken = 0
    for claim in extraction.claims:
        sound = 0 <= claim.start < claim.end <= len(text) and text[claim.start : claim.end] == claim.quote
        sound = sound and text[: claim.start].endswith(claim.prefix) and text[claim.end :].startswith(claim.suffix)
        broken += not sound
        broken += sum(text[fact.start : fact.end] != fact.text for fact in claim.facts)
    at = 0
    for entry in extraction.sentences:
        if entry.start < at or entry.end <= entry.start or entry.end > len(text) or text[at : entry.start].strip():
            broken += 1
        at = max(at, entry.end)
    return broken + bool(text[at:].strip())


def summarise(tally: Tally) -> dict[str, Any]:
    """The tally as rounded figures by name."""
    verdicts = [verdict for group in tally.verdicts.values() for verdict in group]
    cost = verdicts.count("abstained") + 2 * _false(verdicts)
    return {
        "articles": tally.articles,
        "claims": _counts(tally.claims) | {"gold": tally.claims.right + tally.claims.missed},
        "claims_exact_span": _counts(tally.exact),
        "recall_by_speech": {
            speech: {"gold": whole, "recall": _rounded(ratio(part, whole))}
            for speech, (part, whole) in sorted(tally.recall_by_speech.items())
        },
        "claimant_on_matched": {
            "all": _claimant(verdicts),
            "direct": _claimant(_of(tally, Speech.DIRECT)),
            "indirect": _claimant(_of(tally, Speech.INDIRECT, Speech.MIXED)),
            "author": _claimant(_of(tally, Speech.AUTHOR)),
            "cost_per_claim": _rounded(ratio(cost, len(verdicts))),
        },
        "attribution_end_to_end": _rounded(ratio(verdicts.count("right"), tally.claims.right + tally.claims.missed)),
        "speech_right_on_matched": _rounded(ratio(tally.speech_right, len(verdicts))),
        "check_worthiness": {
            "matched": _worth(tally.matched_worth),
            "end_to_end": _worth(tally.all_worth),
        },
        "blocks": _counts(tally.block_characters)
        | {"spans_found": _share(tally.blocks_found), "entries_right": _share(tally.blocks_right)},
        "not_claims_kept_out": _share(tally.kept_out),
        "document_date_right": _share(tally.dates_right),
        "broken_offsets": tally.broken_offsets,
        "speed": _speed(tally),
    }


def _of(tally: Tally, *speeches: Speech) -> list[str]:
    return [verdict for speech in speeches for verdict in tally.verdicts.get(speech, [])]


def _false(verdicts: Sequence[str]) -> int:
    return verdicts.count("misnamed") + verdicts.count("unattributed")


def _claimant(verdicts: Sequence[str]) -> dict[str, float]:
    counts = {kind: verdicts.count(kind) for kind in ("right", "abstained")}
    counts |= {"false": _false(verdicts), "misnamed": verdicts.count("misnamed")}
    return {"claims": len(verdicts)} | {kind: _rounded(ratio(count, len(verdicts))) for kind, count in counts.items()}


def _counts(counts: Counts) -> dict[str, float]:
    return {
        "precision": _rounded(counts.precision),
        "recall": _rounded(counts.recall),
        "f1": _rounded(counts.f1),
    }


def _worth(pairs: Sequence[tuple[bool, float]]) -> dict[str, float]:
    labels = [label for label, _ in pairs]
    scores = [score for _, score in pairs]
    return {
        "claims": len(pairs),
        "f1": _rounded(measures.counts_at(labels, scores, QUEUE_THRESHOLD).f1),
        "average_precision": _rounded(measures.average_precision(labels, scores)),
        "calibration_error": _rounded(measures.calibration_error(labels, scores)),
    }


def _speed(tally: Tally) -> dict[str, float]:
    total = sum(tally.seconds)
    return {
        "articles_per_second": _rounded(ratio(tally.articles, total)),
        "median_milliseconds": _rounded(1000 * statistics.median(tally.seconds)) if tally.seconds else 0.0,
        "characters_per_second": round(ratio(tally.characters, total)),
    }


def _share(values: Sequence[bool]) -> float:
    return _rounded(ratio(sum(values), len(values)))


def _rounded(value: float) -> float:
    return round(value, 4)
