"""Drafts: one person's unfinished work, saved as it is typed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.errors import Conflict
from reviews.enums import ReviewStatus
from reviews.models import Contributor, VerdictDraft
from reviews.policies import Permission
from reviews.services.moves import permit, see

OPEN = (ReviewStatus.QUEUED.value, ReviewStatus.IN_REVIEW.value)


@transaction.atomic
def save(*, review_id: int, content: Mapping[str, Any], actor: User) -> VerdictDraft:
    """Keep the actor's own draft, whoever holds the lease; the version stays.

    The first save in a round makes the actor a contributor, for their words
    may end up in the text. Refused once a verdict is submitted.
    """
    permit(actor, Permission.DRAFT)
    seen = see(review_id)
    review = seen.review
    if review.status not in OPEN:
        raise Conflict(
            f"The review is {review.status}: its text is closed, the draft was not saved",
            code="draft_closed",
            extra={"review_status": review.status, "current_version": review.version},
        )
    draft = VerdictDraft(review=review, author=actor, round=review.round, content=dict(content), saved_at=seen.at)
    VerdictDraft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["review", "author"],
        update_fields=["round", "content", "saved_at"],
    )
    if not Contributor.objects.filter(review=review, round=review.round, user=actor).exists():
        _note_contributor(review_id=review_id, draft=draft, actor=actor)
    return draft


def _note_contributor(*, review_id: int, draft: VerdictDraft, actor: User) -> None:
    contributor, is_new = Contributor.objects.get_or_create(
        review_id=review_id,
        round=draft.round,
        user=actor,
        defaults={"what": "draft", "at": draft.saved_at},
    )
    if is_new:
        history.record(
            subject=draft.review,
            action="review.drafted",
            actor=actor,
            data={"round": draft.round},
            rows=[contributor],
            at=draft.saved_at,
        )
