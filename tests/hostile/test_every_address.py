"""Every address takes hostile input: never a 5xx, never slow, nothing poisoned."""

import socket
import time
from collections import Counter
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from claims.services import extraction, intake
from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from factcheck.jobs import runner
from factcheck.jobs.models import Job
from tests import factories
from tests.harness.records import FULL
from tests.hostile import shaped
from tests.hostile.corpus import Corpus

SEED = 20250314
BLOCK = 100
MEMBERS = [
    "text",
    "html",
    "url",
    "title",
    "outlet",
    "author",
    "published_at",
    "language",
    "external_id",
    "statement",
    "claimant",
    "said_at",
    "venue",
    "kind",
    "speech",
    "claim_type",
    "start",
    "end",
    "exact",
    "spans",
    "root",
    "claims",
    "reason",
    "disposition",
    "filters",
    "rating",
    "summary",
    "explanation",
    "evidence",
    "decision",
    "revision",
    "comment",
    "type",
    "note",
    "assignee",
    "priority",
    "due_at",
    "reach",
    "content",
    "publisher",
    "stance",
    "excerpt",
    "locator",
    "username",
    "password",
    "username1",
    "csrfmiddlewaretoken",
    "action",
    "version",
]
SKIP = ("admin/logout", "static/", "readyz")  # readyz answers 503 by design: no worker runs here


@dataclass(frozen=True)
class Address:
    """One route with its parameters by kind."""

    route: str
    parameters: dict[str, str]

    def path(self, corpus: Corpus) -> str:
        path = self.route
        for name, value in corpus.fill(self.parameters).items():
            for kind in ("int", "str", "slug", "path"):
                path = path.replace(f"<{kind}:{name}>", str(value)).replace(f"<{name}>", str(value))
        return "/" + path


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> list[Address]:
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += addresses(entry, route)
        elif isinstance(entry, URLPattern) and "^" not in route and "(?P" not in route and not route.startswith(SKIP):
            kinds = {n: "int" if "Int" in type(c).__name__ else "str" for n, c in entry.pattern.converters.items()}
            found.append(Address(route, kinds))
    return found


PAGES = [
    "/api/v1/articles",
    "/api/v1/claims",
    "/api/v1/claims?order=score",
    "/api/v1/reviews",
    "/api/v1/reports",
    "/api/v1/sources",
    "/api/v1/scales",
    "/admin/queue/",
    "/admin/approvals/",
    "/admin/articles/",
    "/admin/submit/",
    "/reports/",
    "/corrections",
    "/methodology",
    "/healthz",
    "/metrics",
    "/admin/claims/claim/",
    "/admin/audit/auditevent/",
    "/admin/jobs/job/",
]


def read_everything(client: Client, report: str, article: int) -> None:
    """Every list, page and export. An input may well have retracted the report
    (its ClaimReview is then gone) or withdrawn the article: that is obeying."""
    gone = {f"{report}.jsonld": 410, f"/admin/article/{article}/": 404}
    for path in [*PAGES, report, f"{report}.csv", f"{report}.json", *gone]:
        answer = client.get(path)
        assert answer.status_code in {200, gone.get(path)}, f"{path}: {answer.status_code}"
        b"".join(answer.streaming_content) if answer.streaming else answer.content


def send(client: Client, corpus: Corpus, address: Address):
    method = corpus.pick(["GET", "POST", "POST", "POST", "PUT", "PATCH", "DELETE"])
    path = address.path(corpus)
    headers = corpus.headers()
    content_type = headers.get("Content-Type", "application/json")
    if not path.startswith("/api/") and method == "POST":
        fields = {n: corpus.text().encode("utf-8", "replace").decode() for n in MEMBERS}
        return path, client.post(path, fields, headers=headers)
    body = b"" if method == "GET" else corpus.body(tuple(MEMBERS))
    plain = {n: v for n, v in headers.items() if n != "Content-Type"}
    return f"{method} {path}", client.generic(
        method,
        path,
        body,
        content_type=content_type,
        query_params=corpus.query(("order", "q", "status")),
        headers=plain,
    )


def work_off() -> None:
    for job in Job.objects.filter(kind=intake.EXTRACT, state="queued"):
        runner.run(intake.EXTRACT, extraction.run, job.pk)


def new_things(person) -> list[str]:
    """A review, a verdict and a report in every state, for what comes next to act
    on; the pages on which their forms are."""
    factories.opened(claims=1)
    taken = factories.taken(person)
    decided = factories.submitted(factories.checker()).review
    report = factories.published()
    reviews = [f"/admin/review/{pk}/" for pk in (taken.pk, decided.pk, report.review_id)]
    claim = factories.claim()
    others = ["/admin/submit/", "/admin/bulk/", "/admin/feeds/", "/admin/sources/", "/admin/notices/", "/admin/queue/"]
    return [*reviews, f"/admin/article/{claim.article_id}/", f"/admin/claim/{claim.pk}/", *others]


@pytest.fixture
def no_names(monkeypatch):
    """Nothing that is asked to be fetched is found."""

    def unknown(*args, **kwargs):
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)


@pytest.mark.slow
@pytest.mark.fault
@pytest.mark.django_db
def test_no_hostile_input_breaks_an_address_or_poisons_a_page(person, record, no_names):
    corpus = Corpus(SEED)
    report = f"/reports/{factories.published().slug}"
    article = factories.article()
    everybody = person("everything", *Role)
    client = Client(raise_request_exception=False)
    routes = addresses()
    assert len(routes) > 60
    assert len(shaped.operations()) > 40
    total = 10_000 if FULL else 600
    statuses: dict[str, Counter] = {"junk": Counter(), "shaped": Counter(), "forms": Counter()}
    slowest, pages = 0.0, []
    for number in range(total):
        if number % BLOCK == 0:
            client.force_login(everybody)
            pages = new_things(everybody)
        started = time.perf_counter()
        kind = corpus.pick(("junk", "shaped", "shaped", "forms"))
        if kind == "junk":
            what, answer = send(client, corpus, corpus.pick(routes))
        elif kind == "shaped":
            what, answer = shaped.call(client, corpus)
        else:
            what, answer = shaped.submit_a_form(client, corpus, pages)
        spent = time.perf_counter() - started
        slowest = max(slowest, spent)
        statuses[kind][answer.status_code] += 1
        assert answer.status_code < 500, f"input {number}: {what} -> {answer.status_code} {answer.content[:300]!r}"
        assert spent < 2.0, f"input {number}: {what} took {spent:.1f} s"
        if number % BLOCK == BLOCK - 1:
            work_off()
            client.force_login(everybody)
            read_everything(client, report, article.pk)
    assert verify() == []
    record |= {"inputs": total, "addresses": len(routes), "slowest_seconds": round(slowest, 2)}
    for kind, found in statuses.items():
        record[kind] = {str(status): times for status, times in sorted(found.items())}
    went_in = sum(times for status, times in statuses["shaped"].items() if status < 300)
    assert went_in > statuses["shaped"].total() / 5, statuses
    assert statuses["forms"][302] > statuses["forms"].total() / 5, statuses
    assert sum(found[400] + found[422] for found in statuses.values()) > total / 20, statuses
