"""Corrections: a public report is opened again, with a type and a reason."""

from django.db.models import F

from factcheck.accounts.models import User
from factcheck.errors import Conflict, Invalid
from reviews import policies, workflow
from reviews.enums import Action, CorrectionType
from reviews.gate import says_something
from reviews.models import Correction, Review
from reviews.services import leases
from reviews.services.moves import Step, move, permit, reading, see, settle

_WITH_VERDICT_BEFORE = reading(lambda: {"verdict_before": F("open_correction__verdict_before")})


def correct(
    *, review_id: int, type: CorrectionType, reason: str, actor: User, expected_version: int | None = None
) -> Review:
    """Open a correction: the report stays up, marked, and a new verdict goes
    through approval again. A new round starts. The actor holds the lease when
    their roles let them work on it; else whoever takes it does."""
    permit(actor, Action.CORRECT)
    if not says_something(reason):
        raise Invalid.at("/reason", "reason_missing", "Say what was wrong: the report will show it")

    def act() -> Review:
        seen = see(review_id, expected_version=expected_version)
        workflow.find(*seen.review.state, Action.CORRECT)
        verdict_id = seen.review.verdict_id
        if verdict_id is None:
            raise Conflict("The review has no verdict to correct", code="verdict_missing")
        correction = Correction.objects.create(
            review=seen.review,
            type=type.value,
            reason=reason,
            verdict_before_id=verdict_id,
            opened_by=actor,
            opened_at=seen.at,
        )
        holder = actor if policies.may(actor.roles, Action.TAKE) else None
        step = Step(
            "review.correction_opened",
            columns={
                **leases.columns_of(holder, seen.at),
                "verdict": None,
                "open_correction": correction,
                "round": seen.review.round + 1,
            },
            tells={"correction": correction.pk, "type": type.value, "reason": reason},
            rows=[correction],
        )
        return move(seen, Action.CORRECT, step, actor=actor)

    return settle(act)


def abandon(*, review_id: int, actor: User, reason: str = "", expected_version: int | None = None) -> Review:
    """Leave the public report as it is; the correction stays in the history."""
    permit(actor, Action.ABANDON_CORRECTION)

    def act() -> Review:
        seen = see(review_id, expected_version=expected_version, by=_WITH_VERDICT_BEFORE)
        workflow.find(*seen.review.state, Action.ABANDON_CORRECTION)
        step = Step(
            "review.correction_abandoned",
            columns={
                **leases.columns_of(None, seen.at),
                "verdict_id": seen.along["verdict_before"],
                "open_correction": None,
            },
            tells={"correction": seen.review.open_correction_id, "reason": reason},
        )
        return move(seen, Action.ABANDON_CORRECTION, step, actor=actor)

    return settle(act)
