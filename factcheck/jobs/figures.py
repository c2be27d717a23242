"""What the job table says to a monitoring system: the same whichever process answers."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Avg, Count, ExpressionWrapper, F, Max, Min, Sum
from django.db.models.fields import DurationField
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from factcheck.clock import db_now
from factcheck.jobs import heartbeat
from factcheck.jobs.models import Job, JobState

WINDOW = timedelta(hours=1)


class JobFigures:
    """A Prometheus collector over the job table; a handful of statements."""

    def collect(self) -> Iterator[Metric]:
        """Every figure, read now."""
        now = db_now()
        yield _by_state()
        yield _ages(now)
        yield from _lately(now)
        alive = GaugeMetricFamily("desk_worker_alive", "1 while some worker reports.")
        alive.add_metric([], int(heartbeat.is_alive()))
        yield alive


def _by_state() -> Metric:
    depth = GaugeMetricFamily("desk_jobs", "Jobs that are not done, by state.", labels=["state"])
    found = Job.objects.exclude(state=JobState.DONE).values_list("state").annotate(jobs=Count("pk"))
    counts = dict.fromkeys((state.value for state in JobState if state is not JobState.DONE), 0) | dict(found)
    for state, jobs in counts.items():
        depth.add_metric([state], jobs)
    return depth


def _ages(now: datetime) -> Metric:
    """A job that is to wait is not late: its age counts from when it may run."""
    ages = GaugeMetricFamily(
        "desk_oldest_job_seconds", "Longest wait of a job that may run; longest run.", labels=["state"]
    )
    waits = Job.objects.filter(state=JobState.QUEUED, next_run_at__lte=now).aggregate(since=Min("next_run_at"))["since"]
    runs = Job.objects.filter(state=JobState.RUNNING).aggregate(since=Min("started_at"))["since"]
    for state, since in ((JobState.QUEUED, waits), (JobState.RUNNING, runs)):
        ages.add_metric([state.value], (now - since).total_seconds() if since else 0.0)
    return ages


def _lately(now: datetime) -> Iterator[Metric]:
    """What was done within the last hour, by kind: how many, tries, seconds."""
    done = GaugeMetricFamily("desk_jobs_done_last_hour", "Jobs done within the last hour.", labels=["kind"])
    tries = GaugeMetricFamily("desk_job_attempts_last_hour", "Attempts those jobs took.", labels=["kind"])
    seconds = GaugeMetricFamily("desk_job_seconds_last_hour", "Seconds one took.", labels=["kind", "figure"])
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    rows = (
        Job.objects.filter(state=JobState.DONE, finished_at__gt=now - WINDOW)
        .values("kind")
        .annotate(jobs=Count("pk"), tries=Sum("attempts"), mean=Avg(took), most=Max(took))
        .order_by("kind")
    )
    for row in rows:
        done.add_metric([row["kind"]], row["jobs"])
        tries.add_metric([row["kind"]], row["tries"])
        for figure, spent in (("mean", row["mean"]), ("max", row["most"])):
            if spent is not None:
                seconds.add_metric([row["kind"], figure], spent.total_seconds())
    return iter((done, tries, seconds))
