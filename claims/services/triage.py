"""Triage: a person decides what becomes of a claim. Every step is reversible."""

from collections.abc import Sequence

from django.db import transaction

from claims.enums import Triage
from claims.models import Claim
from claims.policies import Right, require
from claims.services import changes, holds
from factcheck.accounts.models import User
from factcheck.clock import db_now
from factcheck.errors import Conflict, Invalid

MAX_REASON = 300


@transaction.atomic
def select(*, claim: Claim, actor: User, expected_version: int | None = None) -> Claim:
    """Send the claim to review; also brings back a dismissed one."""
    require(actor.roles, Right.TRIAGE)
    if claim.triage == Triage.SELECTED.value:
        return claim
    return changes.apply(
        claim=claim,
        changes={"triage": Triage.SELECTED.value, "dismiss_reason": "", "duplicate_of": None},
        action="claim.selected",
        actor=actor,
        expected_version=expected_version,
        events=("claim.selected",),
    )


@transaction.atomic
def unselect(*, claim: Claim, actor: User, expected_version: int | None = None) -> Claim:
    """Back to suggested."""
    require(actor.roles, Right.TRIAGE)
    if claim.triage == Triage.SUGGESTED.value:
        return claim
    return changes.apply(
        claim=claim,
        changes={"triage": Triage.SUGGESTED.value, "dismiss_reason": "", "duplicate_of": None},
        action="claim.unselected",
        actor=actor,
        expected_version=expected_version,
        events=("claim.unselected",),
    )


@transaction.atomic
def dismiss(*, claim: Claim, reason: str, actor: User, expected_version: int | None = None) -> Claim:
    """Not to be checked, for a reason that stays with the claim."""
    require(actor.roles, Right.TRIAGE)
    reason = reason.strip()
    if not reason or len(reason) > MAX_REASON:
        raise Invalid.at("/reason", "reason_missing", f"Say why, in 1 to {MAX_REASON} characters")
    if claim.duplicates.exists():
        raise Conflict(
            "Other claims are duplicates of this one: bring them back to the suggestions first", code="has_duplicates"
        )
    return changes.apply(
        claim=claim,
        changes={"triage": Triage.DISMISSED.value, "dismiss_reason": reason, "duplicate_of": None},
        action="claim.dismissed",
        actor=actor,
        expected_version=expected_version,
        events=("claim.dismissed",),
    )


@transaction.atomic
def merge(*, root: Claim, others: Sequence[Claim], actor: User) -> Claim:
    """`others` say the same as `root`: they become its duplicates, no chains."""
    require(actor.roles, Right.TRIAGE)
    pks = sorted({root.pk, *(other.pk for other in others)})
    holds.lock(pks)
    fresh = Claim.objects.select_related("article").in_bulk(pks)
    root, others = fresh[root.pk], [fresh[other.pk] for other in others]
    if root.triage == Triage.DUPLICATE.value:
        raise Conflict("The root is itself a duplicate; merge into its root", code="root_is_duplicate")
    if not others or any(other.pk == root.pk for other in others):
        raise Invalid.at("/claims", "claims_invalid", "Name at least one other claim")
    for other in sorted(others, key=lambda claim: claim.pk):
        if other.duplicates.exists():
            raise Conflict(f"Claim {other.pk} has duplicates of its own", code="duplicate_chain")
        changes.apply(
            claim=other,
            changes={"triage": Triage.DUPLICATE.value, "duplicate_of": root, "dismiss_reason": ""},
            action="claim.merged",
            actor=actor,
            expected_version=None,
            events=("claim.merged", "claim.unselected"),
            data={"root": root.pk},
        )
    Claim.objects.filter(pk=root.pk, touched_at__isnull=True).update(touched_at=db_now())
    return root
