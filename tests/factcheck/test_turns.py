"""Jobs that wait for other machines leave room for the others."""

from datetime import timedelta

import pytest

from claims import tasks
from factcheck.clock import db_now
from factcheck.jobs import heartbeat, outbox, turns
from factcheck.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db
FETCH, POLL = "claims.fetch_article", "claims.poll_feed"


def running(kind: str, seconds: int = 0) -> Job:
    """A job that was taken so many seconds after the others."""
    job = outbox.enqueue(kind, 1)
    now = db_now()
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        lease_owner="x",
        lease_expires_at=now + timedelta(seconds=60),
        started_at=now + timedelta(seconds=seconds - 10),
        attempts=1,
    )
    return job


def test_a_fetch_stands_back_while_earlier_ones_hold_half_of_the_workers():
    running(FETCH)
    job = outbox.enqueue(FETCH, 0)
    assert tasks.fetch_article(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.QUEUED, 0, "")
    assert job.next_run_at > db_now()


def test_a_fetch_stands_back_for_as_long_as_it_has_waited_within_bounds():
    running(FETCH)
    for waited, pause in ((0, 3), (1, 3), (10, 10), (25, 25), (3000, 30)):
        job = outbox.enqueue(FETCH, 0)
        Job.objects.filter(pk=job.pk).update(created_at=db_now() - timedelta(seconds=waited))
        tasks.fetch_article(job.pk)
        job.refresh_from_db()
        assert pause <= (job.next_run_at - job.started_at).total_seconds() < pause + 2


def test_a_fetch_that_stands_back_is_still_the_one_that_equal_requests_find():
    running(FETCH)
    job = outbox.enqueue(FETCH, 0, dedupe_key="fetch:0")
    tasks.fetch_article(job.pk)
    job.refresh_from_db()
    assert (job.state, job.pending_key) == (JobState.QUEUED, "fetch:0")
    assert outbox.enqueue(FETCH, 0, dedupe_key="fetch:0").pk == job.pk


def test_a_fetch_that_would_stand_back_behind_an_equal_one_is_done(monkeypatch):
    equal = []

    def crowded(job_id, kinds):
        equal.append(outbox.enqueue(FETCH, 0, dedupe_key="fetch:0"))
        return True

    monkeypatch.setattr(turns, "is_crowded", crowded)
    job = outbox.enqueue(FETCH, 0, dedupe_key="fetch:0")
    assert tasks.fetch_article(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"left_to": "fetch:0"})
    assert Job.objects.get(state=JobState.QUEUED, pending_key="fetch:0").pk == equal[0].pk != job.pk


def test_room_grows_with_the_workers(settings):
    settings.WORKER_PROCESSES = 4
    held = [running(FETCH), running(POLL)]
    late = running(FETCH, 5)
    assert turns.is_crowded(late.pk, {FETCH, POLL})
    heartbeat.beat("one")
    heartbeat.beat("two")
    assert not turns.is_crowded(late.pk, {FETCH, POLL})
    assert not turns.is_crowded(held[0].pk, {FETCH, POLL})


def test_an_old_job_that_is_taken_late_counts_the_younger_ones_that_run():
    old = running(FETCH, 5)
    young = running(FETCH)
    assert old.pk < young.pk
    assert turns.is_crowded(old.pk, {FETCH})
    assert not turns.is_crowded(young.pk, {FETCH})


def test_of_two_taken_in_one_moment_one_goes_on():
    pair = [running(FETCH), running(POLL)]
    Job.objects.update(started_at=db_now())
    assert [turns.is_crowded(job.pk, {FETCH, POLL}) for job in pair] == [False, True]


def test_work_that_waits_for_nobody_takes_no_turn():
    running(FETCH)
    running("claims.extract_article")
    job = outbox.enqueue("claims.take_bulk_file", 0)
    tasks.take_bulk_file(job.pk)
    job.refresh_from_db()
    assert job.attempts == 1


def test_a_run_that_died_holds_no_place():
    held = running(FETCH)
    Job.objects.filter(pk=held.pk).update(lease_expires_at=db_now() - timedelta(seconds=1))
    assert not turns.is_crowded(running(FETCH, 5).pk, {FETCH})
