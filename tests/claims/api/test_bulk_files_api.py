"""Bulk files over REST: each row by itself, and what became of it."""

import csv
import io
import json
from contextlib import suppress

import pytest
from django.db import OperationalError

from claims import tasks
from claims.models import Article, ArticleRevision, BulkFile, BulkFileRow
from claims.services import bulk
from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from factcheck.jobs import control
from factcheck.jobs.models import Job, JobState
from factcheck.jobs.runner import LEASE, MAX_ATTEMPTS
from factcheck.jobs.sweep import sweep
from tests.claims.intake import SECOND, THIRD, WORDS, packed_zeros, page, run_jobs

pytestmark = pytest.mark.django_db
URL = "/api/v1/bulk-files"
TAKE = "claims.take_bulk_file"


@pytest.fixture
def client(person, client_of):
    return client_of(person("client", Role.SUBMITTER))


def send(client, name, content, **headers):
    file = io.BytesIO(content)
    file.name = name
    return client.post(URL, {"file": file}, format="multipart", headers=headers)


def jsonl(*rows) -> bytes:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


def table(*rows: dict[str, str]) -> bytes:
    made = io.StringIO()
    writer = csv.DictWriter(made, sorted({name for row in rows for name in row}))
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode()


def taken(client, name, content):
    """The file and its rows after the job has run."""
    answer = send(client, name, content)
    assert answer.status_code == 202, answer.content
    run_jobs(TAKE)
    rows = client.get(f"{answer['Location']}/rows?limit=200").json()["data"]
    return client.get(answer["Location"]).json(), rows


def test_a_csv_file_is_many_articles(client):
    one = {"text": WORDS, "title": "One", "outlet": "The Port", "published_at": "2026-03-02", "external_id": "a1"}
    shown, rows = taken(client, "story.csv", table(one, {"text": SECOND, "title": "Two"}))
    assert (shown["total"], shown["rows"]["created"], shown["name"], shown["kind"]) == (2, 2, "story.csv", "csv")
    assert shown["finished_at"] is not None
    assert [(row["number"], row["state"], row["external_id"]) for row in rows] == [
        (1, "created", "a1"),
        (2, "created", None),
    ]
    article = client.get(f"/api/v1/articles/{rows[0]['article']}").json()
    assert [article[n] for n in ("title", "outlet", "published_at", "external_id", "status")] == [
        "One",
        "The Port",
        "2026-03-02",
        "a1",
        "received",
    ]
    assert BulkFileRow.objects.exclude(content="").count() == 0
    assert verify() == []


BAD = [
    ({"text": ""}, "text_empty"),
    ({"title": "only"}, "text_empty"),
    ({"text": "a\0b"}, "nul_character"),
    ({"text": "a \ud800"}, "lone_surrogate"),
    ({"text": 7}, "row_invalid"),
    ({"text": "Words", "title": ["x"]}, "row_invalid"),
    ({"text": "Words", "published_at": "last week"}, "date_invalid"),
    ({"text": "Words", "published_at": "2999-01-01"}, "date_in_future"),
    ({"text": "Words", "url": "javascript:alert(1)"}, "url_invalid"),
    ({"text": "Words", "external_id": "x" * 300}, "too_long"),
    ({"text": "Words", "external_id": "\ud800"}, "row_invalid"),
    ({"text": "Words", "external_id": "a\0b"}, "row_invalid"),
    ({"text": "Words", "external_id": ["\ud800"]}, "row_invalid"),
    ({"text": "", "external_id": "\udfff"}, "row_invalid"),
    ({"text": "\x01\x02\x03" * 50 + "a"}, "binary_text"),
    ({"text": "word " * 300_000}, "text_too_large"),
    ({"html": "<p></p>"}, "no_article"),
    ({"html": "<div>" * 100_000}, "html_too_complex"),
    ("not json", "row_invalid"),
    ("[1]", "row_invalid"),
    ('{"a":' * 3000 + "1" + "}" * 3000, "row_invalid"),
    ("\0", "nul_character"),
]


def test_a_bad_row_is_named_and_the_others_go_in(client):
    good = {"text": WORDS, "external_id": "good"}
    shown, rows = taken(client, "rows.jsonl", jsonl(good, *(row for row, _ in BAD), {"html": page()}))
    assert shown["rows"] == {"waiting": 0, "created": 2, "revised": 0, "known": 0, "refused": len(BAD)}
    assert [row["code"] for row in rows] == [None, *(code for _, code in BAD), None]
    assert all(row["detail"] for row in rows[1:-1])
    assert Article.objects.count() == ArticleRevision.objects.count() == 2
    refused = client.get(f"{URL}/{shown['id']}/rows?state=refused&limit=200").json()["data"]
    assert [row["number"] for row in refused] == list(range(2, len(BAD) + 2))
    assert verify() == []


def test_a_refused_row_keeps_its_id_when_that_can_be_kept(client):
    content = jsonl({"text": "", "external_id": "mine"}, {"text": "Words", "external_id": "\ud800"})
    _, rows = taken(client, "rows.jsonl", content)
    assert [(row["code"], row["external_id"]) for row in rows] == [("text_empty", "mine"), ("row_invalid", None)]


def test_an_error_nobody_foresaw_is_the_rows_and_quotes_nothing_of_it(client, monkeypatch):
    def broken(found, given):
        if found.text == SECOND:
            raise LookupError(found.text)
        return submission_of(found, given)

    def unreadable(number, line, kind):
        if THIRD in line:
            raise AssertionError(line)
        return read_row(number, line, kind)

    submission_of, read_row = bulk.files.submission_of, bulk.read_row
    monkeypatch.setattr(bulk.files, "submission_of", broken)
    monkeypatch.setattr(bulk, "read_row", unreadable)
    _, rows = taken(client, "rows.jsonl", jsonl({"text": SECOND}, {"text": THIRD}, {"text": WORDS}))
    assert [(row["state"], row["code"]) for row in rows] == [
        ("refused", "row_failed"),
        ("refused", "row_failed"),
        ("created", None),
    ]
    assert ["LookupError" in rows[0]["detail"], "AssertionError" in rows[1]["detail"]] == [True, True]
    assert not any(SECOND in row["detail"] or THIRD in row["detail"] for row in rows[:2])


def test_a_fault_of_the_database_in_a_row_refuses_none(client, monkeypatch):
    faults = iter([OperationalError("the connection was lost")])

    def lost(**given):
        for fault in faults:
            raise fault
        return submit(**given)

    submit = bulk.intake.submit
    monkeypatch.setattr(bulk.intake, "submit", lost)
    shown, _ = taken(client, "rows.jsonl", jsonl({"text": WORDS}, {"text": SECOND}))
    assert shown["rows"]["created"] == 2


def test_the_same_rows_again_change_nothing(client):
    rows = jsonl({"text": WORDS, "url": "https://news.example/a"})
    taken(client, "a.jsonl", rows)
    shown, again = taken(client, "a.jsonl", rows)
    assert (shown["rows"]["known"], again[0]["state"]) == (1, "known")
    shown, _ = taken(client, "a.jsonl", jsonl({"text": SECOND, "url": "https://news.example/a#x"}))
    assert shown["rows"]["revised"] == 1
    assert Article.objects.count() == 1


def test_a_row_with_nothing_but_an_address_is_fetched(client):
    _, rows = taken(client, "a.csv", table({"url": "http://10.0.0.1/a", "title": "Inside"}))
    assert rows[0]["state"] == "created"
    assert client.get(f"/api/v1/articles/{rows[0]['article']}").json()["status"] == "fetching"
    run_jobs("claims.fetch_article")
    shown = client.get(f"/api/v1/articles/{rows[0]['article']}").json()
    assert (shown["status"], shown["fetch"]["state"]) == ("failed", "failed")


HOSTILE = [
    ("a.csv", lambda: b"", "invalid"),
    ("a.csv", lambda: b"title,author\na,b\n", "table_unreadable"),
    ("a.csv", lambda: b"text\n", "text_empty"),
    ("a.csv", lambda: b"text\n" + b"x" * 5_000_000, "table_unreadable"),
    ("a.csv", lambda: "text\nGrüße".encode("latin-1"), "charset_wrong"),
    ("a.csv", lambda: packed_zeros(300), "compressed_file"),
    ("a.jsonl", lambda: packed_zeros(1), "compressed_file"),
    ("a.jsonl", lambda: b"{}\n" * 5001, "too_large"),
    ("a.jsonl", lambda: b"\n\n", "text_empty"),
    ("a.xlsx", lambda: b"PK\x03\x04", "file_kind_unknown"),
]


@pytest.mark.parametrize(
    ("name", "content", "code"), HOSTILE, ids=[f"{h[0]}-{h[2]}-{n}" for n, h in enumerate(HOSTILE)]
)
def test_a_hostile_file_is_refused_as_a_whole(client, name, content, code):
    answer = send(client, name, content())
    assert answer.status_code in {413, 422}
    assert (answer.json()["code"], answer.json()["errors"][0]["pointer"]) == (code, "/file")
    assert [model.objects.count() for model in (BulkFile, BulkFileRow, Article, Job)] == [0, 0, 0, 0]


def test_a_job_that_runs_out_of_time_hands_on_the_rest(client, monkeypatch):
    answer = send(client, "a.jsonl", jsonl(*({"text": f"{WORDS} {n}"} for n in range(45))))
    monkeypatch.setattr(bulk, "SECONDS", 0.0)
    moments = iter([0.0, 0.0, 1.0] * 10)
    monkeypatch.setattr(bulk.time, "monotonic", lambda: next(moments))
    assert run_jobs(TAKE) >= 3
    shown = client.get(answer["Location"]).json()
    assert (shown["rows"]["created"], shown["finished_at"] is not None) == (45, True)


def test_a_bulk_file_stands_back_while_many_articles_wait(client, monkeypatch):
    monkeypatch.setattr(bulk, "BACKLOG", 25)
    answer = send(client, "a.jsonl", jsonl(*({"text": f"{WORDS} {n}"} for n in range(60))))
    job = Job.objects.get(kind=TAKE)
    tasks.take_bulk_file(job.pk)
    assert client.get(answer["Location"]).json()["rows"]["waiting"] == 20
    again = Job.objects.get(kind=TAKE, state=JobState.QUEUED)
    assert again.next_run_at - again.created_at == bulk.PAUSE
    Job.objects.filter(kind="claims.extract_article").update(state=JobState.DONE)
    run_jobs(TAKE)
    assert client.get(answer["Location"]).json()["rows"]["created"] == 60


class Killed(BaseException):
    """What no handler catches, as a kill is."""


def killed_at(monkeypatch, *plan: tuple[int, BaseException]):
    """Each reading of the planned row ends as planned, in this order."""
    left, read_row = list(plan), bulk.read_row

    def read(number, line, kind):
        if left and number == left[0][0]:
            raise left.pop(0)[1]
        return read_row(number, line, kind)

    monkeypatch.setattr(bulk, "read_row", read)


def worked_through():
    """Run the job as often as its worker dies, each time after the lease."""
    while job := Job.objects.filter(kind=TAKE).exclude(state__in=[JobState.DONE, JobState.DEAD]).first():
        if job.state == JobState.RUNNING:
            Job.objects.filter(pk=job.pk).update(lease_expires_at=job.created_at)
        else:
            Job.objects.filter(pk=job.pk).update(next_run_at=job.created_at)
        with suppress(Killed):
            tasks.take_bulk_file(job.pk)


def outcome(client, address):
    return [(row["state"], row["code"]) for row in client.get(f"{address}/rows").json()["data"]]


CREATED, REFUSED = ("created", None), ("refused", "row_not_processed")
THREE = jsonl({"text": WORDS}, {"text": SECOND}, {"text": THIRD})


def test_a_row_that_kills_its_worker_is_refused_and_the_others_go_in(client, monkeypatch):
    address = send(client, "a.jsonl", THREE)["Location"]
    killed_at(monkeypatch, *[(2, Killed())] * 9)
    worked_through()
    assert outcome(client, address) == [CREATED, REFUSED, CREATED]
    assert client.get(address).json()["finished_at"] is not None


def test_workers_that_die_at_different_rows_are_blamed_on_none(client, monkeypatch):
    rows = [{"text": f"{WORDS} {n}"} for n in range(30)]
    address = send(client, "a.jsonl", jsonl(*rows))["Location"]
    killed_at(monkeypatch, (3, Killed()), (25, Killed()), (26, Killed()), (27, MemoryError()))
    worked_through()
    assert client.get(address).json()["rows"]["created"] == 30


@pytest.mark.parametrize("first", [OperationalError("the connection was lost"), Killed()], ids=["fault", "kill"])
def test_a_fault_of_the_database_is_blamed_on_no_row(client, monkeypatch, first):
    address = send(client, "a.jsonl", THREE)["Location"]
    faults = [OperationalError("the connection was lost"), OperationalError("again")]
    killed_at(monkeypatch, (1, first), *((1, fault) for fault in faults))
    worked_through()
    assert outcome(client, address) == [CREATED] * 3


def test_a_job_that_is_given_up_loses_no_row_and_goes_on_when_tried_again(client, person):
    answer = send(client, "a.jsonl", jsonl({"text": WORDS}))
    job = Job.objects.get(kind=TAKE)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=MAX_ATTEMPTS, lease_owner="x", lease_expires_at=job.created_at - LEASE
    )
    assert sweep().buried == 1
    shown = client.get(answer["Location"]).json()
    assert (shown["rows"]["waiting"], shown["rows"]["refused"], shown["finished_at"]) == (1, 0, None)
    assert "killed" in shown["error"]
    control.retry(job=job, actor=person("editor", Role.CHECKER))
    run_jobs(TAKE)
    shown = client.get(answer["Location"]).json()
    assert (shown["rows"]["created"], shown["finished_at"] is not None, shown["error"]) == (1, True, None)


@pytest.mark.parametrize("row", [{"text": WORDS}, {"url": "https://news.example/a"}])
def test_rows_of_an_account_no_longer_active_are_refused(client, person, client_of, row):
    address = send(client, "a.jsonl", jsonl(row))["Location"]
    User.objects.filter(username="client").update(is_active=False)
    run_jobs(TAKE)
    rows = client_of(person("audit", Role.AUDITOR)).get(f"{address}/rows").json()["data"]
    assert [(row["state"], row["code"]) for row in rows] == [("refused", "account_inactive")]
    assert not Article.objects.exists()


def test_the_same_file_with_one_key_is_taken_once(client):
    rows = jsonl({"text": WORDS})
    first = send(client, "a.jsonl", rows, **{"Idempotency-Key": "k"})
    assert send(client, "a.jsonl", rows, **{"Idempotency-Key": "k"}).json() == first.json()
    assert BulkFile.objects.count() == 1


def test_a_bulk_file_is_shown_to_its_sender_and_the_desk(client, client_of, person):
    address = send(client, "a.jsonl", jsonl({"text": WORDS}))["Location"]
    assert client_of(person("other", Role.SUBMITTER)).get(address).status_code == 404
    assert client_of(person("other2", Role.SUBMITTER)).get(URL).json()["data"] == []
    audit = client_of(person("audit", Role.AUDITOR))
    assert audit.get(address).status_code == 200
    assert len(audit.get(URL).json()["data"]) == 1
    assert send(audit, "a.jsonl", jsonl({"text": WORDS})).status_code == 403


def test_the_list_costs_the_same_for_one_and_for_many(client, django_assert_max_num_queries):
    for _ in range(5):
        send(client, "a.jsonl", jsonl({"text": WORDS}, {"text": SECOND}))
    with django_assert_max_num_queries(8):
        assert len(client.get(URL).json()["data"]) == 5
