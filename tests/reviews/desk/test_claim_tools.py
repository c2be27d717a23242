"""Claims and sentences mended by hand, and the timeline of an article."""

import pytest

from claims import tasks
from claims.models import Claim, Sentence
from claims.services import intake
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.jobs.models import Job
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client):
    client.force_login(factories.checker("olena"))
    return client


def words(answer):
    return answer.content.decode()


def test_claim_moves_to_other_words(browser):
    claim = factories.claim()
    path = f"/admin/claim/{claim.pk}/adjust/"
    assert browser.post(path, {"exact": "closed for 40 days"}).status_code == 302
    claim.refresh_from_db()
    assert claim.anchor.quote == "closed for 40 days"
    refused = browser.post(path, {"form": "adjust", "exact": "closed for 41 days"})
    assert (refused.status_code, "do not stand in the text" in words(refused)) == (422, True)
    assert "closed for 41 days" in words(refused)
    assert verify() == []


def test_claim_is_split_at_its_own_words(browser):
    claim = factories.claim()
    path = f"/admin/claim/{claim.pk}/split/"
    parts = "The harbour bridge was closed\nclosed for 40 days in 2025"
    assert browser.post(path, {"parts": parts}).status_code == 302
    made = list(Claim.objects.filter(article=claim.article_id).exclude(pk=claim.pk).order_by("pk"))
    assert [one.anchor.quote for one in made] == parts.split("\n")
    claim.refresh_from_db()
    assert claim.triage == "dismissed"
    other = factories.claim()
    for typed, told in (
        ("The harbour", "2 to 20"),
        ("The harbour\nFares rose", "do not stand"),
        ("e\nd", "more than once"),
    ):
        refused = browser.post(f"/admin/claim/{other.pk}/split/", {"form": "split", "parts": typed})
        assert (refused.status_code, told in words(refused)) == (422, True)


def test_claim_becomes_a_duplicate(browser):
    root, other = factories.claim(), factories.claim()
    path = f"/admin/claim/{other.pk}/merge/"
    assert browser.post(path, {"root": root.pk}).status_code == 302
    other.refresh_from_db()
    assert (other.triage, other.duplicate_of_id) == ("duplicate", root.pk)
    assert browser.post(path, {"root": "many"}).status_code == 422
    assert browser.post(path, {"root": 10**6}).status_code == 404


def test_sentence_gets_another_disposition_and_a_late_form_is_refused(browser):
    by = factories.user(Role.SUBMITTER)
    article = intake.submit(submission=intake.Submission(text=" ".join(factories.SENTENCES)), actor=by).article
    extract(article)
    sentence = Sentence.objects.filter(run__revision__article=article).order_by("ordinal").first()
    path = f"/admin/article/{article.pk}/sentence/{sentence.ordinal}/"
    assert factories.SENTENCES[0] in words(browser.get(path))
    sent = browser.post(path, {"what": "boilerplate:heading", "decided_at": ""})
    assert sent.status_code == 302
    sentence.refresh_from_db()
    assert (sentence.disposition, sentence.reason, sentence.decided_by.username) == ("boilerplate", "heading", "olena")
    late = browser.post(path, {"what": "claim:", "decided_at": ""})
    assert late.status_code == 412
    assert browser.post(path, {"what": "poem:"}).status_code == 422
    assert browser.get(f"/admin/article/{article.pk}/sentence/999/").status_code == 404


def extract(article):
    """Extract the article as its job does."""
    assert tasks.extract_article(Job.objects.filter(kind=intake.EXTRACT, target=str(article.pk)).latest("pk").pk)


def test_timeline_of_an_article_tells_of_its_claims_and_reviews(browser, client_of):
    report = factories.published()
    article = report.review.claim.article
    page = words(browser.get(f"/admin/article/{article.pk}/history/"))
    for told in ("published the report", "approved the verdict", "submitted a verdict", "added"):
        assert told in page
    assert f"review {report.review_id}" in page
    api = client_of(factories.user(Role.AUDITOR)).get(f"/api/v1/articles/{article.pk}/history?limit=200").json()["data"]
    about = {one["action"]: one["review"] for one in api}
    assert about["report.published"] == report.review_id
    assert about["claim.added"] is None
    of_both = AuditEvent.objects.filter(subject_type__in=["claims.Article", "reviews.Review"]).count()
    assert len(api) == of_both
    factories.published()
    again = (
        client_of(factories.user(Role.AUDITOR)).get(f"/api/v1/articles/{article.pk}/history?limit=200").json()["data"]
    )
    assert len(again) == of_both


def test_auditor_reads_the_timeline_and_mends_nothing(client):
    client.force_login(factories.user(Role.AUDITOR))
    report = factories.published()
    article = report.review.claim.article
    assert client.get(f"/admin/article/{article.pk}/history/").status_code == 200
    claim = factories.claim()
    for name in ("adjust", "split", "merge", "pair"):
        assert client.post(f"/admin/claim/{claim.pk}/{name}/", {}).status_code == 403
