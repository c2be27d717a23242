"""Counters and timers of this process; /metrics adds figures from the database."""

from prometheus_client import Counter, Histogram

PUBLISH_FAILED = Counter("desk_broker_publish_failed", "Wake-ups the broker did not take.")
PUBLISH_SKIPPED = Counter("desk_broker_publish_skipped", "Wake-ups skipped while the breaker is open.")
JOBS_DEAD = Counter("desk_jobs_dead", "Jobs given up after their last attempt.")
JOB_SECONDS = Histogram("desk_job_seconds", "Time one job took.", ["kind"])
