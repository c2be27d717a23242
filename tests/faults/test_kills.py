"""Kills: whatever is killed, no acknowledged article is lost and no claim doubled."""

import os
import sqlite3
import time

import pytest

from tests.faults.flood import Flood, Killer, texts
from tests.harness.services import Postgres, Redis

pytestmark = pytest.mark.fault
SEED = 20250314


def finish(killers: list[Killer]) -> None:
    for killer in killers:
        killer.over.set()
    for killer in killers:
        killer.join(60)
        if killer.failure is not None:
            raise killer.failure


def wait_for_all(killers: list[Killer], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for killer in killers:
        killer.join(max(0.0, deadline - time.monotonic()))


def check(flood: Flood, articles: list[str], record: dict, killers: list[Killer], drain: float) -> None:
    left = flood.wait_drained(seconds=drain)
    wrong = flood.differing() if not left else []
    record |= {
        "articles": len(articles),
        "acknowledged": len(flood.acknowledged),
        "kills": {killer._what: killer.done for killer in killers},
        "kill_log": sorted(entry for killer in killers for entry in killer.log),
        "seed": SEED,
        "not_drained": len(left),
        "wrong": len(wrong),
    }
    assert len(flood.acknowledged) == len(articles), flood.refused[:5]
    assert left == []
    assert wrong == []


def test_production_survives_kills_of_worker_redis_and_postgresql(servers: tuple[Postgres, Redis], desk, size, record):
    postgres, redis = servers
    product = desk(postgres, redis)
    product.start()
    token = product.person("client", "submitter,auditor,checker")
    articles = texts(size(1000, 60))
    flood = Flood(product, token)

    def kill_worker() -> None:
        product.kill("worker")
        product.spawn("worker")

    def kill_redis() -> None:
        redis.kill()
        time.sleep(0.5)
        redis.start()

    killers = [
        Killer(kill_worker, times=size(50, 4), between=(2, 6), seed=SEED, what="worker -9"),
        Killer(kill_redis, times=size(10, 2), between=(8, 20), seed=SEED + 1, what="redis -9"),
        Killer(postgres.restart, times=size(5, 1), between=(15, 40), seed=SEED + 2, what="postgresql -m immediate"),
    ]
    for killer in killers:
        killer.start()
    flood.run(articles, pause=size(100, 200) / 1000)
    wait_for_all(killers, size(420, 60))
    finish(killers)
    assert [killer.done for killer in killers] == [size(50, 4), size(10, 2), size(5, 1)]
    check(flood, articles, record, killers, drain=size(600, 180))
    assert product.manage("verify_audit", "--json").strip() == "[]"


def test_the_embedded_desk_survives_kills_of_the_web_server_and_the_worker(desk, size, record):
    product = desk()
    product.start()
    token = product.person("client", "submitter,auditor,checker")
    articles = texts(size(600, 40))
    flood = Flood(product, token)

    def kill_web() -> None:
        product.kill("web")
        product.spawn("web")
        time.sleep(2.5 if os.environ.get("CI") else 1.5)

    def kill_worker() -> None:
        product.kill("worker")
        product.spawn("worker")

    killers = [
        Killer(kill_web, times=size(200, 8), between=(0.2, 1.5), seed=SEED, what="web -9"),
        Killer(kill_worker, times=size(20, 2), between=(4, 12), seed=SEED + 1, what="worker -9"),
    ]
    for killer in killers:
        killer.start()
    flood.run(articles, seconds=size(1800, 300), pause=0.1)
    wait_for_all(killers, size(900, 90))
    finish(killers)
    product.wait_ready()
    assert killers[0].done == size(200, 8)
    check(flood, articles, record, killers, drain=size(600, 180))
    with sqlite3.connect(product.folder / "desk.sqlite3") as database:
        record["integrity_check"] = database.execute("PRAGMA integrity_check").fetchone()[0]
    assert record["integrity_check"] == "ok"
    assert product.manage("verify_audit", "--json").strip() == "[]"
