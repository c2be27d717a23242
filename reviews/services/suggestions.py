"""Suggested wordings: an approver proposes, the author takes them over at once.

Who suggested words that stand in the text has contributed to it, and can no
longer approve it in that round.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from claims.selectors import MAX_ID
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.errors import Conflict, Forbidden, Invalid, NotFound
from factcheck.events.emitting import emit
from reviews.enums import Action, ReviewStatus, SuggestedPart
from reviews.models import Acceptance, Contributor, Review, Suggestion, Verdict, VerdictDraft
from reviews.policies import Permission
from reviews.selectors import all_verdicts, content_of_verdict
from reviews.services import drafts, verdicts
from reviews.services.leases import require_holder
from reviews.services.moves import Seen, payload_of, permit, see, settle


@dataclass(frozen=True, slots=True)
class Accepted:
    """A suggestion taken over: the draft that has it now, and the review."""

    acceptance: Acceptance
    draft: VerdictDraft
    review: Review


@transaction.atomic
def suggest(
    *, verdict_id: int, part: SuggestedPart, before: str, after: str, actor: User, reason: str = ""
) -> Suggestion:
    """Propose `after` for `before`, which must stand exactly once in that part
    of the verdict. Only while the verdict waits for approval."""
    permit(actor, Permission.SUGGEST_EDIT)
    verdict = Verdict.objects.filter(pk=verdict_id).first() if 0 < verdict_id < MAX_ID else None
    if verdict is None:
        raise NotFound(f"There is no verdict {verdict_id}")
    seen = see(verdict.review_id)
    if seen.review.verdict_id != verdict.pk or seen.review.status != ReviewStatus.IN_APPROVAL.value:
        raise Conflict("This verdict is no longer up for approval", code="revision_outdated")
    if verdict.author_id == actor.pk:
        raise Forbidden("You wrote this verdict: withdraw it and change it yourself", code="own_text")
    _require_change(getattr(verdict, part.value), before, after)
    suggestion = Suggestion.objects.create(
        verdict=verdict, author=actor, part=part.value, before=before, after=after, reason=reason, at=seen.at
    )
    told = {"part": part.value, "before": before, "after": after, "reason": reason, "revision": verdict.revision}
    history.record(
        subject=seen.review, action="review.suggested", actor=actor, data=told, rows=[suggestion], at=seen.at
    )
    _emit("review.suggested", seen, suggestion)
    return suggestion


def _require_change(text: str, before: str, after: str) -> None:
    if before == after:
        raise Invalid.at("/after", "suggestion_empty", "The new words are the old ones")
    if not before or text.count(before) != 1:
        raise Invalid.at("/before", "before_ambiguous", "Quote words that stand exactly once in this part")


def accept(*, suggestion_id: int, actor: User, expected_version: int | None = None) -> Accepted:
    """Take the suggested words over into the actor's draft, in one action.

    While the verdict waits for approval only its author may, and it is
    withdrawn by that; while the text is open only the holder of the lease may.
    Refused when the words are no longer there (409 `suggestion_outdated`).
    """
    permit(actor, Permission.DRAFT)
    return settle(lambda: _accept(_named(suggestion_id), actor, expected_version))


def _named(pk: int) -> Suggestion:
    joined = Suggestion.objects.select_related("verdict", "author")
    suggestion = joined.filter(pk=pk).first() if 0 < pk < MAX_ID else None
    if suggestion is None:
        raise NotFound(f"There is no suggestion {pk}")
    return suggestion


def _accept(suggestion: Suggestion, actor: User, expected_version: int | None) -> Accepted:
    review_id = suggestion.verdict.review_id
    seen = see(review_id, expected_version=expected_version)
    if Acceptance.objects.filter(suggestion=suggestion).exists():
        raise Conflict("This suggestion was accepted already", code="already_accepted")
    was_submitted = seen.review.status == ReviewStatus.IN_APPROVAL.value
    if was_submitted:
        verdicts.withdraw(review_id=review_id, actor=actor, reason="to accept a suggestion")
        seen = see(review_id)
    require_holder(seen, actor, Action.SUBMIT, live=True)
    own = VerdictDraft.objects.filter(review=review_id, author=actor).first()
    text, is_own = _text_of(seen, None if was_submitted else own)
    content = _replaced(text, suggestion)
    base = own.version if own is not None else None
    draft = drafts.save(review_id=review_id, content=content, actor=actor, base=base, replaces=not is_own)
    acceptance = Acceptance.objects.create(
        suggestion=suggestion, round=seen.review.round, accepted_by=actor, at=seen.at
    )
    contributor, is_new = Contributor.objects.get_or_create(
        review_id=review_id,
        round=seen.review.round,
        user=suggestion.author,
        defaults={"what": "suggestion", "at": seen.at},
    )
    told = {"suggestion": suggestion.pk, "of": suggestion.author_id, "part": suggestion.part}
    rows = [acceptance, contributor] if is_new else [acceptance]
    history.record(
        subject=seen.review, action="review.suggestion_accepted", actor=actor, data=told, rows=rows, at=seen.at
    )
    _emit("review.suggestion_accepted", seen, suggestion)
    return Accepted(acceptance, draft, seen.review)


def _text_of(seen: Seen, own: VerdictDraft | None) -> tuple[dict[str, Any], bool]:
    """What the suggestion changes, and whether it is the draft `own`: that one when
    it goes on from the newest verdict, else the newest verdict itself."""
    newest = all_verdicts().filter(review=seen.review.pk).order_by("-revision")[0]
    if own is not None and own.round == seen.review.round and own.saved_at >= newest.submitted_at:
        return dict(own.content), True
    return content_of_verdict(newest), False


def _replaced(content: dict[str, Any], suggestion: Suggestion) -> dict[str, Any]:
    text = str(content.get(suggestion.part) or "")
    if text.count(suggestion.before) != 1:
        raise Conflict(
            f"The {suggestion.part} no longer says {suggestion.before[:80]!r} exactly once: change it by hand",
            code="suggestion_outdated",
        )
    return {**content, suggestion.part: text.replace(suggestion.before, suggestion.after)}


def _emit(event: str, seen: Seen, suggestion: Suggestion) -> None:
    payload = {
        **payload_of(seen.review, seen.article_id),
        "suggestion": suggestion.pk,
        "verdict": suggestion.verdict_id,
    }
    emit(event, seen.review, payload, at=seen.at)
