"""Lists beside the queue: the same few statements for any number of rows."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.roles import Role
from factcheck.events.models import Event
from reviews.models import Review
from reviews.services import approvals, comments, corrections, leases, notices, publication, verdicts
from reviews.submissions import EvidenceItem
from tests import factories

pytestmark = pytest.mark.django_db
MOST = 15


def statements(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def talk_about(verdict):
    """Somebody comments, and the author is told."""
    comments.add(review_id=verdict.review_id, text="Which log?", actor=factories.approver())
    for event in Event.objects.filter(type="review.commented", notices__isnull=True):
        with transaction.atomic():
            notices.tell(event_id=event.pk)


def test_notices_take_the_same_statements_for_any_number(client):
    by = factories.checker()
    client.force_login(by)
    verdict = factories.submitted(by)
    talk_about(verdict)
    few = statements(client, "/admin/notices/")
    for _ in range(3):
        talk_about(verdict)
    assert statements(client, "/admin/notices/") == few <= MOST


def test_sources_take_the_same_statements_for_any_number(client):
    client.force_login(factories.user(Role.AUDITOR))
    verdict = factories.submitted(factories.checker())
    source = verdict.evidence.first().source_id
    pages = ("/admin/sources/", f"/admin/source/{source}/")
    few = [statements(client, page) for page in pages]
    for place in range(3):
        more = EvidenceItem(stance=factories.EVIDENCE[0].stance, url=f"https://x{place}.example/")
        factories.submitted(factories.checker(), evidence=(*factories.EVIDENCE, more))
    assert [statements(client, page) for page in pages] == few
    assert max(few) <= MOST


def test_timeline_of_an_article_takes_the_same_statements_for_any_number(client):
    client.force_login(factories.user(Role.AUDITOR))
    verdict = factories.submitted(factories.checker())
    path = f"/admin/article/{verdict.review.claim.article_id}/history/"
    few = statements(client, path)
    for _ in range(4):
        comments.add(review_id=verdict.review_id, text="More.", actor=factories.approver())
    assert statements(client, path) == few <= MOST


def test_versions_of_a_report_take_the_same_statements_for_any_number(client):
    report = factories.corrected()
    path = f"/reports/{report.slug}/versions"
    few = statements(client, path)
    review = Review.objects.get(pk=report.review_id)
    corrections.correct(
        review_id=review.pk, type=corrections.CorrectionType.UPDATE, reason="News.", actor=factories.publisher()
    )
    by = factories.checker()
    leases.take(review_id=review.pk, actor=by)
    verdict = verdicts.submit(
        review_id=review.pk, submission=factories.submission(rating="false", summary="Later."), actor=by
    ).verdict
    approvals.approve(verdict_id=verdict.pk, revision=verdict.revision, actor=factories.approver())
    publication.publish(review_id=review.pk, actor=factories.publisher())
    assert "Version 3" in client.get(path).content.decode()
    assert statements(client, path) == few <= 6
