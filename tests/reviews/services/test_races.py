"""Several people in the same moment: real threads, each with a connection.

PostgreSQL lets them run beside each other; the SQLite file lets one write at
a time. What must come out is the same.
"""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, connections

from claims.services import holds
from factcheck import clock
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import DomainError, Stale
from reviews.models import Approval, ReportVersion, Review, SavedView
from reviews.services import approvals, leases, moves, publication, queue, sources, verdicts, views
from reviews.services.moves import LeasedByOther
from reviews.services.queue import Nothing
from reviews.workflow import InvalidTransition
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 1 if connection.vendor == "postgresql" else 0.1
"""Seconds after which a thread goes on though the other did not come as far; on
SQLite, where the other stands in line for the whole file, it never does."""


def at_once(*acts):
    """Run the acts in threads that start together: results, or what was raised."""
    barrier = threading.Barrier(len(acts))
    outcomes = [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait()
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bugs = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, DomainError)]
    assert not bugs, bugs
    return outcomes


def refused(outcomes):
    return [one for one in outcomes if isinstance(one, Exception)]


def test_one_review_has_one_taker():
    review = factories.review()
    people = [factories.checker() for _ in range(8)]
    outcomes = at_once(*[lambda by=by: leases.take(review_id=review.pk, actor=by) for by in people])
    assert len(refused(outcomes)) == 7
    assert all(isinstance(one, LeasedByOther) for one in refused(outcomes))
    assert Review.objects.get(pk=review.pk).version == 2
    assert verify() == []


def test_next_hands_out_each_review_once():
    for _ in range(4):
        factories.opened(claims=5)
    people = [factories.checker() for _ in range(6)]

    def drain(by):
        taken = []
        while not isinstance(found := queue.take_next(actor=by), Nothing):
            taken.append(found.pk)
        return taken

    outcomes = at_once(*[lambda by=by: drain(by) for by in people])
    assert not refused(outcomes)
    handed_out = [pk for taken in outcomes for pk in taken]
    assert sorted(handed_out) == sorted(Review.objects.values_list("pk", flat=True))
    assert verify() == []


def test_two_approvals_at_once_have_one_effect():
    verdict = factories.submitted(factories.checker())
    people = [factories.approver() for _ in range(2)]
    outcomes = at_once(*[lambda by=by: approvals.approve(verdict_id=verdict.pk, revision=1, actor=by) for by in people])
    [lost] = refused(outcomes)
    assert isinstance(lost, InvalidTransition)
    assert Approval.objects.count() == 1
    review = Review.objects.get(pk=verdict.review_id)
    assert (review.status, review.version) == ("approved", 4)


def test_two_approvals_at_once_both_count_for_a_quorum_of_two(settings):
    settings.REQUIRED_APPROVALS = 2
    verdict = factories.submitted(factories.checker())
    people = [factories.approver() for _ in range(2)]
    outcomes = at_once(*[lambda by=by: approvals.approve(verdict_id=verdict.pk, revision=1, actor=by) for by in people])
    assert not refused(outcomes)
    review = Review.objects.get(pk=verdict.review_id)
    assert (review.status, review.version, Approval.objects.count()) == ("approved", 5, 2)
    assert verify() == []


def test_accepted_saves_equal_the_final_version():
    review = factories.review()
    people = [factories.approver() for _ in range(10)]

    def save(by):
        accepted = 0
        for round_ in range(8):
            seen = Review.objects.get(pk=review.pk).version
            try:
                queue.prioritise(review_id=review.pk, changes={"priority": round_}, actor=by, expected_version=seen)
                accepted += 1
            except Stale:
                continue
        return accepted

    outcomes = at_once(*[lambda by=by: save(by) for by in people])
    assert not refused(outcomes)
    assert Review.objects.get(pk=review.pk).version == 1 + sum(outcomes)
    assert verify() == []


def test_take_and_takeover_after_expiry_leave_one_holder():
    review = factories.taken(factories.checker())
    takers = [factories.checker() for _ in range(3)]
    boss = factories.user(Role.CHECKER, Role.APPROVER)
    with clock.shifted(timedelta(minutes=31)):
        outcomes = at_once(
            *[lambda by=by: leases.take(review_id=review.pk, actor=by) for by in takers],
            lambda: leases.takeover(review_id=review.pk, actor=boss),
        )
    stored = Review.objects.get(pk=review.pk)
    winners = [one for one in outcomes if not isinstance(one, Exception)]
    assert stored.version == 2 + len(winners)
    assert 1 <= len(winners) <= 2
    assert stored.lease_holder in {*takers, boss}
    assert verify() == []


def test_two_submissions_at_once_make_one_verdict():
    by = factories.checker()
    review = factories.taken(by)
    outcomes = at_once(*[lambda: verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)] * 2)
    assert len(refused(outcomes)) == 1
    assert Review.objects.get(pk=review.pk).revisions == 1


def test_two_publications_at_once_make_one_version():
    ready = factories.approved()
    people = [factories.publisher() for _ in range(2)]
    outcomes = at_once(*[lambda by=by: publication.publish(review_id=ready.pk, actor=by) for by in people])
    assert len(refused(outcomes)) == 1
    assert ReportVersion.objects.count() == 1
    assert verify() == []


def test_submissions_that_share_sources_never_wait_in_a_circle():
    people = [factories.checker() for _ in range(4)]
    reviews = [factories.taken(by) for by in people]
    orders = [factories.EVIDENCE, factories.EVIDENCE[::-1]] * 2
    outcomes = at_once(
        *[
            lambda by=by, review=review, order=order: verdicts.submit(
                review_id=review.pk, submission=factories.submission(evidence=order), actor=by
            )
            for by, review, order in zip(people, reviews, orders, strict=True)
        ]
    )
    assert not refused(outcomes)


def test_opening_at_once_makes_one_review_per_claim():
    article = factories.article()
    by = factories.checker()
    for number in range(3):
        factories.claim(of=article, number=number, by=by)
    outcomes = at_once(*[lambda: factories.open_reviews(article)] * 4)
    assert not refused(outcomes)
    assert sum(one.opened for one in outcomes) == Review.objects.count() == 3
    assert verify() == []


@pytest.mark.postgresql
def test_next_skips_a_row_that_somebody_is_just_taking():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row locks to skip")
    first, second = factories.opened(claims=2)
    by = factories.checker()
    locked, done = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT id FROM reviews_review WHERE id = %s FOR UPDATE", [first.pk])
            locked.set()
            done.wait(10)
            cursor.execute("ROLLBACK")
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait(10)
    try:
        assert queue.take_next(actor=by).pk == second.pk
    finally:
        done.set()
        thread.join()


def test_steps_that_wait_for_each_other_are_tried_again(monkeypatch):
    """Publishing locks the claim and then the review, revising the review and
    then the claim; PostgreSQL sends one back, and it finds what the other left."""
    review = factories.approved()
    met, swap, lock = threading.Barrier(2), moves._swap, holds.lock

    def meet():
        with suppress(threading.BrokenBarrierError):
            met.wait(PATIENCE)

    def lock_and_meet(claims):
        lock(claims)
        meet()

    def swap_and_meet(seen, step, after):
        changed = swap(seen, step, after)
        if step.event == "review.revised":
            meet()
        return changed

    monkeypatch.setattr(holds, "lock", lock_and_meet)
    monkeypatch.setattr(moves, "_swap", swap_and_meet)
    by, publisher = factories.checker(), factories.publisher()
    outcomes = at_once(
        lambda: publication.publish(review_id=review.pk, actor=publisher),
        lambda: verdicts.revise(review_id=review.pk, actor=by),
    )
    assert len(refused(outcomes)) == 1
    assert isinstance(refused(outcomes)[0], InvalidTransition)
    assert Review.objects.get(pk=review.pk).status in {"published", "in_review"}
    assert verify() == []


def test_name_of_a_view_is_taken_once():
    people = [factories.checker() for _ in range(6)]
    outcomes = at_once(*[lambda by=by: views.save(name="Ours", query="tab=queue", actor=by) for by in people])
    assert [one.code for one in refused(outcomes)] == ["name_taken"] * 5
    assert SavedView.objects.count() == 1


def test_source_added_by_many_is_new_to_one():
    people = [factories.checker() for _ in range(6)]
    outcomes = at_once(*[lambda by=by: sources.add(url="https://port.example/log", actor=by) for by in people])
    assert sorted(is_new for _, is_new in outcomes) == [False] * 5 + [True]
    assert len({source.pk for source, _ in outcomes}) == 1
    assert AuditEvent.objects.filter(action="source.added").count() == 1
    assert verify() == []
