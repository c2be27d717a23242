"""A full disk: refused, nothing half-written, and over as soon as there is room."""

import pytest
from django.db import connection

from claims.models import Article, ArticleRevision
from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from factcheck.jobs.models import Job

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the limit is SQLite's"),
]


def pragma(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {statement}")
        return int(cursor.fetchone()[0])


def test_a_full_disk_refuses_keeps_nothing_and_heals(person, client_of):
    client = client_of(person("client", Role.SUBMITTER))
    big = "It rained on 21 of 31 days in May. " * 20_000
    limit = pragma("max_page_count")
    pragma(f"max_page_count = {pragma('page_count') + 3}")
    try:
        refused = client.post("/api/v1/articles", {"text": big}, format="json")
    finally:
        pragma(f"max_page_count = {limit}")
    assert (refused.status_code, refused.json()["code"]) == (503, "storage_full")
    assert refused["Retry-After"]
    assert not Article.objects.exists()
    assert not ArticleRevision.objects.exists()
    assert not Job.objects.exists()
    assert client.post("/api/v1/articles", {"text": big}, format="json").status_code == 201
    assert verify() == []
