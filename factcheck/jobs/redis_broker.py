"""Redis as the broker, with a channel that gives nothing back when it closes.

kombu returns messages that were taken and not yet acknowledged when a channel
closes. When the connection is lost twice in short order there is nowhere to
return them to, and the error ends the worker. The Job table is the truth: the
sweep tells again of what was not done, so nothing has to be returned.
"""

from kombu.transport import TRANSPORT_ALIASES, redis


class Channel(redis.Channel):
    """kombu's channel, closing without a question to Redis."""

    do_restore = False


class Transport(redis.Transport):
    """`redis://` and `rediss://` for Celery and kombu."""

    Channel = Channel


def register() -> None:
    """Put this transport in the place of kombu's own."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:Transport"
