"""Reading what colleagues said about a review: comments and suggestions."""

from typing import Any

from django.db.models import QuerySet

from reviews.models import Acceptance, Comment, Review, Suggestion, VerdictDraft
from reviews.selectors import review_named


def comments_of(review_id: int) -> QuerySet[Comment]:
    """Every comment on a review, with its author and verdict."""
    return Comment.objects.filter(review=review_id).select_related("author", "verdict")


def suggestions_of(review_id: int) -> QuerySet[Suggestion]:
    """Every suggestion on a review's verdicts, with what became of it."""
    return Suggestion.objects.filter(verdict__review=review_id).select_related(
        "author", "verdict", "acceptance__accepted_by"
    )


def comment_shown(row: Comment) -> dict[str, Any]:
    """A comment as the API shows it."""
    return {
        "id": row.pk,
        "by": row.author.username,
        "at": row.at,
        "revision": row.verdict.revision if row.verdict else None,
        "place": row.place,
        "exact": row.exact or None,
        "source": row.source,
        "text": row.text,
    }


def suggestion_shown(row: Suggestion) -> dict[str, Any]:
    """A suggestion as the API shows it; `accepted` null: not taken over."""
    acceptance = getattr(row, "acceptance", None)
    return {
        "id": row.pk,
        "by": row.author.username,
        "at": row.at,
        "verdict": row.verdict_id,
        "revision": row.verdict.revision,
        "part": row.part,
        "before": row.before,
        "after": row.after,
        "reason": row.reason or None,
        "accepted": {"by": acceptance.accepted_by.username, "at": acceptance.at} if acceptance else None,
    }


def accepted_shown(suggestion_id: int, draft: VerdictDraft | None, review: Review) -> dict[str, Any]:
    """A suggestion that was taken over, the draft it went into, and the review."""
    return {
        "suggestion": suggestion_id,
        "draft": draft.content if draft is not None else {},
        "review": review_named(review),
    }


def accepted_again(suggestion_id: int) -> dict[str, Any]:
    """The same by the suggestion's id, as it is now."""
    row = Acceptance.objects.select_related("suggestion__verdict__review").get(suggestion=suggestion_id)
    review = row.suggestion.verdict.review
    draft = VerdictDraft.objects.filter(review=review, author=row.accepted_by).first()
    return accepted_shown(suggestion_id, draft, review)
