"""Extraction: runs the pipeline over a revision and stores what it returns.

Running it twice gives the same rows. A second run with another extractor
supersedes the first: claims at the same place live on under their ids, and a
claim that a person has touched is never moved or superseded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from claims.enums import ArticleStatus, ClaimantType, Speech, Triage
from claims.models import Article, ArticleRevision, Claim, ClaimAnchor, Claimant, ExtractionRun, Sentence
from claims.pipeline.extract import extract
from claims.pipeline.shapes import DocumentInfo, ExtractedClaim, Extraction
from claims.services import claimants, reanchoring
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.events.emitting import Happening, emit_all
from factcheck.jobs.runner import Running

BULK = 500
Span = tuple[int, int]


def run(running: Running) -> None:
    """Extract the article named by the job's target and finish the job."""
    article = Article.objects.select_related("outlet").get(pk=int(running.target))
    revision = article.revisions.order_by("-number")[:1].get()
    Article.objects.filter(pk=article.pk, status__in=[ArticleStatus.RECEIVED.value, ArticleStatus.FAILED.value]).update(
        status=ArticleStatus.EXTRACTING.value
    )
    result = extract(revision.text, _info(article))
    with running.finishing():
        store(article=article, revision=revision, result=result)


def fail(target: str, error: str) -> None:
    """The job was given up: the article says so, and so does an event."""
    article = Article.objects.get(pk=int(target))
    Article.objects.filter(pk=article.pk).update(status=ArticleStatus.FAILED.value)
    history.record(subject=article, action="article.failed", actor=None, data={"error": error[:300]})
    emit_all([Happening("article.failed", article, {"article": article.pk})])


def _info(article: Article) -> DocumentInfo:
    return DocumentInfo(
        title=article.title or None,
        author=article.author or None,
        outlet=article.outlet.name if article.outlet else None,
        published_at=article.published_at,
        language=article.language or None,
    )


def store(*, article: Article, revision: ArticleRevision, result: Extraction) -> ExtractionRun | None:
    """Write ledger, claims and anchors; select those above the threshold.

    Must run in a transaction. Nothing changes when a newer text has come
    meanwhile (its own job does it), or with a current run of the same extractor.
    """
    Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if article.revisions.filter(number__gt=revision.number).exists():
        return None
    current = ExtractionRun.objects.filter(revision=revision, superseded_at__isnull=True).first()
    if current is not None and current.extractor == result.extractor:
        Article.objects.filter(pk=article.pk).update(status=ArticleStatus.READY.value)
        return current
    at = db_now()
    if current is not None:
        ExtractionRun.objects.filter(pk=current.pk).update(superseded_at=at)
    new_run = ExtractionRun.objects.create(
        revision=revision,
        extractor=result.extractor,
        model=result.claims[0].score.model if result.claims else "",
        language=result.language,
        document_date=result.document_date,
        warnings=list(result.warnings),
        created_at=at,
    )
    _write_ledger(new_run, result, current)
    moved = reanchoring.carry_over(article=article, revision=revision, at=at)
    kept, gone = _reconcile(article, revision, result.claims)
    gone = [*gone, *moved.dropped]
    fresh = [claim for claim in result.claims if (claim.start, claim.end) not in kept]
    claims = _write_claims(article, revision, new_run, fresh, at)
    Claim.objects.filter(pk__in=[claim.pk for claim in gone]).update(superseded_at=at)
    Article.objects.filter(pk=article.pk).update(
        status=ArticleStatus.READY.value, language=article.language or result.language
    )
    _tell(article, new_run, claims, gone, moved, at)
    return new_run


def _write_ledger(new_run: ExtractionRun, result: Extraction, previous: ExtractionRun | None) -> None:
    """The sentences, with a person's dispositions carried over by exact span."""
    decided: dict[Span, Sentence] = {}
    if previous is not None:
        decided = {(s.start, s.end): s for s in previous.sentences.filter(decided_at__isnull=False)}
    rows = []
    for ordinal, entry in enumerate(result.sentences, start=1):
        earlier = decided.get((entry.start, entry.end))
        row = Sentence(
            run=new_run,
            ordinal=ordinal,
            start=entry.start,
            end=entry.end,
            disposition=entry.disposition.value,
            reason=entry.reason.value if entry.reason else "",
        )
        if earlier is not None:
            row.disposition, row.reason = earlier.disposition, earlier.reason
            row.decided_by_id, row.decided_at = earlier.decided_by_id, earlier.decided_at
        rows.append(row)
    Sentence.objects.bulk_create(rows, batch_size=BULK)


def _live(article: Article) -> QuerySet[Claim]:
    return Claim.objects.filter(article=article, superseded_at__isnull=True)


def _reconcile(
    article: Article, revision: ArticleRevision, found: Sequence[ExtractedClaim]
) -> tuple[set[Span], list[Claim]]:
    """Spans that a live claim already covers exactly, and the untouched claims
    of this revision that the new run no longer finds."""
    spans = {(claim.start, claim.end) for claim in found}
    kept: set[Span] = set()
    gone: list[Claim] = []
    standing = _live(article).filter(anchor__revision=revision).select_related("anchor")
    for claim in standing.select_for_update(of=("self",)).order_by("pk"):
        anchor = claim.anchor
        if anchor is None:
            continue
        if (anchor.start, anchor.end) in spans:
            kept.add((anchor.start, anchor.end))
        elif claim.touched_at is None and not claim.held_as:
            gone.append(claim)
        else:
            kept.add((anchor.start, anchor.end))
    return kept, gone


def _speaker_rows(article: Article, found: Iterable[ExtractedClaim]) -> list[tuple[str, str, str]]:
    rows = []
    for claim in found:
        if claim.speech is Speech.AUTHOR:
            own = own_voice(article)
            if own is not None:
                rows.append((*own, ""))
        elif claim.speaker is not None:
            rows.append((claim.speaker.name, claim.speaker.type.value, claim.speaker.description or ""))
    return rows


def own_voice(article: Article) -> tuple[str, str] | None:
    """Whose claim it is when the article itself speaks: the byline, else the outlet."""
    if article.author:
        return article.author, ClaimantType.PERSON.value
    if article.outlet is not None:
        return article.outlet.name, ClaimantType.ORGANIZATION.value
    return None


def _claimant_of(article: Article, claim: ExtractedClaim, known: dict[tuple[str, str], Claimant]) -> Claimant | None:
    if claim.speech is Speech.AUTHOR:
        own = own_voice(article)
        return known[claimants.key_of(own[0]), own[1]] if own else None
    if claim.speaker is None:
        return None
    return known[claimants.key_of(claim.speaker.name), claim.speaker.type.value]


def _row_of(
    article: Article, new_run: ExtractionRun, claim: ExtractedClaim, claimant: Claimant | None, at: datetime
) -> Claim:
    chosen = claim.score.value >= settings.QUEUE_THRESHOLD
    speaker = claim.speaker
    attribution: dict[str, Any] = {
        "cue": claim.cue,
        "confidence": speaker.confidence if speaker else None,
        "evidence": list(speaker.evidence) if speaker else [],
    }
    return Claim(
        article=article,
        run=new_run,
        statement=claim.statement,
        claimant=claimant,
        speech=claim.speech.value,
        claim_type=claim.claim_type.value,
        venue=(claim.venue or "")[:200],
        said_at=claim.said_at,
        score=claim.score.value,
        score_model=claim.score.model,
        score_reasons=[reason.text for reason in claim.score.reasons],
        attribution=attribution,
        facts=[asdict(fact) for fact in claim.facts],
        triage=(Triage.SELECTED if chosen else Triage.SUGGESTED).value,
        created_at=at,
    )


def _write_claims(
    article: Article,
    revision: ArticleRevision,
    new_run: ExtractionRun,
    found: Sequence[ExtractedClaim],
    at: datetime,
) -> list[Claim]:
    known = claimants.ensure(_speaker_rows(article, found))
    rows = [_row_of(article, new_run, claim, _claimant_of(article, claim, known), at) for claim in found]
    Claim.objects.bulk_create(rows, batch_size=BULK)
    anchors = [
        ClaimAnchor(
            claim=row,
            revision=revision,
            start=claim.start,
            end=claim.end,
            quote=claim.quote,
            prefix=claim.prefix,
            suffix=claim.suffix,
            created_at=at,
        )
        for row, claim in zip(rows, found, strict=True)
    ]
    ClaimAnchor.objects.bulk_create(anchors, batch_size=BULK)
    point_at_anchors(rows)
    for row, anchor in zip(rows, anchors, strict=True):
        row.anchor = anchor
    return rows


def point_at_anchors(claims: Sequence[Claim]) -> None:
    """Set each claim's `anchor` to its newest one, in one statement."""
    newest = ClaimAnchor.objects.filter(claim=OuterRef("pk")).order_by("-id").values("pk")[:1]
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(anchor=Subquery(newest))


def _tell(
    article: Article,
    new_run: ExtractionRun,
    claims: Sequence[Claim],
    gone: Sequence[Claim],
    moved: reanchoring.Carried,
    at: datetime,
) -> None:
    selected = [claim for claim in claims if claim.triage == Triage.SELECTED.value]
    unselected = [claim for claim in gone if claim.triage == Triage.SELECTED.value]
    history.record(
        subject=article,
        action="article.extracted",
        actor=None,
        data={
            "run": new_run.pk,
            "extractor": new_run.extractor,
            "model": new_run.model,
            "claims": [claim.pk for claim in claims],
            "selected": [claim.pk for claim in selected],
            "threshold": settings.QUEUE_THRESHOLD,
            "superseded": [claim.pk for claim in gone],
            "carried": moved.as_data(),
        },
        rows=[*[claim.anchor for claim in claims if claim.anchor is not None], *moved.anchors],
        at=at,
    )
    happenings = [Happening("article.ready", article, {"article": article.pk})]
    for name, which in (("selected", selected), ("unselected", unselected)):
        happenings += [Happening(f"claim.{name}", claim, {"claim": claim.pk, "article": article.pk}) for claim in which]
    happenings += [
        Happening("claim.orphaned", claim, {"claim": claim.pk, "article": article.pk}) for claim in moved.orphaned
    ]
    emit_all(happenings, at=at)
