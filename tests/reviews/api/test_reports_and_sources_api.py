"""Public reports, sources and scales over REST."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from factcheck import canonical
from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from reviews.models import Source
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def anybody():
    return APIClient()


def test_reports_are_open_to_anybody(anybody):
    report = factories.published()
    [shown] = anybody.get("/api/v1/reports").json()["data"]
    assert (shown["slug"], shown["status"], shown["version"]) == (report.slug, "live", 1)
    assert shown["rating"] == {"slug": "mostly_false", "label": "Mostly false", "number": 2}
    assert shown["claimant"] == "Ana Ruiz"
    whole = anybody.get(f"/api/v1/reports/{report.slug}").json()
    assert canonical.digest(whole["payload"]) == whole["sha256"]


def test_reports_are_found_by_rating_article_and_claimant(anybody):
    first = factories.published()
    second = factories.published(rating="satire")

    def found(query):
        return {one["slug"] for one in anybody.get(f"/api/v1/reports?{query}").json()["data"]}

    assert found("rating=mostly_false") == {first.slug}
    assert found("rating=satire") == {second.slug}
    assert found("rating=nonsense") == set()
    assert found(f"article={second.review.claim.article_id}") == {second.slug}
    assert found(f"claimant={first.review.claim.claimant_id}") == {first.slug, second.slug}
    assert anybody.get("/api/v1/reports?ratings=x").status_code == 400


def test_retracted_report_leaves_the_list_and_keeps_its_address(anybody):
    report = factories.retracted()
    assert anybody.get("/api/v1/reports").json()["data"] == []
    shown = anybody.get(f"/api/v1/reports/{report.slug}").json()
    assert (shown["kind"], shown["rating"], shown["summary"]) == ("retracted", None, None)


def test_report_under_correction_says_so(anybody):
    review = factories.under_correction()
    assert anybody.get(f"/api/v1/reports/{review.report.slug}").json()["status"] == "under_correction"


def test_unknown_report_is_a_404(anybody):
    assert anybody.get("/api/v1/reports/99-x").json()["code"] == "not_found"


def test_report_list_takes_the_same_statements_for_any_number(anybody):
    factories.published()
    with CaptureQueriesContext(connection) as one:
        anybody.get("/api/v1/reports")
    factories.published()
    factories.corrected()
    with CaptureQueriesContext(connection) as three:
        anybody.get("/api/v1/reports")
    assert len(one) == len(three) == 1


def test_source_is_added_once_and_found_by_its_words(checker):
    body = {"url": "https://www.port.example/log", "title": "Port log", "publisher": "Port authority"}
    made = checker.post("/api/v1/sources", body, format="json")
    assert made.status_code == 201
    assert made.json()["independence_group"] == "port.example"
    again = checker.post("/api/v1/sources", {"url": "http://port.example/log/#x"}, format="json")
    assert (again.status_code, again.json()["id"]) == (200, made.json()["id"])
    for words in ("port", "AUTHORITY log", "port.example"):
        assert [one["id"] for one in checker.get(f"/api/v1/sources?q={words}").json()["data"]] == [made.json()["id"]]
    assert checker.get("/api/v1/sources?q=daily").json()["data"] == []
    assert len(checker.get("/api/v1/sources?group=port.example").json()["data"]) == 1
    assert verify() == []


def test_source_is_edited_and_what_was_cited_stays(checker):
    verdict = factories.submitted(factories.checker())
    source = Source.objects.get(title="Port log")
    address = f"/api/v1/sources/{source.pk}"
    words = {"title": "Harbour log", "independence_group": "harbour"}
    changed = checker.patch(address, words, format="json", headers={"If-Match": '"v1"'}).json()
    assert (changed["title"], changed["independence_group"]) == ("Harbour log", "harbour")
    assert checker.get(address).json() == changed
    assert verdict.evidence.get(number=1).title == "Port log"
    assert verify() == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/url"),
        ({"url": "port.example"}, "/url"),
        ({"url": "https://u:p@port.example"}, "/url"),
        ({"titel": "x"}, "/titel"),
        ({"title": 3}, "/title"),
    ],
)
def test_source_that_cannot_be_is_a_422(checker, body, pointer):
    answer = checker.post("/api/v1/sources", body, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert not Source.objects.exists()


def test_sources_are_written_by_checkers_and_read_by_the_desk(client_of, person):
    auditor = client_of(person("aud", Role.AUDITOR))
    assert auditor.get("/api/v1/sources").status_code == 200
    assert auditor.post("/api/v1/sources", {"title": "x"}, format="json").json()["code"] == "role_missing"
    assert client_of(person("sub", Role.SUBMITTER)).get("/api/v1/sources").status_code == 403
    assert auditor.get("/api/v1/sources/999999").status_code == 404


def test_scales_are_listed_with_their_ratings(checker):
    [scale] = checker.get("/api/v1/scales").json()["data"]
    assert (scale["slug"], scale["version"], scale["is_default"]) == ("standard", 1, True)
    assert [one["slug"] for one in scale["ratings"]] == [
        *("false", "mostly_false", "half_true", "mostly_true", "true"),
        *("unproven", "outdated", "satire"),
    ]
    assert [one["number"] for one in scale["ratings"]] == [1, 2, 3, 4, 5, None, None, None]
