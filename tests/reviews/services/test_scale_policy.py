"""What a scale asks for beyond the desk's rules: more approvals, more of the gate."""

from dataclasses import replace

import pytest

from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import Conflict, Forbidden, Invalid, NotFound
from reviews import gate
from reviews.models import Approval, RatingScale
from reviews.services import approvals, publication, scales, verdicts
from tests import factories

pytestmark = pytest.mark.django_db


def in_force():
    return RatingScale.objects.get(default_since__isnull=False)


def set_policy(approvals_=None, rules=(), by=None, scale=None):
    actor = by or factories.user(Role.ADMINISTRATOR)
    pk = scale or in_force().pk
    return scales.set_policy(scale_id=pk, required_approvals=approvals_, gate_rules=rules, actor=actor)


def test_a_scale_may_ask_for_more_approvals_than_the_desk():
    set_policy(2)
    verdict = factories.submitted(factories.checker())
    first = approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
    assert first.review.status == "in_approval"
    second = approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
    assert second.review.status == "approved"


def test_the_desks_own_number_is_the_floor(settings):
    set_policy(2)
    settings.REQUIRED_APPROVALS = 3
    with pytest.raises(Invalid):
        set_policy(2)
    verdict = factories.submitted(factories.checker())
    for expected in ("in_approval", "in_approval", "approved"):
        done = approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
        assert done.review.status == expected


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_set_it(role):
    with pytest.raises(Forbidden):
        set_policy(2, by=factories.user(role))
    assert in_force().required_approvals is None


@pytest.mark.parametrize(
    ("approvals_", "rules", "pointer"),
    [
        (0, (), "/required_approvals"),
        (21, (), "/required_approvals"),
        (None, ["rating"], "/gate_rules"),
        (None, ["x"], "/gate_rules"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(approvals_, rules, pointer):
    with pytest.raises(Invalid) as caught:
        set_policy(approvals_, rules)
    assert caught.value.errors[0].pointer == pointer


def test_an_unknown_scale_is_not_found():
    with pytest.raises(NotFound):
        set_policy(2, scale=10**6)


def test_history_tells_before_and_after():
    set_policy(2, ["both_sides"])
    told = AuditEvent.objects.get(action="scale.policy_set").data
    assert told["before"] == {"required_approvals": None, "gate_rules": []}
    assert told["after"] == {"required_approvals": 2, "gate_rules": ["both_sides"]}
    assert verify() == []


WITHOUT_PRIMARY = tuple(replace(one, primary=False) for one in factories.EVIDENCE)
LACKING = {
    "summary": {"summary": ""},
    "primary_source": {"evidence": WITHOUT_PRIMARY},
    "both_sides": {},
    "claimant_contacted": {},
}


@pytest.mark.parametrize("rule", [rule for rule in gate.CHOOSABLE if rule not in gate.OF_COPIES])
def test_a_chosen_rule_holds_at_submit_and_live(client_of, rule):
    by = factories.checker()
    review = factories.taken(by)
    lacking = factories.submission(**LACKING[rule])
    set_policy(None, [rule])
    with pytest.raises(Invalid) as caught:
        verdicts.submit(review_id=review.pk, submission=lacking, actor=by)
    assert {error.code for error in caught.value.errors} == {rule}
    live = client_of(by).get(f"/api/v1/reviews/{review.pk}/draft").json()["checklist"]
    assert rule in {item["code"] for item in live if not item["passed"]}
    set_policy(None, [])
    verdicts.submit(review_id=review.pk, submission=lacking, actor=by)


@pytest.mark.parametrize("rule", gate.REASONED)
def test_a_reason_stands_in_and_can_be_given_on_the_page(client, rule):
    by = factories.checker()
    review = factories.taken(by)
    set_policy(None, [rule])
    client.force_login(by)
    assert f'name="reason-{rule}"' in client.get(f"/admin/review/{review.pk}/").content.decode()
    typed = {
        "form": "verdict", "do": "submit", "version": review.version, "rating": "mostly_false",
        "summary": "14 days.", "explanation": "The log shows 14.", f"reason-{rule}": "looked for in vain",
    }  # fmt: skip
    for place, one in enumerate(WITHOUT_PRIMARY):
        typed |= {f"evidence-{place}-{name}": getattr(one, name) for name in ("url", "title", "publisher")}
        typed |= {f"evidence-{place}-stance": one.stance.value}
    answer = client.post(f"/admin/review/{review.pk}/verdict/", typed)
    assert answer.status_code == 302, answer.content
    assert review.verdicts.get().reasons == {rule: "looked for in vain"}


def test_an_administrator_sets_it_in_the_admin(client):
    scale = in_force()
    client.force_login(factories.user(Role.ADMINISTRATOR))
    at = f"/admin/reviews/ratingscale/{scale.pk}/change/"
    assert client.get(at).status_code == 200
    client.post(at, {"required_approvals": "2", "gate_rules": ["summary", "both_sides"]})
    scale.refresh_from_db()
    assert (scale.required_approvals, scale.gate_rules) == (2, ["both_sides", "summary"])
    client.force_login(factories.user(Role.CHECKER))
    assert client.post(at, {"required_approvals": "", "gate_rules": []}).status_code == 403
    scale.refresh_from_db()
    assert scale.required_approvals == 2


def test_a_new_version_of_a_scale_asks_for_the_same():
    set_policy(2, ["summary"])
    spec = replace(scales.DEFAULT, description="Said more clearly.")
    newer = scales.load(spec=spec, actor=None, as_default=True)
    newer.refresh_from_db()
    assert (newer.version, newer.required_approvals, newer.gate_rules) == (2, 2, ["summary"])


def test_the_methodology_page_tells_what_is_asked_for(client):
    set_policy(2, ["both_sides"])
    assert gate.RULES["both_sides"].text in client.get("/methodology").content.decode()


def test_a_report_is_not_published_with_fewer_approvals_than_are_asked_for_by_then():
    review = factories.approved()
    set_policy(3)
    publisher = factories.publisher()
    with pytest.raises(Conflict) as caught:
        publication.publish(review_id=review.pk, actor=publisher)
    assert (caught.value.code, caught.value.extra) == ("approvals_missing", {"given": 1, "required": 3})
    set_policy(None)
    assert publication.publish(review_id=review.pk, actor=publisher).review.status == "published"


def test_who_approved_approves_again_when_fewer_are_asked_for():
    set_policy(2)
    verdict, approver = factories.submitted(factories.checker()), factories.approver()
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=approver)
    with pytest.raises(Conflict) as caught:
        approvals.approve(verdict_id=verdict.pk, revision=1, actor=approver)
    assert caught.value.code == "already_decided"
    set_policy(None)
    done = approvals.approve(verdict_id=verdict.pk, revision=1, actor=approver)
    assert done.review.status == "approved"
    assert [one.approver for one in Approval.objects.all()] == [approver]
    assert verify() == []


def test_another_approval_still_counts_when_fewer_are_asked_for():
    set_policy(2)
    verdict = factories.submitted(factories.checker())
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
    set_policy(None)
    another = approvals.approve(verdict_id=verdict.pk, revision=1, actor=factories.approver())
    assert another.review.status == "approved"
    assert Approval.objects.count() == 2
