"""The Celery application: settings come from Django, tasks from the apps."""

import os
import resource
import signal
from typing import Any

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_process_init, worker_ready, worker_shutting_down

from factcheck.jobs import folder_broker, redis_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

folder_broker.register()
redis_broker.register()
app = Celery("factcheck", amqp="factcheck.jobs.redis_broker:Messaging")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
_stops: list[Any] = []


@setup_logging.connect
def _keep_django_logging(**_: object) -> None:
    """Connected so that Celery leaves the logging configuration alone."""


@beat_init.connect
def _on_beat(**_: object) -> None:
    from factcheck.jobs import scheduler

    _stops.append(scheduler.start())


@worker_ready.connect
def _on_ready(**_: object) -> None:
    from factcheck.jobs import heartbeat, sweep

    _stops.append(heartbeat.start())
    sweep.sweep()


@worker_shutting_down.connect
def _on_shutdown(**_: object) -> None:
    for stop in _stops:
        stop.set()


@worker_process_init.connect
def _on_child(**_: object) -> None:
    """One bloating job fails with MemoryError instead of taking the machine;
    a child whose worker was killed does not outlive it."""
    from django.conf import settings

    from factcheck.jobs import wake
    from factcheck.supervisor import die_with_parent

    die_with_parent(signal.SIGKILL)
    limit = settings.WORKER_MEMORY_MB * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
    wake.reset()
