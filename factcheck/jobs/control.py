"""What a person may do to a job: try a dead one again, cancel a waiting one."""

from typing import Protocol

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from factcheck.audit import history
from factcheck.clock import db_now_plus
from factcheck.errors import Conflict
from factcheck.jobs import runner, wake
from factcheck.jobs.models import Job, JobState


class JobAction(Protocol):
    """Something a person does to one job."""

    def __call__(self, *, job: Job, actor: AbstractBaseUser | None) -> None:
        """Do it, or raise a DomainError."""


@transaction.atomic
def retry(*, job: Job, actor: AbstractBaseUser | None) -> None:
    """Queue a dead or cancelled job anew with all its attempts."""
    revived = Job.objects.filter(pk=job.pk, state__in=[JobState.DEAD, JobState.CANCELLED]).update(
        state=JobState.QUEUED,
        attempts=0,
        next_run_at=db_now_plus(),
        published_at=db_now_plus(),
        publications=1,
        finished_at=None,
    )
    if not revived:
        raise Conflict("Only a dead or cancelled job can be tried again", code="job_not_dead")
    history.record(subject=job, action="job.retried", actor=actor, data={"kind": job.kind, "target": job.target})
    transaction.on_commit(lambda: wake.publish(job.kind, job.pk), robust=True)


@transaction.atomic
def cancel(*, job: Job, actor: AbstractBaseUser | None) -> None:
    """Stop a job that waits or runs; a running one stops at its next fence.

    Only kinds that say so can be cancelled: without its extraction an article
    would wait for ever.
    """
    if not runner.may_be_cancelled(job.kind):
        raise Conflict(f"Jobs of the kind {job.kind} cannot be cancelled", code="job_not_cancellable")
    cancelled = Job.objects.filter(pk=job.pk, state__in=[JobState.QUEUED, JobState.RUNNING]).update(
        state=JobState.CANCELLED,
        pending_key=None,
        lease_owner="",
        lease_expires_at=None,
        finished_at=db_now_plus(),
    )
    if not cancelled:
        raise Conflict("This job has ended already", code="job_ended")
    history.record(subject=job, action="job.cancelled", actor=actor, data={"kind": job.kind, "target": job.target})
