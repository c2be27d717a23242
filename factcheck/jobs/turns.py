"""Work that waits for other machines leaves room for work that does not."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Q

from factcheck.clock import db_now_plus
from factcheck.jobs.heartbeat import ALIVE
from factcheck.jobs.models import Job, JobState, WorkerHeartbeat


def is_crowded(job_id: int, kinds: Collection[str]) -> bool:
    """Whether earlier jobs of these kinds hold half of all workers' places.

    Only jobs that were taken before this one count, so that of two that start
    in the same moment one goes on. A job that is not running holds no place.
    """
    mine = Job.objects.filter(pk=job_id).values_list("started_at", flat=True).first()
    if mine is None:
        return False
    workers = WorkerHeartbeat.objects.filter(at__gt=db_now_plus(-ALIVE)).count()
    room = max(1, workers * settings.WORKER_PROCESSES // 2)
    taken_before = Q(started_at__lt=mine) | Q(started_at=mine, pk__lt=job_id)
    held = Job.objects.filter(taken_before, kind__in=kinds, state=JobState.RUNNING, lease_expires_at__gt=db_now_plus())
    return held.count() >= room
