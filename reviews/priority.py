"""The order of the queue as one number, so that paging needs one index.

A review rises by one point for every `HOURS_PER_POINT` it waits. What all
waiting reviews gain alike cancels out, so the key is fixed at writing time:
the hour from which it waits, less its weight. A deadline makes a review count
as if it had waited since `HORIZON` before it, and lifts it once more when it
is `NEAR` and when it has passed: then the key is written anew. Pure.
"""

from datetime import UTC, datetime, timedelta

HOURS_PER_POINT = 2.4
"""A day of waiting weighs as much as ten points of check-worthiness."""

HORIZON = timedelta(days=14)
NEAR = timedelta(hours=24)
NEAR_POINTS = 40
LATE_POINTS = 80
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


def weight(*, check_worthiness: float, reach: int, priority: int) -> float:
    """Points: check-worthiness 0 to 1 counts 0 to 100; `reach` 0 to 100 and
    `priority` -100 to 100 are an editor's."""
    return 100 * check_worthiness + reach + priority


def urgency(due_at: datetime | None, *, at: datetime) -> int:
    """Points for a deadline that is near or has passed."""
    if due_at is None or at < due_at - NEAR:
        return 0
    return NEAR_POINTS if at < due_at else LATE_POINTS


def queue_key(
    *,
    check_worthiness: float,
    reach: int,
    priority: int,
    opened_at: datetime,
    due_at: datetime | None,
    at: datetime | None = None,
) -> float:
    """The smaller, the sooner: points of age not yet gained, less the weight.
    `at` is the time of writing, for the urgency; None: none is near."""
    waits_since = opened_at if due_at is None else min(opened_at, due_at - HORIZON)
    hours = (waits_since - _EPOCH) / _HOUR
    points = weight(check_worthiness=check_worthiness, reach=reach, priority=priority)
    return round(hours / HOURS_PER_POINT - points - (urgency(due_at, at=at) if at is not None else 0), 6)
