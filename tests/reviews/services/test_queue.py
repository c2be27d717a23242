"""Opening, ordering, handing out, giving up and reviving reviews."""

from datetime import timedelta

import pytest

from claims.models import Claim
from claims.services import triage
from factcheck import clock
from factcheck.accounts import people
from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.clock import db_now
from factcheck.errors import Conflict, Forbidden, Invalid, Stale
from factcheck.events.models import Event
from factcheck.jobs import scheduler
from factcheck.jobs.models import Job, JobState
from reviews import priority, tasks
from reviews.enums import DropReason
from reviews.models import Review
from reviews.services import leases, queue, verdicts
from reviews.services.moves import LeasedByOther
from reviews.services.queue import Nothing, QueueFilters
from reviews.workflow import InvalidTransition
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(review):
    return Review.objects.get(pk=review.pk)


def test_opening_makes_one_review_per_selected_claim_with_history_and_event():
    reviews = factories.opened(claims=3)
    assert [review.status for review in reviews] == ["queued"] * 3
    for review in reviews:
        event = AuditEvent.objects.get(subject_type="reviews.Review", subject_id=str(review.pk))
        assert (event.action, event.actor) == ("review.queued", None)
    assert Event.objects.filter(type="review.queued").count() == 3
    assert verify() == []


def test_opening_twice_changes_nothing():
    reviews = factories.opened(claims=2)
    before = list(Review.objects.values())
    events = Event.objects.count()
    again = factories.open_reviews(reviews[0].claim.article)
    assert (again.opened, again.dropped, again.reopened) == (0, 0, 0)
    assert list(Review.objects.values()) == before
    assert Event.objects.count() == events


def test_selecting_a_claim_queues_the_job_that_opens_its_review():
    claim = factories.claim()
    job = Job.objects.get(kind="reviews.open")
    assert job.target == str(claim.article_id)
    assert tasks.open_reviews(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert Review.objects.get().claim_id == claim.pk
    assert not tasks.open_reviews(job.pk)


def test_dismissed_claim_drops_its_queued_review_and_selecting_brings_it_back():
    [review] = factories.opened()
    by = factories.checker()
    triage.dismiss(claim=Claim.objects.get(pk=review.claim_id), reason="not checkable", actor=by)
    assert factories.open_reviews(review.claim.article).dropped == 1
    dropped = fresh(review)
    assert (dropped.status, dropped.dropped_by, dropped.drop_note) == ("dropped", None, queue.NOT_SELECTED)
    assert factories.open_reviews(review.claim.article) == queue.Opened(0, 0, 0)
    triage.select(claim=Claim.objects.get(pk=review.claim_id), actor=by)
    assert factories.open_reviews(review.claim.article).reopened == 1
    back = fresh(review)
    assert (back.status, back.round, back.dropped_at) == ("queued", 2, None)
    assert verify() == []


def test_a_persons_drop_is_not_undone_by_the_system():
    [review] = factories.opened()
    queue.drop(review_id=review.pk, reason=DropReason.OUT_OF_SCOPE, actor=factories.approver())
    assert factories.open_reviews(review.claim.article) == queue.Opened(0, 0, 0)
    assert fresh(review).status == "dropped"


def test_a_review_in_work_is_not_dropped_by_the_system():
    by = factories.checker()
    verdict = factories.submitted(by)
    claim = Claim.objects.get(pk=verdict.review.claim_id)
    triage.dismiss(claim=claim, reason="not checkable", actor=by)
    assert factories.open_reviews(claim.article) == queue.Opened(0, 0, 0)
    assert fresh(verdict.review).status == "in_approval"


def test_queue_order_follows_weight_deadline_and_age():
    now = db_now()
    plain = {"check_worthiness": 0.5, "reach": 0, "priority": 0, "opened_at": now, "due_at": None}
    keys = {
        "plain": priority.queue_key(**plain),
        "worthier": priority.queue_key(**{**plain, "check_worthiness": 0.6}),
        "wider": priority.queue_key(**{**plain, "reach": 11}),
        "raised": priority.queue_key(**{**plain, "priority": 12}),
        "older": priority.queue_key(**{**plain, "opened_at": now - timedelta(days=1.3)}),
        "due in 12 days": priority.queue_key(**{**plain, "due_at": now + timedelta(days=12)}),
        "due in 30 days": priority.queue_key(**{**plain, "due_at": now + timedelta(days=30)}),
        "due tomorrow": priority.queue_key(**{**plain, "due_at": now + timedelta(days=1)}),
    }
    order = sorted(keys, key=keys.get)
    assert order[:6] == ["due tomorrow", "due in 12 days", "older", "raised", "wider", "worthier"]
    assert keys["plain"] == keys["due in 30 days"]


def test_next_is_the_first_of_the_queue():
    reviews = factories.opened(claims=3)
    queue.prioritise(review_id=reviews[2].pk, changes={"priority": 50}, actor=factories.approver())
    taken = queue.take_next(actor=factories.checker())
    assert (taken.pk, taken.status, taken.version) == (reviews[2].pk, "in_review", 3)
    assert queue.take_next(actor=factories.checker()).pk == reviews[0].pk


def test_next_filters():
    factories.opened()
    other = factories.opened()[0]
    by = factories.checker()
    taken = queue.take_next(actor=by, filters=QueueFilters(article=other.claim.article_id))
    assert taken.pk == other.pk
    assert isinstance(queue.take_next(actor=by, filters=QueueFilters(kind="attribution")), Nothing)
    assert isinstance(queue.take_next(actor=by, filters=QueueFilters(claimant=10**9)), Nothing)
    assert isinstance(queue.take_next(actor=by, filters=QueueFilters(outlet=10**9)), Nothing)


def test_next_passes_by_what_is_assigned_to_another_and_says_why_it_is_empty():
    reviews = factories.opened(claims=4)
    mine, other = factories.checker(), factories.checker()
    queue.assign(review_id=reviews[0].pk, assignee=other, actor=factories.approver())
    queue.assign(review_id=reviews[1].pk, assignee=mine, actor=factories.approver())
    leases.take(review_id=reviews[2].pk, actor=other)
    assert queue.take_next(actor=mine, filters=QueueFilters(assigned_to_me=True)).pk == reviews[1].pk
    empty = queue.take_next(actor=mine, filters=QueueFilters(kind="attribution"))
    assert empty == Nothing(leased=0, assigned=0, filtered=1)
    assert queue.take_next(actor=mine).pk == reviews[3].pk
    assert queue.take_next(actor=mine) == Nothing(leased=3, assigned=1, filtered=0)


def test_next_hands_out_lapsed_work_once_nothing_is_queued():
    first, second = factories.opened(claims=2)
    gone, by = factories.checker(), factories.checker()
    leases.take(review_id=first.pk, actor=gone)
    with clock.shifted(timedelta(minutes=31)):
        assert queue.take_next(actor=by).pk == second.pk
        taken = queue.take_next(actor=by)
        assert (taken.pk, taken.lease_holder) == (first.pk, by)
        assert queue.take_next(actor=by) == Nothing(leased=2, assigned=0, filtered=0)


def test_assign_moves_nothing_and_names_whom():
    review = factories.review()
    by = factories.checker()
    assigned = queue.assign(review_id=review.pk, assignee=by, actor=factories.publisher(), expected_version=1)
    assert (assigned.status, assigned.assignee, assigned.version) == ("queued", by, 2)
    cleared = queue.assign(review_id=review.pk, assignee=None, actor=factories.publisher())
    assert (cleared.assignee, cleared.assigned_at) == (None, None)
    with pytest.raises(Invalid) as caught:
        queue.assign(review_id=review.pk, assignee=factories.publisher(), actor=factories.publisher())
    assert caught.value.code == "assignee_cannot_take"


def test_edit_does_all_or_nothing():
    review = factories.review()
    both = factories.user(Role.APPROVER)
    by = factories.checker()
    edited = queue.edit(review_id=review.pk, changes={"reach": 40, "assignee": by}, actor=both, expected_version=1)
    assert (edited.reach, edited.assignee, edited.version) == (40, by, 3)
    assert edited.queue_key < review.queue_key
    with pytest.raises(Invalid):
        queue.edit(review_id=review.pk, changes={"reach": 0, "assignee": both}, actor=both, expected_version=3)
    assert fresh(review).reach == 40


def test_stale_version_is_refused_with_what_happened():
    review = factories.review()
    queue.assign(review_id=review.pk, assignee=factories.checker("ida"), actor=factories.approver("bo"))
    with pytest.raises(Stale) as caught:
        queue.drop(review_id=review.pk, reason=DropReason.OTHER, actor=factories.approver(), expected_version=1)
    error = caught.value
    assert error.status == 412
    assert error.extra["current_version"] == 2
    [change] = error.extra["changes"]
    assert (change["action"], change["by"], change["version"]) == ("review.assigned", "bo", 2)


def test_drop_and_reopen_by_a_person():
    by = factories.checker()
    verdict = factories.submitted(by)
    dropped = queue.drop(
        review_id=verdict.review_id, reason=DropReason.NO_EVIDENCE, note="nothing found", actor=factories.approver()
    )
    assert (dropped.status, dropped.verdict, dropped.lease_holder) == ("dropped", None, None)
    back = queue.reopen(review_id=verdict.review_id, actor=factories.publisher())
    assert (back.status, back.round, back.drop_reason) == ("queued", 2, "")
    assert verify() == []


def test_reopen_needs_a_selected_claim():
    [review] = factories.opened()
    queue.drop(review_id=review.pk, reason=DropReason.OTHER, actor=factories.approver())
    triage.dismiss(claim=Claim.objects.get(pk=review.claim_id), reason="no", actor=factories.checker())
    with pytest.raises(Conflict) as caught:
        queue.reopen(review_id=review.pk, actor=factories.approver())
    assert caught.value.code == "claim_not_selected"


@pytest.mark.parametrize(
    "act",
    [
        lambda pk, by: queue.take_next(actor=by),
        lambda pk, by: leases.take(review_id=pk, actor=by),
        lambda pk, by: leases.takeover(review_id=pk, actor=by),
        lambda pk, by: queue.drop(review_id=pk, reason=DropReason.OTHER, actor=by),
        lambda pk, by: queue.reopen(review_id=pk, actor=by),
        lambda pk, by: queue.assign(review_id=pk, assignee=None, actor=by),
        lambda pk, by: queue.prioritise(review_id=pk, changes={"priority": 1}, actor=by),
        lambda pk, by: verdicts.submit(review_id=pk, submission=factories.submission(), actor=by),
    ],
)
def test_roles_without_the_right_are_refused_by_name(act):
    review = factories.review()
    for role in (Role.SUBMITTER, Role.AUDITOR, Role.ADMINISTRATOR):
        with pytest.raises(Forbidden) as caught:
            act(review.pk, factories.user(role))
        assert caught.value.code == "role_missing"
        assert caught.value.extra["roles"]
    assert fresh(review).version == 1


def test_dropped_review_of_a_report_is_impossible():
    review = factories.under_correction()
    with pytest.raises(InvalidTransition):
        queue.drop(review_id=review.pk, reason=DropReason.OTHER, actor=factories.approver())


def test_taking_what_another_holds_names_holder_and_end():
    holder = factories.checker("hanna")
    review = factories.taken(holder)
    with pytest.raises(LeasedByOther) as caught:
        leases.take(review_id=review.pk, actor=factories.checker())
    error = caught.value
    assert (error.code, error.status) == ("leased_by_other", 409)
    assert error.extra == {"holder": "hanna", "expires_at": review.lease_expires_at.isoformat()}


def test_a_review_of_somebody_who_can_no_longer_work_is_handed_out_again():
    boss, closed, demoted, at_work = factories.approver(), *(factories.checker() for _ in range(3))
    reviews = factories.opened(claims=4)
    for review, person in zip(reviews, (closed, demoted, at_work), strict=False):
        queue.assign(review_id=review.pk, assignee=person, actor=boss)
    assert queue.free_orphans() == 0
    User.objects.filter(pk=closed.pk).update(is_active=False)
    people.set_roles(user=demoted, roles=[Role.SUBMITTER], actor=None)
    assert queue.free_orphans in scheduler._often
    assert queue.free_orphans() == 2
    assert [fresh(review).assignee for review in reviews] == [None, None, at_work, None]
    told = AuditEvent.objects.filter(action="review.assigned", actor=None).order_by("pk")
    assert [event.data["before"] for event in told] == [closed.pk, demoted.pk]
    handed_out = [queue.take_next(actor=factories.checker()) for _ in range(4)]
    assert {one.pk for one in handed_out[:3]} == {review.pk for review in reviews} - {reviews[2].pk}
    assert isinstance(handed_out[3], Nothing)
    assert queue.free_orphans() == 0
    assert verify() == []


def test_a_published_review_keeps_its_assignee():
    review = Review.objects.get(pk=factories.published().review_id)
    person = factories.checker()
    Review.objects.filter(pk=review.pk).update(assignee=person, assigned_at=db_now())
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert queue.free_orphans() == 0
    assert fresh(review).assignee == person
