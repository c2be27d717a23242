"""`./dev bench`: every promise about speed, as a ratio measured here and now.

Prints a table, keeps it as JSON in tests/bench/results/, and fails when a
promise is not kept. `--quick` uses fewer claims.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings, setup_test_environment  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402

from factcheck.accounts import tokens  # noqa: E402
from factcheck.accounts.models import User  # noqa: E402
from factcheck.accounts.roles import Role  # noqa: E402
from factcheck.jobs import wake  # noqa: E402
from factcheck.rows import SEPARATOR  # noqa: E402
from reviews.models import Review  # noqa: E402
from reviews.services import leases, queue  # noqa: E402
from tests import factories  # noqa: E402
from tests.bench.bare import bare_take  # noqa: E402
from tests.bench.crowd import grow  # noqa: E402
from tests.bench.pairs import Ratio, measure  # noqa: E402

RESULTS = Path(__file__).parent / "results"
TEXT = (Path(__file__).parents[2] / "seeds/articles/kursk-2025-03-14.txt").read_text().split("\n---\n", 1)[1]
CONTROL = {"BEGIN", "COMMIT", "ROLLBACK"}


@dataclass(frozen=True)
class Line:
    """One promise and what was measured."""

    name: str
    measured: float
    bound: str
    kept: bool


lines: list[Line] = []


def promise(name: str, measured: float, *, least: float | None = None, most: float | None = None) -> None:
    kept = (least is None or measured >= least) and (most is None or measured <= most)
    bound = f">= {least:g}" if least is not None else f"<= {most:g}"
    lines.append(Line(name, round(measured, 3), bound, kept))
    print(f"{'ok  ' if kept else 'MISS'} {name:<58} {measured:8.2f}  ({bound})", flush=True)


def statements(run: Callable[[], object]) -> list[str]:
    """The SQL of one call, transaction control left out."""
    with CaptureQueriesContext(connection) as captured:
        run()
    sent = [one for query in captured.captured_queries for one in query["sql"].split(SEPARATOR)]
    return [sql for sql in sent if sql.split()[0].strip(";") not in CONTROL]


def client_of(user: User) -> APIClient:
    client = APIClient()
    token = tokens.create(user=user, name="bench", scopes=["all"], actor=None)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def bench_intake(client: APIClient) -> Callable[[], None]:
    body = {"text": TEXT, "title": "Bench"}

    def ours() -> None:
        assert client.post("/api/v1/articles", body, format="json").status_code == 201

    def theirs() -> None:
        assert client.post("/bare/safe", body, format="json").status_code == 201

    def bare() -> None:
        data = {"title": "Bench", "user": User.objects.values_list("pk", flat=True)[0]}
        assert client.post("/bare/insert", data, format="json").status_code == 201

    promise("POST an article, speed against safe bare", measure("intake", ours, theirs).speed, least=0.7)
    promise("POST an article, SQL statements", len(statements(ours)), most=12)
    ratio = measure("safe bare against bare", theirs, bare).speed
    print(f"     (safe bare runs at {ratio:.2f} of one bare insert)")
    return theirs


def list_ratio(client: APIClient, ours_query: str, theirs_query: str) -> Ratio:
    def ours() -> None:
        assert len(client.get(f"/api/v1/claims{ours_query}").json()["data"]) == 50

    def theirs() -> None:
        assert len(client.get(f"/bare/list{theirs_query}").json()["data"]) == 50

    return measure("list", ours, theirs, repeat=10)


def cursor_at(client: APIClient, before: int) -> str:
    import base64

    raw = json.dumps(["newest", 0, [str(before)]], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def plan_of(run: Callable[[], object]) -> str:
    """EXPLAIN of the longest SELECT of a call."""
    longest = max((sql for sql in statements(run) if sql.startswith("SELECT")), key=len)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {longest}")
        return "\n".join(row[0] for row in cursor.fetchall())


def bench_lists(client: APIClient, size: int, small: Ratio) -> None:
    import statistics

    first = list_ratio(client, "", "")
    promise(f"list of 50 at {size:,} claims, cost against bare keyset, first page", first.cost, most=3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY id) FROM claims_claim")
        middle = cursor.fetchone()[0]
    deep = list_ratio(client, f"?cursor={cursor_at(client, middle)}", f"?after={middle}")
    promise(f"list of 50 at {size:,} claims, cost against bare keyset, deep page", deep.cost, most=3)
    growth = statistics.median(first.ours) / statistics.median(small.ours)
    promise(f"list at {size:,} claims against itself at 1,000", growth, most=1.5)
    for query in ("", "?order=score", f"?cursor={cursor_at(client, middle)}", "?triage=selected"):
        plan = plan_of(lambda query=query: client.get(f"/api/v1/claims{query}"))
        promise(
            f"sequential scans in the plan of /claims{query[:20]}",
            len(re.findall(r"Seq Scan on claims_claim(?:anchor)?\b", plan)),
            most=0,
        )
    promise("list, SQL statements", len(statements(lambda: client.get("/api/v1/claims"))), most=10)


def bench_next(size: int) -> None:
    by = factories.checker()
    holder = factories.checker().pk

    def ours() -> None:
        assert isinstance(queue.take_next(actor=by), Review)

    ratio = measure("next", ours, lambda: bare_take(holder) and None, repeat=20)
    promise(f"next review at {size:,} queued, cost against the bare take", ratio.cost, most=2)


def bench_submission(safe_bare: Callable[[], None]) -> None:
    author = factories.checker()
    client = client_of(author)
    ready: list[Review] = []
    body = {
        "rating": "false",
        "summary": "The figure is another.",
        "explanation": "The office's table 4 gives **another** figure.",
        "evidence": [
            {"url": f"https://{host}.example/a", "title": host, "publisher": host, "stance": "refutes", "excerpt": "x"}
            for host in ("one", "two")
        ],
    }

    def prepare(count: int) -> None:
        pks = list(Review.objects.filter(status="queued").order_by("pk").values_list("pk", flat=True)[:count])
        ready.extend(leases.take(review_id=pk, actor=author) for pk in pks)

    def ours() -> None:
        review = ready.pop()
        answer = client.post(
            f"/api/v1/reviews/{review.pk}/verdicts", body, format="json", headers={"If-Match": f'"v{review.version}"'}
        )
        assert answer.status_code == 201, answer.content

    prepare(120)
    promise(
        "verdict submission, speed against safe bare", measure("submit", ours, safe_bare, repeat=12).speed, least=0.5
    )
    promise("verdict submission, SQL statements", len(statements(ours)), most=14)


def main() -> int:
    quick = "--quick" in sys.argv
    setup_test_environment()
    call_command("migrate", verbosity=0)
    wake.publish = lambda kind, job_id: True  # the broker is not what is measured
    checker = client_of(factories.user(Role.CHECKER, Role.SUBMITTER))
    many, queued = (20_000, 5_000) if quick else (1_000_000, 100_000)
    with override_settings(ROOT_URLCONF="tests.bench.urls"):
        safe_bare = bench_intake(checker)
        grow(claims=1_000, reviews=1_000)
        small = list_ratio(checker, "", "")
        bench_next(1_000)
        bench_submission(safe_bare)
        grow(claims=many, reviews=queued)
        bench_lists(checker, many, small)
        bench_next(queued)
    RESULTS.mkdir(exist_ok=True)
    kept = [line.__dict__ for line in lines]
    (RESULTS / "latest.json").write_text(json.dumps(kept, indent=1) + "\n")
    return 0 if all(line.kept for line in lines) else 1


if __name__ == "__main__":
    raise SystemExit(main())
