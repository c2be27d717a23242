"""A worker whose Redis is away."""

import pytest

from factcheck.celery import app
from factcheck.jobs import redis_broker
from tests.harness.ports import free_port


class Enough(Exception):
    """The test has seen what it wanted."""


def test_a_lost_broker_is_asked_for_every_two_seconds(monkeypatch):
    """kombu's own interval grows to thirty: work would wait that long after Redis is back."""
    waits: list[float] = []
    monkeypatch.setattr("kombu.utils.functional.sleep", lambda seconds: None)

    def failed(_error: Exception, interval: float) -> None:
        waits.append(interval)
        if len(waits) == 6:
            raise Enough

    redis_broker.register()
    with app.amqp.Connection(f"redis://127.0.0.1:{free_port()}/0") as link, pytest.raises(Enough):
        link.ensure_connection(failed, None)
    assert waits == [redis_broker.RECONNECT_SECONDS] * 6
