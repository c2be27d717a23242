"""A worker's sign of life, written from a thread of its own."""

import os
import socket
import threading
from datetime import timedelta

import structlog
from django.db import connection

from factcheck.clock import db_now, db_now_plus
from factcheck.jobs.models import WorkerHeartbeat

EVERY_SECONDS = 3.0
ALIVE = timedelta(seconds=10)
FORGET = timedelta(days=1)

log = structlog.get_logger(__name__)


def beat(name: str) -> None:
    """Write that worker `name` is alive now."""
    WorkerHeartbeat.objects.update_or_create(name=name, defaults={"at": db_now()})


def is_alive() -> bool:
    """Whether any worker gave a sign within ten seconds."""
    return WorkerHeartbeat.objects.filter(at__gt=db_now_plus(-ALIVE)).exists()


def start() -> threading.Event:
    """Beat every three seconds from a daemon thread until the event is set.

    The connection is closed after every beat: a child forked meanwhile must
    not inherit an open one.
    """
    stop = threading.Event()
    name = f"{socket.gethostname()}:{os.getpid()}"

    def keep_beating() -> None:
        while True:
            try:
                beat(name)
                WorkerHeartbeat.objects.filter(at__lt=db_now_plus(-FORGET)).delete()
            except Exception as error:
                log.warning("heartbeat.failed", error=type(error).__name__)
            finally:
                connection.close()
            if stop.wait(EVERY_SECONDS):
                return

    threading.Thread(target=keep_beating, name="heartbeat", daemon=True).start()
    return stop
