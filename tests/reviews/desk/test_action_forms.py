"""The actions of the review page: how they refuse, where they lead, and the journey they make."""

import pytest
from django.contrib.messages import get_messages
from django.db import OperationalError
from django.test import Client

from factcheck.accounts.roles import Role
from reviews.models import Review, Verdict
from tests import factories
from tests.reviews.desk.forms import WHOLE, send, state_of, told

pytestmark = pytest.mark.django_db


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


def test_warnings_about_a_report_stand_apart_from_its_success(signed_in, allrounder, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    answer = send(signed_in(allrounder), factories.approved(), "publish")
    shown = [(message.level_tag, str(message)) for message in get_messages(answer.wsgi_request)]
    assert shown[0] == ("success", "Published: version 1 of the report is public now.")
    assert [tag for tag, _ in shown[1:]] == ["warning"] * (len(shown) - 1)
    assert any("the address is http" in words for _, words in shown[1:])


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
