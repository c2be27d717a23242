"""Redis as the broker: a channel that gives nothing back when it closes, and a
worker that asks for a lost broker every two seconds and not ever more rarely.

kombu returns messages that were taken and not yet acknowledged when a channel
closes. When the connection is lost twice in short order there is nowhere to
return them to, and the error ends the worker. The Job table is the truth: the
sweep tells again of what was not done, so nothing has to be returned.
"""

from typing import Any

from celery.app.amqp import AMQP
from kombu import Connection
from kombu.transport import TRANSPORT_ALIASES, redis

RECONNECT_SECONDS = 2.0


class Channel(redis.Channel):
    """kombu's channel, closing without a question to Redis."""

    do_restore = False


class Transport(redis.Transport):
    """`redis://` and `rediss://` for Celery and kombu."""

    Channel = Channel


class Eager(Connection):
    """A connection whose holder is back soon after the broker is."""

    def ensure_connection(self, *args: Any, **options: Any) -> Connection:  # type: ignore[override]  # passes them on
        """kombu's, asking every RECONNECT_SECONDS; kombu itself waits up to 30."""
        return super().ensure_connection(*args, **{"interval_max": RECONNECT_SECONDS, **options})


class Messaging(AMQP):
    """What Celery makes its connections with."""

    Connection = Eager


def register() -> None:
    """Put this transport in the place of kombu's own."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:Transport"
