"""The queue: reviews are opened, handed out, ordered, given up and revived."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from claims.enums import Triage
from claims.models import Article, Claim
from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.audit.history import Entry
from factcheck.clock import db_now
from factcheck.errors import Conflict, Invalid
from factcheck.events.emitting import Happening, emit_all
from reviews import deadlines, policies, priority, workflow
from reviews.enums import STILL_OPEN, Action, DropReason, ReportStatus, ReviewStatus
from reviews.models import Review
from reviews.policies import Permission
from reviews.services import head_of_queue, leases
from reviews.services.head_of_queue import QueueFilters as QueueFilters
from reviews.services.moves import Seen, Step, amend, move, payload_of, permit, readable, see, settle

ORPHANS = 200
EARLIEST_DEADLINE = datetime(2000, 1, 1, tzinfo=UTC)
LATEST_DEADLINE = datetime(2200, 1, 1, tzinfo=UTC)
FACTORS = ("check_worthiness", "priority", "reach", "due_at")
"""What people change of a place in the queue."""
NOT_SELECTED = "The claim is no longer selected for review"


@dataclass(frozen=True, slots=True)
class Opened:
    """What one run of `open_for_article` did."""

    opened: int
    dropped: int
    reopened: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there is no next review: `leased` ones match and are in work,
    `assigned` ones match and are another person's, `filtered` ones are free
    but hidden by the filters."""

    leased: int
    assigned: int
    filtered: int


def open_for_article(*, article_id: int) -> Opened:
    """One review for every selected claim of the article; the system's doing.

    Reviews still queued whose claim is no longer selected are dropped; those
    the system dropped come back when the claim is selected again. Running it
    twice changes nothing. Must run in a transaction.
    """
    article = Article.objects.select_for_update(of=("self",)).get(pk=article_id)
    at = db_now()
    is_wanted = Q(triage=Triage.SELECTED.value, superseded_at__isnull=True)
    wanted = Claim.objects.filter(is_wanted, article=article, review__isnull=True)
    fresh = [] if article.withdrawn_at else list(wanted.order_by("pk"))
    _open(fresh, at)
    reviews = readable().select_related("claim").filter(claim__article=article)
    listed = list(
        reviews.filter(
            Q(status=ReviewStatus.QUEUED.value, report_status=ReportStatus.NONE.value)
            | Q(status=ReviewStatus.DROPPED.value, dropped_by__isnull=True)
        )
    )
    dropped = reopened = 0
    for review in listed:
        is_selected = article.withdrawn_at is None and _is_selected(review.claim)
        if is_selected and review.status == ReviewStatus.DROPPED.value:
            _reopen(Seen(review, at, article_id), actor=None)
            reopened += 1
        elif not is_selected and review.status == ReviewStatus.QUEUED.value:
            _drop(Seen(review, at, article_id), reason=DropReason.OTHER, note=NOT_SELECTED, actor=None)
            dropped += 1
    return Opened(len(fresh), dropped, reopened)


def _is_selected(claim: Claim) -> bool:
    return claim.triage == Triage.SELECTED.value and claim.superseded_at is None


def _open(claims: Iterable[Claim], at: datetime) -> None:
    listed = list(claims)
    rules = deadlines.rules() if listed else {}
    reviews = Review.objects.bulk_create([_opened(claim, at, rules) for claim in listed], batch_size=500)
    history.record_all(
        [
            Entry(
                review,
                "review.queued",
                {"claim": review.claim_id, "version": 1, "check_worthiness": review.check_worthiness},
                is_first=True,
            )
            for review in reviews
        ],
        actor=None,
        at=at,
    )
    emit_all(
        [Happening("review.queued", review, payload_of(review, review.claim.article_id)) for review in reviews],
        at=at,
    )


def _opened(claim: Claim, at: datetime, rules: deadlines.Rules) -> Review:
    worth = claim.score
    due_at = deadlines.due_at(rules, priority=0, opened_at=at)
    key = priority.queue_key(check_worthiness=worth, reach=0, priority=0, opened_at=at, due_at=due_at, at=at)
    return Review(claim=claim, check_worthiness=worth, queue_key=key, opened_at=at, due_at=due_at)


def take_next(*, actor: User, filters: QueueFilters | None = None) -> Review | Nothing:
    """The first review in the queue's order that is free for the actor, taken.

    Reviews assigned to somebody else are passed by. Work whose lease has run
    out is handed out when nothing is queued.
    """
    permit(actor, Action.TAKE)
    wanted = filters or QueueFilters()

    def act() -> Review | Nothing:
        first = head_of_queue.take_first(actor=actor, filters=wanted)
        if first is not None:
            return leases.tell_taken(first, actor=actor)
        mine = Q(assignee__isnull=True) | Q(assignee=actor)
        left = _first_left(mine & wanted.condition(actor))
        if left is not None:
            return leases.take_seen(left, actor=actor)
        return _why_nothing(actor, wanted, mine)

    return settle(act)


def _first_left(condition: Q) -> Seen | None:
    """The first review in work that nobody works on."""
    free = readable().filter(condition, leases.nobody_holds(), status=ReviewStatus.IN_REVIEW.value)
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True, of=("self",))
    review = free.order_by("queue_key", "pk").first()
    return Seen(review, review.read_at, review.article_id) if review is not None else None


def _why_nothing(actor: User, filters: QueueFilters, mine: Q) -> Nothing:
    matching = filters.condition(actor)
    in_work = Review.objects.filter(status=ReviewStatus.IN_REVIEW.value)
    left = Q(status=ReviewStatus.IN_REVIEW.value) & leases.nobody_holds()
    free = Review.objects.filter(Q(status=ReviewStatus.QUEUED.value) | left)
    return Nothing(
        leased=in_work.filter(matching).exclude(leases.nobody_holds()).count(),
        assigned=free.filter(matching).exclude(mine).count(),
        filtered=free.filter(mine).exclude(matching).count() if matching else 0,
    )


def assign(*, review_id: int, assignee: User | None, actor: User, expected_version: int | None = None) -> Review:
    """Give a review to a person who may work on it, or to nobody; it moves nowhere."""
    permit(actor, Action.ASSIGN)
    if assignee is not None and not _can_work(assignee):
        able = " or ".join(sorted(role.value for role in policies.roles_for(Action.TAKE)))
        raise Invalid.at(
            "/assignee",
            "assignee_cannot_take",
            f"{assignee.username} cannot work on reviews: that takes the role {able}",
        )

    def act() -> Review:
        seen = see(review_id, expected_version=expected_version)
        step = Step(
            "review.assigned",
            columns={"assignee": assignee, "assigned_at": seen.at if assignee else None},
            tells={
                "before": seen.review.assignee_id,
                "assignee": assignee.pk if assignee else None,
                "holder": leases.live_holder(seen),
            },
        )
        return move(seen, Action.ASSIGN, step, actor=actor)

    return settle(act)


def _can_work(person: User) -> bool:
    return person.is_active and policies.may(person.roles, Action.TAKE)


def free_orphans() -> int:
    """Take reviews from people who can no longer work on them: a closed account, a
    lost role. Runs beside the sweep, at most ORPHANS at a time; how many."""
    able = [role.value for role in policies.roles_for(Action.TAKE)]
    people = User.objects.filter(pk=OuterRef("assignee"), is_active=True, groups__name__in=able)
    orphans = Review.objects.filter(~Exists(people), status__in=STILL_OPEN, assignee__isnull=False)
    return sum(settle(partial(_free, pk)) for pk in orphans.order_by("pk").values_list("pk", flat=True)[:ORPHANS])


def _free(pk: int) -> bool:
    seen = see(pk)
    assignee = seen.review.assignee
    if assignee is None or seen.review.status not in STILL_OPEN or _can_work(assignee):
        return False
    step = Step(
        "review.assigned",
        columns={"assignee": None, "assigned_at": None},
        tells={"before": assignee.pk, "assignee": None},
    )
    move(seen, Action.ASSIGN, step, actor=None)
    return True


def prioritise(
    *, review_id: int, changes: Mapping[str, Any], actor: User, reason: str = "", expected_version: int | None = None
) -> Review:
    """Change `check_worthiness`, `priority`, `reach` or `due_at`; the place in the
    queue follows. A deadline that came from the desk's policy follows a new
    priority; the claim keeps the score it was given."""
    permit(actor, Permission.PRIORITISE)
    due_at = changes.get("due_at")
    if due_at is not None and not EARLIEST_DEADLINE <= due_at <= LATEST_DEADLINE:
        raise Invalid.at("/due_at", "deadline_invalid", "A deadline lies between the years 2000 and 2200")

    def act() -> Review:
        seen = see(review_id, expected_version=expected_version)
        review = seen.review
        asked = {**_due_by_policy(review, changes), **changes}
        factors = {name: getattr(review, name) for name in FACTORS} | asked
        key = priority.queue_key(opened_at=review.opened_at, at=seen.at, **factors)
        step = Step(
            "review.prioritised",
            columns={**asked, "queue_key": key},
            tells={
                "before": {name: _plain(getattr(review, name)) for name in asked},
                "after": {name: _plain(value) for name, value in asked.items()},
                "reason": reason,
            },
        )
        return amend(seen, step, actor=actor)

    return settle(act)


def _due_by_policy(review: Review, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The deadline of a new priority, when the present one is the policy's too."""
    if "due_at" in changes or changes.get("priority", review.priority) == review.priority:
        return {}
    rules = deadlines.rules()
    if review.due_at != deadlines.due_at(rules, priority=review.priority, opened_at=review.opened_at):
        return {}
    due_at = deadlines.due_at(rules, priority=changes["priority"], opened_at=review.opened_at)
    return {"due_at": due_at} if due_at != review.due_at else {}


def edit(*, review_id: int, changes: Mapping[str, Any], actor: User, expected_version: int | None = None) -> Review:
    """Change factors of the queue and `assignee` together, with a `reason`;
    each asks for its own permission, and all of them happen or none."""
    factors = {name: value for name, value in changes.items() if name not in {"assignee", "reason"}}
    with transaction.atomic():
        review = None
        if factors:
            review = prioritise(
                review_id=review_id,
                changes=factors,
                actor=actor,
                reason=changes.get("reason") or "",
                expected_version=expected_version,
            )
        if "assignee" in changes:
            seen_version = review.version if review is not None else expected_version
            review = assign(
                review_id=review_id, assignee=changes["assignee"], actor=actor, expected_version=seen_version
            )
        return review if review is not None else see(review_id, expected_version=expected_version).review


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def drop(
    *, review_id: int, reason: DropReason, actor: User, note: str = "", expected_version: int | None = None
) -> Review:
    """Give a review up before it has a report."""
    permit(actor, Action.DROP)
    return settle(
        lambda: _drop(see(review_id, expected_version=expected_version), reason=reason, note=note, actor=actor)
    )


def _drop(seen: Seen, *, reason: DropReason, note: str, actor: User | None) -> Review:
    step = Step(
        "review.dropped",
        columns={
            **leases.columns_of(None, seen.at),
            "verdict": None,
            "dropped_at": seen.at,
            "dropped_by": actor,
            "drop_reason": reason.value,
            "drop_note": note,
        },
        tells={
            "reason": reason.value,
            "note": note,
            "verdict": seen.review.verdict_id,
            "former_holder": leases.live_holder(seen),
        },
    )
    return move(seen, Action.DROP, step, actor=actor)


def reopen(*, review_id: int, actor: User, expected_version: int | None = None) -> Review:
    """Put a dropped review back into the queue; a new round starts. Refused
    while its claim is not selected."""
    permit(actor, Action.REOPEN)

    def act() -> Review:
        seen = see(review_id, expected_version=expected_version)
        workflow.find(*seen.review.state, Action.REOPEN)
        if not _is_selected(seen.review.claim):
            raise Conflict("The claim is not selected for review: select it first", code="claim_not_selected")
        return _reopen(seen, actor=actor)

    return settle(act)


def _reopen(seen: Seen, *, actor: User | None) -> Review:
    step = Step(
        "review.reopened",
        columns={
            "dropped_at": None,
            "dropped_by": None,
            "drop_reason": "",
            "drop_note": "",
            "round": seen.review.round + 1,
        },
    )
    return move(seen, Action.REOPEN, step, actor=actor)
