"""Comments on a review. They move nothing and never change its version."""

from django.db import transaction

from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.errors import Invalid
from factcheck.events.emitting import emit
from reviews.enums import CommentPlace
from reviews.gate import says_something
from reviews.models import Comment, Verdict
from reviews.policies import Permission
from reviews.services.moves import payload_of, permit, see


@transaction.atomic
def add(
    *,
    review_id: int,
    text: str,
    actor: User,
    place: CommentPlace = CommentPlace.REVIEW,
    exact: str = "",
    source: int | None = None,
) -> Comment:
    """Say something about a review, or about a place of its newest verdict.

    `exact` must stand in that verdict's explanation, `source` be the number of
    one of its sources; else Invalid names the member.
    """
    permit(actor, Permission.COMMENT)
    if not says_something(text):
        raise Invalid.at("/text", "comment_missing", "Write what you have to say")
    seen = see(review_id)
    verdict = Verdict.objects.filter(review=review_id).order_by("-revision").first()
    _require_place(verdict, place, exact, source)
    comment = Comment.objects.create(
        review=seen.review,
        verdict=verdict,
        author=actor,
        place=place.value,
        exact=exact,
        source=source,
        text=text,
        at=seen.at,
    )
    told = {"comment": text, "place": place.value, "exact": exact, "source": source}
    history.record(
        subject=seen.review,
        action="review.commented",
        actor=actor,
        data={**told, "revision": verdict.revision if verdict else None},
        rows=[comment],
        at=seen.at,
    )
    payload = {**payload_of(seen.review, seen.article_id), "comment": comment.pk}
    emit("review.commented", seen.review, payload, at=seen.at)
    return comment


def _require_place(verdict: Verdict | None, place: CommentPlace, exact: str, source: int | None) -> None:
    """The place is there in the verdict that the comment is about."""
    if place is not CommentPlace.REVIEW and verdict is None:
        raise Invalid.at("/place", "verdict_missing", "No verdict is submitted yet: comment on the review")
    if exact and place is not CommentPlace.EXPLANATION:
        raise Invalid.at("/exact", "exact_misplaced", "Only words of the explanation can be quoted")
    if exact and verdict is not None and exact not in verdict.explanation:
        raise Invalid.at("/exact", "exact_missing", "These words do not stand in the newest explanation")
    if (place is CommentPlace.SOURCE) != (source is not None):
        raise Invalid.at("/source", "source_misplaced", "Name a source exactly when the comment is about one")
    if source is not None and verdict is not None and not verdict.evidence.filter(number=source).exists():
        raise Invalid.at("/source", "source_unknown", f"The newest verdict has no source {source}")
