"""Articles in great number over HTTP: every acknowledged id is written down."""

import hashlib
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from claims.pipeline.extract import extract
from claims.pipeline.shapes import DocumentInfo
from tests.harness.product import Product

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
Span = tuple[int, int]


def texts(count: int) -> list[str]:
    """`count` different articles made of the demo articles."""
    bodies = [path.read_text(encoding="utf-8").split("\n---\n", 1)[1] for path in sorted(SEEDS.glob("*.txt"))]
    return [f"{bodies[n % len(bodies)]}\n\nThis is edition {n} of the paper.\n" for n in range(count)]


def golden(text: str) -> list[Span]:
    """Where the pipeline, run here and now, finds claims."""
    return sorted((claim.start, claim.end) for claim in extract(text, DocumentInfo()).claims)


@dataclass
class Flood:
    """Posts articles from several threads, each with a key, until it is acknowledged."""

    product: Product
    token: str
    acknowledged: dict[int, str] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def post(self, number: int, text: str, *, deadline: float) -> None:
        """One article; a broken connection or a 5xx is tried again with the same key."""
        key = f"flood-{number}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
        while time.monotonic() < deadline:
            started = time.monotonic()
            try:
                status, body, _ = self.product.request(
                    "POST",
                    "/api/v1/articles",
                    {"text": text, "title": f"Edition {number}"},
                    token=self.token,
                    headers={"Idempotency-Key": key},
                    timeout=30,
                )
            except (OSError, HTTPException):  # refused, cut off, or cut off in the middle of the answer
                time.sleep(0.1)
                continue
            with self._lock:
                self.latencies.append(time.monotonic() - started)
                if status in {200, 201}:
                    self.acknowledged[body["id"]] = text
                    return
                self.refused.append(f"{status} {str(body)[:200]}")
            time.sleep(0.1)

    def run(self, articles: list[str], *, threads: int = 4, seconds: float = 600, pause: float = 0.0) -> None:
        """All articles; returns when each is acknowledged or time is up."""
        deadline = time.monotonic() + seconds
        numbered: Iterator[tuple[int, str]] = iter(list(enumerate(articles)))

        def work() -> None:
            while True:
                with self._lock:
                    item = next(numbered, None)
                if item is None:
                    return
                self.post(*item, deadline=deadline)
                time.sleep(pause)

        workers = [threading.Thread(target=work) for _ in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def wait_drained(self, *, seconds: float) -> list[int]:
        """Ids of acknowledged articles that are not ready when time is up."""
        deadline = time.monotonic() + seconds
        left = sorted(self.acknowledged)
        while left and time.monotonic() < deadline:
            still = []
            for pk in left:
                status, body, _ = self.product.request("GET", f"/api/v1/articles/{pk}", token=self.token)
                if status != 200 or body["status"] != "ready":
                    still.append(pk)
                    if len(still) > 20:
                        still += [other for other in left if other > pk]
                        break
            left = sorted(set(still))
            if left:
                time.sleep(0.5)
        return left

    def differing(self) -> list[str]:
        """Articles whose claims are not exactly the golden ones, in words."""
        known: dict[str, list[Span]] = {}
        wrong = []
        for pk, text in sorted(self.acknowledged.items()):
            expected = known.setdefault(text, golden(text))
            found: list[Span] = []
            path: str | None = f"/api/v1/articles/{pk}/claims?limit=200"
            status, body, _ = self.product.request("GET", path, token=self.token)
            found = sorted((claim["start"], claim["end"]) for claim in body["data"])
            if status != 200 or found != expected:
                wrong.append(f"article {pk}: {len(found)} claims, expected {len(expected)}")
        return wrong


class Killer(threading.Thread):
    """Does something harmful `times` times at random moments, until told to stop.

    The moments come from a seeded generator; `log` keeps (seconds, what).
    """

    def __init__(self, harm, *, times: int, between: tuple[float, float], seed: int, what: str) -> None:
        super().__init__(daemon=True)
        self._harm, self._times, self._between = harm, times, between
        self._random = random.Random(seed)
        self._what = what
        self.done = 0
        self.log: list[tuple[float, str]] = []
        self.failure: Exception | None = None
        self.over = threading.Event()

    def run(self) -> None:
        """Harm, wait, harm again."""
        started = time.monotonic()
        try:
            while self.done < self._times and not self.over.wait(self._random.uniform(*self._between)):
                self._harm()
                self.done += 1
                self.log.append((round(time.monotonic() - started, 2), self._what))
        except Exception as error:
            self.failure = error
