"""Two editors in the same moment: real threads, each with a connection."""

import threading
from contextlib import suppress

import pytest
from django.db import transaction

from claims.models import Article, Claim, ClaimAnchor, Sentence
from claims.services import articles, editing, extraction, intake, triage
from factcheck.accounts.roles import Role
from factcheck.audit import history
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import Conflict, DomainError, Stale
from reviews.services import approvals, leases
from tests import factories
from tests.reviews.services.test_races import PATIENCE, at_once, refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(monkeypatch):
    """`meeting(module, name)`: who is past that call for the first time waits
    for the other, or goes on when the other is held up by a lock."""

    def arrange(module, name):
        barrier, original = threading.Barrier(2), getattr(module, name)
        been = threading.local()

        def call(*args, **kwargs):
            done = original(*args, **kwargs)
            if not getattr(been, "there", False):
                been.there = True
                with suppress(threading.BrokenBarrierError):
                    barrier.wait(PATIENCE)
            return done

        monkeypatch.setattr(module, name, call)

    return arrange


def claim_of(article, number):
    return factories.claim(of=article, number=number)


def test_two_merges_across_articles_do_not_wait_in_a_circle(meeting):
    one, other = factories.article(), factories.article()
    by = factories.checker()
    root, second_root = claim_of(one, 0), claim_of(other, 0)
    claims = [claim_of(one, 1), claim_of(other, 1), claim_of(other, 2), claim_of(one, 2)]
    meeting(history, "record")
    outcomes = at_once(
        lambda: triage.merge(root=root, others=[claims[0], claims[1]], actor=by),
        lambda: triage.merge(root=second_root, others=[claims[2], claims[3]], actor=by),
    )
    assert not refused(outcomes)
    assert Claim.objects.filter(triage="duplicate").count() == 4
    assert verify() == []


def test_a_split_and_an_edit_of_one_claim_do_not_wait_in_a_circle(meeting):
    article = factories.article()
    claim, by = claim_of(article, 0), factories.checker()
    revision = article.revisions.get()
    words = factories.SENTENCES[0]
    start = revision.text.index(words)
    middle = start + words.index(" was")
    spans = [
        editing.Span(start, middle, revision.text[start:middle]),
        editing.Span(middle, start + len(words), revision.text[middle : start + len(words)]),
    ]
    meeting(history, "record")
    outcomes = at_once(
        lambda: editing.split(claim=claim, revision=revision, spans=spans, actor=by, expected_version=1),
        lambda: editing.edit(
            claim=Claim.objects.select_related("article").get(pk=claim.pk),
            fields={"venue": "radio"},
            actor=by,
            expected_version=1,
        ),
    )
    assert len(refused(outcomes)) == 1
    assert verify() == []


def test_a_new_text_and_an_adjustment_leave_the_claim_in_the_newest_text(monkeypatch):
    article = factories.article()
    claim, by = claim_of(article, 0), factories.checker()
    old = article.revisions.get()
    span = editing.Span(0, len(factories.SENTENCES[0]), factories.SENTENCES[0])
    new = intake.add_revision(article=article, text=f"News. {old.text}", actor=by).revision
    info = extraction._info(Article.objects.select_related("outlet").get(pk=article.pk))
    found = extraction.extract(new.text, info)
    stored, find = threading.Event(), editing.anchor_for

    def find_slowly(*args):
        made = find(*args)
        stored.wait(PATIENCE)
        return made

    def store():
        try:
            with transaction.atomic():
                extraction.store(article=article, revision=new, result=found)
        finally:
            stored.set()

    monkeypatch.setattr(editing, "anchor_for", find_slowly)

    outcomes = at_once(
        store,
        lambda: editing.adjust(
            claim=Claim.objects.select_related("article").get(pk=claim.pk),
            revision=old,
            span=span,
            actor=by,
            expected_version=1,
        ),
    )
    assert all(isinstance(one, DomainError) for one in refused(outcomes))
    anchor = ClaimAnchor.objects.get(pk=Claim.objects.get(pk=claim.pk).anchor_id)
    assert (anchor.revision_id, anchor.quote) == (new.pk, factories.SENTENCES[0])
    assert verify() == []


def test_two_editors_of_one_sentence_do_not_overwrite_each_other():
    article = factories.article()
    revision = article.revisions.get()
    info = extraction._info(article)
    with transaction.atomic():
        extraction.store(article=article, revision=revision, result=extraction.extract(revision.text, info))
    sentence = Sentence.objects.order_by("ordinal").first()
    people = [factories.checker() for _ in range(2)]
    outcomes = at_once(
        *[
            lambda by=by, reason=reason: articles.dispose(
                article=article, sentence=sentence, disposition="not_a_claim", reason=reason, actor=by
            )
            for by, reason in zip(people, ["opinion", "other"], strict=True)
        ]
    )
    [lost] = refused(outcomes)
    assert isinstance(lost, Stale)
    assert lost.extra["by"] in {by.username for by in people}
    assert verify() == []


def test_an_adjustment_in_an_older_text_is_refused():
    article = factories.article()
    claim, by = claim_of(article, 0), factories.checker()
    old = article.revisions.get()
    intake.add_revision(article=article, text=f"News. {old.text}", actor=by)
    span = editing.Span(0, len(factories.SENTENCES[0]), factories.SENTENCES[0])
    with pytest.raises(Conflict) as caught:
        editing.adjust(claim=claim, revision=old, span=span, actor=by, expected_version=1)
    assert caught.value.code == "revision_outdated"


def test_an_approval_and_an_edit_never_approve_another_claim(meeting):
    verdict = factories.submitted(factories.checker())
    claim_id = verdict.review.claim_id
    by, approver = factories.checker(), factories.approver()
    meeting(approvals, "require_unchanged_claim")

    def edit():
        claim = Claim.objects.select_related("article").get(pk=claim_id)
        return editing.edit(claim=claim, fields={"venue": "radio"}, actor=by, expected_version=claim.version)

    at_read = verdict.claim_version

    def approve():
        done = approvals.approve(verdict_id=verdict.pk, revision=1, actor=approver)
        return done, Claim.objects.get(pk=claim_id).version

    outcomes = at_once(approve, edit)
    if refused(outcomes):
        assert Claim.objects.get(pk=claim_id).version == at_read + 1
    else:
        both = AuditEvent.objects.filter(action__in=["review.approved", "claim.edited"]).order_by("pk")
        assert list(both.values_list("action", flat=True)) == ["review.approved", "claim.edited"]
    assert verify() == []


def test_a_review_is_taken_or_its_claim_changed_first(meeting):
    review = factories.review()
    by, editor = factories.checker(), factories.user(Role.CHECKER)
    meeting(history, "_next")

    def edit():
        claim = Claim.objects.select_related("article").get(pk=review.claim_id)
        return editing.edit(claim=claim, fields={"venue": "radio"}, actor=editor, expected_version=claim.version)

    taken, edited = at_once(lambda: leases.take(review_id=review.pk, actor=by), edit)
    assert taken.lease_holder == by
    if isinstance(edited, Exception):
        assert edited.code in {"claim_in_review", "stale"}
    assert verify() == []
