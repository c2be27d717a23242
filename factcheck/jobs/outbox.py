"""Writing jobs: the row in the caller's transaction, the wake-up after it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.db import transaction

from factcheck.clock import db_now
from factcheck.jobs import wake
from factcheck.jobs.models import Job
from factcheck.rows import insert


def enqueue(
    kind: str,
    target: object,
    *,
    dedupe_key: str | None = None,
    params: Mapping[str, Any] | None = None,
    delay: timedelta = timedelta(0),
    created_by: int | None = None,
    at: datetime | None = None,
) -> Job:
    """Queue one job; the caller's transaction decides whether it exists.

    With a `dedupe_key` an equal job that still waits is returned instead; the
    conflict locks that row until the caller commits, so it cannot run without
    seeing what the caller wrote. `at` is database time, if the caller has it.
    """
    now = at or db_now()
    job = Job(
        kind=kind,
        target=str(target),
        pending_key=dedupe_key,
        params=dict(params or {}),
        next_run_at=now + delay,
        created_at=now,
        published_at=None if delay else now,
        publications=0 if delay else 1,
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", "")),
        created_by_id=created_by,
    )
    if dedupe_key is None:
        insert(job)
    else:
        [job] = Job.objects.bulk_create(
            [job], update_conflicts=True, unique_fields=["pending_key"], update_fields=["pending_key"]
        )
    if not delay:
        transaction.on_commit(partial(wake.publish, kind, job.pk), robust=True)
    return job
