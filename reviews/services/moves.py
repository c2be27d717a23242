"""One step of a review: read, check, compare-and-swap, history, event.

Every service goes through `move`, so that no step lacks its history row or
its event, and none overwrites what somebody else did meanwhile.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, OperationalError, models, transaction
from django.db.models import BigIntegerField, F, Q, QuerySet

from claims.enums import Hold
from claims.selectors import MAX_ID
from claims.services.holds import holding
from factcheck import rows
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.audit.models import AuditEvent
from factcheck.clock import db_now_plus
from factcheck.errors import Conflict, DomainError, Forbidden, NotFound, Stale
from factcheck.events import emitting
from factcheck.events.emitting import Happening
from factcheck.prepared import Prepared, ReadingTime, Slot, columns, made_from
from reviews import policies, workflow
from reviews.enums import Action, ReportStatus, ReviewStatus
from reviews.models import Review
from reviews.models.review import State
from reviews.policies import Permission

TRIES = 5
SHOWN_CHANGES = 20
DEADLOCK = "40P01"
"""SQLSTATE of PostgreSQL for two transactions that wait for each other."""
Done = TypeVar("Done")


class LeasedByOther(Conflict):
    """Somebody else holds a live lease."""

    code = "leased_by_other"
    title = "Taken by somebody else"


class Moved(Exception):
    """Another step slipped in between reading and writing; trying again helps."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A review as it was read, the database's time of reading, the article of
    its claim, the version the caller saw (None: whatever was read), and what
    was read along."""

    review: Review
    at: datetime
    article_id: int
    expected_version: int | None = None
    along: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """What a step writes beside the state: columns, and what history says.

    `only_if` is a further condition of the UPDATE; `event` names the audit
    action and the event, `tells` is in both, `rows` are the append-only rows
    that history vouches for; `met` says whether the step's outcome is met.
    """

    event: str
    columns: Mapping[str, Any] = field(default_factory=dict)
    only_if: Q = field(default_factory=Q)
    tells: Mapping[str, Any] = field(default_factory=dict)
    rows: Iterable[models.Model] = ()
    met: bool = True
    bumps: bool = True


def permit(actor: User | AnonymousUser, right: Action | Permission) -> None:
    """Forbidden `role_missing`, naming the roles that could."""
    roles = actor.roles if isinstance(actor, User) else frozenset()
    if not policies.may(roles, right):
        able = sorted(role.value for role in policies.roles_for(right))
        raise Forbidden(
            f"This takes the role {' or '.join(able)}",
            code="role_missing",
            extra={"action": right.value, "roles": able},
        )


def readable() -> QuerySet[Any]:
    """Reviews as `move` needs them: with their article and the time of reading."""
    return Review.objects.annotate(read_at=db_now_plus(), article_id=F("claim__article"))


def reading(along: Callable[[], Mapping[str, Any]]) -> Prepared:
    """A read of one review for `see`; `along` names what else it reads."""
    return Prepared(
        lambda: (
            Review.objects.order_by()
            .filter(pk=Slot("pk", BigIntegerField()))
            .values(
                *columns(Review),
                read_at=ReadingTime(),
                article=F("claim__article"),
                head=history.head_of(Review),
                **along(),
            )
        )
    )


_PLAIN = reading(dict)


def see(review_id: int, *, expected_version: int | None = None, by: Prepared = _PLAIN, **given: Any) -> Seen:
    """Read a review; NotFound, or Stale when it is no longer at
    `expected_version`. What `by` reads beside it, filled with `given`, is in `along`."""
    read = by.rows(pk=review_id, **given) if 0 < review_id < MAX_ID else []
    if not read:
        raise NotFound(f"There is no review {review_id}")
    found: Review = made_from(Review, read[0])
    if expected_version is not None and found.version != expected_version:
        raise stale(found, expected_version)
    return Seen(found, read[0]["read_at"], read[0]["article"], expected_version, along=read[0])


def stale(review: Review, seen_version: int) -> Stale:
    """The refusal of an outdated version, with what happened since."""
    events = AuditEvent.objects.filter(subject_type=review._meta.label, subject_id=str(review.pk))
    newest = events.select_related("actor").order_by("-seq")[:SHOWN_CHANGES]
    changes = [
        {
            "action": event.action,
            "by": event.actor.username if event.actor else None,
            "at": event.at.isoformat(),
            "version": event.data["version"],
        }
        for event in newest
        if event.data.get("version", 0) > seen_version
    ]
    told = ", ".join(str(change["action"]) for change in reversed(changes)) or "it was changed"
    return Stale(
        f"The review is at version {review.version}, you saw version {seen_version}; since then: {told}",
        extra={"current_version": review.version, "review_status": review.status, "changes": changes},
    )


def leased_by_other(review: Review) -> LeasedByOther:
    """The refusal that names the holder and when the lease ends."""
    holder = review.lease_holder.username if review.lease_holder else None
    ends = review.lease_expires_at.isoformat() if review.lease_expires_at else None
    return LeasedByOther(f"{holder} works on this review until {ends}", extra={"holder": holder, "expires_at": ends})


def is_leased(review: Review, at: datetime) -> bool:
    """Whether somebody holds a live lease."""
    return review.lease_expires_at is not None and review.lease_expires_at > at


def hold_of(state: State) -> str:
    """How a review in this state holds its claim."""
    status, report_status = state
    if status is ReviewStatus.IN_REVIEW:
        return Hold.REVIEW.value
    being_decided = report_status is ReportStatus.UNDER_CORRECTION and status is not ReviewStatus.QUEUED
    if report_status is ReportStatus.LIVE or being_decided:
        return Hold.REPORT.value
    return Hold.CORRECTION.value if report_status is ReportStatus.UNDER_CORRECTION else ""


def move(seen: Seen, action: Action, step: Step, *, actor: User | None) -> Review:
    """Take one step of the workflow table; must run in a transaction.

    One UPDATE on what was read decides it; history, event and the hold on the
    claim follow. InvalidTransition when the table has no such row; Moved, Stale
    or LeasedByOther when the row changed meanwhile.
    """
    after = workflow.find(*seen.review.state, action).leads_to(*seen.review.state, met=step.met)
    if not _swap(seen, step, after):
        raise _lost(seen, action, actor)
    return _settled(seen, step, after, actor)


def amend(seen: Seen, step: Step, *, actor: User | None) -> Review:
    """Change columns that are no part of the workflow, in the same manner."""
    if not _swap(seen, step, seen.review.state):
        raise _lost(seen, None, actor)
    return _settled(seen, step, seen.review.state, actor)


def _swap(seen: Seen, step: Step, after: State) -> int:
    review = seen.review
    columns = {**step.columns, "status": after[0].value, "report_status": after[1].value}
    columns["version"] = review.version + int(step.bumps)
    unchanged = {
        "id": review.pk,
        "version": review.version,
        "status": review.status,
        "report_status": review.report_status,
    }
    equal = _equalities(step.only_if)
    if equal is not None:
        return rows.update(Review, columns, where={**unchanged, **equal})
    return Review.objects.filter(step.only_if, **unchanged).update(**columns)


def _equalities(condition: Q) -> dict[str, Any] | None:
    """The condition as columns and their values, or None when it is more than that."""
    plain = {
        child[0]: child[1]
        for child in condition.children
        if isinstance(child, tuple) and "__" not in child[0] and child[1] is not None
    }
    is_plain = condition.connector == Q.AND and not condition.negated and len(plain) == len(condition.children)
    return plain if is_plain else None


def _settled(seen: Seen, step: Step, after: State, actor: User | None) -> Review:
    """The review in memory as it now stands; hold, history and event written."""
    review = seen.review
    before = review.state
    for name, value in {**step.columns, "status": after[0].value, "report_status": after[1].value}.items():
        setattr(review, name, value)
    review.version += int(step.bumps)
    tell(seen, step, before=before, actor=actor)
    return review


def tell(seen: Seen, step: Step, *, before: State, actor: User | None) -> None:
    """The hold on the claim, history and event of a step that was taken.

    With the head of the history as it was read, all of it is one go, which
    fails when the head has moved on meanwhile (see `settle`).
    """
    review = seen.review
    held_as = hold_of(review.state)
    hold = [holding(claim_id=review.claim_id, held_as=held_as)] if hold_of(before) != held_as else []
    told = {
        "version": review.version,
        "from": workflow.describe(*before),
        "to": workflow.describe(*review.state),
        **step.tells,
    }
    entry = history.Entry(review, step.event, told, step.rows)
    payload = {**payload_of(review, seen.article_id), **step.tells}
    event = emitting.event_of(Happening(step.event, review, payload), at=seen.at)
    head = history.read_head(seen.along.get("head"))
    if head is not None:
        rows.send(*hold, *history.appending(entry, head, actor=actor, at=seen.at), rows.inserting([event]))
    else:
        rows.send(*hold)
        history.record_all([entry], actor=actor, at=seen.at)
        rows.insert(event)
    emitting.wake_subscribers([event], at=seen.at)


def payload_of(review: Review, article_id: int) -> dict[str, Any]:
    """What every event of a review tells."""
    return {
        "review": review.pk,
        "claim": review.claim_id,
        "article": article_id,
        "status": review.status,
        "version": review.version,
    }


def _lost(seen: Seen, action: Action | None, actor: User | None) -> DomainError | Moved:
    """Why the compare-and-swap changed nothing."""
    fresh = see(seen.review.pk)
    if seen.expected_version is not None and fresh.review.version != seen.expected_version:
        return stale(fresh.review, seen.expected_version)
    if action is None:
        return Moved(seen.review.pk)
    workflow.find(*fresh.review.state, action)
    if is_leased(fresh.review, fresh.at) and (actor is None or fresh.review.lease_holder_id != actor.pk):
        return leased_by_other(fresh.review)
    return Moved(seen.review.pk)


def _is_deadlock(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) == DEADLOCK


def settle(act: Callable[[], Done]) -> Done:
    """Run `act` in a transaction, again when another step slipped in.

    Two steps at the same moment become one after the other: the second try
    reads what the first one left, and is done or refused on that. A number
    that both wanted to give (a revision, a version) shows as IntegrityError;
    where two waited for each other, PostgreSQL sends one of them back.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                return act()
        except (Moved, rows.Unmet):
            continue
        except (IntegrityError, OperationalError) as error:
            if attempt == TRIES or not (isinstance(error, IntegrityError) or _is_deadlock(error)):
                raise
    raise Conflict("Others change this review just now; try again", code="review_busy")
