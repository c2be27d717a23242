"""A whole journey through the services, with its history."""

import pytest

from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.events.models import Event
from reviews.models import Review
from tests import factories

pytestmark = pytest.mark.django_db


def actions_of(review_id):
    events = AuditEvent.objects.filter(subject_type="reviews.Review", subject_id=str(review_id)).order_by("seq")
    return [event.action for event in events]


def test_every_step_of_a_journey_leaves_history_and_event():
    report = factories.corrected()
    expected = [
        "review.queued",
        "review.taken",
        "review.submitted",
        "review.approved",
        "report.published",
        "review.correction_opened",
        "review.taken",
        "review.submitted",
        "review.approved",
        "report.corrected",
    ]
    assert actions_of(report.review_id) == expected
    events = Event.objects.filter(subject_type="reviews.Review", subject_id=str(report.review_id)).order_by("id")
    assert [event.type for event in events] == expected
    assert verify() == []
    review = Review.objects.get(pk=report.review_id)
    assert (review.status, review.report_status, review.version) == ("published", "live", 10)


def test_history_stands_after_a_retraction():
    report = factories.retracted()
    assert actions_of(report.review_id)[-1] == "report.retracted"
    assert verify() == []
