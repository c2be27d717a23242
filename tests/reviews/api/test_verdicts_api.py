"""Verdicts, their drafts and the decisions on them over REST."""

import pytest

from factcheck.accounts.roles import Role
from reviews.models import RatingScale, Verdict, VerdictDraft
from reviews.services import drafts, scales
from tests import factories
from tests.reviews.api.requests import EVIDENCE, URL, VERDICT, match, problem

pytestmark = pytest.mark.django_db


def test_missing_parts_of_a_verdict_are_named_with_their_places(checker, olena):
    review = factories.taken(olena)
    answer = checker.post(f"{URL}/{review.pk}/verdicts", {"evidence": []}, format="json", headers=match(2))
    body = problem(answer, 422, "gate")
    assert {(one["pointer"], one["code"]) for one in body["errors"]} == {
        ("/rating", "rating"),
        ("/explanation", "explanation"),
        ("/evidence", "independent_sources"),
    }
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({**VERDICT, "ratng": "false"}, "/ratng"),
        ({**VERDICT, "rating": 3}, "/rating"),
        ({**VERDICT, "evidence": "none"}, "/evidence"),
        ({**VERDICT, "evidence": [{"stance": "maybe"}]}, "/evidence/0/stance"),
        ({**VERDICT, "evidence": [{"ulr": "x"}]}, "/evidence/0/ulr"),
        ({**VERDICT, "evidence": [{"source": -1}]}, "/evidence/0/source"),
        ({**VERDICT, "evidence": [{"primary": "perhaps"}]}, "/evidence/0/primary"),
        ({**VERDICT, "evidence": [3]}, "/evidence/0"),
        ({**VERDICT, "evidence": EVIDENCE * 51}, "/evidence"),
        ({**VERDICT, "summary": "x" * 1001}, "/summary"),
        ({**VERDICT, "overrides": [{"reason": "x"}]}, "/overrides/0/rule"),
        ({**VERDICT, "reasons": {"primary_source": 3}}, "/reasons/primary_source"),
    ],
)
def test_a_verdict_of_the_wrong_shape_is_a_422_with_its_place(checker, olena, body, pointer):
    review = factories.taken(olena)
    answer = checker.post(f"{URL}/{review.pk}/verdicts", body, format="json", headers=match(2))
    assert answer.status_code == 422, answer.json()
    assert pointer in {one["pointer"] for one in answer.json()["errors"]}
    assert not Verdict.objects.exists()


def test_a_repeated_submission_with_one_key_is_one_verdict(checker, olena):
    review = factories.taken(olena)
    headers = {**match(2), "Idempotency-Key": "once"}
    first = checker.post(f"{URL}/{review.pk}/verdicts", VERDICT, format="json", headers=headers)
    again = checker.post(f"{URL}/{review.pk}/verdicts", VERDICT, format="json", headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert Verdict.objects.count() == 1


def test_verdicts_are_listed_with_their_decisions(checker, approver, olena):
    verdict = factories.submitted(olena)
    asked = {"decision": "request_changes", "revision": 1, "comment": "Quote the log."}
    answer = approver.post(f"/api/v1/verdicts/{verdict.pk}/approvals", asked, format="json")
    assert answer.json()["review"]["status"] == "in_review"
    checker.post(f"{URL}/{verdict.review_id}/verdicts", VERDICT, format="json", headers=match(4))
    second, first = checker.get(f"{URL}/{verdict.review_id}/verdicts").json()["data"]
    assert (second["revision"], first["revision"]) == (2, 1)
    assert (second["is_current"], first["is_current"]) == (True, False)
    assert first["approvals"][0]["comment"] == "Quote the log."
    decisions = checker.get(f"/api/v1/verdicts/{verdict.pk}/approvals").json()
    assert decisions["quorum"] == {"given": 0, "required": 1}
    assert [one["by"] for one in decisions["data"]] == ["anna"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"revision": 1}, "/decision"),
        ({"decision": "approve"}, "/revision"),
        ({"decision": "agree", "revision": 1}, "/decision"),
        ({"decision": "request_changes", "revision": 1}, "/comment"),
    ],
)
def test_a_decision_that_says_too_little_is_a_422(approver, olena, body, pointer):
    verdict = factories.submitted(olena)
    answer = approver.post(f"/api/v1/verdicts/{verdict.pk}/approvals", body, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_an_outdated_revision_cannot_be_approved(approver, olena):
    verdict = factories.submitted(olena)
    body = {"decision": "approve", "revision": 3}
    told = problem(
        approver.post(f"/api/v1/verdicts/{verdict.pk}/approvals", body, format="json"), 409, "revision_outdated"
    )
    assert told["revision"] == 1


def test_draft_is_autosaved_with_its_checklist_and_never_bumps_the_version(checker, olena):
    review = factories.taken(olena)
    empty = checker.get(f"{URL}/{review.pk}/draft").json()
    assert (empty["content"], empty["others"]) == (None, [])
    assert not any(item["passed"] for item in empty["checklist"] if item["code"] == "rating")
    body = {"rating": "false", "explanation": "half a", "evidence": [{"url": "https://por", "stance": ""}]}
    saved = checker.put(f"{URL}/{review.pk}/draft", body, format="json")
    assert saved.status_code == 200, saved.json()
    assert (saved["ETag"], saved.json()["version"]) == ('"v1"', 1)
    assert saved.json()["content"] == body
    passed = {item["code"]: item["passed"] for item in saved.json()["checklist"]}
    assert passed == {"rating": True, "explanation": True, "complete_sources": False, "independent_sources": False}
    assert checker.get(f"{URL}/{review.pk}").json()["version"] == 2
    other = factories.checker("hanna")
    drafts.save(review_id=review.pk, content={"summary": "theirs"}, actor=other)
    [theirs] = checker.get(f"{URL}/{review.pk}/draft").json()["others"]
    assert (theirs["author"], theirs["content"]) == ("hanna", {"summary": "theirs"})


def test_a_draft_is_never_overwritten_from_an_older_reading(checker, olena):
    review = factories.taken(olena)
    url = f"{URL}/{review.pk}/draft"
    checker.put(url, {"explanation": "long new text"}, format="json")
    problem(checker.put(url, {"explanation": "old tab"}, format="json"), 428, "precondition_required")
    assert checker.put(url, {"explanation": "newer"}, format="json", headers=match(1))["ETag"] == '"v2"'
    told = problem(checker.put(url, {"explanation": "old tab"}, format="json", headers=match(1)), 412, "draft_outdated")
    assert (told["kept"], told["sent"]) == ({"explanation": "newer"}, {"explanation": "old tab"})
    assert told["current_version"] == 2
    assert checker.get(url).json()["content"] == {"explanation": "newer"}


def test_draft_of_the_wrong_shape_keeps_the_old_one(checker, olena):
    review = factories.taken(olena)
    checker.put(f"{URL}/{review.pk}/draft", {"summary": "kept"}, format="json")
    assert checker.put(f"{URL}/{review.pk}/draft", {"sumary": "x"}, format="json").status_code == 422
    assert VerdictDraft.objects.get().content == {"summary": "kept"}


@pytest.mark.parametrize("rules", [[], ["archived_copy"]])
def test_a_source_whose_address_is_none_is_refused_by_its_place(checker, olena, rules):
    scales.set_policy(
        scale_id=RatingScale.objects.get(default_since__isnull=False).pk,
        required_approvals=None,
        gate_rules=rules,
        actor=factories.user(Role.ADMINISTRATOR),
    )
    review = factories.taken(olena)
    evidence = [{**EVIDENCE[0], "url": "http://[bad/x"}, EVIDENCE[1]]
    answer = checker.post(
        f"{URL}/{review.pk}/verdicts", {**VERDICT, "evidence": evidence}, format="json", headers=match(review.version)
    )
    assert answer.status_code == 422
    assert any(error["pointer"].startswith("/evidence") for error in answer.json()["errors"])
