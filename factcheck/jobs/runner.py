"""Running jobs: take, work, finish, each a conditional write.

A job is taken by one UPDATE that counts the attempt before the work. All its
effects happen inside `running.finishing()` or `running.checkpoint()`, which
first re-check, under the row's lock, that this run still owns the job: a
worker that slept past its lease writes nothing.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from typing import Any

import structlog
from billiard.exceptions import SoftTimeLimitExceeded
from celery import shared_task
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from factcheck.clock import db_now_plus
from factcheck.jobs import turns
from factcheck.jobs.models import Job, JobState
from factcheck.jobs.reasons import reason_of

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 5
BACKOFF = (timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=30), timedelta(seconds=60))
LEAST_PAUSE, MOST_PAUSE = timedelta(seconds=3), timedelta(seconds=30)
"""A job that finds the workers busy waiting stands back for as long as it has
waited already, within these."""

log = structlog.get_logger(__name__)


class LostLease(Exception):
    """Another worker took the job meanwhile, or it was cancelled."""


class Running:
    """A job in the hands of one run of one worker."""

    def __init__(self, row: Job, owner: str) -> None:
        self.id = row.pk
        self.target = row.target
        self.params: dict[str, Any] = row.params
        self.attempt = row.attempts
        self.created_by_id = row.created_by_id
        self.waited = row.started_at - row.created_at if row.started_at else timedelta(0)
        self._owner = owner
        self._finished = False

    def row(self) -> QuerySet[Job]:
        """The job's row as long as this run owns it."""
        return Job.objects.filter(pk=self.id, state=JobState.RUNNING, lease_owner=self._owner)

    @contextmanager
    def finishing(self, result: dict[str, Any] | None = None) -> Iterator[None]:
        """One transaction: the fence, the effects, and `done`. LostLease when
        the job is no longer this run's; then nothing was written."""
        with transaction.atomic():
            done = self.row().update(
                state=JobState.DONE,
                finished_at=db_now_plus(),
                lease_owner="",
                lease_expires_at=None,
                error="",
                result=result or {},
                progress_done=F("progress_total"),
            )
            if not done:
                raise LostLease(self.id)
            yield
        self._finished = True

    @contextmanager
    def checkpoint(self, *, done: int, total: int) -> Iterator[None]:
        """One transaction of a longer job: the fence with a renewed lease,
        progress, and one chunk of effects."""
        with transaction.atomic():
            mine = self.row().update(lease_expires_at=db_now_plus(LEASE), progress_done=done, progress_total=total)
            if not mine:
                raise LostLease(self.id)
            yield

    def postpone(self, key: str | None) -> None:
        """Back into the queue for a while with its dedupe key, as if it had not
        been taken. An equal job that was queued meanwhile makes it needless."""
        try:
            with transaction.atomic():
                self.row().update(
                    state=JobState.QUEUED,
                    pending_key=key,
                    attempts=F("attempts") - 1,
                    next_run_at=db_now_plus(min(max(self.waited, LEAST_PAUSE), MOST_PAUSE)),
                    lease_owner="",
                    lease_expires_at=None,
                    published_at=None,
                    publications=0,
                )
        except IntegrityError:
            with self.finishing({"left_to": key}):
                pass
        self._finished = True

    @property
    def is_finished(self) -> bool:
        """Whether `finishing` has committed."""
        return self._finished


def take(job_id: int) -> Running | None:
    """Take a runnable or expired job, or None when there is nothing to take.

    An expired job that has used up its attempts is marked dead here: whatever
    ran it was killed each time.
    """
    runnable = Q(state=JobState.QUEUED, next_run_at__lte=db_now_plus())
    expired = Q(state=JobState.RUNNING, lease_expires_at__lt=db_now_plus())
    owner = secrets.token_hex(16)
    taken = Job.objects.filter(runnable | expired, pk=job_id, attempts__lt=MAX_ATTEMPTS).update(
        state=JobState.RUNNING,
        pending_key=None,
        lease_owner=owner,
        lease_expires_at=db_now_plus(LEASE),
        attempts=F("attempts") + 1,
        started_at=db_now_plus(),
    )
    if taken:
        return Running(Job.objects.get(pk=job_id), owner)
    bury_crashed(Job.objects.filter(pk=job_id))
    return None


def _bury(mine: QuerySet[Job], error: str) -> bool:
    """Mark dead and tell the kind's `on_dead`, in one transaction. An `on_dead`
    that fails loses only what it wrote itself: the job is dead all the same."""
    row = mine.values("pk", "kind", "target").first()
    if row is None:
        return False
    with transaction.atomic():
        buried = mine.filter(pk=row["pk"]).update(
            state=JobState.DEAD,
            finished_at=db_now_plus(),
            lease_owner="",
            lease_expires_at=None,
            error=error,
        )
        if not buried:
            return False
        _tell_kind(row, error)
    log.error("job.dead", job=row["pk"], kind=row["kind"])
    return True


def _tell_kind(row: Mapping[str, Any], error: str) -> None:
    on_dead = _on_dead.get(row["kind"])
    if on_dead is None:
        return
    try:
        with transaction.atomic():
            on_dead(row["target"], error)
    except Exception as failure:
        log.error("job.on_dead_failed", job=row["pk"], kind=row["kind"], error=type(failure).__name__)


def bury_crashed(jobs: QuerySet[Job]) -> int:
    """Mark dead those expired jobs that have no attempt left; how many."""
    crashed = jobs.filter(state=JobState.RUNNING, lease_expires_at__lt=db_now_plus(), attempts__gte=MAX_ATTEMPTS)
    error = f"The worker was killed or hung {MAX_ATTEMPTS} times while doing this (time, memory or a crash)."
    buried = 0
    while _bury(crashed, error):
        buried += 1
    return buried


def _fail(running: Running, error: BaseException) -> None:
    """Put the job back with a delay, or mark it dead after the last attempt."""
    text = reason_of(error)
    if running.attempt >= MAX_ATTEMPTS:
        _bury(running.row(), text)
        return
    delay = BACKOFF[min(running.attempt, len(BACKOFF)) - 1]
    running.row().update(
        state=JobState.QUEUED,
        next_run_at=db_now_plus(delay),
        lease_owner="",
        lease_expires_at=None,
        published_at=None,
        publications=0,
        error=text,
    )
    log.warning("job.retry", job=running.id, attempt=running.attempt, error=type(error).__name__)


def run(kind: str, work: Callable[[Running], None], job_id: int) -> bool:
    """Take and do one job; False when there was nothing to take."""
    key = Job.objects.filter(pk=job_id).values_list("pending_key", flat=True).first() if kind in _waits else None
    running = take(job_id)
    if running is None:
        return False
    with structlog.contextvars.bound_contextvars(job_id=job_id, kind=kind):
        try:
            if kind in _waits and turns.is_crowded(running.id, _waits):
                running.postpone(key)
                return True
            work(running)
            if not running.is_finished:
                with running.finishing():
                    pass
        except LostLease:
            log.warning("job.lease_lost", job=job_id)
        except SoftTimeLimitExceeded:
            _fail(running, TimeoutError("took longer than the time limit"))
        except Exception as error:
            _fail(running, error)
            log.debug("job.traceback", exc_info=True)
    return True


_on_dead: dict[str, Callable[[str, str], None]] = {}


_cancellable: set[str] = set()

_waits: set[str] = set()


def may_be_cancelled(kind: str) -> bool:
    """Whether a person may stop jobs of this kind."""
    return kind in _cancellable


def job(
    kind: str, *, on_dead: Callable[[str, str], None] | None = None, cancellable: bool = False, waits: bool = False
) -> Callable[[Callable[[Running], None]], Callable[[int], bool]]:
    """Register the function that does jobs of `kind`, as a Celery task of that name.

    `on_dead(target, error)` runs in the transaction that gives a job up, in a
    savepoint of its own.
    `cancellable` lets a person stop it: nothing may wait for it then.
    `waits` is for work that waits for other people's machines: all kinds of it
    together take at most half of what the workers can do at once.
    """

    def register(work: Callable[[Running], None]) -> Callable[[int], bool]:
        @wraps(work)
        def by_id(job_id: int) -> bool:
            return run(kind, work, job_id)

        if on_dead is not None:
            _on_dead[kind] = on_dead
        if cancellable:
            _cancellable.add(kind)
        if waits:
            _waits.add(kind)
        task: Callable[[int], bool] = shared_task(name=kind)(by_id)
        return task

    return register
