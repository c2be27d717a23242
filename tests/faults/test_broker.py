"""The broker down, frozen, restarted: intake goes on and recovery needs nobody."""

import statistics
import time

import pytest
from kombu import Connection

from factcheck.jobs import redis_broker
from tests.faults.flood import Flood, texts

pytestmark = pytest.mark.fault


def test_a_connection_lost_with_a_message_in_hand_is_closed_in_peace(servers):
    """What kombu would give back to Redis here has nowhere to go; see redis_broker."""
    _, redis = servers
    redis_broker.register()
    link = Connection(redis.url)
    queue = link.SimpleQueue("desk")
    queue.put({"job": 1})
    assert queue.get(timeout=5).payload == {"job": 1}
    redis.kill()
    channel = link.default_channel
    channel.connection.client = None  # as after a connection that was lost while it was being closed
    channel.close()
    assert channel.closed


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


@pytest.mark.parametrize("how", ["stopped", "frozen"])
def test_intake_answers_while_redis_is_away(how, servers, desk, size, record):
    postgres, redis = servers
    product = desk(postgres, redis)
    product.start()
    token = product.person("client", "submitter")
    flood = Flood(product, token)
    flood.run(texts(3), threads=1)
    assert flood.wait_drained(seconds=30) == []
    flood.latencies.clear()
    redis.kill() if how == "stopped" else redis.freeze()
    articles = texts(size(200, 60))
    flood.acknowledged.clear()
    for number, text in enumerate(articles):
        flood.post(1000 + number, text, deadline=time.monotonic() + 30)
    latency = p95(flood.latencies)
    record |= {"posts": len(articles), "acknowledged": len(flood.acknowledged), "p95_ms": round(latency * 1000, 1)}
    assert flood.refused == []
    assert len(flood.acknowledged) == len(articles)
    assert latency <= 0.3
    redis.start() if how == "stopped" else redis.thaw()
    returned = time.monotonic()
    left = flood.wait_drained(seconds=60)
    record["drained_after_s"] = round(time.monotonic() - returned, 1)
    assert left == []


def test_one_worker_process_lives_through_restarts_of_redis(servers, desk, size, record):
    postgres, redis = servers
    product = desk(postgres, redis)
    product.start()
    token = product.person("client", "submitter")
    worker = product.processes["worker"].pid
    waits = []
    for number in range(size(20, 3)):
        redis.kill()
        time.sleep(1)
        redis.start()
        started = time.monotonic()
        flood = Flood(product, token)
        flood.post(number, texts(number + 1)[-1], deadline=time.monotonic() + 30)
        assert flood.wait_drained(seconds=60) == [], f"after restart {number + 1}: {product.logs()}"
        waits.append(round(time.monotonic() - started, 1))
    record |= {"restarts": len(waits), "slowest_s": max(waits), "median_s": statistics.median(waits)}
    assert product.processes["worker"].poll() is None
    assert product.processes["worker"].pid == worker
