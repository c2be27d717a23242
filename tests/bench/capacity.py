"""`./dev bench --capacity`: what one machine carries, for docs/operations.md.

The real processes on PostgreSQL (with fsync) and Redis: articles taken in a
second by the web server, articles read to claims in a second by the worker,
pages of the queue in a second. Absolute figures: of this machine, today.
"""

import json
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.harness.product import Product
from tests.harness.services import Postgres, Redis

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "seeds/articles/kursk-2025-03-14.txt").read_text().split("\n---\n", 1)[1]
ARTICLES = 300
CLIENTS = 8
PAGES = 160
UNREAD = ("received", "extracting")


def at_once(times: int, act: Callable[[int], None]) -> float:
    """`act` of 0..times-1 by CLIENTS threads; how many a second."""
    places = iter(range(times))
    lock = threading.Lock()
    failed: list[BaseException] = []

    def work() -> None:
        while not failed:
            with lock:
                place = next(places, None)
            if place is None:
                return
            try:
                act(place)
            except Exception as error:
                failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return times / (time.perf_counter() - started)


def measured(desk: Product) -> dict[str, float]:
    """The three figures; the worker starts when every article is taken in."""
    desk.start("web")
    token = desk.person("bench", "submitter,checker")

    def post(place: int) -> None:
        body = {"title": f"Number {place}", "text": f"{TEXT}\nThis is number {place}."}
        status, answer, _ = desk.request("POST", "/api/v1/articles", body, token=token)
        assert status == 201, answer

    def read(place: int) -> None:
        status, _, _ = desk.request("GET", f"/api/v1/reviews?limit={50 - place % 2}", token=token)
        assert status == 200

    taken = at_once(ARTICLES, post)
    started = time.perf_counter()
    desk.spawn("worker")
    while waiting(desk, token):
        time.sleep(0.2)
    done = ARTICLES / (time.perf_counter() - started)
    return {
        "articles taken in a second": round(taken, 1),
        "articles read to claims a second": round(done, 1),
        "queue pages of 50 a second": round(at_once(PAGES, read), 1),
    }


def waiting(desk: Product, token: str) -> bool:
    """Whether some article is not read yet."""
    lists = (desk.request("GET", f"/api/v1/articles?limit=1&status={one}", token=token) for one in UNREAD)
    return any(answer["data"] for _, answer, _ in lists)


def main() -> int:
    """Print the figures and keep them beside the other results."""
    postgres, redis = Postgres(fsync=True), Redis()
    desk = Product(
        Path(tempfile.mkdtemp()) / "desk",
        database_url=postgres.url,
        redis_url=redis.url,
    )
    try:
        found = measured(desk)
    finally:
        desk.kill_all()
        redis.stop()
        postgres.stop()
    found["processors"] = float(os.cpu_count() or 1)
    for name, value in found.items():
        print(f"{value:10.1f}  {name}")
    (Path(__file__).parent / "results" / "capacity.json").write_text(json.dumps(found, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
