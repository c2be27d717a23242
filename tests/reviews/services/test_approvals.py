"""Decisions on verdicts, each bound to what was read."""

import pytest

from claims.models import Claim
from claims.services import editing
from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from factcheck.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from reviews.enums import CorrectionType, DropReason
from reviews.models import Approval, Review, Verdict
from reviews.services import approvals, corrections, drafts, leases, queue, verdicts
from reviews.services.approvals import ClaimChanged, SelfApproval
from reviews.workflow import InvalidTransition
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict():
    return factories.submitted(factories.checker())


def approve(verdict, by, revision=1, **more):
    return approvals.approve(verdict_id=verdict.pk, revision=revision, actor=by, **more)


def edit_claim(verdict):
    claim = Claim.objects.select_related("article").get(pk=verdict.review.claim_id)
    editing.edit(claim=claim, fields={"venue": "radio"}, actor=factories.checker(), expected_version=claim.version)


def test_approval_by_another_person_is_enough(verdict):
    done = approve(verdict, factories.approver(), comment="read it all")
    assert (done.review.status, done.review.version) == ("approved", 4)
    assert Approval.objects.get().comment == "read it all"
    assert verify() == []


@pytest.mark.parametrize("decide", [approvals.approve, approvals.request_changes])
def test_author_cannot_decide(decide):
    by = factories.user(Role.CHECKER, Role.APPROVER)
    verdict = factories.submitted(by)
    with pytest.raises(SelfApproval) as caught:
        decide(verdict_id=verdict.pk, revision=1, actor=by, comment="fine")
    assert (caught.value.code, caught.value.status) == ("self_approval", 403)
    assert not Approval.objects.exists()


def test_whoever_drafted_in_the_round_cannot_decide():
    by, drafter = factories.checker(), factories.user(Role.CHECKER, Role.APPROVER)
    review = factories.taken(by)
    drafts.save(review_id=review.pk, content={"summary": "a word"}, actor=drafter)
    verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by).verdict
    with pytest.raises(SelfApproval):
        approve(verdict, drafter)


def test_contributors_of_a_published_text_may_decide_on_its_correction():
    first = factories.user(Role.CHECKER, Role.APPROVER)
    report = factories.published(by=first)
    by = factories.checker()
    review = Review.objects.get(pk=report.review_id)
    reopened = factories.corrections.correct(
        review_id=review.pk,
        type=factories.CorrectionType.UPDATE,
        reason="New figures.",
        actor=factories.publisher(),
    )
    leases.take(review_id=reopened.pk, actor=by)
    verdict = verdicts.submit(review_id=reopened.pk, submission=factories.submission(), actor=by).verdict
    assert approve(verdict, first, revision=2).review.status == "approved"


def reopened_text(writer, *, how):
    """A verdict of somebody else after `writer` wrote, the review was dropped
    and reopened."""
    by = factories.checker()
    review = factories.taken(writer)
    if how == "draft":
        drafts.save(review_id=review.pk, content={"summary": "a word"}, actor=writer)
    else:
        verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=writer)
    queue.drop(review_id=review.pk, reason=DropReason.OTHER, actor=factories.approver())
    queue.reopen(review_id=review.pk, actor=factories.approver())
    leases.take(review_id=review.pk, actor=by)
    return verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by).verdict


@pytest.mark.parametrize("how", ["draft", "verdict"])
@pytest.mark.parametrize("decide", [approvals.approve, approvals.request_changes])
def test_whoever_wrote_before_a_reopening_cannot_decide_after_it(how, decide):
    writer = factories.user(Role.CHECKER, Role.APPROVER)
    verdict = reopened_text(writer, how=how)
    with pytest.raises(SelfApproval):
        decide(verdict_id=verdict.pk, revision=verdict.revision, actor=writer, comment="fine")
    assert approve(verdict, factories.approver(), revision=verdict.revision).review.status == "approved"


def test_whoever_wrote_an_abandoned_correction_cannot_approve_the_next():
    writer, by = factories.user(Role.CHECKER, Role.APPROVER), factories.checker()
    review = factories.under_correction()
    drafts.save(review_id=review.pk, content={"summary": "a word"}, actor=writer)
    corrections.abandon(review_id=review.pk, actor=factories.publisher())
    corrections.correct(
        review_id=review.pk, type=CorrectionType.UPDATE, reason="New figures.", actor=factories.publisher()
    )
    leases.take(review_id=review.pk, actor=by)
    verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by).verdict
    with pytest.raises(SelfApproval):
        approve(verdict, writer, revision=verdict.revision)


def test_quorum_counts_different_people(verdict, settings):
    settings.REQUIRED_APPROVALS = 2
    first = factories.approver()
    done = approve(verdict, first)
    assert (done.review.status, done.review.version) == ("in_approval", 4)
    with pytest.raises(Conflict) as caught:
        approve(verdict, first)
    assert caught.value.code == "already_decided"
    assert approve(verdict, factories.approver()).review.status == "approved"


def test_another_revision_than_the_one_read_is_refused(verdict):
    with pytest.raises(Conflict) as caught:
        approve(verdict, factories.approver(), revision=2)
    assert (caught.value.code, caught.value.extra["revision"]) == ("revision_outdated", 1)


def test_an_outdated_verdict_is_refused(verdict):
    author = Verdict.objects.get(pk=verdict.pk).author
    verdicts.withdraw(review_id=verdict.review_id, actor=author)
    verdicts.submit(review_id=verdict.review_id, submission=factories.submission(), actor=author)
    with pytest.raises(Conflict) as caught:
        approve(verdict, factories.approver())
    assert (caught.value.code, caught.value.extra["revision"]) == ("revision_outdated", 2)


def test_changed_claim_voids_the_decision(verdict):
    edit_claim(verdict)
    with pytest.raises(ClaimChanged) as caught:
        approve(verdict, factories.approver())
    assert (caught.value.code, caught.value.status) == ("claim_changed", 409)
    assert "submit it again" in caught.value.detail
    assert approvals.request_changes(
        verdict_id=verdict.pk, revision=1, actor=factories.approver(), comment="The claim changed."
    )


def test_request_changes_gives_the_author_the_text_back(verdict):
    author = Verdict.objects.get(pk=verdict.pk).author
    done = approvals.request_changes(
        verdict_id=verdict.pk, revision=1, actor=factories.approver(), comment="Quote the log."
    )
    assert (done.review.status, done.review.verdict, done.review.lease_holder) == ("in_review", None, author)
    again = verdicts.submit(review_id=verdict.review_id, submission=factories.submission(), actor=author).verdict
    assert again.revision == 2
    assert verify() == []


@pytest.mark.parametrize("comment", ["", "  ", "..."])
def test_request_changes_says_what(verdict, comment):
    with pytest.raises(Invalid) as caught:
        approvals.request_changes(verdict_id=verdict.pk, revision=1, actor=factories.approver(), comment=comment)
    assert caught.value.errors[0].pointer == "/comment"


def test_approval_after_approval_is_impossible(verdict):
    approve(verdict, factories.approver())
    with pytest.raises(InvalidTransition):
        approve(verdict, factories.approver())


def test_stale_approval_is_refused(verdict):
    with pytest.raises(Stale):
        approve(verdict, factories.approver(), expected_version=2)


def test_approval_takes_an_approver(verdict):
    for role in (Role.CHECKER, Role.PUBLISHER, Role.AUDITOR, Role.ADMINISTRATOR, Role.SUBMITTER):
        with pytest.raises(Forbidden) as caught:
            approve(verdict, factories.user(role))
        assert caught.value.extra["roles"] == ["approver"]


def test_unknown_verdict_is_not_found():
    for pk in (0, 10**9, 2**80):
        with pytest.raises(NotFound):
            approvals.approve(verdict_id=pk, revision=1, actor=factories.approver())


@pytest.mark.parametrize("gone", ["closed", "no checker any more"])
def test_changes_wanted_of_an_author_who_is_gone_are_free_work_for_everybody(gone):
    author, boss, next_one = factories.checker(), factories.approver(), factories.checker()
    review = factories.taken(author)
    queue.assign(review_id=review.pk, assignee=author, actor=boss)
    verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=author).verdict
    if gone == "closed":
        author.is_active = False
        author.save()
    else:
        author.groups.clear()
    done = approvals.request_changes(verdict_id=verdict.pk, revision=1, actor=boss, comment="Which log?")
    assert (done.review.status, done.review.lease_holder, done.review.assignee) == ("in_review", None, None)
    taken = queue.take_next(actor=next_one)
    assert (taken.pk, taken.lease_holder) == (review.pk, next_one)


def test_changes_wanted_of_an_author_leave_an_assignment_to_somebody_else(verdict):
    other, boss = factories.checker(), factories.approver()
    queue.assign(review_id=verdict.review_id, assignee=other, actor=boss)
    done = approvals.request_changes(verdict_id=verdict.pk, revision=1, actor=boss, comment="Which log?")
    assert (done.review.lease_holder, done.review.assignee) == (verdict.author, other)
