"""Comments, and suggestions that the author accepts with one action."""

import pytest

from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import Conflict, Forbidden, Invalid, Stale
from reviews.enums import CommentPlace, SuggestedPart
from reviews.models import Acceptance, Comment, Contributor, Review, VerdictDraft
from reviews.services import approvals, comments, drafts, leases, suggestions, verdicts
from reviews.services.approvals import SelfApproval
from reviews.services.leases import NotHolder
from tests import factories

pytestmark = pytest.mark.django_db


def suggestion_on(verdict, by, **changes):
    words = {"part": SuggestedPart.SUMMARY, "before": "closed for 14 days", "after": "shut for two weeks", **changes}
    return suggestions.suggest(verdict_id=verdict.pk, actor=by, **words)


def test_a_comment_is_kept_told_and_bumps_no_version():
    verdict = factories.submitted(factories.checker())
    by = factories.approver()
    before = Review.objects.get(pk=verdict.review_id).version
    made = comments.add(review_id=verdict.review_id, text="Which log?", place=CommentPlace.SOURCE, source=1, actor=by)
    assert (made.verdict, made.source) == (verdict, 1)
    assert Review.objects.get(pk=verdict.review_id).version == before
    event = AuditEvent.objects.get(action="review.commented")
    assert event.data["comment"] == "Which log?"
    assert verify() == []


@pytest.mark.parametrize(
    ("words", "pointer"),
    [
        ({"text": " . "}, "/text"),
        ({"place": CommentPlace.SOURCE, "source": 9}, "/source"),
        ({"place": CommentPlace.SOURCE}, "/source"),
        ({"source": 1}, "/source"),
        ({"place": CommentPlace.EXPLANATION, "exact": "words of nobody"}, "/exact"),
        ({"exact": "log"}, "/exact"),
    ],
)
def test_a_comment_on_what_is_not_there_names_the_member(words, pointer):
    verdict = factories.submitted(factories.checker())
    with pytest.raises(Invalid) as caught:
        comments.add(review_id=verdict.review_id, actor=factories.approver(), **{"text": "So?", **words})
    assert caught.value.errors[0].pointer == pointer
    assert not Comment.objects.exists()


def test_without_a_verdict_only_the_review_can_be_commented_on():
    review = factories.review()
    comments.add(review_id=review.pk, text="Ask the port.", actor=factories.publisher())
    with pytest.raises(Invalid):
        comments.add(review_id=review.pk, text="x", place=CommentPlace.EXPLANATION, actor=factories.checker())


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.SUBMITTER])
def test_who_only_reads_does_not_comment(role):
    review = factories.review()
    with pytest.raises(Forbidden):
        comments.add(review_id=review.pk, text="x", actor=factories.user(role))


def test_accepting_puts_the_words_into_the_draft_and_opens_the_text():
    author, approver = factories.checker(), factories.approver()
    verdict = factories.submitted(author)
    suggestion = suggestion_on(verdict, approver)
    done = suggestions.accept(suggestion_id=suggestion.pk, actor=author)
    review = Review.objects.get(pk=verdict.review_id)
    assert (review.status, review.lease_holder, review.verdict) == ("in_review", author, None)
    assert VerdictDraft.objects.get(author=author).content["summary"] == "It was shut for two weeks."
    assert done.draft.content["explanation"] == verdict.explanation
    assert [one["url"] for one in done.draft.content["evidence"]] == [e.url for e in factories.EVIDENCE]
    assert Contributor.objects.get(user=approver).what == "suggestion"
    assert verify() == []


def test_who_suggested_accepted_words_cannot_approve_them():
    author, approver = factories.checker(), factories.approver()
    verdict = factories.submitted(author)
    suggestions.accept(suggestion_id=suggestion_on(verdict, approver).pk, actor=author)
    again = verdicts.submit(review_id=verdict.review_id, submission=factories.submission(), actor=author).verdict
    with pytest.raises(SelfApproval):
        approvals.approve(verdict_id=again.pk, revision=again.revision, actor=approver)
    approvals.approve(verdict_id=again.pk, revision=again.revision, actor=factories.approver())


def test_a_suggestion_alone_makes_nobody_a_contributor():
    approver = factories.approver()
    verdict = factories.submitted(factories.checker())
    suggestion_on(verdict, approver)
    decided = approvals.approve(verdict_id=verdict.pk, revision=1, actor=approver)
    assert decided.review.status == "approved"


def test_approvals_given_before_do_not_survive_an_accepted_suggestion(settings):
    settings.REQUIRED_APPROVALS = 2
    author, approver = factories.checker(), factories.approver()
    verdict = factories.submitted(author)
    suggestion = suggestion_on(verdict, factories.approver())
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=approver)
    suggestions.accept(suggestion_id=suggestion.pk, actor=author)
    again = verdicts.submit(review_id=verdict.review_id, submission=factories.submission(), actor=author).verdict
    assert approvals.approve(verdict_id=again.pk, revision=2, actor=approver).review.status == "in_approval"


def test_after_changes_were_requested_the_holder_accepts_into_the_own_draft():
    author, approver = factories.checker(), factories.approver()
    verdict = factories.submitted(author)
    suggestion = suggestion_on(verdict, approver)
    approvals.request_changes(verdict_id=verdict.pk, revision=1, actor=approver, comment="See my words.")
    drafts.save(
        review_id=verdict.review_id, content={"summary": "No: closed for 14 days.", "rating": "false"}, actor=author
    )
    done = suggestions.accept(suggestion_id=suggestion.pk, actor=author)
    assert done.draft.content == {"summary": "No: shut for two weeks.", "rating": "false"}


def test_a_suggestion_on_an_older_revision_changes_the_newest_text():
    author, approver = factories.checker(), factories.approver()
    verdict = factories.submitted(author)
    suggestion = suggestion_on(verdict, approver)
    approvals.request_changes(verdict_id=verdict.pk, revision=1, actor=approver, comment="Say which log.")
    newer = factories.submission(summary="By its log it was closed for 14 days.", explanation="The log of the port.")
    verdicts.submit(review_id=verdict.review_id, submission=newer, actor=author)
    done = suggestions.accept(suggestion_id=suggestion.pk, actor=author)
    assert done.draft.content["summary"] == "By its log it was shut for two weeks."
    assert done.draft.content["explanation"] == "The log of the port."


def test_a_draft_that_is_not_the_submitted_text_is_set_aside_and_not_lost():
    author, approver = factories.checker(), factories.approver()
    held = factories.taken(author)
    drafts.save(review_id=held.pk, content={"summary": "Unfinished other words"}, actor=author)
    verdict = verdicts.submit(review_id=held.pk, submission=factories.submission(), actor=author).verdict
    done = suggestions.accept(suggestion_id=suggestion_on(verdict, approver).pk, actor=author)
    assert done.draft.content["summary"] == "It was shut for two weeks."
    assert [one["content"] for one in done.draft.set_aside] == [{"summary": "Unfinished other words"}]


def test_a_suggestion_is_accepted_once():
    author = factories.checker()
    suggestion = suggestion_on(factories.submitted(author), factories.approver())
    suggestions.accept(suggestion_id=suggestion.pk, actor=author)
    with pytest.raises(Conflict, match="already"):
        suggestions.accept(suggestion_id=suggestion.pk, actor=author)
    assert Acceptance.objects.count() == 1


def test_words_that_are_gone_are_not_replaced_and_nothing_moves():
    author = factories.checker()
    verdict = factories.submitted(author)
    suggestion = suggestion_on(verdict, factories.approver())
    verdicts.withdraw(review_id=verdict.review_id, actor=author)
    drafts.save(review_id=verdict.review_id, content={"summary": "Something else."}, actor=author)
    with pytest.raises(Conflict) as caught:
        suggestions.accept(suggestion_id=suggestion.pk, actor=author)
    assert caught.value.code == "suggestion_outdated"
    assert VerdictDraft.objects.get(author=author).content == {"summary": "Something else."}


def test_nobody_else_accepts_and_an_old_version_is_refused():
    author, other = factories.checker(), factories.checker()
    verdict = factories.submitted(author)
    suggestion = suggestion_on(verdict, factories.approver())
    with pytest.raises(Forbidden):
        suggestions.accept(suggestion_id=suggestion.pk, actor=other)
    with pytest.raises(Stale):
        suggestions.accept(suggestion_id=suggestion.pk, actor=author, expected_version=1)
    verdicts.withdraw(review_id=verdict.review_id, actor=author)
    leases.release(review_id=verdict.review_id, actor=author)
    with pytest.raises(Conflict):
        suggestions.accept(suggestion_id=suggestion.pk, actor=author)
    leases.take(review_id=verdict.review_id, actor=other)
    with pytest.raises((NotHolder, Conflict)):
        suggestions.accept(suggestion_id=suggestion.pk, actor=author)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"before": "It"}, None),
        ({"before": "nowhere"}, "before_ambiguous"),
        ({"after": "closed for 14 days"}, "suggestion_empty"),
    ],
)
def test_a_suggestion_must_change_words_that_stand_once(words, code):
    verdict = factories.submitted(factories.checker())
    if code is None:
        assert suggestion_on(verdict, factories.approver(), **words).pk
        return
    with pytest.raises(Invalid) as caught:
        suggestion_on(verdict, factories.approver(), **words)
    assert caught.value.errors[0].code == code


def test_the_author_and_checkers_suggest_nothing():
    author = factories.user(Role.CHECKER, Role.APPROVER)
    verdict = factories.submitted(author)
    for by in (author, factories.checker()):
        with pytest.raises(Forbidden):
            suggestion_on(verdict, by)
