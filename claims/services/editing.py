"""Editing claims: fields, spans, new claims by hand, splits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from claims.enums import ClaimantType, ClaimType, Kind, Placement, Speech, Triage
from claims.models import Article, ArticleRevision, Claim, ClaimAnchor, Claimant, ExtractionRun
from claims.pipeline.shapes import CONTEXT_CHARS
from claims.policies import Right, require
from claims.services import changes, claimants, holds
from factcheck import partial_dates
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.errors import Conflict, Invalid
from factcheck.events.emitting import Happening, emit_all

MAX_STATEMENT = 2000


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a revision with the words that stand there."""

    start: int
    end: int
    exact: str


def _claimant(value: dict[str, str] | None) -> Claimant | None:
    if value is None:
        return None
    kind = ClaimantType(value.get("type", ClaimantType.PERSON.value)).value
    made = claimants.ensure([(value["name"], kind, "")])
    return made[claimants.key_of(value["name"]), kind]


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    """Input members as columns, cleaned; Invalid names the member."""
    columns: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "claimant":
            columns["claimant"] = _claimant(value)
        elif name == "said_at":
            columns["said_at"] = partial_dates.clean(value, pointer="/said_at", today=db_now().date())
        elif name == "statement":
            if not value.strip() or len(value) > MAX_STATEMENT:
                raise Invalid.at("/statement", "statement_invalid", f"A statement has 1 to {MAX_STATEMENT} characters")
            columns["statement"] = value.strip()
        else:
            columns[name] = value or ""
    return columns


@transaction.atomic
def edit(*, claim: Claim, fields: dict[str, Any], actor: User, expected_version: int) -> Claim:
    """Change statement, claimant, said_at, venue, kind, speech or claim_type."""
    require(actor.roles, Right.TRIAGE)
    if not fields:
        return claim
    return changes.apply(
        claim=claim,
        changes=_columns(fields),
        action="claim.edited",
        actor=actor,
        expected_version=expected_version,
        events=("claim.changed",),
    )


def anchor_for(claim: Claim, revision: ArticleRevision, span: Span) -> ClaimAnchor:
    """An unsaved anchor, or Invalid when the slice is not the words given."""
    text = revision.text
    if not 0 <= span.start < span.end <= len(text):
        detail = f"The span [{span.start}, {span.end}) does not lie within the text's {len(text)} characters"
        raise Invalid.at("/start", "span_outside", detail)
    found = text[span.start : span.end]
    if found != span.exact:
        raise Invalid.at(
            "/exact",
            "span_mismatch",
            f"At [{span.start}, {span.end}) the article says {found[:80]!r}; count Unicode code points, not bytes",
        )
    return ClaimAnchor(
        claim=claim,
        revision=revision,
        start=span.start,
        end=span.end,
        quote=found,
        prefix=text[max(0, span.start - CONTEXT_CHARS) : span.start],
        suffix=text[span.end : span.end + CONTEXT_CHARS],
        created_at=db_now(),
    )


@transaction.atomic
def adjust(*, claim: Claim, revision: ArticleRevision, span: Span, actor: User, expected_version: int) -> Claim:
    """Move the claim to other words of the revision."""
    require(actor.roles, Right.TRIAGE)
    holds.lock([claim.pk])
    if claim.article.revisions.filter(number__gt=revision.number).exists():
        raise Conflict("The article has a newer text: find the words there", code="revision_outdated")
    anchor = anchor_for(claim, revision, span)
    anchor.save(force_insert=True)
    return changes.apply(
        claim=claim,
        changes={
            "anchor": anchor,
            "placement": Placement.PLACED.value,
            "proposed_start": None,
            "proposed_end": None,
        },
        action="claim.adjusted",
        actor=actor,
        expected_version=expected_version,
        events=("claim.changed",),
        data={"start": span.start, "end": span.end},
        anchors=(anchor,),
    )


@transaction.atomic
def add(*, article: Article, revision: ArticleRevision, span: Span, fields: dict[str, Any], actor: User) -> Claim:
    """A claim the extraction missed, by its exact words; it is selected."""
    require(actor.roles, Right.TRIAGE)
    at = db_now()
    columns = {
        "statement": span.exact,
        "kind": Kind.CONTENT.value,
        "speech": Speech.AUTHOR.value,
        "claim_type": ClaimType.EVENT.value,
        **_columns(fields),
    }
    claim = Claim.objects.create(
        article=article, triage=Triage.SELECTED.value, created_by=actor, created_at=at, touched_at=at, **columns
    )
    return _place(claim, revision, span, actor, "claim.added", **_missed_by(revision))


def _missed_by(revision: ArticleRevision) -> dict[str, str]:
    """The extractor that has read this text and did not offer what is added."""
    current = ExtractionRun.objects.filter(revision=revision, superseded_at__isnull=True)
    extractor = current.values_list("extractor", flat=True).first()
    return {"extractor": extractor} if extractor else {}


def _place(claim: Claim, revision: ArticleRevision, span: Span, actor: User, action: str, **data: Any) -> Claim:
    anchor = anchor_for(claim, revision, span)
    anchor.save(force_insert=True)
    Claim.objects.filter(pk=claim.pk).update(anchor=anchor)
    claim.anchor = anchor
    history.record(
        subject=claim.article,
        action=action,
        actor=actor,
        data={"claim": claim.pk, "start": span.start, "end": span.end, **data},
        rows=[anchor],
    )
    emit_all([Happening("claim.selected", claim, {"claim": claim.pk, "article": claim.article_id})])
    return claim


@transaction.atomic
def split(
    *, claim: Claim, revision: ArticleRevision, spans: Sequence[Span], actor: User, expected_version: int
) -> list[Claim]:
    """Several claims in place of one; the one is dismissed, naming them."""
    require(actor.roles, Right.TRIAGE)
    if len(spans) < 2:
        raise Invalid.at("/spans", "spans_missing", "A split takes at least two spans")
    holds.lock([claim.pk])
    changes.refuse_when_held(claim)
    at = db_now()
    parts = []
    for span in spans:
        part = Claim.objects.create(
            article=claim.article,
            statement=span.exact,
            claimant=claim.claimant,
            kind=claim.kind,
            speech=claim.speech,
            claim_type=claim.claim_type,
            venue=claim.venue,
            said_at=claim.said_at,
            attribution=claim.attribution,
            triage=Triage.SELECTED.value,
            created_by=actor,
            created_at=at,
            touched_at=at,
        )
        parts.append(_place(part, revision, span, actor, "claim.added", split_from=claim.pk))
    names = ", ".join(str(part.pk) for part in parts)
    changes.apply(
        claim=claim,
        changes={"triage": Triage.DISMISSED.value, "dismiss_reason": f"split into claims {names}"},
        action="claim.split",
        actor=actor,
        expected_version=expected_version,
        events=("claim.split", "claim.dismissed"),
        data={"parts": [part.pk for part in parts]},
    )
    return parts
