"""From a verdict to the frozen report: the one place where a payload is made.

Everything is taken from the verdict's own frozen snapshot and rows, so that
a later change of the claim or of a source cannot reach what was approved. The
right of reply alone is told as it stands when the report is made: an answer
that comes while others approve is an answer.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.text import slugify

from claims.enums import ClaimantType, Kind, Speech
from claims.models import Claim
from reviews import kept_words
from reviews.archives import state_of
from reviews.contacts import contacts_of
from reviews.enums import Channel, CorrectionType, Decision, LinkRelation, Stance, VersionKind
from reviews.models import ContactAttempt, Correction, Evidence, Rating, Report, ReportVersion, Verdict
from reviews.reports.verdict_report import (
    Appearance,
    DeclaredReason,
    Desk,
    LinkedClaim,
    ReportClaim,
    ReportClaimant,
    ReportContact,
    ReportCorrection,
    ReportEvidence,
    ReportOverride,
    ReportRating,
    ReportScale,
    Retraction,
    ScaleRating,
    VerdictReport,
    withheld,
)
from reviews.selectors import report_url

SLUG_CHARS = 32


def moment(at: datetime) -> str:
    """A moment as reports spell it: ISO 8601 in UTC, to the millisecond."""
    return at.isoformat(timespec="milliseconds")


def slug_of(review_id: int, statement: str) -> str:
    """`12-thousands-of-ukrainian-troops`: the review and its first words."""
    words = slugify(statement[:500])
    if len(words) > SLUG_CHARS:
        words = words[: SLUG_CHARS + 1].rpartition("-")[0] or words[:SLUG_CHARS]
    return f"{review_id}-{words}" if words else str(review_id)


def read(version: ReportVersion) -> VerdictReport:
    """The report that a version froze."""
    return VerdictReport.from_payload(json.loads(version.payload))


def build(
    *,
    verdict: Verdict,
    slug: str,
    at: datetime,
    previous: VerdictReport | None,
    correction: Correction | None,
) -> VerdictReport:
    """The report of a verdict: the first version, or the one that corrects
    `previous`. `verdict` has its rating and scale joined."""
    fresh = _first_version(verdict, slug, at)
    if previous is None or correction is None:
        return fresh
    told = ReportCorrection(
        CorrectionType(correction.type), correction.reason, moment(at), previous.rating.label, fresh.rating.label
    )
    return replace(
        fresh,
        version=previous.version + 1,
        kind=VersionKind.CORRECTED,
        published_at=previous.published_at,
        corrections=(*previous.corrections, told),
    )


def _first_version(verdict: Verdict, slug: str, at: datetime) -> VerdictReport:
    snapshot: Mapping[str, Any] = json.loads(verdict.claim_snapshot)
    now = moment(at)
    submitted = moment(verdict.submitted_at)
    return VerdictReport(
        desk=_desk(),
        slug=slug,
        url=report_url(slug),
        version=1,
        kind=VersionKind.PUBLISHED,
        published_at=now,
        modified_at=now,
        claim=_claim(snapshot, verdict.headline),
        rating=report_rating(verdict.rating, list(verdict.rating.scale.ratings.order_by("position"))),
        summary=verdict.summary,
        explanation=verdict.explanation,
        evidence=tuple(
            _evidence(one) for one in verdict.evidence.select_related("source__state__snapshot").order_by("number")
        ),
        overrides=tuple(ReportOverride(one["rule"], one["reason"], submitted) for one in verdict.overrides),
        reasons=tuple(DeclaredReason(rule, reason) for rule, reason in sorted(verdict.reasons.items())),
        contacts=tuple(_contact(one) for one in contacts_of(verdict.review_id, until=at).order_by("pk")),
        links=_links(snapshot),
        approvals=verdict.approvals.filter(decision=Decision.APPROVE.value).count(),
    )


def retracted(previous: VerdictReport, *, reason: str, at: datetime) -> VerdictReport:
    """The notice that takes `previous` back."""
    return replace(
        previous,
        version=previous.version + 1,
        kind=VersionKind.RETRACTED,
        modified_at=moment(at),
        retraction=Retraction(reason, moment(at)),
    )


def _desk() -> Desk:
    base = settings.BASE_URL
    return Desk(settings.DESK_NAME, base, f"{base}/corrections", f"{base}/methodology")


def report_rating(rating: Rating, ratings: Sequence[Rating]) -> ReportRating:
    """A rating with its whole scale; the numbers are all there or all absent."""
    numbers = [one.number for one in ratings if one.number is not None]
    is_ordered = rating.number is not None
    return ReportRating(
        label=rating.label,
        slug=rating.slug,
        scale=ReportScale(
            rating.scale.name,
            rating.scale.version,
            tuple(ScaleRating(one.label, one.slug, one.number) for one in ratings),
        ),
        ordered=is_ordered,
        value=rating.number,
        best=max(numbers) if is_ordered else None,
        worst=min(numbers) if is_ordered else None,
    )


def _claim(snapshot: Mapping[str, Any], headline: str) -> ReportClaim:
    claimant = snapshot["claimant"]
    article = _appearance(snapshot["article"])
    speech = Speech(snapshot["speech"])
    return ReportClaim(
        quote=snapshot["quote"] or snapshot["statement"],
        statement=snapshot["statement"],
        claimant=(
            ReportClaimant(claimant["name"], ClaimantType(claimant["type"]), next(iter(claimant["same_as"]), None))
            if claimant
            else None
        ),
        speech=speech,
        kind=Kind(snapshot["kind"]),
        article=article,
        said_at=snapshot["said_at"],
        venue=snapshot["venue"],
        headline=headline or None,
        first_appearance=article if speech is Speech.AUTHOR else None,
        appearances=tuple(_appearance(one) for one in snapshot["appearances"]),
    )


def _appearance(place: Mapping[str, Any]) -> Appearance:
    return Appearance(
        url=place.get("url") or None,
        title=place.get("title") or None,
        outlet=place.get("outlet") or None,
        author=place.get("author") or None,
        published_at=place.get("published_at") or None,
    )


def _evidence(row: Evidence) -> ReportEvidence:
    """A source as it was cited, with the copies kept of it when this is made."""
    state = state_of(row.source)
    copy = state.snapshot if state is not None else None
    shown = ReportEvidence(
        number=row.number,
        title=row.title_shown,
        stance=Stance(row.stance),
        url=row.url or None,
        publisher=row.publisher or None,
        excerpt=row.excerpt or None,
        locator=row.locator or None,
        accessed_at=row.accessed_at,
        archived_url=(state.public_copy or None) if state is not None else None,
        archived_at=moment(copy.fetched_at) if copy is not None else None,
        archived_sha256=copy.sha256 if copy is not None else None,
        primary=row.primary,
        independence_group=row.independence_group or None,
    )
    return withheld(shown, title=row.public_title, reason=row.confidential_reason) if row.confidential else shown


def _contact(row: ContactAttempt) -> ReportContact:
    """A question with every answer so far; who was asked stays with the desk."""
    answers = list(row.responses.all())
    return ReportContact(
        party=kept_words.frozen(row.party_detail, row.party),
        channel=Channel(row.channel),
        question=kept_words.frozen(row.question_detail, row.question),
        asked_at=moment(row.asked_at),
        deadline=moment(row.deadline) if row.deadline else None,
        response="\n\n".join(kept_words.frozen(one.text_detail, one.text) for one in answers) or None,
        responded_at=moment(answers[-1].responded_at) if answers else None,
    )


def _links(snapshot: Mapping[str, Any]) -> tuple[LinkedClaim, ...]:
    """The other half of a quote, reviewed apart: said versus true."""
    pairs = Claim.objects.filter(Q(pk=snapshot["pair"]) | Q(pair=snapshot["id"]), superseded_at__isnull=True)
    return tuple(
        LinkedClaim(
            LinkRelation.ATTRIBUTION if claim["kind"] == Kind.ATTRIBUTION.value else LinkRelation.CONTENT,
            claim["statement"],
            report_url(claim["review__report__slug"]) if claim["review__report__slug"] else None,
            None if claim["review__report__retracted_at"] else claim["review__report__rating__label"],
        )
        for claim in pairs.order_by("pk").values(
            "kind",
            "statement",
            "review__report__slug",
            "review__report__rating__label",
            "review__report__retracted_at",
        )
    )


def public_ratings(*, but: int | None) -> tuple[ReportRating, ...]:
    """Every rating that a public report shows, the report `but` aside: what a
    new report must agree with."""
    standing = Report.objects.filter(rating=OuterRef("pk"), retracted_at__isnull=True)
    if but is not None:
        standing = standing.exclude(pk=but)
    used = Rating.objects.filter(Exists(standing)).select_related("scale").prefetch_related("scale__ratings")
    return tuple(_whole(used))


def _whole(ratings: Iterable[Rating]) -> Iterable[ReportRating]:
    for rating in ratings:
        yield report_rating(rating, sorted(rating.scale.ratings.all(), key=lambda one: one.position))
