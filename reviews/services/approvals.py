"""Approvals: a second person's decision on one verdict revision."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from claims.selectors import MAX_ID
from claims.services import holds
from factcheck.accounts.models import User
from factcheck.errors import Conflict, Forbidden, Invalid, NotFound
from reviews import policies, workflow
from reviews.contributions import contributed
from reviews.enums import Action, Decision
from reviews.gate import says_something
from reviews.models import Approval, Review, Verdict
from reviews.models.verdict import NOT_CURRENT, SELF_APPROVAL
from reviews.selectors import quorum, required_approvals
from reviews.services import leases
from reviews.services.moves import Seen, Step, move, permit, see, settle


class SelfApproval(Forbidden):
    """Who contributed to the text cannot approve it."""

    code = "self_approval"
    title = "Own work"


class ClaimChanged(Conflict):
    """The claim is no longer what the verdict is about."""

    code = "claim_changed"
    title = "The claim changed"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the review as it now stands."""

    approval: Approval
    review: Review


def require_unchanged_claim(seen: Seen, verdict: Verdict) -> None:
    """409 `claim_changed` when the claim was changed after submission."""
    now = seen.review.claim.version
    if now != verdict.claim_version:
        raise ClaimChanged(
            f"The claim was changed after this verdict was submitted (version {verdict.claim_version}, now {now}): "
            "withdraw or revise the verdict and submit it again",
            extra={"claim": seen.review.claim_id, "submitted_version": verdict.claim_version, "current_version": now},
        )


def require_quorum(verdict: Verdict) -> None:
    """409 `approvals_missing` when the verdict has fewer approvals than are asked for now."""
    counted = quorum(verdict)
    if counted["given"] < counted["required"]:
        raise Conflict(
            f"This verdict has {counted['given']} of the {counted['required']} approvals that are asked for by now: "
            "revise it, and submit it again for the others to read",
            code="approvals_missing",
            extra=counted,
        )


def approve(
    *, verdict_id: int, revision: int | None, actor: User, comment: str = "", expected_version: int | None = None
) -> Decided:
    """Stand behind a verdict. With enough approvals the review is approved.

    `revision` is the one the approver read; another one up for approval is a
    409. Contributors since the last publication are refused (403
    `self_approval`), by the database too. Who approved before the desk came to
    ask for fewer approves again: nothing is counted twice, and it is enough now.
    """
    permit(actor, Action.APPROVE)

    def act() -> Decided:
        _lock_claim(verdict_id)
        verdict, seen = _read(verdict_id, revision, actor, Action.APPROVE, expected_version)
        require_unchanged_claim(seen, verdict)
        given = Approval.objects.filter(verdict=verdict, decision=Decision.APPROVE.value)
        required = required_approvals(getattr(verdict, "scale_asks", None))
        approval = given.filter(approver=actor).first() if given.count() >= required else None
        rows = [] if approval is not None else [_insert(seen, verdict, actor, Decision.APPROVE, comment)]
        count = given.count()
        step = Step(
            "review.approved",
            tells={
                "verdict": verdict.pk,
                "revision": verdict.revision,
                "approvals": count,
                "quorum": count >= required,
            },
            rows=rows,
            met=count >= required,
        )
        approval = approval or rows[0]
        return Decided(approval, move(seen, Action.APPROVE, step, actor=actor))

    return settle(act)


def request_changes(
    *, verdict_id: int, revision: int | None, actor: User, comment: str, expected_version: int | None = None
) -> Decided:
    """Send a verdict back to its author, who gets a lease of the usual length;
    where the author can no longer work on it, it is free for everybody."""
    permit(actor, Action.REQUEST_CHANGES)
    if not says_something(comment):
        raise Invalid.at("/comment", "comment_missing", "Say what to change: the author reads nothing else")

    def act() -> Decided:
        verdict, seen = _read(verdict_id, revision, actor, Action.REQUEST_CHANGES, expected_version)
        approval = _insert(seen, verdict, actor, Decision.REQUEST_CHANGES, comment)
        step = Step(
            "review.changes_requested",
            columns={**_back_to(verdict.author, seen), "verdict": None},
            tells={"verdict": verdict.pk, "revision": verdict.revision, "comment": comment},
            rows=[approval],
        )
        return Decided(approval, move(seen, Action.REQUEST_CHANGES, step, actor=actor))

    return settle(act)


def _back_to(author: User, seen: Seen) -> dict[str, Any]:
    """The lease of the author, or none and no assignment to an account that is gone."""
    if author.is_active and policies.may(author.roles, Action.SUBMIT):
        return leases.columns_of(author, seen.at)
    is_theirs = seen.review.assignee_id == author.pk
    return {**leases.columns_of(None, seen.at), **({"assignee": None, "assigned_at": None} if is_theirs else {})}


def _lock_claim(verdict_id: int) -> None:
    """Nobody changes the claim while an approval of what is said of it is written."""
    if 0 < verdict_id < MAX_ID:
        holds.lock(list(Review.objects.filter(verdict=verdict_id).values_list("claim", flat=True)))


def _read(
    verdict_id: int, revision: int | None, actor: User, action: Action, expected_version: int | None
) -> tuple[Verdict, Seen]:
    """The verdict and its review, all guards passed."""
    verdict = (
        Verdict.objects.select_related("author")
        .annotate(
            contributed=contributed(actor),
            current_revision=F("review__verdict__revision"),
            scale_asks=F("rating__scale__required_approvals"),
        )
        .filter(pk=verdict_id)
        .first()
        if 0 < verdict_id < MAX_ID
        else None
    )
    if verdict is None:
        raise NotFound(f"There is no verdict {verdict_id}")
    read: Any = verdict
    if read.contributed:
        raise self_approval()
    seen = see(verdict.review_id, expected_version=expected_version)
    workflow.find(*seen.review.state, action)
    if seen.review.verdict_id != verdict.pk or (revision is not None and revision != verdict.revision):
        raise Conflict(
            f"Another revision is up for approval: {read.current_revision}. Read it before you decide",
            code="revision_outdated",
            extra={"verdict": seen.review.verdict_id, "revision": read.current_revision},
        )
    return verdict, seen


def self_approval() -> SelfApproval:
    """The refusal of a contributor."""
    return SelfApproval("You contributed to this verdict: somebody else must decide on it")


def _insert(seen: Seen, verdict: Verdict, actor: User, decision: Decision, comment: str) -> Approval:
    """The row, with the refusals of its triggers and constraints in words."""
    try:
        with transaction.atomic():
            return Approval.objects.create(
                verdict=verdict, approver=actor, decision=decision.value, comment=comment, at=seen.at
            )
    except IntegrityError as error:
        told = str(error)
        if SELF_APPROVAL in told:
            raise self_approval() from error
        if NOT_CURRENT in told:
            raise Conflict("This verdict is no longer up for approval", code="revision_outdated") from error
        raise Conflict("You have decided on this verdict already", code="already_decided") from error
