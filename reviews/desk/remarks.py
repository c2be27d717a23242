"""Comments and suggestions as the review page shows them, with their forms."""

from collections.abc import Sequence
from typing import Any

from factcheck.accounts.models import User
from reviews import discussion, policies
from reviews.desk.fields import Field, Refusal, choices, made, typed_text
from reviews.enums import CommentPlace, ReviewStatus, SuggestedPart
from reviews.models import Verdict
from reviews.policies import Permission

COMMENT = "comment"
SUGGEST = "suggest"
SHOWN = 50
LIMITS = {"text": 10_000, "exact": 10_000, "before": 10_000, "after": 10_000, "reason": 500}
PARTS = {
    SuggestedPart.EXPLANATION.value: "Explanation",
    SuggestedPart.SUMMARY.value: "Reason in one sentence",
    SuggestedPart.HEADLINE.value: "Headline",
}


def remarks_on(review: Any, listed: Sequence[Verdict], actor: User, refusal: Refusal) -> dict[str, Any]:
    """The newest suggestions, and what the actor may add; what was commented
    stands in the history."""
    newest = listed[0] if listed else None
    waits = review.status == ReviewStatus.IN_APPROVAL.value and newest is not None and newest.author_id != actor.pk
    may_accept = policies.may(actor.roles, Permission.DRAFT)
    return {
        "suggestions": list(discussion.suggestions_of(review.pk).order_by("-pk")[:SHOWN]) if review.suggested else [],
        "may_accept": may_accept and _is_in_hands_of(review, actor),
        "comment_fields": _comment_fields(newest, refusal) if policies.may(actor.roles, Permission.COMMENT) else (),
        "suggest_fields": _suggest_fields(refusal)
        if waits and policies.may(actor.roles, Permission.SUGGEST_EDIT)
        else (),
        "is_commenting": refusal.form == COMMENT,
        "is_suggesting": refusal.form == SUGGEST,
    }


def _is_in_hands_of(review: Any, actor: User) -> bool:
    if review.verdict is not None:
        return bool(review.status == ReviewStatus.IN_APPROVAL.value and review.verdict.author_id == actor.pk)
    return bool(review.lease_holder_id == actor.pk and review.lease_expires_at > review.read_at)


def _comment_fields(newest: Verdict | None, refusal: Refusal) -> tuple[Field, ...]:
    text = made(COMMENT, refusal, "text", "Comment", kind="area", required=True, limit=LIMITS["text"])
    if newest is None:
        return (text,)
    chosen = typed_text(refusal, COMMENT, "about")
    about = {CommentPlace.EXPLANATION.value: "The explanation"}
    about |= {f"source-{one.number}": f"Source {one.number}: {one.title_shown[:80]}" for one in newest.evidence.all()}
    place = made(COMMENT, refusal, "about", "About", kind="select", choices=choices(about, chosen, blank="The review"))
    exact = made(
        COMMENT, refusal, "exact", "Words meant (optional)", hint="Copied from the explanation.", limit=LIMITS["exact"]
    )
    return text, place, exact


def _suggest_fields(refusal: Refusal) -> tuple[Field, ...]:
    chosen = typed_text(refusal, SUGGEST, "part", SuggestedPart.EXPLANATION.value)
    return (
        made(SUGGEST, refusal, "part", "Part", kind="select", choices=choices(PARTS, chosen)),
        made(
            SUGGEST, refusal, "before", "Words to replace", kind="area", rows=2, required=True, limit=LIMITS["before"]
        ),
        made(SUGGEST, refusal, "after", "New words", kind="area", rows=2, limit=LIMITS["after"]),
        made(SUGGEST, refusal, "reason", "Why (optional)", limit=LIMITS["reason"]),
    )
