"""Leases: who works on a review, and until when."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from factcheck.accounts.models import User
from factcheck.clock import db_now_plus
from factcheck.errors import Conflict
from reviews import policies, workflow
from reviews.enums import Action, ReviewStatus
from reviews.models import Review
from reviews.services.moves import Seen, Step, is_leased, leased_by_other, move, permit, see, settle, tell

RENEW_AFTER = timedelta(seconds=60)
"""A lease renewed less than this ago is left as it is: activity comes in bursts."""


class NotHolder(Conflict):
    """The actor holds no live lease on the review."""

    code = "lease_missing"
    title = "Not taken"


def nobody_holds() -> Q:
    """Rows that nobody holds a live lease on, by the database's clock."""
    return Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lte=db_now_plus())


def columns_of(holder: User | None, at: datetime) -> dict[str, Any]:
    """The columns of a lease that starts now, or of none."""
    if holder is None:
        return {"lease_holder": None, "lease_expires_at": None}
    return {"lease_holder": holder, "lease_expires_at": at + settings.LEASE}


def live_holder(seen: Seen) -> int | None:
    """Whose live lease it is."""
    return seen.review.lease_holder_id if is_leased(seen.review, seen.at) else None


def require_holder(seen: Seen, actor: User, action: Action, *, live: bool) -> None:
    """The guards `holder` and `lease_live`, with a refusal that says what to do."""
    review = seen.review
    workflow.find(*review.state, action)
    if review.lease_holder_id != actor.pk:
        if is_leased(review, seen.at):
            raise leased_by_other(review)
        raise NotHolder("Take the review first: nobody holds it now")
    if live and not is_leased(review, seen.at):
        raise NotHolder("Your lease has run out and the draft is kept: renew it and send again", code="lease_expired")


def take(*, review_id: int, actor: User, expected_version: int | None = None) -> Review:
    """Take a queued review, or one whose lease has run out, by one conditional
    UPDATE in database time. LeasedByOther when somebody was quicker; taking
    what one holds renews it."""
    permit(actor, Action.TAKE)

    def act() -> Review:
        seen = see(review_id, expected_version=expected_version)
        if seen.review.lease_holder_id == actor.pk:
            return _renew(seen, actor)
        return take_seen(seen, actor=actor)

    return settle(act)


def take_seen(seen: Seen, *, actor: User) -> Review:
    """Take a review as it was read; see `take`. Must run in a transaction."""
    workflow.find(*seen.review.state, Action.TAKE)
    if is_leased(seen.review, seen.at):
        raise leased_by_other(seen.review)
    step = Step(
        "review.taken",
        columns=columns_of(actor, seen.at),
        only_if=nobody_holds(),
        tells={"holder": actor.pk, "lapsed_holder": seen.review.lease_holder_id, "assignee": seen.review.assignee_id},
    )
    return move(seen, Action.TAKE, step, actor=actor)


def tell_taken(taken: Seen, *, actor: User) -> Review:
    """History, event and hold of a queued review that was taken just now."""
    step = Step("review.taken", tells={"holder": actor.pk, "lapsed_holder": None})
    tell(taken, step, before=(ReviewStatus.QUEUED, taken.review.state[1]), actor=actor)
    return taken.review


def renew(*, review_id: int, actor: User) -> Review:
    """A full lease from now for its holder, also when it has run out and nobody
    took the review meanwhile. Never changes the version."""
    permit(actor, Action.RENEW)

    def act() -> Review:
        seen = see(review_id)
        require_holder(seen, actor, Action.RENEW, live=False)
        return _renew(seen, actor)

    return settle(act)


def _renew(seen: Seen, actor: User) -> Review:
    ends = seen.review.lease_expires_at
    if ends is not None and ends > seen.at + settings.LEASE - RENEW_AFTER:
        return seen.review
    step = Step("review.renewed", columns=columns_of(actor, seen.at), only_if=Q(lease_holder=actor), bumps=False)
    return move(seen, Action.RENEW, step, actor=actor)


def release(*, review_id: int, actor: User, expected_version: int | None = None) -> Review:
    """Back into the queue; drafts stay. Who holds a review may let go of it
    whatever their roles are by now."""

    def act() -> Review:
        seen = see(review_id, expected_version=expected_version)
        if seen.review.lease_holder_id != actor.pk:
            permit(actor, Action.RELEASE)
        require_holder(seen, actor, Action.RELEASE, live=False)
        step = Step("review.released", columns=columns_of(None, seen.at), only_if=Q(lease_holder=actor))
        return move(seen, Action.RELEASE, step, actor=actor)

    return settle(act)


def takeover(*, review_id: int, actor: User, reason: str = "", expected_version: int | None = None) -> Review:
    """The lease to the actor, whoever holds it; both drafts stay, and the event
    names the former holder so that they can be told. By somebody who cannot work
    on reviews it goes back into the queue, with a lease for nobody."""
    permit(actor, Action.TAKEOVER)
    holder = actor if policies.may(actor.roles, Action.TAKE) else None

    def act() -> Review:
        seen = see(review_id, expected_version=expected_version)
        before = seen.review.lease_holder_id
        step = Step(
            "review.taken_over",
            columns=columns_of(holder, seen.at),
            tells={"holder": holder.pk if holder else None, "former_holder": before, "reason": reason},
            met=holder is not None,
        )
        return move(seen, Action.TAKEOVER, step, actor=actor)

    return settle(act)
