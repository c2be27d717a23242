"""The sweep: whatever should run and perhaps nobody was told of, is told again.

It runs every few seconds from beat, at worker start, and by command, so
that recovery needs no operator: a lost wake-up, a flushed broker, a killed
worker all end here.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from factcheck.clock import db_now, db_now_plus
from factcheck.jobs import wake
from factcheck.jobs.models import Job, JobState
from factcheck.jobs.runner import MAX_ATTEMPTS, bury_crashed

BATCH = 100
REPUBLISH_AFTER = timedelta(seconds=10)
KEEP_DONE = timedelta(days=7)
PRUNE_BATCH = 5000


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did."""

    published: int
    buried: int
    broker_answers: bool


def _due() -> Q:
    """Runnable and not published lately (backing off), or abandoned."""
    now = db_now()
    patience = (REPUBLISH_AFTER, REPUBLISH_AFTER * 2, REPUBLISH_AFTER * 4)
    lately = (
        Q(publications__lte=1, published_at__gt=now - patience[0])
        | Q(publications=2, published_at__gt=now - patience[1])
        | Q(publications__gte=3, published_at__gt=now - patience[2])
    )
    told_lately = Q(published_at__isnull=False) & lately
    runnable = Q(state=JobState.QUEUED, next_run_at__lte=now) & ~told_lately
    told_since_expiry = Q(
        published_at__isnull=False,
        published_at__gt=F("lease_expires_at"),
    ) & Q(published_at__gt=now - REPUBLISH_AFTER)
    expired = Q(state=JobState.RUNNING, lease_expires_at__lt=now, attempts__lt=MAX_ATTEMPTS) & ~told_since_expiry
    return runnable | expired


def _reserve() -> list[tuple[int, str]]:
    """One batch of due jobs, marked as published; other sweeps pass them by."""
    with transaction.atomic():
        due = Job.objects.filter(_due()).order_by("next_run_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        batch = list(due.values_list("pk", "kind")[:BATCH])
        Job.objects.filter(pk__in=[pk for pk, _ in batch]).update(
            published_at=db_now_plus(), publications=F("publications") + 1
        )
    return batch


def _tell(batch: list[tuple[int, str]]) -> int:
    """Publish the batch outside any transaction; what the broker did not take
    becomes due again at once. How many it took."""
    for told, (pk, kind) in enumerate(batch):
        if not wake.publish(kind, pk):
            untold = [other for other, _ in batch[told:]]
            Job.objects.filter(pk__in=untold).update(published_at=None, publications=Greatest(F("publications") - 1, 0))
            return told
    return len(batch)


def sweep(*, limit: int = 1000) -> Swept:
    """Publish due jobs in small batches, oldest first, until none is left,
    `limit` is reached, or the broker does not answer."""
    buried = bury_crashed(Job.objects.all())
    wake.tidy()
    published = 0
    while published < limit:
        batch = _reserve()
        told = _tell(batch)
        published += told
        if told < len(batch):
            return Swept(published, buried, broker_answers=False)
        if len(batch) < BATCH:
            break
    return Swept(published, buried, broker_answers=True)


def take_back_all() -> int:
    """Make every unfinished job due at once, as after a restore: nobody holds
    it here and no broker knows of it. How many."""
    unfinished = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, attempts__lt=MAX_ATTEMPTS)
    return Job.objects.filter(unfinished).update(
        state=JobState.QUEUED, lease_owner="", lease_expires_at=None, published_at=None, publications=0
    )


def prune() -> int:
    """Delete jobs done more than a week ago, a batch at a time; how many."""
    pruned = 0
    while True:
        old = list(
            Job.objects.filter(state=JobState.DONE, finished_at__lt=db_now_plus(-KEEP_DONE)).values_list(
                "pk", flat=True
            )[:PRUNE_BATCH]
        )
        if not old:
            return pruned
        pruned += Job.objects.filter(pk__in=old).delete()[0]
