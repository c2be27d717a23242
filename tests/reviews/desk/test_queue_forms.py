"""The forms that order the queue: who takes a review, how soon, and what is set aside."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from factcheck.accounts import people
from factcheck.accounts.roles import Role
from reviews.models import Review
from reviews.services import deadlines, queue
from tests import factories
from tests.reviews.desk.forms import send, state_of, told

pytestmark = pytest.mark.django_db
AT_NOON = datetime(2031, 5, 4, 12, 0, 30, tzinfo=UTC)


def test_taking_leads_to_the_line_that_says_until_when(signed_in, allrounder):
    review = factories.review()
    client = signed_in(allrounder)
    for name in ("take", "renew"):
        answer = send(client, review, name, claim=review.claim_id)
        assert answer["Location"] == f"/admin/review/{review.pk}/#lease"
        page = client.get(answer["Location"]).content.decode()
        assert re.search(
            r'<p class="lease" id="lease"[^>]* tabindex="-1">\s*<strong>You have it</strong> until \d', page
        )
    assert Review.objects.get(pk=review.pk).lease_holder == allrounder
    answer = send(client, review, "release", claim=review.claim_id)
    assert answer["Location"] == f"/admin/review/{review.pk}/#text-{review.claim_id}"


def test_the_next_review_is_taken_and_an_empty_queue_says_so(signed_in, allrounder):
    client = signed_in(allrounder)
    answer = client.post("/admin/queue/next/")
    assert answer["Location"] == "/admin/queue/"
    assert "Nothing is free" in told(answer)[0]
    review = factories.review()
    assert f"/admin/review/{review.pk}/" in client.post("/admin/queue/next/")["Location"]


def test_taking_what_another_was_quicker_to_take_names_them(signed_in, allrounder):
    held = factories.taken(factories.checker("olena"))
    answer = send(signed_in(allrounder), held, "take")
    assert answer.status_code == 409
    assert "olena works on this review until" in answer.content.decode()


def test_a_takeover_by_who_cannot_work_on_reviews_frees_it(signed_in):
    held = factories.taken(factories.checker())
    client = signed_in(factories.approver())
    assert (
        told(send(client, held, "takeover"))[-1] == "Freed: it waits in the queue for a checker. Every draft is kept."
    )
    assert state_of(held) == "queued"


def test_who_lost_the_role_is_offered_to_let_go(signed_in):
    by = factories.checker()
    held = factories.taken(by)
    people.set_roles(user=by, roles=[Role.APPROVER], actor=None)
    client = signed_in(by)
    assert f"/admin/review/{held.pk}/release/" in client.get(f"/admin/review/{held.pk}/").content.decode()
    assert send(client, held, "release").status_code == 302
    assert state_of(held) == "queued"


def test_dropping_and_reopening_by_forms(signed_in, allrounder):
    review = factories.review()
    client = signed_in(allrounder)
    assert told(send(client, review, "drop", reason="no_capacity", note="Too late.")) == [
        "Dropped. It can be reopened."
    ]
    assert "Too late." in client.get(f"/admin/review/{review.pk}/").content.decode()
    send(client, review, "reopen")
    assert state_of(review) == "queued"


def test_assigning_and_ordering_by_forms(signed_in, allrounder):
    review = factories.review()
    olena = factories.checker("olena")
    client = signed_in(allrounder)
    send(client, review, "assign", assignee="olena")
    send(client, review, "prioritise", priority="20", due_at="2027-01-31")
    changed = Review.objects.get(pk=review.pk)
    assert (changed.assignee, changed.priority, changed.due_at.date().isoformat()) == (olena, 20, "2027-01-31")
    send(client, review, "assign", assignee="")
    assert Review.objects.get(pk=review.pk).assignee is None


def _prioritise(client, review, **typed):
    """The form of the queue's place as the page shows it, with some of it changed."""
    page = client.get(f"/admin/review/{review.pk}/").content.decode().split('id="prioritise"', 1)[1]
    shown = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)[1]
        for name in ("check_worthiness", "priority", "reach", "due_at")
    }
    assert send(client, review, "prioritise", **{**shown, **typed}).status_code == 302
    return Review.objects.get(pk=review.pk)


def test_a_new_priority_moves_a_deadline_of_the_policy_and_no_other(signed_in, allrounder):
    deadlines.set_rules(rules={-100: 72, 50: 4}, actor=factories.user(Role.ADMINISTRATOR))
    client = signed_in(allrounder)
    review = Review.objects.get(pk=factories.review().pk)
    changed = _prioritise(client, review, priority="60")
    assert changed.due_at == review.opened_at + timedelta(hours=4)
    queue.prioritise(review_id=review.pk, changes={"due_at": AT_NOON}, actor=allrounder)
    assert _prioritise(client, review, priority="0").due_at == AT_NOON


def test_a_deadline_keeps_its_time_of_day_and_can_be_cleared(signed_in, allrounder):
    client = signed_in(allrounder)
    review = factories.review()
    assert _prioritise(client, review, due_at="2031-05-02").due_at == datetime(2031, 5, 2, 23, 59, tzinfo=UTC)
    queue.prioritise(review_id=review.pk, changes={"due_at": AT_NOON}, actor=allrounder)
    assert _prioritise(client, review, reach="5").due_at == AT_NOON
    assert _prioritise(client, review, due_at="2031-05-09").due_at == datetime(2031, 5, 9, 12, 0, 30, tzinfo=UTC)
    assert _prioritise(client, review, due_at="").due_at is None


def test_check_worthiness_is_changed_in_hundredths_and_only_when_it_was_typed(signed_in, allrounder):
    client = signed_in(allrounder)
    review = factories.review()
    queue.prioritise(review_id=review.pk, changes={"check_worthiness": 0.8342}, actor=allrounder)
    assert _prioritise(client, review, reach="5").check_worthiness == 0.8342
    before = Review.objects.get(pk=review.pk).queue_key
    changed = _prioritise(client, review, check_worthiness="40")
    assert changed.check_worthiness == 0.4
    assert changed.queue_key == pytest.approx(before + 43.42)
    page = client.get(f"/admin/review/{review.pk}/").content.decode()
    assert "<strong>40</strong> of 100" in page
    assert "set by the desk" in page
    refused = send(client, review, "prioritise", check_worthiness="101", priority="0", reach="0")
    assert refused.status_code == 422
    assert 'id="prioritise-check_worthiness"' in refused.content.decode()
