"""Jobs: nothing is lost, nothing is done twice, whoever slept writes nothing."""

import os
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from factcheck import clock
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.errors import Conflict
from factcheck.jobs import control, outbox, runner, sweep, wake
from factcheck.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cancellable(monkeypatch):
    monkeypatch.setattr(runner, "_cancellable", {"tests.nothing"})


def make(**fields) -> Job:
    return outbox.enqueue("tests.nothing", "1", **fields)


def state_of(job: Job) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def test_take_counts_the_attempt_before_the_work():
    job = make()
    running = runner.take(job.pk)
    assert running is not None
    row = Job.objects.get(pk=job.pk)
    assert (row.attempts, row.state) == (1, "running")
    assert row.lease_expires_at > clock.db_now() + timedelta(seconds=50)


def test_take_of_a_running_job_gets_nothing():
    job = make()
    assert runner.take(job.pk) is not None
    assert runner.take(job.pk) is None


def test_take_before_its_time_gets_nothing():
    job = make(delay=timedelta(minutes=1))
    assert runner.take(job.pk) is None
    with clock.shifted(timedelta(minutes=2)):
        assert runner.take(job.pk) is not None


def test_take_of_an_expired_job_fences_the_first_owner():
    job = make()
    slow = runner.take(job.pk)
    with clock.shifted(timedelta(seconds=61)):
        second = runner.take(job.pk)
    assert slow is not None
    assert second is not None
    with pytest.raises(runner.LostLease), slow.finishing():
        Job.objects.create(kind="tests.effect", target="of the sleeper")
    assert not Job.objects.filter(kind="tests.effect").exists()
    with second.finishing():
        pass
    assert state_of(job) == "done"


def test_checkpoint_of_a_lost_job_writes_nothing():
    job = make()
    slow = runner.take(job.pk)
    assert slow is not None
    with slow.checkpoint(done=1, total=3):
        Job.objects.create(kind="tests.effect", target="first chunk")
    control.cancel(job=job, actor=None)
    with pytest.raises(runner.LostLease), slow.checkpoint(done=2, total=3):
        Job.objects.create(kind="tests.effect", target="second chunk")
    assert Job.objects.filter(kind="tests.effect").count() == 1


def test_an_effect_that_fails_leaves_the_job_undone():
    job = make()

    def work(running: runner.Running) -> None:
        with running.finishing():
            Job.objects.create(kind="tests.effect", target="half written")
            raise ValueError("broke")

    runner.run("tests.nothing", work, job.pk)
    assert not Job.objects.filter(kind="tests.effect").exists()
    row = Job.objects.get(pk=job.pk)
    assert row.state == "queued"
    assert re.fullmatch(r"ValueError at tests/factcheck/test_jobs\.py, line \d+", row.error)
    assert row.next_run_at > clock.db_now()


def test_a_poison_job_is_dead_after_five_attempts_with_its_reason():
    job = make()
    runs = []

    def work(running: runner.Running) -> None:
        runs.append(running.attempt)
        raise ValueError("bad luck")

    for minutes in range(6):
        with clock.shifted(timedelta(minutes=2 * minutes)):
            runner.run("tests.nothing", work, job.pk)
    row = Job.objects.get(pk=job.pk)
    assert runs == [1, 2, 3, 4, 5]
    assert row.state == JobState.DEAD
    assert re.fullmatch(r"ValueError at tests/factcheck/test_jobs\.py, line \d+", row.error)


SAID = "Prices fell by 3% in May"


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (ValueError(f"cannot read {SAID!r}"), "ValueError at "),
        (KeyError(SAID), "KeyError at "),
        (Conflict(f"the article says {SAID!r}", code="span_mismatch"), "Conflict (span_mismatch) at "),
        (
            ConnectionRefusedError(111, "Connection refused"),
            "ConnectionRefusedError: [Errno 111] Connection refused at ",
        ),
    ],
)
def test_a_reason_quotes_nothing_of_what_the_job_worked_on(error, kept):
    job = make()

    def work(running: runner.Running) -> None:
        raise error

    runner.run("tests.nothing", work, job.pk)
    row = Job.objects.get(pk=job.pk)
    assert row.error.startswith(kept)
    assert SAID not in row.error


def test_a_job_whose_worker_is_killed_each_time_is_dead_after_five_attempts():
    job = make()
    for attempt in range(5):
        with clock.shifted(timedelta(minutes=2 * attempt)):
            assert runner.take(job.pk) is not None
    with clock.shifted(timedelta(minutes=10)):
        assert runner.take(job.pk) is None
    row = Job.objects.get(pk=job.pk)
    assert row.state == "dead"
    assert "killed or hung 5 times" in row.error


def test_the_sweep_buries_crashed_jobs_and_tells_their_kind(monkeypatch):
    told = []
    monkeypatch.setitem(runner._on_dead, "tests.nothing", lambda target, error: told.append(target))
    job = make()
    Job.objects.filter(pk=job.pk).update(
        state="running", attempts=5, lease_owner="gone", lease_expires_at=clock.db_now() - timedelta(seconds=1)
    )
    assert sweep.sweep().buried == 1
    assert told == ["1"]


def crashed(kind="tests.nothing", target="1") -> Job:
    job = outbox.enqueue(kind, target)
    Job.objects.filter(pk=job.pk).update(
        state="running", attempts=5, lease_owner="gone", lease_expires_at=clock.db_now() - timedelta(seconds=1)
    )
    return job


def test_a_hook_that_raises_harms_neither_its_job_nor_others(monkeypatch):
    told = []

    def break_down(target, error):
        outbox.enqueue("tests.effect", target)
        Job.objects.create(kind="tests.effect", target="x", state="running")  # refused by a constraint

    monkeypatch.setitem(runner._on_dead, "tests.poison", break_down)
    monkeypatch.setitem(runner._on_dead, "tests.nothing", lambda target, error: told.append(target))
    jobs = [crashed("tests.poison"), crashed(), crashed("tests.poison", "2"), crashed(target="2")]
    waiting = make()
    assert (sweep.sweep().buried, sweep.sweep().buried) == (4, 0)
    assert [state_of(job) for job in jobs] == ["dead"] * 4
    assert sorted(told) == ["1", "2"]
    assert not Job.objects.filter(kind="tests.effect").exists()
    assert Job.objects.get(pk=waiting.pk).published_at is not None


def test_a_hook_that_raises_at_the_last_attempt_leaves_the_job_dead(monkeypatch):
    monkeypatch.setitem(runner._on_dead, "tests.nothing", lambda target, error: 1 / 0)
    job = make()
    Job.objects.filter(pk=job.pk).update(attempts=4)

    def work(running: runner.Running) -> None:
        raise ValueError("bad luck")

    assert runner.run("tests.nothing", work, job.pk)
    assert state_of(job) == "dead"


def test_enqueue_with_a_key_that_waits_returns_the_waiting_job():
    first, second = make(dedupe_key="k"), make(dedupe_key="k")
    assert first.pk == second.pk
    runner.take(first.pk)
    assert make(dedupe_key="k").pk != first.pk


def test_enqueue_is_undone_with_its_transaction():
    def caller() -> None:
        with transaction.atomic():
            make()
            raise IntegrityError("the caller failed")

    with pytest.raises(IntegrityError, match="the caller failed"):
        caller()
    assert not Job.objects.exists()


@pytest.fixture
def published(monkeypatch) -> list[int]:
    told: list[int] = []

    def publish(kind: str, job_id: int) -> bool:
        told.append(job_id)
        return True

    monkeypatch.setattr(wake, "publish", publish)
    return told


def test_the_sweep_republishes_after_ten_seconds_and_backs_off(published):
    job = make()
    assert sweep.sweep().published == 0
    with clock.shifted(timedelta(seconds=11)):
        assert sweep.sweep().published == 1
        assert sweep.sweep().published == 0
    with clock.shifted(timedelta(seconds=22)):
        assert sweep.sweep().published == 0
    with clock.shifted(timedelta(seconds=33)):
        assert sweep.sweep().published == 1
    assert published == [job.pk, job.pk]


def test_the_sweep_publishes_jobs_whose_lease_ran_out(published):
    job = make()
    runner.take(job.pk)
    with clock.shifted(timedelta(seconds=61)):
        sweep.sweep()
    assert published == [job.pk]


def test_the_sweep_leaves_done_and_cancelled_jobs_alone(published):
    running = runner.take(make().pk)
    assert running is not None
    with running.finishing():
        pass
    control.cancel(job=make(), actor=None)
    with clock.shifted(timedelta(hours=1)):
        assert sweep.sweep().published == 0


def test_the_sweep_stops_at_a_broker_that_does_not_answer(monkeypatch):
    monkeypatch.setattr(wake, "publish", lambda kind, job_id: False)
    jobs = [make() for _ in range(3)]
    with clock.shifted(timedelta(seconds=11)):
        swept = sweep.sweep()
    assert (swept.published, swept.broker_answers) == (0, False)
    assert set(Job.objects.values_list("published_at", flat=True)) == {None}
    assert Job.objects.filter(pk__in=[job.pk for job in jobs], state="queued").count() == 3


def test_the_sweep_sends_many_jobs_in_batches(published):
    Job.objects.bulk_create([Job(kind="tests.nothing", target=str(n), next_run_at=clock.db_now()) for n in range(250)])
    assert sweep.sweep().published == 250
    assert len(set(published)) == 250


def test_jobs_of_a_restored_desk_wait_for_no_lease_and_no_patience(published):
    waiting, job, done = make(), make(), make()
    assert runner.take(job.pk) is not None
    with runner.take(done.pk).finishing():
        pass
    assert sweep.take_back_all() == 2
    sweep.sweep()
    assert sorted(published) == [waiting.pk, job.pk]
    assert runner.take(job.pk).attempt == 2


def test_prune_forgets_only_what_was_done_long_ago():
    for _ in range(2):
        running = runner.take(make().pk)
        assert running is not None
        with running.finishing():
            pass
    waiting = make()
    Job.objects.filter(pk=Job.objects.earliest("pk").pk).update(finished_at=clock.db_now() - timedelta(days=8))
    assert sweep.prune() == 1
    assert Job.objects.filter(pk=waiting.pk).exists()
    assert Job.objects.count() == 2


def test_retry_revives_a_dead_job_and_is_history(person):
    job = make()
    Job.objects.filter(pk=job.pk).update(state="dead", attempts=5, error="ValueError: x")
    control.retry(job=job, actor=person("ada", Role.ADMINISTRATOR))
    assert runner.take(job.pk) is not None
    assert AuditEvent.objects.filter(action="job.retried", actor__username="ada").exists()
    with pytest.raises(Conflict):
        control.retry(job=job, actor=None)


@pytest.mark.django_db(transaction=True)
def test_publishing_happens_after_the_commit(published):
    with transaction.atomic():
        job = make()
        assert published == []
    assert published == [job.pk]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_is_not_the_callers_problem(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CELERY_BROKER_URL = settings.REDIS_URL
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    wake.reset()
    job = make()
    assert state_of(job) == "queued"
    assert wake.publish("tests.nothing", job.pk) is False


def test_the_sweep_tidies_read_messages_of_the_embedded_broker(settings, tmp_path: Path):
    if settings.REDIS_URL is not None:
        assert wake.tidy() == 0
        return
    done = tmp_path / "broker" / "done"
    for name, age in (("old", 120), ("new", 1)):
        (done / name).touch()
        os.utime(done / name, (time.time() - age,) * 2)
    sweep.sweep()
    assert [path.name for path in done.iterdir()] == ["new"]


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.django_db(transaction=True)
def test_the_embedded_broker_gets_one_message_a_job(settings, tmp_path: Path):
    make()
    queued = list((tmp_path / "broker" / "queue").iterdir())
    assert len(queued) == 1
    assert connection.vendor == "sqlite"


def test_a_running_job_without_a_lease_is_refused_by_the_database():
    job = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state="running")


def test_a_job_that_something_waits_for_cannot_be_cancelled(monkeypatch):
    monkeypatch.setattr(runner, "_cancellable", set())
    job = make()
    with pytest.raises(Conflict) as refused:
        control.cancel(job=job, actor=None)
    assert refused.value.code == "job_not_cancellable"
    assert state_of(job) == "queued"


def test_a_cancelled_job_can_be_tried_again():
    job = make()
    control.cancel(job=job, actor=None)
    control.retry(job=job, actor=None)
    assert runner.take(job.pk) is not None


def test_a_job_is_due_in_the_very_moment_it_was_queued():
    for _ in range(50):
        assert runner.take(make().pk) is not None
