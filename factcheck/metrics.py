"""Counters of this process; /metrics adds the figures of the job table."""

from prometheus_client import Counter

PUBLISH_FAILED = Counter("desk_broker_publish_failed", "Wake-ups the broker did not take.")
PUBLISH_SKIPPED = Counter("desk_broker_publish_skipped", "Wake-ups skipped while the breaker is open.")
