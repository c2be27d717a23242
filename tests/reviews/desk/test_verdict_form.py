"""The form of a verdict: its drafts, its submission, and how it refuses. Nothing typed is lost."""

import pytest

from reviews.models import Review, Verdict, VerdictDraft
from reviews.services import leases, queue, verdicts
from tests import factories
from tests.reviews.desk.forms import WHOLE, send, state_of, told
from tests.reviews.desk.pages import hidden

pytestmark = pytest.mark.django_db


def test_a_draft_is_saved_as_typed_and_shown_again(signed_in, allrounder):
    held = factories.taken(allrounder)
    client = signed_in(allrounder)
    answer = client.post(f"/admin/review/{held.pk}/verdict/", {**WHOLE, "do": "draft"})
    assert told(answer) == ["Draft saved."]
    content = VerdictDraft.objects.get().content
    assert content["explanation"] == "The port's log shows 14 days.\nNot 40."
    assert [one["url"] for one in content["evidence"]] == ["https://port.example/log", "https://daily.example/bridge"]
    page = client.get(f"/admin/review/{held.pk}/").content.decode()
    assert 'value="mostly_false" checked' in page
    assert 'value="https://daily.example/bridge"' in page


def test_autosave_answers_with_the_checklist_alone(signed_in, allrounder):
    held = factories.taken(allrounder)
    client = signed_in(allrounder)
    answer = client.post(f"/admin/review/{held.pk}/verdict/", WHOLE, headers={"X-Desk-Autosave": "1"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "4/4" in page
    assert "Draft saved at" in page
    less = {name: value for name, value in WHOLE.items() if not name.startswith("evidence-1")}
    page = client.post(f"/admin/review/{held.pk}/verdict/", less, headers={"X-Desk-Autosave": "1"}).content.decode()
    assert "1 of 2 independent sources" in page


def test_autosave_of_a_closed_text_says_so_in_words(signed_in, allrounder):
    waiting = factories.submitted(allrounder)
    answer = signed_in(allrounder).post(
        f"/admin/review/{waiting.review_id}/verdict/", WHOLE, headers={"X-Desk-Autosave": "1"}
    )
    assert answer.status_code == 409
    assert answer["Content-Type"].startswith("text/plain")
    assert "the draft was not saved" in answer.content.decode()


def test_saving_renews_the_lease_of_its_holder(signed_in, allrounder):
    held = factories.taken(allrounder)
    early = held.lease_expires_at.replace(year=held.lease_expires_at.year - 1)
    Review.objects.filter(pk=held.pk).update(lease_expires_at=early)
    signed_in(allrounder).post(f"/admin/review/{held.pk}/verdict/", {**WHOLE, "do": "draft"})
    assert Review.objects.get(pk=held.pk).lease_expires_at > early


def test_a_source_is_added_and_removed_without_javascript(signed_in, allrounder):
    held = factories.taken(allrounder)
    client = signed_in(allrounder)
    answer = client.post(f"/admin/review/{held.pk}/verdict/", {**WHOLE, "do": "add_source"})
    assert answer["Location"] == f"/admin/review/{held.pk}/?rows=3#verdict-evidence-2"
    assert 'name="evidence-2-url"' in client.get(answer["Location"]).content.decode()
    client.post(f"/admin/review/{held.pk}/verdict/", {**WHOLE, "remove": "0"})
    assert [one["url"] for one in VerdictDraft.objects.get().content["evidence"]] == ["https://daily.example/bridge"]


def test_a_verdict_is_submitted(signed_in, allrounder):
    held = factories.taken(allrounder)
    fields = {**WHOLE, "do": "submit", "version": held.version}
    answer = signed_in(allrounder).post(f"/admin/review/{held.pk}/verdict/", fields)
    assert told(answer) == ["Submitted as revision 1. Somebody else approves it now."]
    verdict = Verdict.objects.get()
    assert verdict.explanation == "The port's log shows 14 days.\nNot 40."
    assert verdict.evidence.filter(primary=True).get().title == "Port log"
    assert state_of(held) == "in_approval"


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"rating": ""}, "verdict-rating", "Choose a rating"),
        ({"rating": "perhaps"}, "verdict-rating", "is no rating of this scale"),
        ({"explanation": " "}, "verdict-explanation", "xplain how the sources lead to the rating"),
        ({"evidence-1-url": "", "evidence-1-stance": ""}, "verdict-evidence", "1 of 2 independent sources"),
        ({"evidence-1-stance": ""}, "verdict-evidence-1-stance", "supports, refutes or gives context"),
        ({"evidence-0-url": "port log"}, "verdict-evidence-0-url", "this is no web address"),
        ({"evidence-0-confidential": "1"}, "verdict-evidence-0-confidential_reason", "must stay confidential"),
        ({"evidence-0-accessed_at": "soon"}, "verdict-evidence-0-accessed_at", "is not a date"),
        ({"summary": "a" * 1001}, "verdict-summary", "At most 1,000 characters"),
        ({"evidence-1-title": "a" * 501}, "verdict-evidence-1-title", "At most 500 characters"),
    ],
)
def test_a_verdict_that_is_not_ready_names_the_place_and_keeps_what_was_typed(
    signed_in, allrounder, changes, place, said
):
    held = factories.taken(allrounder)
    fields = {**WHOLE, "do": "submit", "version": held.version, **changes}
    answer = signed_in(allrounder).post(f"/admin/review/{held.pk}/verdict/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'id="{place}"' in page
    assert "wrong" in page
    assert "Not 40." in page or "explanation" in changes
    assert state_of(held) == "in_review"
    assert not Verdict.objects.exists()


def test_what_cannot_be_submitted_is_saved_as_a_draft_first(signed_in, allrounder):
    held = factories.taken(allrounder)
    client = signed_in(allrounder)
    client.post(f"/admin/review/{held.pk}/verdict/", {**WHOLE, "rating": "", "do": "submit", "version": held.version})
    assert VerdictDraft.objects.get().content["summary"] == "It was closed for 14 days."


def test_a_lease_that_ran_out_keeps_the_draft_and_says_what_to_do(signed_in, allrounder):
    held = factories.taken(allrounder)
    past = held.lease_expires_at.replace(year=held.lease_expires_at.year - 1)
    Review.objects.filter(pk=held.pk).update(lease_expires_at=past)
    fields = {**WHOLE, "do": "submit", "version": held.version}
    answer = signed_in(allrounder).post(f"/admin/review/{held.pk}/verdict/", fields)
    assert answer.status_code == 409
    assert "renew it and send again" in answer.content.decode()
    assert VerdictDraft.objects.exists()


def test_a_stale_page_says_what_changed_and_lets_it_be_sent_again(signed_in, allrounder):
    held = factories.taken(allrounder)
    queue.assign(review_id=held.pk, assignee=None, actor=factories.approver("marko"))
    client = signed_in(allrounder)
    fields = {**WHOLE, "do": "submit", "version": held.version}
    answer = client.post(f"/admin/review/{held.pk}/verdict/", fields)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "marko: review.assigned" in page
    assert "What you typed stands below" in page
    assert hidden(answer.content.split(b'id="verdict"')[1], "version") == str(held.version + 1)
    again = client.post(f"/admin/review/{held.pk}/verdict/", {**fields, "version": held.version + 1})
    assert again.status_code == 302


def test_a_publisher_sets_a_rule_aside_with_a_reason(signed_in, allrounder):
    held = factories.taken(allrounder)
    client = signed_in(allrounder)
    one = {name: value for name, value in WHOLE.items() if not name.startswith("evidence-1")}
    refused = client.post(f"/admin/review/{held.pk}/verdict/", {**one, "do": "submit", "version": held.version})
    assert 'name="override-independent_sources"' in refused.content.decode()
    fields = {**one, "do": "submit", "version": held.version, "override-independent_sources": "A court ruling."}
    assert client.post(f"/admin/review/{held.pk}/verdict/", fields).status_code == 302
    assert Verdict.objects.get().overrides == [{"rule": "independent_sources", "reason": "A court ruling."}]


def test_a_takeover_keeps_both_drafts_and_one_can_go_on_from_the_other(signed_in, allrounder):
    olena = factories.checker("olena")
    held = factories.taken(olena)
    signed_in(olena).post(f"/admin/review/{held.pk}/verdict/", {**WHOLE, "do": "draft"})
    client = signed_in(allrounder)
    assert told(send(client, held, "takeover"))[-1] == "Taken over. Both drafts are kept."
    page = client.get(f"/admin/review/{held.pk}/").content.decode()
    assert "Draft of olena" in page
    draft = VerdictDraft.objects.get(author=olena)
    client.post(f"/admin/review/{held.pk}/verdict/", {"form": "copy", "copy": draft.pk})
    assert VerdictDraft.objects.get(author=allrounder).content["rating"] == "mostly_false"
    assert VerdictDraft.objects.filter(author=olena).exists()


@pytest.mark.parametrize("copied", ["none", "99999999", "9" * 30])
def test_a_draft_that_is_not_there_is_not_copied(signed_in, allrounder, copied):
    held = factories.taken(allrounder)
    answer = signed_in(allrounder).post(f"/admin/review/{held.pk}/verdict/", {"form": "copy", "copy": copied})
    assert answer.status_code in {400, 404}


def test_a_correction_starts_from_the_published_text(signed_in, allrounder):
    review = factories.under_correction()
    leases.take(review_id=review.pk, actor=allrounder)
    page = signed_in(allrounder).get(f"/admin/review/{review.pk}/").content.decode()
    assert 'value="mostly_false" checked' in page
    assert 'value="https://port.example/log"' in page
    assert "The log was misread." in page


def test_a_withdrawn_verdict_is_the_draft_again(signed_in, allrounder):
    waiting = factories.submitted(allrounder)
    verdicts.withdraw(review_id=waiting.review_id, actor=allrounder)
    page = signed_in(allrounder).get(f"/admin/review/{waiting.review_id}/").content.decode()
    assert 'value="https://daily.example/bridge"' in page
    assert "Revision 1 by" in page
