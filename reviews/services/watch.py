"""Looking after deadlines and leases: told once, and the queue reordered.

Runs every minute beside the sweep. What it notes of a review is a row of its
own for that very moment, so that looking twice, or from two places, tells
nobody twice; a renewed lease or a moved deadline is another moment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q

from factcheck.clock import db_now
from reviews import priority
from reviews.enums import STILL_OPEN, Reminded, ReviewStatus
from reviews.models import Reminder, Review
from reviews.services.moves import Moved, Seen, Step, amend, readable

BATCH = 200


@dataclass(frozen=True, slots=True)
class _Watched:
    """One kind: which reviews at a given time, the column with the moment, and
    what is noted."""

    kind: Reminded
    moment: str
    which: Callable[[datetime], Q]
    event: str
    is_deadline: bool


_WATCHED = (
    _Watched(
        Reminded.LEASE_EXPIRED,
        "lease_expires_at",
        lambda now: Q(status=ReviewStatus.IN_REVIEW.value, lease_expires_at__lte=now),
        "review.lease_expired",
        is_deadline=False,
    ),
    _Watched(
        Reminded.DUE_SOON,
        "due_at",
        lambda now: Q(status__in=STILL_OPEN, due_at__gt=now, due_at__lte=now + priority.NEAR),
        "review.due_soon",
        is_deadline=True,
    ),
    _Watched(
        Reminded.OVERDUE,
        "due_at",
        lambda now: Q(status__in=STILL_OPEN, due_at__lte=now),
        "review.overdue",
        is_deadline=True,
    ),
)


def look() -> int:
    """Note what passed or is near, at most BATCH of each kind; how many."""
    return sum(_note(watched, review) for watched in _WATCHED for review in _due(watched))


def _due(watched: _Watched) -> list[Any]:
    told = Reminder.objects.filter(review=OuterRef("pk"), kind=watched.kind.value, moment=OuterRef(watched.moment))
    rows = readable().filter(~Exists(told), watched.which(db_now()))
    return list(rows.order_by(F(watched.moment).asc(), "pk")[:BATCH])


def _note(watched: _Watched, review: Any) -> bool:
    """Remind of one moment; False when the review was moved on meanwhile."""
    moment = getattr(review, watched.moment)
    seen = Seen(review, review.read_at, review.article_id)
    try:
        with transaction.atomic():
            Reminder.objects.create(review_id=review.pk, kind=watched.kind.value, moment=moment, at=seen.at)
            step = Step(
                watched.event,
                columns=_reordered(review, seen.at) if watched.is_deadline else {},
                only_if=Q(**{watched.moment: moment}),
                tells=_told(watched, review),
                bumps=False,
            )
            amend(seen, step, actor=None)
    except (Moved, IntegrityError):
        return False
    return True


def _reordered(review: Review, at: datetime) -> dict[str, float]:
    key = priority.queue_key(
        check_worthiness=review.check_worthiness,
        reach=review.reach,
        priority=review.priority,
        opened_at=review.opened_at,
        due_at=review.due_at,
        at=at,
    )
    return {"queue_key": key}


def _told(watched: _Watched, review: Any) -> dict[str, Any]:
    if not watched.is_deadline:
        return {"former_holder": review.lease_holder_id}
    return {"due_at": review.due_at.isoformat()}
