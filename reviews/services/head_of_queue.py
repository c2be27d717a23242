"""Taking the first free review of the queue: one conditional UPDATE.

The one place of reviews with SQL of its own: the inner SELECT finds and locks
the row, the UPDATE takes it, RETURNING reads it. PostgreSQL passes by rows
that others are just taking; SQLite has one writer at a time.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q

from factcheck import clock
from factcheck.accounts.models import User
from factcheck.prepared import cursor, instance
from reviews import workflow
from reviews.enums import Action, ReportStatus, ReviewStatus
from reviews.models import Review
from reviews.services.moves import Seen

_TAKE = """
UPDATE reviews_review SET status = %s, lease_holder_id = %s, lease_expires_at = NOW, version = version + 1
WHERE id = (
    SELECT r.id FROM reviews_review r
    JOIN claims_claim c ON c.id = r.claim_id
    JOIN claims_article a ON a.id = c.article_id
    WHERE r.status = %s AND (r.assignee_id IS NULL OR r.assignee_id = %s) AND FILTERS
    ORDER BY r.queue_key, r.id LIMIT 1 LOCK
)
RETURNING COLUMNS,
    (SELECT c.article_id FROM claims_claim c WHERE c.id = reviews_review.claim_id),
    (SELECT h.id || ' ' || h.seq || ' ' || h.hash FROM audit_audithead h
     WHERE h.subject_type = 'reviews.Review' AND h.subject_id = CAST(reviews_review.id AS VARCHAR(64))),
    NOW
"""
_PLAIN = _TAKE.replace(
    "    JOIN claims_claim c ON c.id = r.claim_id\n    JOIN claims_article a ON a.id = c.article_id\n", ""
)


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """Which reviews somebody wants to be given; None: any."""

    article: int | None = None
    claimant: int | None = None
    outlet: int | None = None
    kind: str | None = None
    assigned_to_me: bool = False

    def condition(self, actor: User) -> Q:
        """The filters as a condition on reviews."""
        wanted = {
            "claim__article": self.article,
            "claim__claimant": self.claimant,
            "claim__article__outlet": self.outlet,
            "claim__kind": self.kind,
            "assignee": actor.pk if self.assigned_to_me else None,
        }
        return Q(**{name: value for name, value in wanted.items() if value is not None})

    def columns(self, actor: User) -> dict[str, Any]:
        """The filters as columns of `_TAKE` with the values they must have."""
        wanted = {
            "c.article_id": self.article,
            "c.claimant_id": self.claimant,
            "a.outlet_id": self.outlet,
            "c.kind": self.kind,
            "r.assignee_id": actor.pk if self.assigned_to_me else None,
        }
        return {name: value for name, value in wanted.items() if value is not None}


def take_first(*, actor: User, filters: QueueFilters) -> Seen | None:
    """The first queued review, in the actor's hands as it now stands, or None.

    Must run in a transaction; history, event and hold are the caller's.
    """
    transition = workflow.find(ReviewStatus.QUEUED, ReportStatus.NONE, Action.TAKE)
    target, _ = transition.leads_to(ReviewStatus.QUEUED, ReportStatus.NONE)
    columns = filters.columns(actor)
    now, (ends, read_at) = _database_time()
    sql = _statement(tuple(columns), now)
    params = [target.value, actor.pk, ends, ReviewStatus.QUEUED.value, actor.pk, *columns.values(), read_at]
    with cursor() as run:
        run.execute(sql, params)
        row = run.fetchone()
    if row is None:
        return None
    *values, article_id, head, at = row
    if connection.vendor != "postgresql":
        at = datetime.fromisoformat(at).replace(tzinfo=UTC)
    along = {"head": dict(zip(("id", "seq", "hash"), _numbers(head), strict=True))} if head else {}
    return Seen(instance(Review, values), at.astimezone(UTC), article_id, along=along)


def _numbers(head: str) -> tuple[int, int, str]:
    pk, seq, digest = head.split()
    return int(pk), int(seq), digest


def _database_time() -> tuple[str, tuple[Any, Any]]:
    """How the statement says now, and its parameters: the lease's end, and now."""
    if connection.vendor == "postgresql":
        return "(STATEMENT_TIMESTAMP() + %s)", (clock.shift() + settings.LEASE, clock.shift())
    at, kept = clock.db_now(), connection.ops.adapt_datetimefield_value
    return "%s", (kept(at + settings.LEASE), kept(at))


@lru_cache(maxsize=64)
def _statement(columns: tuple[str, ...], now: str) -> str:
    can_skip = connection.features.has_select_for_update_skip_locked
    return (
        (_TAKE if any(name[0] in "ca" for name in columns) else _PLAIN)
        .replace("FILTERS", " AND ".join(f"{name} = %s" for name in columns) or "1 = 1")
        .replace("LOCK", "FOR UPDATE OF r SKIP LOCKED" if can_skip else "")
        .replace("COLUMNS", ", ".join(f'"{field.column}"' for field in Review._meta.concrete_fields))
        .replace("NOW", now)
    )
