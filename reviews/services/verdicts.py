"""Verdicts: submitting an immutable revision, taking it back, opening it again."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Q, Subquery
from django.db.models.functions import JSONObject

from claims.selectors import claim_snapshot, snapshot_columns
from factcheck import canonical, partial_dates
from factcheck.accounts.models import User
from factcheck.errors import FieldError, Forbidden, Invalid
from factcheck.prepared import Slot
from factcheck.rows import insert, insert_few
from reviews import gate, workflow
from reviews.contacts import claimant_was_asked
from reviews.enums import Action, CorrectionType
from reviews.gate import GateFinding, GatePolicy
from reviews.models import Correction, Evidence, Rating, Review, Source, Verdict
from reviews.models.verdict import WORDS
from reviews.overrides import standing
from reviews.policies import Permission
from reviews.selectors import gate_policy, ratings_in_force, rules_in_force
from reviews.services import archiving, leases, sources
from reviews.services.moves import Seen, Step, move, permit, reading, see, settle
from reviews.submissions import EvidenceItem, Submission


@dataclass(frozen=True, slots=True)
class Submitted:
    """A new verdict with its review and evidence, as they now stand."""

    verdict: Verdict
    review: Review
    evidence: tuple[Evidence, ...]
    rating: Rating


def submit(*, review_id: int, submission: Submission, actor: User, expected_version: int | None = None) -> Submitted:
    """Hand in a verdict for approval.

    Refused: without the live lease (409), when the standards gate finds
    something missing (422 with every place), for an unknown rating (422). The
    claim is frozen into the verdict as it stands now.
    """
    permit(actor, Action.SUBMIT)
    if submission.overrides:
        permit(actor, Permission.OVERRIDE_GATE)
    return settle(lambda: _submit(review_id, submission, actor, expected_version))


def _needed() -> dict[str, Any]:
    """What a submission wants to know beside the review, in one statement."""
    chosen = ratings_in_force().filter(slug=Slot("slug", CharField())).order_by()
    as_object = JSONObject(pk="pk", slug="slug", label="label", number="number")
    return {
        "rating": Subquery(chosen.values_list(as_object)[:1]),
        "contacted": claimant_was_asked(),
        "gate_rules": Subquery(rules_in_force()[:1]),
        **snapshot_columns("claim"),
    }


_FOR_SUBMISSION = reading(_needed)
_WITH_AUTHOR = reading(lambda: {"author": F("verdict__author")})


def _submit(review_id: int, submission: Submission, actor: User, expected_version: int | None) -> Submitted:
    seen = see(review_id, expected_version=expected_version, by=_FOR_SUBMISSION, slug=submission.rating)
    submission = replace(submission, claimant_contacted=bool(seen.along["contacted"]))
    leases.require_holder(seen, actor, Action.SUBMIT, live=True)
    rating = _rating_of(seen, submission)
    _check_dates(submission, seen.at)
    completed = replace(submission, evidence=tuple(sources.completed(submission.evidence)))
    if gate.OF_COPIES & set(seen.along["gate_rules"] or ()):
        completed = replace(completed, copies=archiving.copies_of(completed.evidence))
    completed = _through_gate(seen, completed, but={"independent_sources"})
    cited = sources.cite(completed.evidence, actor=actor, at=seen.at)
    completed = replace(completed, evidence=tuple(item for item, _ in cited))
    completed = _through_gate(seen, completed)
    if completed.overrides:
        completed = replace(completed, overrides=gate.needed(completed.for_gate(), _policy(seen), completed.overrides))
    _require_fitting_correction(seen, rating)
    evidence = [_evidence(number, item, source) for number, (item, source) in enumerate(cited, start=1)]
    verdict = _write(seen, completed, rating, actor, evidence)
    step = Step(
        "review.submitted",
        columns={**leases.columns_of(None, seen.at), "verdict": verdict, "revisions": verdict.revision},
        only_if=Q(lease_holder=actor),
        tells={"verdict": verdict.pk, "revision": verdict.revision, "rating": rating.slug, **_set_aside(completed)},
        rows=[verdict, *evidence],
    )
    review = move(seen, Action.SUBMIT, step, actor=actor)
    return Submitted(verdict, review, tuple(evidence), rating)


def _set_aside(submission: Submission) -> dict[str, Any]:
    """The rules that were set aside, for history and event; nothing when none was."""
    return {"overrides": [asdict(one) for one in submission.overrides]} if submission.overrides else {}


def _rating_of(seen: Seen, submission: Submission) -> Rating:
    """The chosen rating as it was read with the review; the whole list of what
    is missing when there is none of that name."""
    found = seen.along["rating"]
    if found is None:
        if findings := _missing(seen, submission, ratings=[one.slug for one in ratings_in_force()]):
            raise _not_ready(findings)
        raise Invalid.at("/rating", "rating", f"{submission.rating!r} is no rating of the scale in force")
    return Rating(**found)


def _check_dates(submission: Submission, at: datetime) -> None:
    for place, item in enumerate(submission.evidence):
        partial_dates.clean(item.accessed_at, pointer=f"/evidence/{place}/accessed_at", today=at.date())


def _through_gate(seen: Seen, submission: Submission, *, but: Collection[str] = ()) -> Submission:
    """The submission, with the rules that a publisher set aside for this review if
    it needs them. Invalid `gate` with everything missing; `but` alone does not refuse."""
    if _missing(seen, submission, but=but) and (set_aside := standing(seen.review.pk)):
        submission = replace(submission, overrides=(*submission.overrides, *set_aside))
    if findings := _missing(seen, submission, but=but):
        raise _not_ready(findings)
    return submission


def _missing(
    seen: Seen, submission: Submission, *, ratings: Sequence[str] | None = None, but: Collection[str] = ()
) -> list[GateFinding]:
    """Everything that the gate finds missing, or nothing when it is `but` alone."""
    findings = gate.check(submission.for_gate(), _policy(seen, ratings), submission.overrides)
    return findings if any(finding.code not in but for finding in findings) else []


def _not_ready(findings: Sequence[GateFinding]) -> Invalid:
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return Invalid(
        f"The verdict is not ready: {findings[0].detail}{more}",
        errors=[FieldError(one.pointer, one.code, one.detail) for one in findings],
        code="gate",
    )


def _policy(seen: Seen, ratings: Sequence[str] | None = None) -> GatePolicy:
    return gate_policy(ratings, rules=seen.along["gate_rules"] or ())


def _require_fitting_correction(seen: Seen, rating: Rating) -> None:
    """An open correction's type and the new rating must agree."""
    if seen.review.open_correction_id is None:
        return
    correction = Correction.objects.select_related("verdict_before__rating").get(pk=seen.review.open_correction_id)
    before = correction.verdict_before.rating.label
    changed = before != rating.label
    if changed != (correction.type == CorrectionType.RATING_CHANGED.value):
        raise Invalid.at(
            "/rating",
            "correction_type_mismatch",
            f"The open correction says {correction.type.replace('_', ' ')}, but the rating "
            f"{'changes' if changed else 'does not change'} ({before} to {rating.label}): "
            "choose the rating that fits, or abandon the correction and open another",
        )


def _write(seen: Seen, submission: Submission, rating: Rating, actor: User, evidence: Sequence[Evidence]) -> Verdict:
    review = seen.review
    snapshot = claim_snapshot(seen.along)
    content = {
        "rating": rating.pk,
        "headline": submission.headline,
        "summary": submission.summary,
        "explanation": submission.explanation,
        "evidence": [
            {**_lasting(item), "words": row.words_digest}
            for item, row in zip(submission.evidence, evidence, strict=True)
        ],
        "overrides": [asdict(one) for one in submission.overrides],
        "reasons": dict(submission.reasons),
        "claim": snapshot,
    }
    verdict = Verdict(
        review=review,
        revision=review.revisions + 1,
        round=review.round,
        author=actor,
        rating_id=rating.pk,
        headline=submission.headline,
        summary=submission.summary,
        explanation=submission.explanation,
        overrides=content["overrides"],
        reasons=content["reasons"],
        claim_version=snapshot["version"],
        claim_snapshot=canonical.dumps(snapshot),
        content_hash=canonical.digest(content),
        submitted_at=seen.at,
    )
    insert(verdict)
    for row in evidence:
        row.verdict = verdict
    insert_few(evidence)
    return verdict


def _lasting(item: EvidenceItem) -> dict[str, Any]:
    """An item without the words that can be erased."""
    return {name: value for name, value in asdict(item).items() if name not in WORDS}


def _evidence(number: int, item: EvidenceItem, source: Source) -> Evidence:
    """The row of one source, which no verdict has yet."""
    row = Evidence(
        number=number,
        source=source,
        url=item.url,
        title=item.title,
        publisher=item.publisher,
        stance=item.stance.value if item.stance else "",
        excerpt=item.excerpt,
        locator=item.locator,
        accessed_at=item.accessed_at,
        primary=item.primary,
        independence_group=gate.independence_group(item.for_gate()) or "",
        confidential=item.confidential,
        confidential_reason=item.confidential_reason,
        public_title=item.public_title,
        salt=secrets.token_hex(16),
    )
    row.words_digest = row.digest_of_words()
    return row


def withdraw(*, review_id: int, actor: User, expected_version: int | None = None, reason: str = "") -> Review:
    """The author takes the verdict back before it is decided, and goes on working."""
    permit(actor, Action.WITHDRAW)

    def act() -> Review:
        seen = see(review_id, expected_version=expected_version, by=_WITH_AUTHOR)
        workflow.find(*seen.review.state, Action.WITHDRAW)
        if seen.along["author"] != actor.pk:
            raise Forbidden("Only the author can withdraw a verdict; request changes instead", code="not_the_author")
        return _open_again(seen, Action.WITHDRAW, "review.withdrawn", actor, reason)

    return settle(act)


def revise(*, review_id: int, actor: User, expected_version: int | None = None, reason: str = "") -> Review:
    """Open an approved text again; its approvals no longer count."""
    permit(actor, Action.REVISE)

    def act() -> Review:
        seen = see(review_id, expected_version=expected_version)
        return _open_again(seen, Action.REVISE, "review.revised", actor, reason)

    return settle(act)


def _open_again(seen: Seen, action: Action, event: str, actor: User, reason: str) -> Review:
    step = Step(
        event,
        columns={**leases.columns_of(actor, seen.at), "verdict": None},
        tells={"verdict": seen.review.verdict_id, "reason": reason},
    )
    return move(seen, action, step, actor=actor)
