"""Telling the broker which job to run: best effort, quick, never raised.

A broker that is down or frozen costs a caller at most one short timeout
every five seconds: after a failure a per-process breaker skips publishing,
and the sweep publishes later what was skipped.
"""

import os
import threading
import time

import structlog
from celery import current_app
from django.conf import settings
from kombu import Connection

from factcheck import metrics

TIMEOUT = 0.2
BREAK_SECONDS = 5.0
KEEP_READ_SECONDS = 60.0

log = structlog.get_logger(__name__)
_local = threading.local()
_open_until = 0.0


def _connection() -> Connection:
    connection: Connection | None = getattr(_local, "connection", None)
    if connection is None:
        options = dict(settings.CELERY_BROKER_TRANSPORT_OPTIONS)
        if settings.REDIS_URL is not None:
            options |= {
                "socket_timeout": TIMEOUT,
                "socket_connect_timeout": TIMEOUT,
                "retry_on_timeout": False,
            }
        connection = Connection(
            settings.CELERY_BROKER_URL, transport_options=options, connect_timeout=TIMEOUT, heartbeat=0
        )
        _local.connection = connection
    return connection


def _forget() -> None:
    connection = getattr(_local, "connection", None)
    _local.connection = None
    if connection is not None:
        connection.collapse_timeout = TIMEOUT
        try:
            connection.release()
        except Exception as error:
            log.debug("broker.release_failed", error=type(error).__name__)


def publish(kind: str, job_id: int) -> bool:
    """Wake a worker for this job; False when the broker could not be told."""
    global _open_until
    if time.monotonic() < _open_until:
        metrics.PUBLISH_SKIPPED.inc()
        return False
    try:
        current_app.send_task(kind, args=[job_id], connection=_connection(), retry=False, ignore_result=True)
    except Exception as error:
        _open_until = time.monotonic() + BREAK_SECONDS
        metrics.PUBLISH_FAILED.inc()
        log.warning("broker.unreachable", job=job_id, error=f"{type(error).__name__}: {error}"[:200])
        _forget()
        return False
    return True


def tidy() -> int:
    """Delete the embedded broker's read messages older than a minute; how many.

    They are kept that long because kombu reads a message after moving it, and
    the move is only safe within one file system.
    """
    if settings.REDIS_URL is not None:
        return 0
    deleted = 0
    oldest = time.time() - KEEP_READ_SECONDS
    for entry in os.scandir(settings.CELERY_BROKER_TRANSPORT_OPTIONS["processed_folder"]):
        try:
            if entry.stat().st_mtime < oldest:
                os.unlink(entry.path)
                deleted += 1
        except FileNotFoundError:
            continue
    return deleted


def reset() -> None:
    """Close this thread's connection and the breaker (after a fork, in tests)."""
    global _open_until
    _open_until = 0.0
    _forget()
