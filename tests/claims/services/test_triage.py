"""Triage and editing: reversible, held by versions, told to history."""

import pytest
from django.db import DatabaseError, transaction

from claims.models import Article, Claim, ClaimAnchor
from claims.services import articles, editing, holds, intake, triage
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.clock import db_now
from factcheck.errors import Conflict, DomainError, Forbidden, Invalid, Stale
from factcheck.events.models import Event

pytestmark = pytest.mark.django_db
TEXT = "Prices fell 🎈 by 3% in May, and wages rose by 2%, the office said."
FIRST, SECOND = "Prices fell 🎈 by 3% in May", "wages rose by 2%"


@pytest.fixture
def olena(person):
    return person("olena", Role.CHECKER, Role.SUBMITTER)


@pytest.fixture
def article(olena):
    return intake.submit(submission=intake.Submission(text=TEXT), actor=olena).article


def span(words: str) -> editing.Span:
    start = TEXT.index(words)
    return editing.Span(start, start + len(words), words)


@pytest.fixture
def claim(article, olena) -> Claim:
    revision = article.revisions.get()
    return editing.add(article=article, revision=revision, span=span(FIRST), fields={}, actor=olena)


def test_a_claim_by_hand_stands_on_its_exact_words(claim, article):
    anchor = ClaimAnchor.objects.get()
    assert TEXT[anchor.start : anchor.end] == anchor.quote == FIRST
    assert (claim.triage, claim.statement) == ("selected", FIRST)
    assert Event.objects.filter(type="claim.selected", payload__claim=claim.pk).exists()
    assert verify() == []


@pytest.mark.parametrize(
    ("start", "end", "exact", "code"),
    [
        (0, 5, "prices", "span_mismatch"),
        (1, 7, "Prices", "span_mismatch"),
        (0, 500, "Prices", "span_outside"),
        (7, 7, "", "span_outside"),
        (-3, 3, "ice", "span_outside"),
    ],
)
def test_a_span_that_is_not_the_words_is_refused(article, olena, start, end, exact, code):
    revision = article.revisions.get()
    with pytest.raises(Invalid) as refused:
        editing.add(article=article, revision=revision, span=editing.Span(start, end, exact), fields={}, actor=olena)
    assert refused.value.code == code
    assert not Claim.objects.exists()


def test_the_database_refuses_an_anchor_that_misquotes(claim, article):
    revision = article.revisions.get()
    wrong = ClaimAnchor(claim=claim, revision=revision, start=0, end=6, quote="prices", created_at=db_now())
    with pytest.raises(DatabaseError, match="quote is not what"), transaction.atomic():
        wrong.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ClaimAnchor.objects.update(quote="Prices rose")


def test_the_database_refuses_an_anchor_in_another_article(claim, olena):
    other = intake.submit(submission=intake.Submission(text=TEXT), actor=olena).article
    foreign = ClaimAnchor(
        claim=claim, revision=other.revisions.get(), start=0, end=6, quote="Prices", created_at=db_now()
    )
    with pytest.raises(DatabaseError, match="quote is not what"), transaction.atomic():
        foreign.save()


def test_every_triage_step_can_be_undone_and_is_history(claim, olena):
    triage.dismiss(claim=claim, reason="trivial", actor=olena)
    triage.unselect(claim=claim, actor=olena)
    triage.select(claim=claim, actor=olena)
    assert (claim.triage, claim.dismiss_reason, claim.version) == ("selected", "", 4)
    actions = AuditEvent.objects.filter(action__startswith="claim.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["claim.added", "claim.dismissed", "claim.unselected", "claim.selected"]
    dismissed = AuditEvent.objects.get(action="claim.dismissed").data
    assert (dismissed["before"]["triage"], dismissed["after"]["dismiss_reason"]) == ("selected", "trivial")
    assert verify() == []


def test_a_dismissal_needs_a_reason(claim, olena):
    with pytest.raises(Invalid) as refused:
        triage.dismiss(claim=claim, reason="  ", actor=olena)
    assert refused.value.errors[0].pointer == "/reason"


def test_a_stale_edit_is_refused_with_what_changed(claim, olena):
    seen = Claim.objects.get(pk=claim.pk)
    editing.edit(claim=claim, fields={"venue": "Truth Social"}, actor=olena, expected_version=1)
    with pytest.raises(Stale) as refused:
        editing.edit(claim=seen, fields={"venue": "X"}, actor=olena, expected_version=1)
    assert refused.value.extra == {"current_version": 2, "changed": ["venue"]}


def test_a_refusal_as_outdated_names_everything_changed_since(claim, olena):
    """The row is read afresh in each request; history knows what came since."""
    editing.edit(claim=claim, fields={"venue": "Truth Social"}, actor=olena, expected_version=1)
    triage.dismiss(claim=Claim.objects.get(pk=claim.pk), reason="trivial", actor=olena)
    now = Claim.objects.select_related("article").get(pk=claim.pk)
    with pytest.raises(Stale) as refused:
        editing.edit(claim=now, fields={"venue": "X"}, actor=olena, expected_version=1)
    assert refused.value.extra == {
        "current_version": 3,
        "changed": ["dismiss_reason", "duplicate_of", "triage", "venue"],
    }
    with pytest.raises(Stale) as refused:
        editing.edit(claim=now, fields={"venue": "X"}, actor=olena, expected_version=2)
    assert "venue" not in refused.value.extra["changed"]


def test_an_outdated_edit_of_an_article_is_told_what_changed(article, olena):
    articles.edit(article=article, fields={"title": "One"}, actor=olena, expected_version=1)
    intake.add_revision(article=article, text=f"{TEXT} More.", actor=olena)
    now = Article.objects.get(pk=article.pk)
    with pytest.raises(Stale) as refused:
        articles.edit(article=now, fields={"author": "B"}, actor=olena, expected_version=1)
    assert refused.value.extra == {"current_version": 3, "changed": ["text", "title"]}
    with pytest.raises(Stale) as refused:
        articles.edit(article=now, fields={"author": "B"}, actor=olena, expected_version=2)
    assert refused.value.extra["changed"] == ["text"]


def test_a_withdrawal_of_another_version_is_refused(article, olena, person):
    publisher = person("pia", Role.PUBLISHER)
    articles.edit(article=article, fields={"title": "One"}, actor=olena, expected_version=1)
    with pytest.raises(Stale) as refused:
        articles.withdraw(article=article, reason="x", actor=publisher, expected_version=1)
    assert refused.value.extra["changed"] == ["title"]
    articles.withdraw(article=article, reason="x", actor=publisher, expected_version=2)
    assert Article.objects.get(pk=article.pk).withdrawn_at is not None


def test_an_edit_keeps_the_precision_of_a_date_and_makes_the_claimant(claim, olena):
    fields = {"said_at": "2025-03", "claimant": {"name": "Jane  Doe", "type": "Person"}, "venue": None}
    edited = editing.edit(claim=claim, fields=fields, actor=olena, expected_version=1)
    assert (edited.said_at, edited.claimant.name, edited.venue) == ("2025-03", "Jane  Doe", "")
    again = editing.edit(
        claim=edited, fields={"claimant": {"name": "JANE DOE", "type": "Person"}}, actor=olena, expected_version=2
    )
    assert again.claimant_id == edited.claimant_id


@pytest.mark.parametrize(("hold", "code"), [("review", "claim_in_review"), ("report", "claim_published")])
def test_a_held_claim_is_not_changed(claim, olena, hold, code):
    holds.set_hold(claim_id=claim.pk, held_as=hold)
    stale_picture = claim
    with pytest.raises(Conflict) as refused:
        triage.dismiss(claim=stale_picture, reason="x", actor=olena)
    assert refused.value.code == code
    holds.set_hold(claim_id=claim.pk, held_as="")
    claim.refresh_from_db()
    assert triage.dismiss(claim=claim, reason="x", actor=olena).triage == "dismissed"


def test_a_split_puts_several_claims_in_place_of_one(article, olena):
    revision = article.revisions.get()
    both = editing.add(article=article, revision=revision, span=span(TEXT[:-1]), fields={}, actor=olena)
    parts = editing.split(
        claim=both, revision=revision, spans=[span(FIRST), span(SECOND)], actor=olena, expected_version=1
    )
    assert [part.statement for part in parts] == [FIRST, SECOND]
    both.refresh_from_db()
    assert both.dismiss_reason == f"split into claims {parts[0].pk}, {parts[1].pk}"
    assert verify() == []


def test_a_split_that_fails_leaves_nothing(article, claim, olena):
    revision = article.revisions.get()
    wrong = editing.Span(0, 3, "xxx")
    with pytest.raises(Invalid), transaction.atomic():
        editing.split(claim=claim, revision=revision, spans=[span(FIRST), wrong], actor=olena, expected_version=1)
    assert Claim.objects.count() == 1


def test_merged_claims_name_their_root_without_chains(article, claim, olena):
    revision = article.revisions.get()
    other = editing.add(article=article, revision=revision, span=span(SECOND), fields={}, actor=olena)
    triage.merge(root=claim, others=[other], actor=olena)
    other.refresh_from_db()
    assert (other.triage, other.duplicate_of_id) == ("duplicate", claim.pk)
    with pytest.raises(DomainError, match="has duplicates of its own"):
        triage.merge(
            root=editing.add(article=article, revision=revision, span=span("May"), fields={}, actor=olena),
            others=[claim],
            actor=olena,
        )


@pytest.mark.parametrize("role", [Role.SUBMITTER, Role.APPROVER, Role.PUBLISHER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_checkers_triage(claim, person, role):
    with pytest.raises(Forbidden) as refused:
        triage.dismiss(claim=claim, reason="x", actor=person("other", role))
    assert refused.value.code == "role_missing"


def test_a_root_is_touched_and_cannot_be_dismissed_with_its_duplicates(article, claim, olena):
    revision = article.revisions.get()
    other = editing.add(article=article, revision=revision, span=span(SECOND), fields={}, actor=olena)
    Claim.objects.filter(pk=claim.pk).update(touched_at=None)
    triage.merge(root=claim, others=[other], actor=olena)
    claim.refresh_from_db()
    assert claim.touched_at is not None
    with pytest.raises(Conflict) as refused:
        triage.dismiss(claim=claim, reason="x", actor=olena)
    assert refused.value.code == "has_duplicates"
