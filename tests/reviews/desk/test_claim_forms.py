"""The forms of a claim: its triage, its words, its facts."""

import pytest

from claims.models import Claim
from factcheck.accounts.roles import Role
from tests import factories
from tests.reviews.desk.forms import told

pytestmark = pytest.mark.django_db


def test_claims_are_triaged_from_the_article_page(signed_in, allrounder):
    claim = factories.claim()
    client = signed_in(allrounder)
    path = f"/admin/claim/{claim.pk}/"
    answer = client.post(f"{path}dismiss/", {"form": f"dismiss-{claim.pk}", "reason": "An opinion.", "version": 1})
    assert answer["Location"] == f"/admin/article/{claim.article_id}/#claim-{claim.pk}"
    assert Claim.objects.get().dismiss_reason == "An opinion."
    client.post(f"{path}unselect/", {"version": 2})
    assert Claim.objects.get().triage == "suggested"
    client.post(f"{path}select/", {"version": 3})
    assert Claim.objects.get().triage == "selected"


@pytest.mark.parametrize(
    ("name", "typed", "status", "said"),
    [
        ("dismiss", {"reason": " "}, 422, "Say why, in 1 to 300 characters"),
        ("dismiss", {"reason": "a" * 301}, 422, "Say why, in 1 to 300 characters"),
        ("dismiss", {"reason": "An opinion.", "version": "7"}, 412, "Somebody changed this meanwhile"),
        ("dance", {}, 400, "There is no action"),
    ],
)
def test_a_triage_that_is_refused_shows_the_article_again(signed_in, allrounder, name, typed, status, said):
    claim = factories.claim()
    fields = {"form": f"dismiss-{claim.pk}", **typed}
    answer = signed_in(allrounder).post(f"/admin/claim/{claim.pk}/{name}/", fields)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert factories.SENTENCES[0] in answer.content.decode()
    assert Claim.objects.get().triage == "selected"


def test_a_claim_in_review_is_held_and_says_so(signed_in, allrounder):
    held = factories.taken(factories.checker())
    client = signed_in(allrounder)
    page = client.get(f"/admin/article/{held.claim.article_id}/").content.decode()
    assert "In review: it cannot be changed until released." in page
    answer = client.post(f"/admin/claim/{held.claim_id}/dismiss/", {"reason": "No."})
    assert answer.status_code == 409
    assert "A checker is reviewing this claim" in answer.content.decode()
    facts = client.get(f"/admin/claim/{held.claim_id}/").content.decode()
    assert "disabled" in facts
    assert "A checker is reviewing this claim" in facts


def test_a_claim_is_added_by_its_exact_words(signed_in, allrounder):
    article = factories.article()
    fields = {"form": "add", "exact": "Fares rose by 12 percent", "claimant": "Ana Ruiz", "claimant_type": "Person"}
    answer = signed_in(allrounder).post(f"/admin/article/{article.pk}/claims/", fields)
    claim = Claim.objects.get()
    assert answer["Location"].endswith(f"#claim-{claim.pk}")
    assert (claim.anchor.quote, claim.claimant.name, claim.triage) == (fields["exact"], "Ana Ruiz", "selected")


def test_a_claim_is_added_by_the_span_a_selection_gives(signed_in, allrounder):
    article = factories.article(text="👩‍🚀 No.\nFares rose.\nFares rose.")
    text = article.revisions.get().text
    start = text.rindex("Fares")
    fields = {"form": "add", "exact": "Fares rose.", "start": start, "end": start + 11}
    signed_in(allrounder).post(f"/admin/article/{article.pk}/claims/", fields)
    assert Claim.objects.get().anchor.start == start


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        ({"exact": " "}, "add-exact", "Give the words of the claim"),
        ({"exact": "No such words"}, "add-exact", "These words do not stand in the text"),
        ({"exact": "in"}, "add-start", "stand there more than once, at"),
        ({"exact": "Fares", "start": "0"}, "add-exact", "the article says"),
        ({"exact": "Fares", "start": "5", "end": "2"}, "add-start", "does not lie within"),
        ({"exact": "Fares", "start": "9999999"}, "add-start", "Give a whole number"),
        ({"exact": "Fares", "said_at": "soon"}, "add-said_at", "is not a date"),
        ({"exact": "Fares", "claimant": "a" * 201}, "add-claimant-name", "At most 200 characters"),
    ],
)
def test_a_claim_that_cannot_be_added_names_the_field(signed_in, allrounder, typed, place, said):
    article = factories.article()
    fields = {"form": "add", "venue": "the council", **typed}
    answer = signed_in(allrounder).post(f"/admin/article/{article.pk}/claims/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'id="{place}-error"' in page
    assert 'value="the council"' in page
    assert not Claim.objects.exists()


def test_the_facts_of_a_claim_are_changed(signed_in, allrounder):
    claim = factories.claim()
    fields = {"form": "facts", "version": claim.version, "statement": "Shorter.", "claimant": "", "said_at": "2026"}
    answer = signed_in(allrounder).post(f"/admin/claim/{claim.pk}/", fields)
    assert told(answer) == ["The claim is changed."]
    changed = Claim.objects.get()
    assert (changed.statement, changed.claimant, changed.said_at, changed.venue) == ("Shorter.", None, "2026", "")


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"statement": " "}, 422, "A statement has 1 to 2000 characters"),
        ({"said_at": "soon"}, 422, "is not a date"),
        ({"version": "9"}, 412, "Somebody changed this meanwhile"),
    ],
)
def test_facts_that_are_refused_are_shown_again(signed_in, allrounder, typed, status, said):
    claim = factories.claim()
    fields = {"form": "facts", "version": 1, "statement": "Shorter.", "claimant": "Ana Ruiz", "venue": "here", **typed}
    answer = signed_in(allrounder).post(f"/admin/claim/{claim.pk}/", fields)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert 'value="here"' in answer.content.decode()


def test_a_submitter_cannot_triage_their_own_article(signed_in):
    submitter = factories.user(Role.SUBMITTER)
    claim = factories.claim(of=factories.article(by=submitter))
    answer = signed_in(submitter).post(f"/admin/claim/{claim.pk}/dismiss/", {"reason": "Mine."})
    assert answer.status_code == 403
    assert Claim.objects.get().triage == "selected"


def test_triage_of_a_claim_that_does_not_exist_is_404(client):
    client.force_login(factories.checker())
    answer = client.post("/admin/claim/999999999999999999/dismiss/", {"reason": "x"})
    assert answer.status_code == 404
