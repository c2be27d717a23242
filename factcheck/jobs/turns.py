"""Work that waits for other machines leaves room for work that does not."""

from collections.abc import Collection

from django.conf import settings

from factcheck.clock import db_now_plus
from factcheck.jobs.heartbeat import ALIVE
from factcheck.jobs.models import Job, JobState, WorkerHeartbeat


def is_crowded(job_id: int, kinds: Collection[str]) -> bool:
    """Whether earlier jobs of these kinds hold half of all workers' places.

    Only jobs with a smaller id count, so that of two that start in the same
    moment one goes on.
    """
    workers = WorkerHeartbeat.objects.filter(at__gt=db_now_plus(-ALIVE)).count()
    room = max(1, workers * settings.WORKER_PROCESSES // 2)
    earlier = Job.objects.filter(
        kind__in=kinds, state=JobState.RUNNING, lease_expires_at__gt=db_now_plus(), pk__lt=job_id
    )
    return earlier.count() >= room
