"""Leases, and drafts that outlive them."""

from datetime import timedelta

import pytest

from claims.models import Claim
from factcheck import clock
from factcheck.accounts import people
from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import Conflict, Forbidden, NotFound
from reviews.enums import DropReason
from reviews.models import Contributor, Review, VerdictDraft
from reviews.services import drafts, leases, queue
from reviews.services.leases import NotHolder
from reviews.services.moves import LeasedByOther
from reviews.workflow import InvalidTransition
from tests import factories

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=31)


def test_take_sets_lease_version_and_hold():
    by = factories.checker()
    review = factories.taken(by)
    stored = Review.objects.get(pk=review.pk)
    assert (stored.status, stored.version, stored.lease_holder) == ("in_review", 2, by)
    assert stored.lease_expires_at == review.lease_expires_at
    assert timedelta(minutes=29) < stored.lease_expires_at - clock.db_now() <= timedelta(minutes=30)
    assert Claim.objects.get(pk=review.claim_id).held_as == "review"


def test_taking_what_one_holds_renews_without_a_version():
    by = factories.checker()
    review = factories.taken(by)
    with clock.shifted(timedelta(minutes=10)):
        again = leases.take(review_id=review.pk, actor=by)
    assert again.version == review.version
    assert again.lease_expires_at - review.lease_expires_at > timedelta(minutes=9)
    assert AuditEvent.objects.filter(action="review.renewed").count() == 1


def test_renewing_at_once_writes_nothing():
    by = factories.checker()
    review = factories.taken(by)
    assert leases.renew(review_id=review.pk, actor=by).lease_expires_at == review.lease_expires_at
    assert not AuditEvent.objects.filter(action="review.renewed").exists()


def test_a_lapsed_lease_may_be_renewed_by_its_holder_or_taken_by_another():
    by, other = factories.checker(), factories.checker()
    review = factories.taken(by)
    with clock.shifted(LATER):
        assert leases.renew(review_id=review.pk, actor=by).lease_holder == by
    with clock.shifted(2 * LATER):
        assert leases.take(review_id=review.pk, actor=other).lease_holder == other
        with pytest.raises(LeasedByOther):
            leases.renew(review_id=review.pk, actor=by)
    assert verify() == []


def test_release_returns_to_the_queue_and_frees_the_claim():
    by = factories.checker()
    review = factories.taken(by)
    released = leases.release(review_id=review.pk, actor=by)
    assert (released.status, released.lease_holder, released.version) == ("queued", None, 3)
    assert Claim.objects.get(pk=review.claim_id).held_as == ""


def test_release_by_another_is_refused():
    review = factories.taken(factories.checker())
    with pytest.raises(LeasedByOther):
        leases.release(review_id=review.pk, actor=factories.checker())
    with clock.shifted(LATER), pytest.raises(NotHolder):
        leases.release(review_id=review.pk, actor=factories.checker())


def test_renew_and_release_need_a_review_in_work():
    by = factories.checker()
    verdict = factories.submitted(by)
    for act in (leases.renew, leases.release):
        with pytest.raises(InvalidTransition):
            act(review_id=verdict.review_id, actor=by)


def test_takeover_keeps_both_drafts_and_names_the_former_holder():
    former = factories.checker()
    new = factories.user(Role.CHECKER, Role.APPROVER)
    review = factories.taken(former)
    drafts.save(review_id=review.pk, content={"summary": "theirs"}, actor=former)
    taken = leases.takeover(review_id=review.pk, actor=new, reason="on leave")
    assert (taken.lease_holder, taken.status) == (new, "in_review")
    drafts.save(review_id=review.pk, content={"summary": "mine"}, actor=new)
    drafts.save(review_id=review.pk, content={"summary": "typed before I saw it"}, actor=former, base=1)
    kept = dict(VerdictDraft.objects.values_list("author__username", "content__summary"))
    assert kept == {former.username: "typed before I saw it", new.username: "mine"}
    told = AuditEvent.objects.get(action="review.taken_over").data
    assert (told["former_holder"], told["holder"], told["reason"]) == (former.pk, new.pk, "on leave")


@pytest.mark.parametrize("role", [Role.APPROVER, Role.PUBLISHER])
def test_takeover_by_who_cannot_work_on_reviews_frees_it(role):
    former, other, boss = factories.checker(), factories.checker(), factories.user(role)
    review = factories.taken(former)
    drafts.save(review_id=review.pk, content={"summary": "theirs"}, actor=former)
    freed = leases.takeover(review_id=review.pk, actor=boss, reason="on leave")
    assert (freed.status, freed.lease_holder, freed.lease_expires_at) == ("queued", None, None)
    told = AuditEvent.objects.get(action="review.taken_over").data
    assert (told["former_holder"], told["holder"]) == (former.pk, None)
    assert queue.take_next(actor=other).pk == review.pk
    assert VerdictDraft.objects.get().content == {"summary": "theirs"}
    assert verify() == []


def test_who_holds_a_review_may_let_go_of_it_whatever_the_role():
    by = factories.checker()
    review = factories.taken(by)
    people.set_roles(user=by, roles=[Role.APPROVER], actor=None)
    by = User.objects.get(pk=by.pk)
    with pytest.raises(Forbidden):
        leases.renew(review_id=review.pk, actor=by)
    assert leases.release(review_id=review.pk, actor=by).status == "queued"
    with pytest.raises(Forbidden):
        leases.release(review_id=review.pk, actor=by)


def test_takeover_by_a_checker_is_refused():
    review = factories.taken(factories.checker())
    with pytest.raises(Forbidden) as caught:
        leases.takeover(review_id=review.pk, actor=factories.checker())
    assert caught.value.extra["roles"] == ["approver", "publisher"]


def test_draft_is_saved_again_and_again_and_never_bumps_the_version():
    by = factories.checker()
    review = factories.taken(by)
    for base, words in enumerate(("a", "ab", "abc")):
        drafts.save(review_id=review.pk, content={"summary": words}, actor=by, base=base or None)
    assert VerdictDraft.objects.get().content == {"summary": "abc"}
    assert Review.objects.get(pk=review.pk).version == review.version
    [contributor] = Contributor.objects.all()
    assert (contributor.user, contributor.round, contributor.what) == (by, 1, "draft")
    assert AuditEvent.objects.filter(action="review.drafted").count() == 1
    assert verify() == []


def test_draft_outlives_its_lease_and_a_release():
    by = factories.checker()
    review = factories.taken(by)
    drafts.save(review_id=review.pk, content={"summary": "kept"}, actor=by)
    leases.release(review_id=review.pk, actor=by)
    drafts.save(review_id=review.pk, content={"summary": "kept too"}, actor=by, base=1)
    assert VerdictDraft.objects.get().content == {"summary": "kept too"}


def test_draft_after_submission_is_refused_and_nothing_changes():
    by = factories.checker()
    verdict = factories.submitted(by)
    with pytest.raises(Conflict) as caught:
        drafts.save(review_id=verdict.review_id, content={"summary": "late"}, actor=by)
    assert caught.value.code == "draft_closed"
    assert not VerdictDraft.objects.exists()


def test_a_save_on_an_older_base_is_refused_with_both_texts():
    by = factories.checker()
    review = factories.taken(by)
    first = drafts.save(review_id=review.pk, content={"summary": "one"}, actor=by)
    drafts.save(review_id=review.pk, content={"summary": "two"}, actor=by, base=first.version)
    for base in (None, 1, 3):
        with pytest.raises(drafts.DraftOutdated) as caught:
            drafts.save(review_id=review.pk, content={"summary": "three"}, actor=by, base=base)
        assert (caught.value.extra["kept"], caught.value.extra["sent"]) == ({"summary": "two"}, {"summary": "three"})
    kept = VerdictDraft.objects.get()
    assert (kept.content, kept.version, kept.set_aside) == ({"summary": "two"}, 2, [])


def test_the_same_words_and_the_same_page_are_never_refused():
    by = factories.checker()
    review = factories.taken(by)
    for words in ("one", "one", "two", "three"):
        drafts.save(review_id=review.pk, content={"summary": words}, actor=by, page="ab")
    assert drafts.save(review_id=review.pk, content={"summary": "three"}, actor=by, page="cd").version == 3
    assert drafts.save(review_id=review.pk, content={"summary": "four"}, actor=by, page="ab").version == 4


def test_replaced_words_are_set_aside_once_and_the_newest_are_kept():
    by = factories.checker()
    review = factories.taken(by)
    for n in range(1, 14):
        base = n - 1 or None
        drafts.save(review_id=review.pk, content={"summary": str(n)}, actor=by, base=base, replaces=True)
    drafts.put_aside(review_id=review.pk, content={"summary": "other"}, actor=by)
    drafts.put_aside(review_id=review.pk, content={"summary": "other"}, actor=by)
    drafts.put_aside(review_id=review.pk, content={"summary": ""}, actor=by)
    kept = VerdictDraft.objects.get()
    assert kept.content == {"summary": "13"}
    assert [one["content"]["summary"] for one in kept.set_aside] == [*map(str, range(4, 13)), "other"]
    back = drafts.save(
        review_id=review.pk, content={"summary": "12"}, actor=by, base=kept.version, replaces=True
    ).set_aside
    assert [one["content"]["summary"] for one in back][-2:] == ["other", "13"]
    assert "12" not in [one["content"]["summary"] for one in back]


def test_draft_in_a_new_round_makes_a_contributor_of_that_round():
    by = factories.checker()
    review = factories.taken(by)
    drafts.save(review_id=review.pk, content={}, actor=by)
    queue.drop(review_id=review.pk, reason=DropReason.OTHER, actor=factories.approver())
    queue.reopen(review_id=review.pk, actor=factories.approver())
    drafts.save(review_id=review.pk, content={}, actor=by)
    assert sorted(Contributor.objects.values_list("round", flat=True)) == [1, 2]


def test_draft_takes_a_checker():
    review = factories.review()
    with pytest.raises(Forbidden):
        drafts.save(review_id=review.pk, content={}, actor=factories.approver())


@pytest.mark.parametrize("pk", [0, 10**9, 2**80])
def test_unknown_review_is_not_found(pk):
    with pytest.raises(NotFound):
        leases.take(review_id=pk, actor=factories.checker())
