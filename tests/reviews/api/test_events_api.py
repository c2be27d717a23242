"""Events by the last one known: complete, in order, and only what one may read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.roles import Role
from factcheck.events.models import Event
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),  # an event is shown once its transaction is over
    pytest.mark.usefixtures("events_at_once"),
]


def test_events_are_read_to_the_end_without_gap_or_repetition(person, client_of):
    factories.published()
    checker = client_of(person("olena", Role.CHECKER))
    seen, after = [], 0
    while True:
        answer = checker.get(f"/api/v1/events?after={after}&limit=2").json()
        seen += [one["id"] for one in answer["data"]]
        after = answer["next"]
        if not answer["more"]:
            break
    assert seen == list(Event.objects.order_by("pk").values_list("pk", flat=True))
    assert checker.get(f"/api/v1/events?after={after}").json() == {"data": [], "next": after, "more": False}


def test_event_tells_type_subject_and_ids(person, client_of):
    report = factories.published()
    answer = client_of(person("olena", Role.AUDITOR)).get("/api/v1/events?type=report.published")
    [event] = answer.json()["data"]
    assert event["subject"] == f"review:{report.review_id}"
    assert event["data"]["report"] == report.slug
    assert event["data"]["article"] == report.review.claim.article_id
    assert f"after={event['id']}" in answer.headers["Link"]


def test_submitter_reads_reports_and_own_articles_only(person, client_of):
    submitter = person("agency", Role.SUBMITTER)
    own = factories.article(by=submitter)
    factories.article(by=submitter, url=own.url, text="Another text.")
    other = factories.article()
    factories.article(url=other.url, text="Another text.")
    factories.published()
    types = {
        (one["type"], one["subject"]) for one in client_of(submitter).get("/api/v1/events?limit=200").json()["data"]
    }
    assert {kind for kind, _ in types} <= {"report.published", "article.revised"}
    assert {name for kind, name in types if kind.startswith("article.")} == {f"article:{own.pk}"}
    assert any(kind == "report.published" for kind, _ in types)


def test_events_are_refused_without_sign_in_or_with_an_unknown_member(client, person, client_of):
    assert client.get("/api/v1/events").status_code == 401
    checker = client_of(person("olena", Role.CHECKER))
    assert checker.get("/api/v1/events?since=3").json()["code"] == "unknown_parameter"
    assert checker.get("/api/v1/events?after=-1").json()["code"] == "parameter_invalid"
    assert checker.get("/api/v1/events?type=x").json()["code"] == "parameter_invalid"


def test_events_take_the_same_statements_for_any_number(person, client_of):
    factories.published()
    checker = client_of(person("olena", Role.CHECKER))
    checker.get("/api/v1/events")  # notes that the token was used
    counts = []
    for limit in (1, 50):
        with CaptureQueriesContext(connection) as statements:
            checker.get(f"/api/v1/events?limit={limit}")
        counts.append(len(statements))
    assert counts[0] == counts[1]
