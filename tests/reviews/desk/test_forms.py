"""Every form: what it does, and how it refuses. Nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import OperationalError
from django.test import Client

from claims.models import Article, Claim
from factcheck.accounts import people
from factcheck.accounts.roles import Role
from reviews.models import Review, Verdict, VerdictDraft
from reviews.services import deadlines, leases, queue, verdicts
from tests import factories
from tests.conftest import PASSWORD
from tests.reviews.desk.pages import hidden

pytestmark = pytest.mark.django_db
AT_NOON = datetime(2031, 5, 4, 12, 0, 30, tzinfo=UTC)
WHOLE = {
    "form": "verdict",
    "page": "ab12",
    "rating": "mostly_false",
    "summary": "It was closed for 14 days.",
    "explanation": "The port's log shows 14 days.\r\nNot 40.",
    "evidence-0-url": "https://port.example/log",
    "evidence-0-title": "Port log",
    "evidence-0-stance": "refutes",
    "evidence-0-primary": "1",
    "evidence-1-url": "https://daily.example/bridge",
    "evidence-1-stance": "context",
}


def told(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def send(client, review, name, **typed):
    review = Review.objects.get(pk=review.pk)
    fields = {"form": name, "version": review.version, **typed}
    return client.post(f"/admin/review/{review.pk}/{name}/", fields)


def state_of(review) -> str:
    return Review.objects.get(pk=review.pk).status


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


def test_warnings_about_a_report_stand_apart_from_its_success(signed_in, allrounder, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    answer = send(signed_in(allrounder), factories.approved(), "publish")
    shown = [(message.level_tag, str(message)) for message in get_messages(answer.wsgi_request)]
    assert shown[0] == ("success", "Published: version 1 of the report is public now.")
    assert [tag for tag, _ in shown[1:]] == ["warning"] * (len(shown) - 1)
    assert any("the address is http" in words for _, words in shown[1:])


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


@pytest.mark.parametrize("copied", ["none", "99999999", "9" * 30])
def test_a_draft_that_is_not_there_is_not_copied(signed_in, allrounder, copied):
    held = factories.taken(allrounder)
    answer = signed_in(allrounder).post(f"/admin/review/{held.pk}/verdict/", {"form": "copy", "copy": copied})
    assert answer.status_code in {400, 404}


def test_the_whole_journey_by_forms(signed_in):
    olena, marko = factories.checker(), factories.user(Role.APPROVER, Role.PUBLISHER)
    review = factories.review()
    send(signed_in(olena), review, "take")
    client = signed_in(olena)
    version = Review.objects.get(pk=review.pk).version
    client.post(f"/admin/review/{review.pk}/verdict/", {**WHOLE, "do": "submit", "version": version})
    verdict = Verdict.objects.get()
    named = {"verdict": verdict.pk, "revision": verdict.revision}
    client = signed_in(marko)
    answer = send(client, review, "request_changes", comment="Which log?", to="/admin/approvals/", **named)
    assert answer["Location"] == "/admin/approvals/"
    version = Review.objects.get(pk=review.pk).version
    signed_in(olena).post(f"/admin/review/{review.pk}/verdict/", {**WHOLE, "do": "submit", "version": version})
    second = Verdict.objects.get(revision=2)
    client = signed_in(marko)
    approve = send(client, review, "approve", verdict=second.pk, revision=2)
    assert told(approve)[-1] == "Approved."
    assert any("version 1 of the report is public" in one for one in told(send(client, review, "publish")))
    answer = send(client, review, "correct", type="rating_changed", reason="The log was misread.")
    assert "The correction is open" in told(answer)[-1]
    assert "abandoned" in told(send(client, review, "abandon_correction"))[-1]
    assert "Retracted" in told(send(client, review, "retract", reason="The log was forged."))[-1]
    assert state_of(review) == "retracted"
    history = client.get(f"/admin/review/{review.pk}/").content.decode()
    for words in (
        "requested changes",
        "Which log?",
        "opened a correction",
        "retracted the report",
        "The log was forged.",
    ):
        assert words in history


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


@pytest.mark.parametrize(
    ("made", "name", "typed", "status", "said"),
    [
        (factories.review, "drop", {"reason": ""}, 422, "Choose why it is dropped"),
        (factories.review, "drop", {"reason": "boredom"}, 422, "Choose why it is dropped"),
        (factories.review, "assign", {"assignee": "nobody"}, 422, "There is no account"),
        (factories.review, "prioritise", {"priority": "many"}, 422, "whole number from -100 to 100"),
        (factories.review, "prioritise", {"priority": "101"}, 422, "whole number from -100 to 100"),
        (factories.review, "prioritise", {"due_at": "tomorrow"}, 422, "Write the day as 2026-05-31"),
        (factories.review, "publish", {}, 409, "cannot be published"),
        (factories.review, "reopen", {}, 409, "cannot be reopened"),
        (factories.review, "renew", {}, 409, "cannot be renewed"),
        (lambda: factories.published().review, "correct", {"type": "", "reason": "Wrong."}, 422, "what kind"),
        (lambda: factories.published().review, "correct", {"type": "update", "reason": " "}, 422, "Say what was wrong"),
        (lambda: factories.published().review, "retract", {"reason": ""}, 422, "Say why the report is taken back"),
        (lambda: factories.published().review, "retract", {"reason": "a" * 2001}, 422, "At most 2,000 characters"),
        (factories.review, "approve", {"verdict": "x", "revision": "1"}, 422, "whole number"),
        (factories.review, "approve", {"verdict": "999", "revision": "1"}, 404, "There is no verdict 999"),
        (factories.review, "dance", {}, 404, "There is no action"),
        (factories.review, "take", {"version": "x"}, 400, "The form&#x27;s version is no number"),
    ],
)
def test_an_action_that_is_refused_is_readable_and_keeps_what_was_typed(
    signed_in, allrounder, made, name, typed, status, said
):
    review = made()
    before = Review.objects.get(pk=review.pk).version
    answer = send(signed_in(allrounder), review, name, **typed)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert Review.objects.get(pk=review.pk).version == before
    for value in typed.values():
        if status == 422 and name in {"correct", "retract"} and value.strip():
            assert value in answer.content.decode()


def test_changes_cannot_be_requested_without_a_comment(signed_in, allrounder):
    waiting = factories.submitted(factories.checker())
    typed = {"verdict": waiting.pk, "revision": 1, "comment": " "}
    answer = send(signed_in(allrounder), waiting.review, "request_changes", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say what to change" in page
    assert 'id="request_changes-comment-error"' in page


def test_own_work_cannot_be_approved_by_a_forged_form(signed_in, allrounder):
    waiting = factories.submitted(allrounder)
    answer = send(signed_in(allrounder), waiting.review, "approve", verdict=waiting.pk, revision=1)
    assert answer.status_code == 403
    assert "somebody else must decide" in answer.content.decode()
    assert state_of(waiting.review) == "in_approval"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.APPROVER])
def test_a_role_that_may_not_is_refused_by_the_service_too(signed_in, role):
    review = factories.review()
    answer = send(signed_in(factories.user(role)), review, "take")
    assert answer.status_code == 403
    assert "This takes the role checker" in answer.content.decode()


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/reports/", "javascript:x"])
def test_a_form_leads_nowhere_but_to_the_desk(signed_in, allrounder, to):
    review = factories.review()
    assert send(signed_in(allrounder), review, "take", to=to)["Location"] == f"/admin/review/{review.pk}/#lease"


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


@pytest.mark.parametrize("path", ["verdict/", "take/", "publish/"])
def test_an_address_of_a_form_opened_by_hand_leads_to_the_page(signed_in, allrounder, path):
    review = factories.review()
    answer = signed_in(allrounder).get(f"/admin/review/{review.pk}/{path}")
    assert answer["Location"] == f"/admin/review/{review.pk}/"


def test_a_form_without_its_token_is_refused(allrounder):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(allrounder)
    review = factories.review()
    assert send(strict, review, "take").status_code == 403
    assert state_of(review) == "queued"


def test_a_database_that_does_not_answer_is_told_in_words(signed_in, allrounder, monkeypatch):
    review = factories.review()

    def locked(**kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("reviews.services.leases.take", locked)
    answer = send(signed_in(allrounder), review, "take")
    assert answer.status_code == 503
    assert "The database does not answer just now" in answer.content.decode()


# --- a sign-in that ended -------------------------------------------------------


def _sign_in_again(client, user, back):
    user.set_password(PASSWORD)
    user.save()
    login = client.post("/admin/login/", {"username": user.username, "password": PASSWORD, "next": back})
    assert login["Location"] == back
    return client.get(back)


def test_a_verdict_sent_after_the_sign_in_ended_comes_back_filled_in(signed_in, allrounder):
    held = factories.taken(allrounder)
    client = signed_in(allrounder)
    back = f"/admin/review/{held.pk}/"
    owner = hidden(client.get(back).content, "owner")
    client.logout()
    answer = client.post(f"{back}verdict/", {**WHOLE, "owner": owner, "do": "submit", "version": held.version})
    assert answer["Location"] == f"/admin/login/?next={back}"
    page = _sign_in_again(client, allrounder, back).content.decode()
    assert "Your sign-in had ended" in page
    assert "Nothing was sent" in page
    assert 'value="https://daily.example/bridge"' in page
    assert "Not 40." in page
    assert not Verdict.objects.exists()
    assert "Your sign-in had ended" not in client.get(back).content.decode()


def test_what_one_person_typed_is_not_shown_to_another(signed_in, allrounder):
    held = factories.taken(allrounder)
    client = signed_in(allrounder)
    back = f"/admin/review/{held.pk}/"
    owner = hidden(client.get(back).content, "owner")
    client.logout()
    client.post(f"{back}verdict/", {**WHOLE, "owner": owner})
    page = _sign_in_again(client, factories.checker(), back).content.decode()
    assert "Not 40." not in page


@pytest.mark.parametrize("owner", ["", "1", "forged:token"])
def test_a_stranger_leaves_nothing_in_the_session(client, owner):
    held = factories.taken(factories.checker())
    client.post(f"/admin/review/{held.pk}/verdict/", {**WHOLE, "owner": owner})
    assert not client.session.keys()


def test_autosave_after_the_sign_in_ended_says_so(client):
    held = factories.taken(factories.checker())
    answer = client.post(f"/admin/review/{held.pk}/verdict/", WHOLE, headers={"X-Desk-Autosave": "1"})
    assert answer.status_code == 401
    assert "Sign in again in another tab" in answer.content.decode()


# --- articles and claims ---------------------------------------------------------


def test_an_article_is_kept_exactly_as_typed(signed_in):
    client = signed_in(factories.user(Role.SUBMITTER))
    text = "\r\n  First line.\r\n\r\nSecond 👩‍🚀 line.  \r\n"
    fields = {"form": "article", "text": text, "title": "A bridge", "outlet": "Example News", "published_at": "2026-05"}
    answer = client.post("/admin/submit/", fields)
    article = Article.objects.get()
    assert answer["Location"] == f"/admin/article/{article.pk}/"
    assert article.revisions.get().text == text.replace("\r\n", "\n")
    assert article.published_at == "2026-05"
    page = client.get(answer["Location"]).content.decode()
    assert '<meta http-equiv="refresh" content="2">' in page
    assert "The claims are being extracted" in page


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"text": "  "}, "text", "The article has no text"),
        ({"text": "\x01" * 50 + "words"}, "text", "This is no text"),
        ({"url": "not an address"}, "url", "ddress"),
        ({"published_at": "yesterday"}, "published_at", "is not a date"),
        ({"published_at": "2999-01-01"}, "published_at", "lies in the future"),
        ({"title": "a" * 501}, "title", "At most 500 characters"),
        ({"outlet": "a" * 201}, "outlet", "At most 200 characters"),
    ],
)
def test_an_article_that_is_refused_names_the_field_and_keeps_the_rest(signed_in, changes, place, said):
    client = signed_in(factories.user(Role.SUBMITTER))
    fields = {"form": "article", "text": "The bridge was closed.", "author": "A. Writer", **changes}
    answer = client.post("/admin/submit/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'id="article-{place}-error"' in page
    assert 'value="A. Writer"' in page
    assert not Article.objects.exists()


def test_an_article_that_is_too_large_is_refused_in_words(signed_in, settings):
    settings.MAX_ARTICLE_BYTES = 1000
    answer = signed_in(factories.user(Role.SUBMITTER)).post("/admin/submit/", {"form": "article", "text": "a " * 600})
    assert answer.status_code == 413
    assert "the desk takes 1,000" in answer.content.decode()


def test_the_same_article_is_not_taken_twice(signed_in):
    client = signed_in(factories.user(Role.SUBMITTER))
    fields = {"form": "article", "text": "The bridge was closed.", "url": "https://news.example/1"}
    client.post("/admin/submit/", fields)
    assert "with the same text" in told(client.post("/admin/submit/", fields))[-1]
    assert "revision 2" in told(client.post("/admin/submit/", {**fields, "text": "It was open."}))[-1]
    assert Article.objects.count() == 1


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


def test_an_article_is_withdrawn_unless_it_is_being_reviewed(signed_in, allrounder):
    article = factories.article()
    client = signed_in(allrounder)
    assert client.post(f"/admin/article/{article.pk}/withdraw/", {"form": "withdraw"})["Location"] == "/admin/articles/"
    held = factories.taken(factories.checker())
    answer = client.post(f"/admin/article/{held.claim.article_id}/withdraw/", {"form": "withdraw"})
    assert answer.status_code == 409
    assert "Claims of this article are in review" in answer.content.decode()


def test_a_submitter_cannot_triage_their_own_article(signed_in):
    submitter = factories.user(Role.SUBMITTER)
    claim = factories.claim(of=factories.article(by=submitter))
    answer = signed_in(submitter).post(f"/admin/claim/{claim.pk}/dismiss/", {"reason": "Mine."})
    assert answer.status_code == 403
    assert Claim.objects.get().triage == "selected"


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


def test_triage_of_a_claim_that_does_not_exist_is_404(client):
    client.force_login(factories.checker())
    answer = client.post("/admin/claim/999999999999999999/dismiss/", {"reason": "x"})
    assert answer.status_code == 404
