"""Every action's route with every role: who lacks the right changes nothing."""

import tomllib
from pathlib import Path

import pytest

from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from reviews.models import Review
from tests import factories

pytestmark = pytest.mark.django_db

MAY = tomllib.loads((Path(__file__).parents[1] / "workflow_expectation.toml").read_text(encoding="utf-8"))["roles"]
ROUTES = {
    "take": ("put", "lease", {}),
    "release": ("delete", "lease", {}),
    "takeover": ("post", "takeover", {}),
    "submit": ("post", "verdicts", {"rating": "false"}),
    "withdraw": ("post", "withdraw", {}),
    "revise": ("post", "revise", {}),
    "publish": ("post", "publish", {}),
    "correct": ("post", "correct", {"type": "update", "reason": "x"}),
    "abandon_correction": ("post", "abandon_correction", {}),
    "retract": ("post", "retract", {"reason": "x"}),
    "drop": ("post", "drop", {"reason": "other"}),
    "reopen": ("post", "reopen", {}),
    "assign": ("post", "assign", {"assignee": None}),
}
STATES = {
    "queued": factories.review,
    "in_review": lambda: factories.taken(factories.checker()),
    "in_approval": lambda: Review.objects.get(pk=factories.submitted(factories.checker()).review_id),
    "approved": factories.approved,
    "published": lambda: Review.objects.get(pk=factories.published().review_id),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", STATES)
def test_who_lacks_the_right_is_refused_in_every_state(client_of, person, role, state):
    review = STATES[state]()
    client = client_of(person("somebody", role))
    before = (Review.objects.filter(pk=review.pk).values().get(), AuditEvent.objects.count())
    for action in sorted(set(ROUTES) - set(MAY[role])):
        verb, path, body = ROUTES[action]
        answer = getattr(client, verb)(
            f"/api/v1/reviews/{review.pk}/{path}", body, format="json", headers={"If-Match": f'"v{review.version}"'}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "role_missing"), action
    assert (Review.objects.filter(pk=review.pk).values().get(), AuditEvent.objects.count()) == before


@pytest.mark.parametrize("decision", ["approve", "request_changes"])
@pytest.mark.parametrize("role", Role)
def test_only_approvers_decide(client_of, person, role, decision):
    verdict = factories.submitted(factories.checker())
    client = client_of(person("somebody", role))
    body = {"decision": decision, "revision": 1, "comment": "x"}
    answer = client.post(f"/api/v1/verdicts/{verdict.pk}/approvals", body, format="json")
    assert answer.status_code == (201 if decision in MAY[role] else 403)


def test_nobody_approves_own_work_with_every_role_at_once(client_of, person):
    everybody = person("boss", *Role)
    verdict = factories.submitted(everybody)
    client = client_of(everybody)
    for decision in ("approve", "request_changes"):
        body = {"decision": decision, "revision": 1, "comment": "fine"}
        answer = client.post(f"/api/v1/verdicts/{verdict.pk}/approvals", body, format="json")
        assert (answer.status_code, answer.json()["code"]) == (403, "self_approval")
    assert Review.objects.get(pk=verdict.review_id).status == "in_approval"
