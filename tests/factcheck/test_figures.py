"""What monitoring is told of the jobs."""

from datetime import timedelta

import pytest
from django.db.models import F
from prometheus_client.parser import text_string_to_metric_families

from factcheck import clock
from factcheck.clock import db_now
from factcheck.jobs import outbox
from factcheck.jobs.models import Job

pytestmark = pytest.mark.django_db


def told(client) -> dict[tuple, float]:
    text = client.get("/metrics").content.decode()
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found[(sample.name, *(value for _, value in sorted(sample.labels.items())))] = sample.value
    return found


def test_a_job_that_is_to_wait_is_not_late(client):
    outbox.enqueue("reviews.open", 1, at=db_now() + timedelta(days=2))
    with clock.shifted(timedelta(days=1)):
        assert told(client)["desk_oldest_job_seconds", "queued"] == 0
    with clock.shifted(timedelta(days=2, seconds=90)):
        assert 89 < told(client)["desk_oldest_job_seconds", "queued"] < 100


def test_attempts_and_seconds_of_the_last_hour_are_told_by_kind(client):
    started = db_now() - timedelta(minutes=5)
    for seconds, attempts in ((2, 1), (6, 3)):
        job = outbox.enqueue("reviews.open", seconds)
        Job.objects.filter(pk=job.pk).update(
            state="done",
            pending_key=None,
            attempts=attempts,
            started_at=started,
            finished_at=started + timedelta(seconds=seconds),
        )
    old = outbox.enqueue("reviews.open", 99)
    Job.objects.filter(pk=old.pk).update(
        state="done", pending_key=None, finished_at=db_now() - timedelta(hours=2), started_at=F("created_at")
    )
    found = told(client)
    assert found["desk_jobs_done_last_hour", "reviews.open"] == 2
    assert found["desk_job_attempts_last_hour", "reviews.open"] == 4
    assert found["desk_job_seconds_last_hour", "mean", "reviews.open"] == pytest.approx(4)
    assert found["desk_job_seconds_last_hour", "max", "reviews.open"] == pytest.approx(6)


def test_depth_is_told_for_every_state_also_when_it_is_nothing(client):
    found = told(client)
    assert {labels[1] for labels in found if labels[0] == "desk_jobs"} == {"queued", "running", "dead", "cancelled"}
    assert found["desk_jobs", "dead"] == 0
    assert found["desk_worker_alive",] == 0
