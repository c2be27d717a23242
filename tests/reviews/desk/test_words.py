"""Pages show the words of a vocabulary, never its slugs."""

import pytest

from factcheck.accounts.roles import Role
from reviews.enums import CorrectionType, DropReason
from reviews.services import leases, queue, verdicts
from tests import factories

pytestmark = pytest.mark.django_db
SLUGS = [one.value for one in (*CorrectionType, *DropReason) if "_" in one.value]


def assert_in_words(page):
    shown = page.partition("<main")[2].partition("<form")[0]
    assert [slug for slug in SLUGS if slug in shown] == []


@pytest.fixture
def allrounder():
    return factories.user(Role.CHECKER, Role.APPROVER, Role.PUBLISHER)


def test_an_open_correction_is_named_in_words(signed_in, allrounder):
    review = factories.under_correction()
    browser, by = signed_in(allrounder), factories.checker()
    page = browser.get(f"/admin/review/{review.pk}/").content.decode()
    assert "(The rating changes)" in page
    assert_in_words(page)
    leases.take(review_id=review.pk, actor=by)
    verdicts.submit(review_id=review.pk, submission=factories.submission(rating="false"), actor=by)
    page = browser.get("/admin/approvals/").content.decode()
    assert "(The rating changes)" in page
    assert_in_words(page)


def test_a_drop_is_told_in_words(signed_in, allrounder):
    review = factories.review()
    queue.drop(review_id=review.pk, reason=DropReason.NO_EVIDENCE, note="asked twice", actor=allrounder)
    page = signed_in(allrounder).get(f"/admin/review/{review.pk}/").content.decode()
    assert "No evidence can be had" in page
    assert "no_evidence" not in page
